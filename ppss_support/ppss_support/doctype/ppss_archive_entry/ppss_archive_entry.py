import frappe
from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.archive import chain
from ppss_support.regulation.finding import Finding


class PPSSArchiveEntry(Document):
	"""One row of the archive register, entered by the program and sealed in its chain (archive/register.py).

	Case index, retention and legal hold are the archivist's; whatever else comes by any door is refused.
	"""

	def before_insert(self):
		answer([Finding.of("A56")])

	def validate(self):
		if any(self.has_value_changed(field) for field in (*chain.FIELDS, "row_hash")):
			answer([Finding.of("A56")])

	def on_trash(self):
		answer([Finding.of("A57")])


def on_doctype_update():
	frappe.db.add_unique("PPSS Archive Entry", ["organisation", "number"])
