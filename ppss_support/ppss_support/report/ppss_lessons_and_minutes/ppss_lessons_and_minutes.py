"""RP6: lessons planned and held, and their minutes against the norm (KZ92-17.3, KZ92-17.4). No child is named."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import Max, Min
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.names import sort_key
from ppss_support.regulation.lessons import age_of_lesson
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, reader_leads

COUNTS = ("planned", "held", "not_held", "planned_minutes", "actual_minutes", "off_norm", "off_plan")


def execute(filters=None):
	return columns(reader_leads()), rows(frame_of(filters))


def columns(minutes: bool) -> list[dict]:
	"""The accountant gets lessons and hours; minutes against the norm are for those who answer for them."""
	control = [
		column("norm", _("Norm, Minutes"), width=120),
		column("off_norm", _("Planned Outside the Norm"), "Int", 130),
		column("off_plan", _("Held Unlike Planned"), "Int", 130),
	]
	return [
		column("specialist", _("Specialist"), width=220),
		column("form", _("Form"), width=150),
		column("age", _("Age"), width=110),
		column("planned", _("Planned"), "Int", 100),
		column("held", _("Held"), "Int", 100),
		column("not_held", _("Not held"), "Int", 100),
		column("planned_hours", _("Hours Planned"), "Float", 130, precision=1),
		column("actual_hours", _("Hours Held"), "Float", 130, precision=1),
		*(control if minutes else []),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each specialist, form and age; every lesson that was not corrected is once planned."""
	norms, totals, bounds = reads.Norms(), defaultdict(lambda: dict.fromkeys(COUNTS, 0)), {}
	for lesson in lessons(frame):
		key = lesson.provider_name, lesson.form, age_of_lesson({lesson.first_age, lesson.last_age} - {None})
		school = frame.schools[lesson.organisation]
		day, code = getdate(lesson.date), f"DURATION_{lesson.form}_{key[2].upper()}"
		bounds[key] = norm = norms.on(code, facts.profile_on(lesson.organisation, day), day)
		count(totals[key], lesson, norm, school.lesson_minutes_tolerance)
	labels = reads.term_labels("Session Form")
	return [row_of(key, totals[key], bounds[key], labels) for key in sorted(totals, key=by_name)]


def lessons(frame: Frame) -> list[frappe._dict]:
	"""Return the lessons of the period, each with the ages of its children: where the first and the last are one, there is no other."""
	lesson, row, child = (
		frappe.qb.DocType(name) for name in ("PPSS Session", "PPSS Attendance", "PPSS Learner")
	)
	person = frappe.qb.DocType("PPSS Specialist")
	query = (
		frappe.qb.from_(lesson)
		.join(person)
		.on(person.name == lesson.provider)
		.left_join(row)
		.on((row.parent == lesson.name) & (row.parenttype == "PPSS Session"))
		.left_join(child)
		.on(child.name == row.learner)
		.where(lesson.organisation.isin(list(frame.schools)))
		.where(lesson.date[frame.first : frame.last])
		.where(lesson.workflow_state.isin([states.PLANNED, states.HELD, states.NOT_HELD]))
		.groupby(lesson.name)
		.select(lesson.organisation, lesson.date, lesson.form, lesson.workflow_state)
		.select(lesson.planned_minutes, lesson.actual_minutes, person.full_name.as_("provider_name"))
		.select(Min(child.age_group).as_("first_age"), Max(child.age_group).as_("last_age"))
	)
	if frame.chosen.specialist:
		query = query.where(lesson.provider == frame.chosen.specialist)
	if frame.chosen.form:
		query = query.where(lesson.form == frame.chosen.form)
	return query.run(as_dict=True)


def count(total: dict, lesson: frappe._dict, norm, tolerance: int):
	held = lesson.workflow_state == states.HELD
	planned, actual = lesson.planned_minutes or 0, (lesson.actual_minutes or 0) if held else 0
	total["planned"] += 1
	total["held"] += held
	total["not_held"] += lesson.workflow_state == states.NOT_HELD
	total["planned_minutes"] += planned
	total["actual_minutes"] += actual
	total["off_norm"] += bool(norm) and not norm.value_min <= planned <= norm.value_max
	total["off_plan"] += held and abs(actual - planned) > tolerance


def row_of(key: tuple[str, str, str], total: dict, norm, labels: dict[str, str]) -> dict:
	specialist, form, age = key
	return {
		"specialist": specialist,
		"form": labels.get(form, form),
		"age": label_of(age),
		**total,
		"planned_hours": total["planned_minutes"] / 60,
		"actual_hours": total["actual_minutes"] / 60,
		"norm": bounds_of(norm),
		"late": bool(total["off_norm"]),
	}


def by_name(key: tuple[str, str, str]) -> tuple:
	return sort_key(key[0]), key[1], key[2]


def bounds_of(norm) -> str:
	if not norm:
		return ""
	least, greatest = int(norm.value_min), int(norm.value_max)
	return str(least) if least == greatest else f"{least}–{greatest}"
