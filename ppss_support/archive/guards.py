"""Files of the archive are changed and removed by nobody, also not through the framework's list of files."""

from ppss_support.answers import answer
from ppss_support.archive import store
from ppss_support.regulation.finding import Finding


def file_on_trash(file, method=None):
	if store.is_ours(file.file_url):
		answer([Finding.of("A57")])


def file_validate(file, method=None):
	"""The program writes these rows straight into the table: a save comes by another door."""
	before = file.get_doc_before_save()
	if store.is_ours(file.file_url) or (before and store.is_ours(before.file_url)):
		answer([Finding.of("A57")])
