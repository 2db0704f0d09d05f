import frappe

from ppss_support.controllers.written_by_program import WrittenByProgram


class PPSSJournalLine(WrittenByProgram):
	"""The place of an entry in a journal: written with the entry by the program (journals.py), changed by nobody (OVR-F6)."""


def on_doctype_update():
	# A number stands once in a journal, and an entry has one place in it.
	frappe.db.add_unique("PPSS Journal Line", ["organisation", "school_year", "journal", "number"])
