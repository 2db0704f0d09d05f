"""RP10: decisions of the service's meetings and whether they are executed (KZ92-14.2.6b, KZ92-15.1)."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support.constants import states
from ppss_support.regulation.finding import Label
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening

MEETING = "PPSS Meeting"
FIELDS = ["idx", "kind", "text", "outcome", "learner", "learner.full_name as learner_name", "deadline"]
MORE = ["responsible", "responsible.full_name as responsible_name", "executed", "execution_note"]
CARRIED_OUT = ["execution_doctype", "execution_doc"]
EXECUTED, OVERDUE, OPEN = Label("Executed"), Label("Overdue"), Label("Open")
DECIDED = ("in", (states.ADOPTED, states.EXECUTED))


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("number", _("Number"), MEETING, 80),
		column("day", _("Date"), "Date", 110),
		column("decision_no", _("Decision"), "Int", 90),
		column("kind", _("Kind"), width=220),
		column("text", _("Decided"), width=340),
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("outcome", _("Outcome"), width=110),
		column("responsible", _("Responsible"), width=190),
		column("deadline", _("Deadline"), "Date", 110),
		column("state", _("Execution"), width=130),
		column("note", _("Execution Note"), width=220),
		column(
			"execution_doc",
			_("Carried out by"),
			width=180,
			opens={"doctype_field": "execution_doctype", "by": "execution_doc"},
		),
	]


def rows(frame: Frame) -> list[dict]:
	held = {**frame.this_year, "workflow_state": DECIDED, "date": ("between", (frame.first, frame.last))}
	meetings = frappe.get_all(MEETING, held, ["name", "number", "date"], order_by="date, name")
	tables = reads.rows_of(
		"PPSS Meeting Decision", [m.name for m in meetings], [*FIELDS, *MORE, *CARRIED_OUT]
	)
	labels = reads.term_labels("Decision Kind")
	found = [
		row_of(meeting, decision, labels)
		for meeting in meetings
		for decision in tables[meeting.name]
		if frame.keeps(kind=decision.kind, specialist=decision.responsible)
	]
	return [row for row in found if frame.keeps(execution=row["code"])]


def row_of(meeting: frappe._dict, decision: frappe._dict, labels: dict[str, str]) -> dict:
	code = execution(decision)
	return {
		"name": meeting.name,
		"number": meeting.number,
		"day": meeting.date,
		"decision_no": decision.idx,
		"kind": labels.get(decision.kind, decision.kind),
		"text": decision.text,
		"learner": decision.learner,
		"learner_name": decision.learner_name,
		"outcome": label_of(decision.outcome),
		"responsible": decision.responsible_name,
		"deadline": decision.deadline,
		"code": code,
		"state": label_of(code),
		"note": decision.execution_note,
		"execution_doctype": decision.execution_doctype,
		"execution_doc": decision.execution_doc,
		"late": code == OVERDUE,
	}


def execution(decision: frappe._dict) -> str:
	"""Return the state of a decision's execution; a rejected one is not executed."""
	if decision.outcome == "Rejected":
		return ""
	if decision.executed:
		return EXECUTED
	overdue = decision.deadline and getdate(decision.deadline) < getdate()
	return OVERDUE if overdue else OPEN
