"""A child goes over from one specialist to another on a day: membership, responsibility, papers under way, lessons to come.

What is approved stays as it was approved: a programme names another specialist in its next version. Lessons of a group
are about other children too, and change hands with the group.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.constants import states
from ppss_support.regulation import memberships
from ppss_support.regulation.lessons import INDIVIDUAL

PROGRAMME, SESSION = "PPSS Programme", "PPSS Session"
WRITTEN_STILL = (states.DRAFT, states.RETURNED)


def hand_over(case, leaving: str, taking: str, day: date) -> str:
	"""Let `taking` follow `leaving` in a case from `day` on, as the acting user; return what was done and what stays.

	Raises RuleRefused (A157, A158, A159, and whatever the papers' own rules say), PermissionError.
	"""
	case.check_permission("write")
	own = [row for row in case.members if row.specialist == leaving]
	periods = [membership(row) for row in own]
	names = (facts.full_name("PPSS Specialist", person) for person in (leaving, taking))
	answer(memberships.taken_over(periods, day, getdate(), *names, roles_at(case.organisation, taking)))
	running = [row for row in own if membership(row).runs_on(day)]
	change_members(case, running, taking, day)
	if case.responsible == leaving and day <= getdate():
		case.responsible = taking
	# Before the case itself: whoever hands over their own child has no right to these papers afterwards.
	written = change_authors(case, leaving, taking) if day <= getdate() else 0
	lessons = change_lessons(case, leaving, taking, day)
	case.save()
	return told(written, lessons, staying(case, leaving))


def roles_at(organisation: str, specialist: str) -> set[str]:
	"""Return the roles in which somebody works at the school today."""
	works = frappe.db.exists(
		"PPSS Specialist", {"name": specialist, "organisation": organisation, "active": 1}
	)
	return facts.roles_of(specialist) if works else set()


def membership(row) -> memberships.Membership:
	return memberships.Membership(row.role, getdate(row.from_date), row.to_date and getdate(row.to_date))


def change_members(case, running: list, taking: str, day: date):
	there = {row.role for row in case.members if row.specialist == taking and membership(row).runs_on(day)}
	for row in running:
		if row.role not in there:
			case.append(
				"members",
				{"specialist": taking, "role": row.role, "from_date": day, "to_date": row.to_date},
			)
		row.to_date = add_days(day, -1)


def change_authors(case, leaving: str, taking: str) -> int:
	"""Programmes still being written are written on by the other one."""
	own = {"support_case": case.name, "author": leaving, "workflow_state": ("in", WRITTEN_STILL)}
	names = frappe.get_all(PROGRAMME, own, pluck="name")
	for name in names:
		programme = frappe.get_doc(PROGRAMME, name)
		programme.author = taking
		if programme.responsible_special_pedagogue == leaving:
			programme.responsible_special_pedagogue = taking
		programme.save()
	return len(names)


def change_lessons(case, leaving: str, taking: str, day: date) -> int:
	"""The child's own planned lessons from that day on are given by the other one."""
	with_child = {"learner": case.learner, "parenttype": SESSION}
	planned = {
		"name": ("in", frappe.get_all("PPSS Attendance", with_child, pluck="parent") or [""]),
		"provider": leaving,
		"form": INDIVIDUAL,
		"date": (">=", day),
		"workflow_state": states.PLANNED,
	}
	names = frappe.get_all(SESSION, planned, pluck="name", order_by="date, start")
	for name in names:
		lesson = frappe.get_doc(SESSION, name)
		lesson.provider = taking
		lesson.save()
	return len(names)


def staying(case, leaving: str) -> list[str]:
	"""Return the programmes in force that go on naming the one who leaves."""
	own = {"support_case": case.name, "workflow_state": ("in", states.RUNNING_PROGRAMME)}
	rows = frappe.get_all(PROGRAMME, own, ["name", "author", "responsible_special_pedagogue"])
	return [row.name for row in rows if leaving in (row.author, row.responsible_special_pedagogue)]


def told(written: int, lessons: int, stay: list[str]) -> str:
	parts = [_("Handed over")]
	if written:
		parts.append(_("programmes being written: {0}").format(written))
	if lessons:
		parts.append(_("lessons to come: {0}").format(lessons))
	if stay:
		parts.append(_("stays as approved until its next version: {0}").format(", ".join(stay)))
	return "; ".join(parts)
