"""The archive of a destroyed paper: the file goes, its row loses the person, and a row of its own says by which act."""

import frappe
from frappe.utils import now_datetime

from ppss_support import facts
from ppss_support.archive import chain, register
from ppss_support.retention import traces

# Fields of a row that may name the person.
PERSONAL = ("learner", "reason", "signer", "file_url")


def destroy(doctype: str, name: str, act):
	"""Enter the destruction of each row of a paper, in the transaction of the caller."""
	fields = ["name", *chain.FIELDS, "row_hash"]
	own = {"document_type": doctype, "document": name, "event": ("!=", chain.DESTROYED)}
	rows = frappe.get_all(register.DOCTYPE, own, fields, order_by="number")
	gone = {row.about_row for row in destructions(doctype, name)}
	entered = [destruction(register.plain(row), act) for row in rows if row.name not in gone]
	if entered:
		register.enter(act.organisation, entered)


def destructions(doctype: str, name: str) -> list:
	own = {"document_type": doctype, "document": name, "event": chain.DESTROYED}
	return frappe.get_all(register.DOCTYPE, own, ["about_row"])


def destruction(row: dict, act) -> dict:
	"""Empty a row of the person, remove its file, and return the row that seals what is left."""
	left = {**row, **dict.fromkeys(PERSONAL)}
	frappe.db.set_value(register.DOCTYPE, row["name"], dict.fromkeys(PERSONAL), update_modified=False)
	frappe.db.delete("Version", {"ref_doctype": register.DOCTYPE, "docname": row["name"]})
	if row["file_url"] and not frappe.db.exists(register.DOCTYPE, {"file_url": row["file_url"]}):
		frappe.db.delete("File", {"file_url": row["file_url"]})
		traces.remove_bytes(row["file_url"])
	approved = act.approved_step
	return {
		"event": chain.DESTROYED,
		"document_type": row["document_type"],
		"document": row["document"],
		"about_row": row["name"],
		"sha256": chain.seal_of(left),
		"archive_index": act.number,
		"decided_at": approved.at if approved else now_datetime(),
		"decided_by": approved.person if approved else facts.person_of_user(frappe.session.user).full_name,
		"position": approved.position if approved else None,
		"user": approved.user if approved else frappe.session.user,
	}
