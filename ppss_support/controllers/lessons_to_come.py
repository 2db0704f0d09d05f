"""Planned lessons after a change in what stands behind them: they go on, or a child leaves them."""

from functools import partial

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts, lesson_facts
from ppss_support.constants import states
from ppss_support.controllers.paper import transition
from ppss_support.notices import day_text, tell


def carry(earlier: str, later):
	"""Planned lessons go on under the new version; what it no longer provides is called off (KZ92-16.4).

	A lesson goes on when its day is not past the new version's last and its form still has lessons a week.
	"""
	kept, gone = [], []
	for row in lesson_facts.lessons_to_come(earlier, getdate()):
		provided = later.get(lesson_facts.PROGRAMME_COUNT[row.form]) and row.date <= getdate(later.period_to)
		(kept if provided else gone).append(row)
	if kept:
		moved = {"name": ("in", [row.row for row in kept])}
		frappe.db.set_value("PPSS Attendance", moved, "programme", later.name)
	frappe.db.set_value("PPSS Group Member", {"programme": earlier}, "programme", later.name)
	reason = _("Programme {0} does not provide this lesson").format(later.name)
	left = [facts.paper("PPSS Session", row.name) for row in gone]
	for lesson, row in zip(left, gone, strict=True):
		leave(lesson, [mine for mine in lesson.attendance if mine.name == row.row], reason)
	if left:
		tell_of_lessons(later, left)


def tell_of_lessons(programme, lessons: list):
	"""Tell those who give the lessons, those who answer for the child, and the coordinator."""
	people = {lesson.provider for lesson in lessons}
	people |= facts.people_of_child(programme.learner, programme.support_case)
	child = facts.full_name("PPSS Learner", programme.learner)
	days = sorted(getdate(lesson.date) for lesson in lessons)
	tell(
		facts.logins_of(people, programme.organisation),
		programme.doctype,
		programme.name,
		partial(text_of_lessons, child, programme.name, days),
	)


def text_of_lessons(child: str, programme: str, days: list, lang: str) -> str:
	text = _(
		"{0}: programme {1} no longer provides the lessons from {2} to {3} ({4}), they are called off", lang
	)
	return text.format(child, programme, day_text(days[0]), day_text(days[-1]), len(days))


def leave(lesson, rows: list, reason: str):
	"""Take these rows' child out of a lesson; one that nobody is left in is called off."""
	if len(rows) == len(lesson.attendance):
		lesson.advance(states.NOT_HELD, reason)
		return
	for row in rows:
		# Whoever approves a programme or ends a consent has no right to the lesson; it follows from that step.
		row.delete(ignore_permissions=True)
	note = transition((states.PLANNED, states.PLANNED), f"{rows[0].learner_name}: {reason}", [])
	lesson.append("history", note).db_insert()
	lesson.notify_update()
