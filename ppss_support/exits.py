"""Ways out of the framework that ask for no right to the row: about a child they answer within the user's scope."""

import frappe
from frappe import client
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.desk import query_report, search
from frappe.desk.form import assign_to, linked_with

OURS = "PPSS "


@frappe.whitelist()
def get_count(doctype, filters=None, debug=False, cache=False):
	"""Count what the user may see: counting every row by any filter would tell anything of any child."""
	if not doctype.startswith(OURS):
		return client.get_count(doctype, filters, debug, cache)
	return len(
		frappe.get_list(doctype, filters=frappe.parse_json(filters), pluck="name", limit=0, distinct=True)
	)


@frappe.whitelist()
def get_link_title(doctype, docname):
	"""Return the title of a document the user may read; of another one only the name that was asked for."""
	if doctype.startswith(OURS) and not readable(doctype, docname):
		return docname
	return search.get_link_title(doctype, docname)


@frappe.whitelist()
def get_data_for_custom_field(doctype, field):
	"""Return a field of the documents the user may read, for a column added to a report."""
	if not doctype.startswith(OURS):
		return query_report.get_data_for_custom_field(doctype, field)
	rows = frappe.get_list(doctype, fields=["name", field], limit=0)
	return {row.name: row.get(field) for row in rows}


@frappe.whitelist()
def export_query():
	"""Send a report as a file, and note who took it with which filters (KZ92-5.5)."""
	asked = frappe._dict(frappe.form_dict)
	query_report.export_query()
	if str(asked.report_name).startswith(OURS):
		make_access_log(
			report_name=asked.report_name, filters=asked.filters, file_type=asked.file_format_type
		)


def assign(args=None):
	"""Assign a document the user may read; the answer names everybody it is assigned to."""
	asked = frappe._dict(frappe.parse_json(args) if args else frappe.form_dict)
	refuse_unreadable(asked.doctype, asked.name)
	return assign_to.add(asked)


@frappe.whitelist()
def get_linked(doctype, docname):
	"""Return what is linked with a document the user may read, as far as the user may read that too."""
	refuse_unreadable(doctype, docname)
	linked = linked_with.get(doctype, docname)
	shown = {other: among_readable(other, rows) for other, rows in linked.items()}
	return {other: rows for other, rows in shown.items() if rows}


@frappe.whitelist()
def get_submitted_linked_docs(doctype, name):
	"""Name what would have to be cancelled with a document the user may read."""
	refuse_unreadable(doctype, name)
	return linked_with.get_submitted_linked_docs(doctype, name)


def among_readable(doctype: str, rows: list[dict]) -> list[dict]:
	names = {"name": ("in", [row["name"] for row in rows])}
	if not frappe.has_permission(doctype, "read"):
		return []
	seen = set(frappe.get_list(doctype, names, pluck="name", limit=0))
	return [row for row in rows if row["name"] in seen]


def refuse_unreadable(doctype: str, name: str):
	if doctype.startswith(OURS) and not readable(doctype, name):
		raise frappe.PermissionError


def readable(doctype: str, name: str) -> bool:
	return bool(frappe.db.exists(doctype, name)) and frappe.has_permission(doctype, "read", name)
