"""Lessons and meetings on one calendar; a drag is a change of the plan, decided by the same rules as on the form."""

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate

from ppss_support import lesson_facts, my_day
from ppss_support.constants import states
from ppss_support.gate import check_listing

SESSION, MEETING = "PPSS Session", "PPSS Meeting"
COLOURS = {states.PLANNED: "default", states.HELD: "success", states.ADOPTED: "success"}
GIVEN_UP = (states.CANCELLED, states.NOT_HELD)


@frappe.whitelist()
def events(doctype: str, start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""Return what the reader may see between two days; `filters` are those of the list of `doctype`.

	An event has: doctype, name, title, tooltip, start, end, allDay, docstatus, colour.
	"""
	given = frappe.parse_json(filters) or []
	days = ["between", (getdate(start), getdate(end))]
	found = []
	for kind, make in ((SESSION, lessons), (MEETING, meetings)):
		if frappe.has_permission(kind):
			own = given if kind == doctype else []
			check_listing({kind}, {"filters": own})
			found += make([*own, ["date", *days], ["workflow_state", "not in", GIVEN_UP]])
	return found


def lessons(filters: list) -> list[dict]:
	fields = [
		"name",
		"docstatus",
		"workflow_state",
		"date",
		"start",
		"planned_minutes",
		*my_day.group_title(),
		"provider.full_name as provider_name",
		"room.title as room_title",
	]
	rows = frappe.get_list(SESSION, filters, fields, order_by="date, start", limit=0)
	children = my_day.children_of([row.name for row in rows])
	return [lesson_event(row, [child.learner_name for child in children.get(row.name, [])]) for row in rows]


def lesson_event(row, names: list[str]) -> dict:
	first = begins(row.date, row.start)
	title = row.get("group_title") or ", ".join(names)
	lines = [title, _(row.workflow_state), row.provider_name, row.room_title, *names]
	return {
		**shown(SESSION, row, title, lines),
		"start": first,
		"end": first + timedelta(minutes=row.planned_minutes or 0),
		"allDay": 0,
	}


def begins(day, start) -> datetime:
	minute = lesson_facts.minute_of(start)
	return datetime.combine(getdate(day), time(minute // 60, minute % 60))


def meetings(filters: list) -> list[dict]:
	fields = ["name", "docstatus", "workflow_state", "date", "number", "place"]
	rows = frappe.get_list(MEETING, filters, fields, order_by="date", limit=0)
	return [meeting_event(row) for row in rows]


def meeting_event(row) -> dict:
	title = f"{_(MEETING)} № {row.number}" if row.number else _(MEETING)
	day = str(getdate(row.date))
	lines = [title, _(row.workflow_state), row.place]
	return {**shown(MEETING, row, title, lines), "start": day, "end": day, "allDay": 1}


def shown(doctype: str, row, title: str, lines: list) -> dict:
	return {
		"doctype": doctype,
		"name": row.name,
		"docstatus": row.docstatus,
		"title": title,
		"tooltip": "\n".join(dict.fromkeys(filter(None, lines))),
		"colour": COLOURS.get(row.workflow_state, "warning"),
		# Days and hours are those of the school, wherever the reader's clock stands.
		"convertToUserTz": 0,
	}


@frappe.whitelist(methods=["POST"])
def reschedule(doctype: str, name: str, start: str, end: str | None = None, all_day: int | str = 0):
	"""Move a lesson or a meeting to where it was dragged, if the reader's rights and the rules let it.

	A lesson drawn longer is planned longer; one drawn among what has no hour keeps its own. Raises RuleRefused with the
	reasons, PermissionError.
	"""
	if doctype not in (SESSION, MEETING):
		raise frappe.PermissionError
	paper = frappe.get_doc(doctype, name)
	paper.check_permission("write")
	first = get_datetime(start)
	paper.date = first.date()
	if doctype == SESSION and not cint(all_day):
		paper.start = first.time()
		if end:
			paper.planned_minutes = int((get_datetime(end) - first).total_seconds() // 60)
	paper.save()
