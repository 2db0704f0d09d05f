"""A specialist's lessons of one day, recorded on one screen, whole groups at once (KZ92-6.3a, KZ92-16.2)."""

import frappe
from frappe.utils import cint, getdate

from ppss_support import facts, lesson_facts
from ppss_support.answers import refuse
from ppss_support.constants import states
from ppss_support.exceptions import RuleRefused
from ppss_support.series import time_of_day

SESSION = "PPSS Session"


@frappe.whitelist()
def lessons(day: str | None = None, provider: str | None = None, name: str | None = None) -> list[dict]:
	"""Return one lesson, or a specialist's lessons of a day (of the user and today unless told otherwise).

	Each has its children, all present until somebody says otherwise.
	"""
	own = {"date": getdate(day), "provider": provider or facts.specialist_of_user()}
	rows = frappe.get_list(
		SESSION,
		{"name": name} if name else {**own, "workflow_state": ("in", (states.PLANNED, states.HELD))},
		[
			"name",
			"date",
			"start",
			"planned_minutes",
			"actual_minutes",
			"workflow_state",
			"room.title as room_title",
			*group_title(),
		],
		order_by="start",
	)
	children = children_of([row.name for row in rows])
	return [
		{
			**row,
			"start": time_of_day(lesson_facts.minute_of(row.start)),
			"children": children.get(row.name, []),
		}
		for row in rows
	]


def group_title() -> list[str]:
	"""Return the field of a lesson with its group's title: assistants and class teachers read lessons, but no groups."""
	return ["group.title as group_title"] if frappe.has_permission("PPSS Session Group") else []


def children_of(names: list[str]) -> dict[str, list[dict]]:
	rows = frappe.get_all(
		"PPSS Attendance",
		{"parent": ("in", names), "parenttype": SESSION},
		["parent", "learner", "learner_name", "present"],
		order_by="parent, idx",
	)
	children: dict[str, list[dict]] = {}
	for row in rows:
		children.setdefault(row.pop("parent"), []).append(row)
	return children


@frappe.whitelist(methods=["POST"])
def record(sheets) -> list[str]:
	"""Record lessons as held, all or none: [{"name", "actual_minutes", "content", "observation", "absent": [learner]}].

	Raises RuleRefused with the reasons of every lesson that may not be recorded.
	"""
	texts, codes, held = [], [], []
	for sheet in frappe.parse_json(sheets):
		lesson = filled(sheet)
		try:
			held.append(lesson.submit().name)
		except RuleRefused as refusal:
			(reasons,) = refusal.args
			texts.append(f"{time_of_day(lesson_facts.minute_of(lesson.start))}: {joined(reasons)}")
			codes += frappe.local.response["ppss_codes"]
	if texts:
		frappe.clear_messages()
		refuse(texts, list(dict.fromkeys(codes)))
	return held


def filled(sheet: dict):
	"""Return the lesson with what the specialist noted; whoever is not named absent was present."""
	lesson = frappe.get_doc(SESSION, sheet["name"])
	lesson.update(
		{field: sheet[field] for field in ("content", "observation", "next_step") if field in sheet}
	)
	lesson.actual_minutes = cint(sheet.get("actual_minutes"))
	absent = set(sheet.get("absent") or ())
	for row in lesson.attendance:
		row.present = int(row.learner not in absent)
	lesson.workflow_state = states.HELD
	return lesson


def joined(reasons: str | list[str]) -> str:
	return reasons if isinstance(reasons, str) else " ".join(reasons)
