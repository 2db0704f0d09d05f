"""Takes the person out of a record: what stays is number, dates, state, and who of the staff decided when."""

import frappe
from frappe.model import table_fields

from ppss_support.retention.records import LEARNER

TEXTS = (
	"Attach",
	"Attach Image",
	"Code",
	"Data",
	"Dynamic Link",
	"HTML Editor",
	"Long Text",
	"Password",
	"Small Text",
	"Text",
	"Text Editor",
)
# Fields that say nothing of a person, and links that lead to none but the staff.
KEPT = frozenset({"number", "archive_index", "print_language", "norm_code"})
KEPT_LINKS = frozenset(
	{
		"DocType",
		"PPSS Destruction Act",
		"PPSS Organisation",
		"PPSS Regulation Profile",
		"PPSS School Year",
		"PPSS Specialist",
		"PPSS Term",
		"Workflow State",
	}
)
HISTORY = "PPSS Transition"
BIRTH_DATE = "birth_date"


def is_blanked(df) -> bool:
	"""Tell whether a field of a destroyed record loses its value."""
	if df.fieldname in KEPT or df.is_virtual:
		return False
	link = df.fieldtype == "Link" and df.options not in KEPT_LINKS
	return link or df.fieldtype in TEXTS or df.fieldname == BIRTH_DATE


def fields_blanked(doctype: str) -> list:
	"""Return the fields of a kind that lose their values, its tables among them."""
	return [
		df
		for df in frappe.get_meta(doctype).fields
		if is_blanked(df) or (df.fieldtype in table_fields and df.options != HISTORY)
	]


def blank(doctype: str, name: str, **also):
	"""Empty a record past its rules: it is no step of the paper, and the approved act stands behind it.

	`also`: values written in place of what was there. Rows of tables go; of the log only reasons and warnings do.
	"""
	meta = frappe.get_meta(doctype)
	values = {df.fieldname: empty(df) for df in meta.fields if is_blanked(df)}
	for table in meta.get_table_fields():
		own = {"parent": name, "parenttype": doctype}
		if table.options == HISTORY:
			frappe.db.set_value(HISTORY, own, {"reason": None, "warnings": None}, update_modified=False)
		else:
			frappe.db.delete(table.options, own)
	personal = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")
	columns = frappe.db.get_table_columns(doctype)
	values |= {column: None for column in personal if column in columns}
	frappe.db.set_value(doctype, name, {**values, **also}, update_modified=False)
	frappe.db.delete("__Auth", {"doctype": doctype, "name": name})
	frappe.clear_document_cache(doctype, name)


def empty(df):
	"""Return what an emptied field holds; a required text stays text."""
	return "" if df.reqd and df.fieldtype != "Date" else None


def blank_rows_about(learner: str):
	"""Empty what the tables of papers about several children say of this one; their rows stay in number."""
	for table in tables_naming(LEARNER):
		values = {
			df.fieldname: empty(df)
			for df in frappe.get_meta(table).fields
			if df.fieldtype in TEXTS and df.fieldname not in KEPT
		}
		if values:
			frappe.db.set_value(table, {"learner": learner}, values, update_modified=False)


def tables_naming(doctype: str) -> list[str]:
	fields = frappe.get_all(
		"DocField",
		{"fieldtype": "Link", "options": doctype, "fieldname": "learner", "parent": ("like", "PPSS %")},
		pluck="parent",
	)
	return [name for name in fields if frappe.get_meta(name).istable]
