"""What stops when a consent ends, at once, and who is told (KZ92-11.1, B.2)."""

from functools import partial

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.lessons_to_come import leave
from ppss_support.notices import day_text, tell
from ppss_support.regulation.rules import consent_on


def end_support(consent):
	"""Stop what this consent carried, unless another one of the child still holds, and tell those concerned."""
	child = facts.full_name("PPSS Learner", consent.learner)
	if not consent_on(facts.consents_of(consent.learner), getdate(), child):
		return
	reason = _("Consent {0} ended").format(consent.name)
	stopped = [
		*suspend("PPSS Programme", states.IN_IMPLEMENTATION, consent.learner, reason),
		*suspend("PPSS Assistant Assignment", states.APPOINTED, consent.learner, reason),
		*call_off_lessons(consent.learner, reason),
	]
	tell_of_end(consent, child, stopped)


def suspend(doctype: str, running: str, learner: str, reason: str) -> list:
	names = frappe.get_all(doctype, {"learner": learner, "workflow_state": running}, pluck="name")
	papers = [facts.paper(doctype, name) for name in names]
	for paper in papers:
		paper.advance(states.SUSPENDED, reason)
	return papers


def call_off_lessons(learner: str, reason: str) -> list:
	"""Lessons to come are called off; of a group's lessons only the child is taken out, the others have theirs."""
	mine = set(
		frappe.get_all("PPSS Attendance", {"learner": learner, "parenttype": "PPSS Session"}, pluck="parent")
	)
	planned = {"name": ("in", mine), "workflow_state": states.PLANNED, "date": (">=", getdate())}
	lessons = [
		facts.paper("PPSS Session", name) for name in frappe.get_all("PPSS Session", planned, pluck="name")
	]
	for lesson in lessons:
		leave(lesson, [row for row in lesson.attendance if row.learner == learner], reason)
	return lessons


# ---- notices


def tell_of_end(consent, child: str, stopped: list):
	ended = consent.withdrawn_on or consent.valid_to
	case = facts.case_of(consent.learner, facts.school_year_on(getdate()))
	place = ("PPSS Support Case", case) if case else ("PPSS Learner", consent.learner)
	people = people_in(stopped) | facts.people_of_child(consent.learner, case)
	names = [paper.name for paper in stopped]
	tell(facts.logins_of(people, consent.organisation), *place, partial(end_text, child, ended, names))


def people_in(papers: list) -> set[str]:
	"""Return the specialists who write, carry out or take part in these papers."""
	fields = ("author", "responsible_special_pedagogue", "assistant", "provider")
	named = {paper.get(field) for paper in papers for field in fields}
	return named | {row.specialist for paper in papers for row in paper.get("participants") or []}


def end_text(child: str, ended, names: list[str], lang: str) -> str:
	text = _("{0}: the consent ended on {1}, support is suspended. Stopped: {2}", lang)
	return text.format(child, day_text(ended), ", ".join(names) or "–")
