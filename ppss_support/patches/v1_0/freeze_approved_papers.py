"""Put what was approved before there was an archive into its outbox; the scheduled job freezes it bit by bit."""

import frappe

from ppss_support.archive import events, outbox


def execute():
	for doctype in events.FORCE:
		known = set(frappe.get_all(outbox.DOCTYPE, {"document_type": doctype}, pluck="document"))
		decided = {"docstatus": (">", 0), "name": ("not in", known or [""])}
		for name in frappe.get_all(doctype, decided, pluck="name", order_by="creation"):
			write_history(frappe.get_doc(doctype, name))


def write_history(paper):
	for row in paper.history:
		outbox.write_step(paper, row)
