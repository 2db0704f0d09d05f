"""A series of lessons from a programme or a group: shown first, then written whole or not at all (KZ92-16.4).

A wish names its source and what the user chose:
{"doctype": "PPSS Programme" | "PPSS Session Group", "name": …, "first": "2026-11-02", "last": "2026-12-27",
"minutes": 30, "provider": …, "room": …, "times": [{"weekday": 0, "start": "10:00"}, …]}, Monday being 0.
"""

from contextlib import contextmanager
from datetime import timedelta

import frappe
from frappe.utils import cint, getdate

from ppss_support import facts, lesson_facts
from ppss_support.answers import answer, refuse, text_of
from ppss_support.regulation import lessons
from ppss_support.regulation.finding import Finding, Label, split
from ppss_support.regulation.messages import DATE_FORMAT
from ppss_support.regulation.series import Conflict, Lesson, Plan, Pupil, Series, plan

PROGRAMME, GROUP = "PPSS Programme", "PPSS Session Group"
OFFERED_MINUTES = {"SF1": "minutes_individual", "SF2": "minutes_group", "SF3": "minutes_group"}


@frappe.whitelist()
def proposal(doctype: str, name: str) -> dict:
	"""Return what the dialog begins with: specialist, form, minutes, lessons a week and period."""
	lesson = lesson_of({"doctype": doctype, "name": name})
	pupils, year = pupils_of(lesson), lesson_facts.calendar(lesson.school_year)
	return {
		"provider": lesson.provider,
		"form": lesson.form,
		"minutes": lesson.planned_minutes,
		"weekly": min((pupil.weekly for pupil in pupils), default=0),
		"first": max([getdate(), year.first, *(pupil.first for pupil in pupils if pupil.first)]),
		"last": min([year.last, *(pupil.last for pupil in pupils if pupil.last)]),
	}


@frappe.whitelist()
def preview(wish) -> dict:
	"""Return the lessons of a wish, its conflicts by day, and what refuses it as a whole; nothing is written."""
	wish = frappe.parse_json(wish)
	lesson = lesson_of(wish)
	found = plan_of(lesson, wish)
	refusals, warnings = split([*whole_lesson(lesson, wish), *found.findings])
	return {
		"lessons": [] if refusals else [time_of(one) for one in found.lessons],
		"conflicts": [with_reasons(conflict) for conflict in found.conflicts],
		"refusals": [text_of(one) for one in refusals],
		"warnings": [text_of(one) for one in warnings],
	}


@frappe.whitelist(methods=["POST"])
def write(wish, skip_conflicts=0) -> dict:
	"""Plan anew in the organisation's turn and write the lessons; conflicts refuse all unless they are to be skipped.

	Raises RuleRefused with every reason at once. Returns the names written and the conflicts left out.
	"""
	wish = frappe.parse_json(wish)
	facts.take_turn(source_of(wish).organisation)
	lesson = lesson_of(wish)
	found = plan_of(lesson, wish)
	answer([*whole_lesson(lesson, wish), *found.findings])
	if found.conflicts and not cint(skip_conflicts):
		refuse_conflicts(found.conflicts)
	with warned_before():
		names = [insert(lesson, one) for one in found.lessons]
	return {"written": names, "conflicts": [with_reasons(conflict) for conflict in found.conflicts]}


# ---- from the wish to plain values


def source_of(wish: dict):
	"""Return the programme or group, if the user may read it."""
	if wish.get("doctype") not in (PROGRAMME, GROUP):
		raise frappe.DoesNotExistError
	source = frappe.get_doc(wish["doctype"], wish["name"])
	source.check_permission("read")
	return source


def lesson_of(wish: dict):
	"""Return an unsaved lesson as each of the series will be, on the first day, if the user may plan it."""
	source = source_of(wish)
	lesson = frappe.new_doc("PPSS Session")
	lesson.update({"organisation": source.organisation, "school_year": source.school_year})
	if source.doctype == PROGRAMME:
		of_programme(lesson, source)
	else:
		of_group(lesson, source)
	lesson.provider = wish.get("provider") or lesson.provider
	lesson.room = wish.get("room")
	lesson.date = getdate(wish.get("first"))
	lesson.complete()
	lesson.planned_minutes = cint(wish.get("minutes")) or offered_minutes(lesson)
	lesson.check_permission("create")
	return lesson


def of_programme(lesson, programme):
	lesson.update({"form": lessons.INDIVIDUAL, "provider": programme.author})
	child = {"learner": programme.learner, "learner_name": programme.learner_name}
	lesson.append("attendance", {**child, "programme": programme.name, "present": 1})


def of_group(lesson, group):
	lesson.update({"form": group.kind, "provider": group.leader, "group": group.name})
	for row in group.members:
		child = {"learner": row.learner, "learner_name": row.learner_name}
		lesson.append("attendance", {**child, "programme": row.programme, "present": 1})


def offered_minutes(lesson) -> int:
	"""Return the minutes of the children's programmes, or the least the norm asks for."""
	own = {"name": ("in", [row.programme for row in lesson.attendance if row.programme])}
	written = frappe.get_all(PROGRAMME, own, pluck=OFFERED_MINUTES[lesson.form])
	norm = next((n.least for n in lesson.norms() if n.holds_on(getdate(lesson.date))), 0)
	return max(filter(None, written), default=norm)


def pupils_of(lesson) -> tuple[Pupil, ...]:
	rows = [(row.learner, row.learner_name, row.programme) for row in lesson.attendance]
	return lesson_facts.pupils(rows, lesson.form)


def plan_of(lesson, wish: dict) -> Plan:
	first, last = getdate(wish.get("first")), getdate(wish.get("last"))
	times = {(cint(row["weekday"]), lesson_facts.minute_of(row["start"])) for row in wish.get("times") or ()}
	series = Series(
		lesson.form,
		lesson.planned_minutes,
		lesson.provider,
		facts.full_name("PPSS Specialist", lesson.provider),
		lesson.room,
		lesson.room_title,
		pupils_of(lesson),
	)
	monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
	taken = lesson_facts.lessons_between(lesson.organisation, monday, sunday)
	return plan(series, times, first, last, lesson_facts.calendar(lesson.school_year), lesson.norms(), taken)


def whole_lesson(lesson, wish: dict) -> list[Finding]:
	"""What is the same on every day: who teaches whom by which programme, the group, and the room."""
	found = lesson.programmes_fit() + lesson.provider_fits() + lessons.room(lesson.room, None)
	if wish["name"] not in (lesson.group, lesson.attendance[0].programme):
		# A curriculum, or a programme that does not run: the lesson would count for another.
		found.append(Finding.of("M23", lesson.attendance[0].learner_name))
	if lesson.group:
		group = frappe.get_doc(GROUP, lesson.group)
		found += group.composition() if group.active else [Finding.of("A21", Label("Active"))]
	return found


# ---- answers


def time_of(lesson: Lesson) -> dict:
	return {"date": lesson.day, "start": time_of_day(lesson.start)}


def time_of_day(minute: int) -> str:
	return f"{minute // 60:02d}:{minute % 60:02d}"


def with_reasons(conflict: Conflict) -> dict:
	return {**time_of(conflict.lesson), "reasons": [text_of(finding) for finding in conflict.findings]}


def refuse_conflicts(conflicts: tuple[Conflict, ...]):
	"""Refuse with each day and its reasons."""
	texts, codes = [], []
	for conflict in conflicts:
		shown = with_reasons(conflict)
		texts.append(f"{shown['date'].strftime(DATE_FORMAT)} {shown['start']}: {' '.join(shown['reasons'])}")
		codes += [finding.code for finding in conflict.findings]
	refuse(texts, list(dict.fromkeys(codes)))


def insert(lesson, at: Lesson) -> str:
	one = frappe.copy_doc(lesson)
	one.update({"date": at.day, "start": time_of(at)["start"]})
	return one.insert().name


@contextmanager
def warned_before():
	"""Sixty lessons of one series warn of the same things, which the user was told before they are written."""
	before = len(frappe.local.message_log)
	yield
	del frappe.local.message_log[before:]
