import frappe
from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class PPSSJournalLine(Document):
	"""The place of an entry in a journal: written with the entry by the program (journals.py), changed by nobody (OVR-F6)."""

	def before_insert(self):
		answer([Finding.of("A56")])

	def validate(self):
		answer([Finding.of("A56")])

	def on_trash(self):
		answer([Finding.of("A57")])


def on_doctype_update():
	# A number stands once in a journal, and an entry has one place in it.
	frappe.db.add_unique("PPSS Journal Line", ["organisation", "school_year", "journal", "number"])
