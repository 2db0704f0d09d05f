"""Registers of the service as plain rows: reports show them, the daily tasks remind by them."""

import frappe
from frappe.utils import getdate

from ppss_support.answers import text_of
from ppss_support.constants import states
from ppss_support.controllers.remarks import unpacked


def unexecuted_decisions(filters: dict | None = None) -> list[frappe._dict]:
	"""Return the adopted decisions not yet executed, the earliest term first (KZ92-4.1, KZ92-14.2.6b, RP10).

	`filters`: organisation, school_year, responsible, overdue (only those past their deadline); each may be missing.
	A row has: meeting, meeting_no, date, organisation, decision (its number), row (its key), kind, text, learner,
	responsible, responsible_name, user (login of the responsible), deadline, overdue, execution_doctype, execution_doc.
	"""
	given = filters or {}
	meeting, decision = frappe.qb.DocType("PPSS Meeting"), frappe.qb.DocType("PPSS Meeting Decision")
	person = frappe.qb.DocType("PPSS Specialist")
	query = (
		frappe.qb.from_(decision)
		.join(meeting)
		.on((decision.parent == meeting.name) & (decision.parenttype == "PPSS Meeting"))
		.left_join(person)
		.on(decision.responsible == person.name)
		.where(
			(meeting.workflow_state == states.ADOPTED)
			& (decision.outcome == "Adopted")
			& (decision.executed == 0)
		)
		.select(
			meeting.name.as_("meeting"),
			meeting.number.as_("meeting_no"),
			meeting.date,
			meeting.organisation,
			decision.idx.as_("decision"),
			decision.name.as_("row"),
			decision.kind,
			decision.text,
			decision.learner,
			decision.responsible,
			person.full_name.as_("responsible_name"),
			person.user,
			decision.deadline,
			decision.execution_doctype,
			decision.execution_doc,
		)
		.orderby(decision.deadline.isnull(), decision.deadline, meeting.date, decision.idx)
	)
	for field in ("organisation", "school_year"):
		if given.get(field):
			query = query.where(meeting[field] == given[field])
	if given.get("responsible"):
		query = query.where(decision.responsible == given["responsible"])
	if given.get("overdue"):
		query = query.where(decision.deadline < getdate())
	rows = query.run(as_dict=True)
	for row in rows:
		row.overdue = bool(row.deadline and getdate(row.deadline) < getdate())
	return rows


def overrides(filters: dict | None = None) -> list[dict]:
	"""Return warnings shown, rules decided against and settings changed, the latest first (RP16).

	`filters`: organisation, kind (Warning, Override, Changed Setting), rule, from_date, to_date; each may be missing.
	A row has: organisation, at, kind, rule, clause, document_type, document, person, position, reason, and `message` in the
	reader's language. Only rows the reader may see are given.
	"""
	given = filters or {}
	conditions = [
		[field, "=", given[field]] for field in ("organisation", "kind", "rule") if given.get(field)
	]
	if given.get("from_date"):
		conditions.append(["at", ">=", getdate(given["from_date"])])
	if given.get("to_date"):
		conditions.append(["at", "<", frappe.utils.add_days(getdate(given["to_date"]), 1)])
	rows = frappe.get_list(
		"PPSS Override",
		conditions,
		[
			"at",
			"kind",
			"rule",
			"clause",
			"document_type",
			"document",
			"person",
			"position",
			"reason",
			"parameters",
			"organisation",
		],
		order_by="at desc",
		limit_page_length=0,
	)
	for row in rows:
		row["message"] = text_of(unpacked(row["rule"], row.pop("parameters")))
	return rows
