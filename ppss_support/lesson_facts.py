"""What the rules of lessons need to know: the reads are for all children at once."""

from datetime import date
from itertools import groupby

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Count, Sum
from frappe.utils import get_time, getdate

from ppss_support import facts, norm_facts
from ppss_support.constants import states
from ppss_support.regulation import lessons
from ppss_support.regulation.lessons import GroupFact, GroupMember, LessonProgramme, age_of_lesson
from ppss_support.regulation.rules import ProgrammeFact
from ppss_support.regulation.series import Calendar, Lesson, Norm, Pupil

# Field of a programme with its lessons a week, by form of the lesson.
PROGRAMME_COUNT = {"SF1": "weekly_individual", "SF2": "weekly_small_group", "SF3": "weekly_group"}


def live_programmes(learners: list[str], school_year: str, day: date) -> dict[str, list]:
	"""Return by learner the programmes that carried lessons on the day, the newest first, as their steps tell.

	What was cancelled never carried any.
	"""
	programme, step = frappe.qb.DocType("PPSS Programme"), frappe.qb.DocType("PPSS Transition")
	rows = (
		frappe.qb.from_(programme)
		.join(step)
		.on((step.parent == programme.name) & (step.parenttype == "PPSS Programme"))
		.where(programme.learner.isin(learners or [""]) & (programme.school_year == school_year))
		.where(programme.docstatus == 1)
		.orderby(programme.creation, order=Order.desc)
		.orderby(step.idx)
		.select(programme.name, programme.kind, programme.learner, programme.author, step.at, step.to_state)
	).run(as_dict=True)
	programmes: dict[str, list] = {}
	for _name, steps in groupby(rows, lambda row: row.name):
		taken = list(steps)
		state = lessons.state_on([(getdate(one.at), one.to_state) for one in taken], day)
		if state in lessons.LIVE_PROGRAMME:
			programmes.setdefault(taken[0].learner, []).append(frappe._dict(taken[0], state=state))
	return programmes


def fitting_programmes(
	learners: list[str], school_year: str, day: date, provider: str | None
) -> dict[str, list[str]]:
	"""Return by learner the programmes a lesson of this specialist may follow: fitting kind and own first (KZ92-17.1)."""
	wanted = "CDP" if "SPE" in facts.roles_of(provider) else "IDP"

	def distance(row) -> tuple[bool, bool]:
		return row.kind != wanted, row.author != provider

	return {
		learner: [row.name for row in sorted(rows, key=distance) if row.kind != "ICP"]
		for learner, rows in live_programmes(learners, school_year, day).items()
	}


def lesson_programmes(learners: list[str], school_year: str, day: date) -> dict[str, list[LessonProgramme]]:
	live = live_programmes(learners, school_year, day)
	names = [row.name for rows in live.values() for row in rows]
	people: dict[str, set[str]] = {}
	members = {"parent": ("in", names), "parenttype": "PPSS Programme", "parentfield": "participants"}
	for parent, specialist in frappe.get_all(
		"PPSS Case Member", members, ["parent", "specialist"], as_list=True
	):
		people.setdefault(parent, set()).add(specialist)
	return {
		learner: [
			LessonProgramme(row.kind, row.state, row.author, frozenset(people.get(row.name, ())))
			for row in rows
		]
		for learner, rows in live.items()
	}


def group_members(rows: list[tuple[str, str, str | None]]) -> list[GroupMember]:
	"""Return the children of a group with age, categories, impairments and programme state."""
	learners = [learner for learner, _name, _programme in rows]
	ages = dict(
		frappe.get_all("PPSS Learner", {"name": ("in", learners)}, ["name", "age_group"], as_list=True)
	)
	categories, impairments = (
		facts.categories_by_learner(learners),
		facts.assessment_terms(learners, "impairments"),
	)
	programmes = [programme for _learner, _name, programme in rows if programme]
	state = dict(
		frappe.get_all(
			"PPSS Programme", {"name": ("in", programmes)}, ["name", "workflow_state"], as_list=True
		)
	)
	return [
		GroupMember(
			learner,
			name or facts.full_name("PPSS Learner", learner),
			ages.get(learner) or "School",
			categories.get(learner, frozenset()),
			impairments.get(learner, frozenset()),
			state.get(programme),
		)
		for learner, name, programme in rows
	]


def group_children(group: str) -> list[frappe._dict]:
	"""Return learner, name and programme of each child of a group, in its order."""
	return frappe.get_all(
		"PPSS Group Member", {"parent": group}, ["learner", "learner_name", "programme"], order_by="idx"
	)


def group_fact(group: str | None) -> GroupFact | None:
	row = group and frappe.db.get_value(
		"PPSS Session Group", group, ["title", "kind", "active", "leader"], as_dict=True
	)
	if not row:
		return None
	children = frozenset(child.learner for child in group_children(group))
	return GroupFact(row.title, row.kind, bool(row.active), "SPE" in facts.roles_of(row.leader), children)


def group_kinds_of(learner: str, school_year: str) -> set[str]:
	"""Return the kinds of the active groups the child is in."""
	group, child = frappe.qb.DocType("PPSS Session Group"), frappe.qb.DocType("PPSS Group Member")
	query = frappe.qb.from_(child).join(group).on(group.name == child.parent).select(group.kind)
	mine = (child.learner == learner) & (group.school_year == school_year) & (group.active == 1)
	return {kind for (kind,) in query.where(mine).run()}


def age_group_of(learners: list[str]) -> str:
	"""Return the age of a lesson as its norm names it."""
	ages = frappe.get_all("PPSS Learner", {"name": ("in", learners)}, pluck="age_group")
	return age_of_lesson(set(ages)).upper()


def lesson_role(specialist: str) -> str:
	"""Return the role in which a specialist gives lessons."""
	own = facts.roles_of(specialist)
	return next((role for role in ("SPE", "PSY", "SOC", "AST", "CAR", "TCH", "CLS") if role in own), "")


def calendar(school_year: str) -> Calendar:
	"""Return the days of lessons of a school year."""
	year = frappe.get_cached_doc("PPSS School Year", school_year)
	return Calendar(
		getdate(year.from_date),
		getdate(year.to_date),
		tuple((getdate(q.from_date), getdate(q.to_date)) for q in year.quarters),
		tuple((getdate(off.from_date), getdate(off.to_date), off.reason) for off in year.days_off),
		year.week_days,
	)


def lesson_norms(form: str, age: str, profile: str | None) -> tuple[Norm, ...]:
	"""Return the lawful lengths of a lesson by form and age group, in each edition of the norm."""
	return tuple(
		Norm(
			int(row.value_min),
			int(row.value_max),
			row.enforcement == "Warn",
			row.valid_from and getdate(row.valid_from),
			row.valid_to and getdate(row.valid_to),
		)
		for row in norm_facts.norms(f"DURATION_{form}_{age}", profile)
	)


def lessons_between(
	organisation_name: str, first: date, last: date, besides: str | None = None
) -> list[Lesson]:
	"""Return the lessons planned or held in these days, with their children, in one statement."""
	lesson, child = frappe.qb.DocType("PPSS Session"), frappe.qb.DocType("PPSS Attendance")
	person = frappe.qb.DocType("PPSS Specialist")
	rows = (
		frappe.qb.from_(lesson)
		.left_join(child)
		.on((child.parent == lesson.name) & (child.parenttype == "PPSS Session"))
		.left_join(person)
		.on(person.name == lesson.provider)
		.where((lesson.organisation == organisation_name) & lesson.date[first:last])
		.where(lesson.workflow_state.isin((states.PLANNED, states.HELD)) & (lesson.name != (besides or "")))
		.select(
			lesson.name,
			lesson.date,
			lesson.start,
			lesson.planned_minutes,
			lesson.form,
			lesson.provider,
			person.full_name,
			lesson.room,
			child.learner,
			child.programme,
		)
	).run()
	found: dict[str, Lesson] = {}
	for name, day, start, minutes, form, provider, provider_name, room, learner, programme in rows:
		one = found.setdefault(
			name, Lesson(day, minute_of(start), minutes, form, provider, provider_name, room, {})
		)
		if learner:
			one.children[learner] = programme
	return list(found.values())


def programme_fact(name: str) -> ProgrammeFact:
	fields = ["learner", "kind", "workflow_state", "docstatus", "school_year"]
	row = frappe.db.get_value("PPSS Programme", name, fields, as_dict=True)
	first, _last = facts.school_year_dates(row.school_year)
	return ProgrammeFact(name, row.learner, row.kind, row.workflow_state, row.docstatus == 1, first)


def lessons_held_on(programme: str) -> list[str]:
	own = {"programme": programme, "parenttype": "PPSS Session", "docstatus": 1}
	return frappe.get_all("PPSS Attendance", own, pluck="parent", limit=3)


def lessons_to_come(programme: str, day: date) -> list[frappe._dict]:
	"""Return the planned lessons of a programme from this day on, with the row of the child in each."""
	lesson, child = frappe.qb.DocType("PPSS Session"), frappe.qb.DocType("PPSS Attendance")
	return (
		frappe.qb.from_(child)
		.join(lesson)
		.on((lesson.name == child.parent) & (child.parenttype == "PPSS Session"))
		.where((child.programme == programme) & (lesson.date >= day))
		.where(lesson.workflow_state == states.PLANNED)
		.select(child.name.as_("row"), lesson.name, lesson.date, lesson.form)
	).run(as_dict=True)


def minutes_by_programme(programmes: list[str]) -> dict[str, frappe._dict]:
	"""Return lessons and minutes of each programme, in one statement: still to come, held with the child, missed.

	`planned_minutes` are of all lessons but those called off; the programme itself says how many there should be.
	"""
	lesson, child = frappe.qb.DocType("PPSS Session"), frappe.qb.DocType("PPSS Attendance")
	to_come, held = lesson.workflow_state == states.PLANNED, lesson.workflow_state == states.HELD

	def count(condition):
		return Count(Case().when(condition, 1))

	def minutes(condition, column):
		return Sum(Case().when(condition, column).else_(0))

	if not programmes:
		return {}
	rows = (
		frappe.qb.from_(child)
		.join(lesson)
		.on((lesson.name == child.parent) & (child.parenttype == "PPSS Session"))
		.where(child.programme.isin(programmes))
		.groupby(child.programme)
		.select(
			child.programme,
			count(to_come).as_("to_come"),
			count(held & (child.present == 1)).as_("held"),
			count(held & (child.present == 0)).as_("missed"),
			count(lesson.workflow_state == states.NOT_HELD).as_("called_off"),
			minutes(to_come | held, lesson.planned_minutes).as_("planned_minutes"),
			minutes(held & (child.present == 1), lesson.actual_minutes).as_("held_minutes"),
		)
	).run(as_dict=True)
	return {row.programme: row for row in rows}


def lessons_by_kind(learner: str | None, school_year: str | None) -> dict[str, tuple[date, int]]:
	"""Return the kinds of programmes the child had in the year: when the first began, how many lessons were held."""
	own = {"learner": learner, "school_year": school_year, "docstatus": 1}
	rows = frappe.get_all(
		"PPSS Programme", own, ["name", "kind", "period_from"], order_by="period_from, creation"
	)
	minutes = minutes_by_programme([row.name for row in rows])
	found: dict[str, tuple[date, int]] = {}
	for row in rows:
		first, held = found.get(row.kind, (getdate(row.period_from), 0))
		found[row.kind] = first, held + (minutes[row.name].held if row.name in minutes else 0)
	return found


def minute_of(moment) -> int:
	"""Return the minutes from midnight of a time of day, as text, time or timedelta."""
	moment = get_time(moment)
	return moment.hour * 60 + moment.minute


def pupils(rows: list[tuple[str, str, str | None]], form: str) -> tuple[Pupil, ...]:
	"""Return the children of a lesson, by (learner, name, programme), with programme and consents."""
	names = [programme for _learner, _name, programme in rows if programme]
	fields = ["name", "period_from", "period_to", PROGRAMME_COUNT[form]]
	own = frappe.get_all("PPSS Programme", {"name": ("in", names)}, fields, as_list=True) if names else []
	terms = {name: (getdate(first), getdate(last), weekly) for name, first, last, weekly in own}
	consents = facts.consents_by_learner([row[0] for row in rows])
	return tuple(
		Pupil(
			learner,
			name,
			programme if programme in terms else None,
			*terms.get(programme, (None, None, 0)),
			tuple(consents.get(learner, ())),
		)
		for learner, name, programme in rows
	)
