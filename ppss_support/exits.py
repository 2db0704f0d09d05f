"""Ways out of the framework that ask for no right to the row: about a child they answer within the user's scope."""

import frappe
from frappe import client
from frappe.core.api import file as file_api
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.core.doctype.data_import import data_import
from frappe.desk import listview, query_report, search
from frappe.desk.form import assign_to, linked_with, load
from frappe.desk.form import utils as form_utils
from frappe.model import table_fields

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
def get(doctype, name=None, filters=None, parent=None):
	"""Return a document; one that conditions choose is looked for among those the user may read."""
	if doctype.startswith(OURS) and not name:
		found = frappe.get_list(doctype, filters=frappe.parse_json(filters), pluck="name", limit=1)
		if not found:
			raise frappe.PermissionError
		name = found[0]
	return client.get(doctype, name, filters, parent)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields=None):
	"""Confirm the name of a document the user may choose; another one is answered like one that is not there."""
	mine = {"name": docname}
	if doctype.startswith(OURS) and not frappe.get_list(doctype, mine, pluck="name", limit=1):
		return {"name": None}
	return client.validate_link(doctype, docname, fields)


@frappe.whitelist()
def get_next(doctype, value, prev, filters=None, sort_order="desc", sort_field="modified"):
	"""Return the neighbour of a document the user may read: of another one it would tell the place in the order."""
	refuse_unreadable(doctype, value)
	return form_utils.get_next(doctype, value, prev, filters, sort_order, sort_field)


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str):
	"""Count by the values of a field; who is assigned is counted among the documents the user may see."""
	if doctype.startswith(OURS) and field == "assigned_to":
		seen = frappe.get_list(doctype, frappe.parse_json(current_filters), pluck="name", limit=0)
		current_filters = frappe.as_json({"name": ("in", seen or [""])})
	return listview.get_group_by_count(doctype, current_filters, field)


@frappe.whitelist()
def zip_files(files):
	"""Send files the user may read as one."""
	for name in frappe.parse_json(files):
		frappe.get_doc("File", name).check_permission("read")
	return file_api.zip_files(files)


@frappe.whitelist()
def getdoc(doctype, name):
	load.getdoc(doctype, name)
	keep_to_level(doctype)


@frappe.whitelist()
def get_docinfo(doc=None, doctype=None, name=None):
	load.get_docinfo(doc, doctype, name)
	keep_to_level(doctype)


def keep_to_level(doctype: str):
	"""Take out of the history of a document what was changed above the reader's level."""
	info, meta = frappe.response.get("docinfo"), frappe.get_meta(doctype)
	above = hidden(meta) if doctype.startswith(OURS) else set()
	if not info or not above:
		return
	above |= {
		df.fieldname
		for df in meta.get_table_fields()
		if above & set(frappe.get_meta(df.options).get_valid_columns())
	}
	for version in info.versions:
		data = frappe.parse_json(version.data)
		for part in ("changed", "added", "removed", "row_changed"):
			data[part] = [change for change in data.get(part) or [] if change[0] not in above]
		version.data = frappe.as_json(data)


def hidden(meta) -> set[str]:
	"""Return the columns above the user's level, of the paper and of its tables, and the tables wholly so."""
	if frappe.session.user == "Administrator":
		return set()
	levels, found = set(meta.get_permlevel_access("read")), set()
	for df in meta.fields:
		above = (df.permlevel or 0) not in levels
		if df.fieldtype in table_fields:
			rows = frappe.get_meta(df.options).fields
			found |= {df.options, f"tab{df.options}"} if above else set()
			found |= {row.fieldname for row in rows if (row.permlevel or 0) not in levels}
		if above:
			found.add(df.fieldname)
	return found


@frappe.whitelist()
def get_link_title(doctype, docname):
	"""Return the title of a document the user may read; of another one only the name that was asked for."""
	if doctype.startswith(OURS) and not readable(doctype, docname):
		return docname
	return search.get_link_title(doctype, docname)


@frappe.whitelist()
def get_names_for_mentions(search_term):
	"""Offer to name in a remark whom the user may choose, not every login of the site."""
	seen = set(frappe.get_list("User", pluck="name", limit=0))
	found = search.get_names_for_mentions(search_term)
	return [one for one in found if one.get("is_group") or one["id"] in seen]


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


@frappe.whitelist()
def download_template(doctype, export_fields=None, export_records=None, export_filters=None, file_type="CSV"):
	"""Send the template of an import, and note who took rows along with it by which filters (KZ92-5.5)."""
	data_import.download_template(doctype, export_fields, export_records, export_filters, file_type)
	if doctype.startswith(OURS) and export_records != "blank_template":
		make_access_log(doctype=doctype, file_type=file_type, filters=export_filters)


@frappe.whitelist()
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
