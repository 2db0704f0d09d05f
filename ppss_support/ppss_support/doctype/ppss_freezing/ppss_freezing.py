from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class PPSSFreezing(Document):
	"""A step the archive is to keep: written by the step itself, worked off by the program (archive/outbox.py)."""

	def before_insert(self):
		answer([Finding.of("A56")])

	def validate(self):
		answer([Finding.of("A56")])

	def on_trash(self):
		answer([Finding.of("A57")])
