"""Runs an action over the documents chosen in a list, one by one, and tells what came of each."""

from collections.abc import Callable

import frappe
from frappe import _

from ppss_support.answers import answer, text_of
from ppss_support.exits import OURS, readable
from ppss_support.my_day import joined
from ppss_support.regulation.finding import Finding

# What one request does in the time a server gives it; a list shows as many at once.
LIMIT = 500
REFUSALS = (frappe.ValidationError, frappe.PermissionError)
# What two who write at once do to each other; the database's own words are for nobody.
CLASHES = (
	frappe.QueryDeadlockError,
	frappe.QueryTimeoutError,
	frappe.DuplicateEntryError,
	frappe.UniqueValidationError,
)


def each(doctype: str, names: str | list, work: Callable[[object], str]) -> list[dict]:
	"""Do `work` with each document; return {"name", "title", "done", "text"} for each, in the order given.

	work: takes the document, returns what is to be told. What it raises undoes its own row alone.
	"""
	wanted = list(dict.fromkeys(frappe.parse_json(names)))
	if len(wanted) > LIMIT:
		answer([Finding.of("A156", LIMIT, len(wanted))])
	rows = [one(doctype, str(name), work) for name in wanted]
	show(rows)
	return rows


def one(doctype: str, name: str, work: Callable[[object], str]) -> dict:
	"""Do one row in a transaction of its own: others take their turn between two rows."""
	row, said = {"name": name, "title": name, "done": False, "codes": []}, len(frappe.local.message_log)
	try:
		if not (doctype.startswith(OURS) and readable(doctype, name)):
			raise frappe.PermissionError
		doc = frappe.get_doc(doctype, name)
		row["title"] = doc.get_title() or name
		text = "; ".join([work(doc), *warned_of(said)])
		frappe.db.commit()
		row |= {"text": text, "done": True}
	except CLASHES:
		clash = Finding.of("A152")
		row |= {"text": text_of(clash), "codes": [clash.code]}
	except REFUSALS as refusal:
		row |= {"text": reasons(refusal), "codes": frappe.local.response.pop("ppss_codes", [])}
	if not row["done"]:
		frappe.db.rollback()
		frappe.clear_document_cache(doctype, name)
	# The answer of the row stands in its line, not in a dialog of its own.
	del frappe.local.message_log[said:]
	return row


def warned_of(said: int) -> list[str]:
	"""Return what the rules have warned of since that many messages."""
	shown = frappe.get_message_log()[said:]
	return list(dict.fromkeys(one["message"] for one in shown if one.get("indicator") == "orange"))


def reasons(refusal: Exception) -> str:
	"""Return why a row was refused; whoever may not read it learns no more than that."""
	return (
		joined(refusal.args[0])
		if refusal.args and refusal.args[0]
		else _("Your rights do not reach this document")
	)


def show(rows: list[dict]):
	"""Show the rows as a table: what was refused first."""
	table = [[_("Document"), _("Result")]]
	for row in sorted(rows, key=lambda row: row["done"]):
		sign = "✓" if row["done"] else "✗"
		table.append(
			[frappe.utils.escape_html(row["title"]), f"{sign} {frappe.utils.escape_html(row['text'])}"]
		)
	done = sum(row["done"] for row in rows)
	title = _("Done: {0} of {1}").format(done, len(rows))
	frappe.msgprint(
		table, title, as_table=True, wide=True, indicator="green" if done == len(rows) else "orange"
	)
