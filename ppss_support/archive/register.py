"""The archive register: rows are appended one after another, each sealed with the hash of the row before."""

from datetime import date

import frappe
from frappe.utils import now_datetime

from ppss_support import facts
from ppss_support.archive import chain, events

DOCTYPE = "PPSS Archive Entry"
SERIES = "ARCHIVE"


def enter(organisation: str, rows: list[dict]) -> list[str]:
	"""Append rows to the register of the organisation in the transaction of the caller; return their names.

	The organisation's row is locked until that transaction ends: numbers and chain are given by one at a time. Files
	named by `file_url` must lie on disk already.
	"""
	frappe.db.get_value("PPSS Organisation", organisation, "name", for_update=True)
	previous = head(organisation)
	names = []
	for content in rows:
		number = facts.next_number(SERIES, organisation)
		row = plain({**content, "organisation": organisation, "entered_at": now_datetime()})
		sealed = chain.sealed(row, number, previous)
		names.append(write(sealed, content.get("file_name")))
		previous = sealed["row_hash"]
	return names


def head(organisation: str) -> str:
	"""Return the hash of the last row; a locking read, since others may have committed meanwhile."""
	entry = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(entry).where(entry.organisation == organisation).select(entry.row_hash)
	rows = query.orderby(entry.number, order=frappe.qb.desc).limit(1).for_update().run()
	return rows[0][0] if rows else chain.GENESIS


def write(sealed: dict, file_name: str | None) -> str:
	entry = frappe.new_doc(DOCTYPE)
	entry.update({**sealed, **keeping(sealed)})
	# The register is the program's: the controller refuses every other door.
	entry.db_insert()
	if sealed.get("file_url"):
		write_file(sealed["file_url"], file_name or sealed["document"])
	return entry.name


def write_file(url: str, file_name: str):
	"""Make the bytes known as a private file of nobody: only the doors of the archive hand it out.

	Without a content hash the framework never removes the bytes together with a row of its list of files.
	"""
	file = frappe.new_doc("File")
	file.update({"file_name": file_name, "file_url": url, "is_private": 1, "folder": "Home"})
	file.owner = "Administrator"
	file.db_insert()


def keeping(row: dict) -> dict:
	"""Return case and retention as the nomenclature of the organisation has them for this kind of paper."""
	case = frappe.qb.DocType("PPSS Case Index")
	paper = frappe.qb.DocType("PPSS Case Paper")
	found = (
		frappe.qb.from_(case)
		.join(paper)
		.on(paper.parent == case.name)
		.where((case.organisation == row["organisation"]) & (case.active == 1))
		.where(paper.document_type == row["document_type"])
		.select(case.name.as_("case_index"), case.retention)
		.orderby(case.case_number)
		.limit(1)
		.run(as_dict=True)
	)
	return dict(found[0]) if found else {}


def check_reader():
	"""Raise PermissionError for whoever has no right to the register."""
	if not frappe.has_permission(DOCTYPE, "read"):
		raise frappe.PermissionError


def rows_of(organisation: str) -> list[dict]:
	"""Return the whole register as plain rows, as the chain reads them."""
	fields = ["name", *chain.FIELDS, "row_hash"]
	found = frappe.get_all(DOCTYPE, {"organisation": organisation}, fields, order_by="number")
	return [plain(row) for row in found]


def last_number(organisation: str) -> int:
	series = frappe.qb.DocType("Series")
	name = f"PPSS/{SERIES}/{organisation}"
	rows = frappe.qb.from_(series).where(series.name == name).select(series.current).run()
	return int(rows[0][0]) if rows else 0


def plain(row: dict) -> dict:
	"""Return the row with dates as text, so that it reads the same before and after the database."""
	return {key: str(value) if isinstance(value, date) else value for key, value in row.items()}


def last_frozen(doctype: str, name: str) -> str | None:
	"""Return the row of the latest frozen file of a paper."""
	frozen = {"document_type": doctype, "document": name, "event": events.FROZEN}
	return frappe.db.get_value(DOCTYPE, frozen, order_by="number desc")
