"""The table of an import as it is read on the site: its file, what its columns were decided to hold, its bad rows."""

import frappe
from frappe import _

from ppss_support.answers import answer
from ppss_support.importing import bad_rows, sheets
from ppss_support.importing import tables as reading
from ppss_support.importing.headers import header_key, known
from ppss_support.importing.sheets import SAMPLE, NoTable
from ppss_support.importing.tables import Table
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.imports import FIELD_LABELS, FIELDS, FIELDS_OF_LABEL
from ppss_support.texts import plain

IMPORT, COLUMN, ROW = "PPSS Import", "PPSS Import Column", "PPSS Import Row"
REFUSED, WARNING = "Refused", "Warning"


def content_of(doc) -> bytes:
	"""Return the bytes of the file the import names; whoever reads the import reads its file."""
	name = frappe.db.get_value("File", {"file_url": doc.file, "attached_to_name": doc.name})
	name = name or frappe.db.get_value("File", {"file_url": doc.file})
	if not name:
		answer([Finding.of("A141", Label("the file is not there any more"))])
	content = frappe.get_doc("File", name).get_content()
	return content.encode() if isinstance(content, str) else content


def table_of(doc) -> Table:
	"""Read the whole table with the columns as they stand on the import; refuse what is none (A141)."""
	chosen = {header_key(row.header): FIELDS_OF_LABEL.get(row.holds, "") for row in doc.columns}
	try:
		return reading.table_of(sheets.sheets_of(content_of(doc)), doc.kind, chosen, doc.header_row or 0)
	except NoTable as none:
		answer([Finding.of("A141", none.reason)])


def read_columns(doc):
	"""Write down what the columns seem to hold: as this organisation decided before, else as schools name them."""
	try:
		given = sheets.sheets_of(content_of(doc), SAMPLE)
	except NoTable as none:
		answer([Finding.of("A141", none.reason)])
	told = (given, doc.kind, remembered(doc), doc.header_row or 0)
	found = reading.headers_of(*told)
	if not found:
		answer([Finding.warn("A141", Label("no row was found that names the columns"))])
	elif unread := reading.left_out(*told):
		answer([Finding.warn("A160", ", ".join(unread))])
	closed = closed_fields(doc.kind, doc.owner)
	rows = [(header, "" if field in closed else field) for header, field in found.items()]
	doc.set("columns", [{"header": header[:140], "holds": FIELD_LABELS.get(field)} for header, field in rows])
	answer(Finding.warn("A140", Label(FIELD_LABELS[field])) for field in sorted(closed & set(found.values())))


def remembered(doc) -> dict[str, str]:
	"""Return field by key of a header, as on the last imports of this kind in the organisation."""
	own = {"organisation": doc.organisation, "kind": doc.kind, "name": ("!=", doc.name or "")}
	latest = frappe.get_all(IMPORT, own, ["name", "owner"], order_by="creation desc", limit=20)
	earlier = {row.name: row.owner for row in reversed(latest)}
	rows = frappe.get_all(COLUMN, {"parent": ("in", list(earlier) or [""])}, ["parent", "header", "holds"])
	rows.sort(key=lambda row: list(earlier).index(row.parent))
	closed = {maker: closed_fields(doc.kind, maker) for maker in set(earlier.values())}
	decided: dict[str, str] = {}
	for row in rows:
		key, field = header_key(row.header), FIELDS_OF_LABEL.get(row.holds, "")
		before = decided.get(key, known(doc.kind).get(key))
		# What its maker may not write was emptied by the program: nobody has decided it.
		if field in FIELDS[doc.kind] or (not field and before not in closed[earlier[row.parent]]):
			decided[key] = field
	return decided


def closed_fields(kind: str, user: str) -> set[str]:
	"""Return the fields of a level this user may not write: the framework would drop them without a word."""
	doctype = {"Learners": "PPSS Learner", "Specialists": "PPSS Specialist"}.get(kind)
	if not doctype:
		return set()
	meta = frappe.get_meta(doctype)
	levels = meta.get_permlevel_access("write", user=user)
	return {df.fieldname for df in meta.fields if df.permlevel and df.permlevel not in levels} & set(
		FIELDS[kind]
	)


# ---- bad rows


def bad_rows_of(doc) -> bytes:
	"""Return the refused rows as an Excel file, each with its reasons in the reader's language."""
	table = table_of(doc)
	reasons: dict[tuple[str, int], str] = {}
	titles = {plain(title): title for title in table.heads}
	for row in doc.rows:
		if row.severity == REFUSED:
			place = (titles.get(row.sheet or "", ""), row.row_no)
			said = f"{row.column_label}: {row.message}" if row.column_label else row.message
			reasons[place] = f"{reasons[place]}\n{said}" if place in reasons else said
	words = {
		"reason": _("Why It Was Refused"),
		"row": _("Row in the File"),
		"class": _("Class"),
		"title": _("Refused Rows"),
	}
	return bad_rows.workbook(table.rows, reasons, table.heads, words)


def problem(entry_row, column: str, text: str, severity: str = REFUSED) -> dict:
	return {
		"sheet": plain(entry_row.sheet),
		"row_no": entry_row.number,
		# Written past the cleaning of a save.
		"column_label": plain(column[:139]),
		"message": plain(text),
		"severity": severity,
	}


def label_in(row, field: str) -> str:
	"""Return the header the field stands under in the file, else its own name."""
	return row.labels.get(field) or (_(FIELD_LABELS[field]) if field in FIELD_LABELS else "")
