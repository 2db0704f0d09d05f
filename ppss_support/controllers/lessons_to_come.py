"""Planned lessons after a change in what stands behind them: they go on, or a child leaves them."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts, lesson_facts
from ppss_support.constants import states
from ppss_support.controllers.paper import transition


def carry(earlier: str, later):
	"""Planned lessons go on under the new version; what it no longer provides is called off (KZ92-16.4).

	A lesson goes on when its day is not past the new version's last and its form still has lessons a week.
	"""
	kept, gone = [], []
	for row in lesson_facts.lessons_to_come(earlier, getdate()):
		provided = later.get(lesson_facts.PROGRAMME_COUNT[row.form]) and row.date <= getdate(later.period_to)
		(kept if provided else gone).append(row)
	moved = {"name": ("in", [row.row for row in kept])}
	frappe.db.set_value("PPSS Attendance", moved, "programme", later.name)
	frappe.db.set_value("PPSS Group Member", {"programme": earlier}, "programme", later.name)
	reason = _("Programme {0} does not provide this lesson").format(later.name)
	for row in gone:
		lesson = facts.paper("PPSS Session", row.name)
		leave(lesson, [mine for mine in lesson.attendance if mine.name == row.row], reason)


def leave(lesson, rows: list, reason: str):
	"""Take these rows' child out of a lesson; one that nobody is left in is called off."""
	if len(rows) == len(lesson.attendance):
		lesson.advance(states.NOT_HELD, reason)
		return
	for row in rows:
		row.delete(ignore_permissions=True)
	note = transition((states.PLANNED, states.PLANNED), f"{rows[0].learner_name}: {reason}", [])
	lesson.append("history", note).db_insert()
	lesson.notify_update()
