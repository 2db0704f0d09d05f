"""RP13: special conditions that assessments ask for, and whether they are provided (KZ92-2.1, KZ92-13.5a, KZ92-13.6)."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support.constants import states
from ppss_support.regulation.finding import Label
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening

ASSESSMENT = "PPSS Needs Assessment"
FIELDS = ["condition", "description", "provider_role", "from_date", "to_date", "provided"]
PROVIDED, NOT_PROVIDED = Label("Provided"), Label("Not provided")


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("class_title", _("Class"), width=90),
		column("condition", _("Special Condition"), width=340),
		column("description", _("Description"), width=240),
		column("provider", _("Provider"), width=170),
		column("from_date", _("From Date"), "Date", 110),
		column("to_date", _("To Date"), "Date", 110),
		column("state", _("State"), width=140),
		opening("name", _("Assessment"), ASSESSMENT, 170),
	]


def rows(frame: Frame) -> list[dict]:
	pupils = reads.present(reads.children(frame), frame)
	concluded = {**frame.here, "workflow_state": states.CONCLUDED, "learner": ("in", list(pupils))}
	owners = dict(frappe.get_all(ASSESSMENT, concluded, ["name", "learner"], as_list=True))
	tables = reads.rows_of("PPSS Special Condition", list(owners), FIELDS)
	labels = reads.term_labels("Special Condition", "Role")
	found = [
		row_of(name, learner, pupils[learner], row, labels)
		for name, learner in owners.items()
		for row in tables[name]
		if frame.keeps(condition=row.condition)
	]
	kept = [row for row in found if not (frame.chosen.only_gaps and row["code"] == PROVIDED)]
	return sorted(kept, key=lambda row: (row["class_title"] or "", row["learner_name"]))


def row_of(name: str, learner: str, pupil, row: frappe._dict, labels: dict[str, str]) -> dict:
	code = PROVIDED if row.provided else NOT_PROVIDED
	begun = not row.from_date or getdate(row.from_date) <= getdate()
	return {
		"name": name,
		"learner": learner,
		"learner_name": pupil.full_name,
		"class_title": pupil.class_title,
		"condition": labels.get(row.condition, row.condition),
		"description": row.description,
		"provider": labels.get(row.provider_role, row.provider_role),
		"from_date": row.from_date,
		"to_date": row.to_date,
		"code": code,
		"state": label_of(code),
		"late": code == NOT_PROVIDED and begun,
	}
