"""RP4: assistants by quarter (KZ92-14.2.6b, KZ92-14.2.6c, KZ92-21.2). The accountant gets dates and persons, no child."""

import frappe
from frappe import _
from frappe.utils import date_diff, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening, reader_leads

ASSIGNMENT = "PPSS Assistant Assignment"
FIELDS = ["name", "assistant", "assistant.full_name as assistant_name", "quarter", "from_date", "to_date"]
MORE = ["ended_on", "assistant_hours_week", "workflow_state", "pmpc_further_need", "learner", "learner_name"]
APPOINTED = ("in", (states.APPOINTED, states.SUSPENDED, states.ENDED))


def execute(filters=None):
	names = reader_leads()
	return columns(names), rows(frame_of(filters), names)


def columns(names: bool) -> list[dict]:
	about_child = [
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("class_title", _("Class"), width=90),
		column("further_need", _("Further Need by PMPC"), width=170),
		opening("name", _("Assistant Assignment"), ASSIGNMENT, 170),
	]
	return [
		column("assistant_name", _("Assistant"), width=220),
		column("quarter", _("Quarter"), "Int", 90),
		column("from_date", _("From Date"), "Date", 110),
		column("to_date", _("To Date"), "Date", 110),
		column("hours", _("Hours of the Assistant a Week"), "Float", 120),
		column("state", _("State")),
		column("days_left", _("Days Left"), "Int", 100),
		*(about_child if names else []),
	]


def rows(frame: Frame, names: bool) -> list[dict]:
	pupils = reads.children(frame) if names else {}
	found = frappe.get_all(
		ASSIGNMENT,
		{**frame.this_year, "docstatus": 1, "workflow_state": APPOINTED},
		[*FIELDS, *MORE],
		order_by="quarter, from_date, name",
	)
	return [
		{**row_of(row), **(child_of(row, pupils) if names else {})}
		for row in found
		if frame.keeps(quarter=str(row.quarter), specialist=row.assistant)
	]


def row_of(row: frappe._dict) -> dict:
	last = facts.last_day_of(row)
	running = row.workflow_state == states.APPOINTED and last >= getdate()
	return {
		"assistant_name": row.assistant_name,
		"quarter": row.quarter,
		"from_date": row.from_date,
		"to_date": last,
		"hours": row.assistant_hours_week,
		"state": _(row.workflow_state),
		"days_left": date_diff(last, getdate()) if running else None,
	}


def child_of(row: frappe._dict, pupils: dict) -> dict:
	learner = pupils.get(row.learner)
	return {
		"name": row.name,
		"learner": row.learner,
		"learner_name": row.learner_name,
		"class_title": learner and learner.class_title,
		"further_need": label_of(row.pmpc_further_need),
	}
