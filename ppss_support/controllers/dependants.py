"""Which papers stand on another, and what stops when a consent ends."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation.rules import consent_on

PROGRAMME_RUNS = ("in", states.RUNNING_PROGRAMME)


def stage_two_documents(organisation: str) -> list[str]:
	"""Return the stage-2 papers an order in force carries (KZ92-14.2.1c)."""
	lists = frappe.get_all(
		"PPSS Learner List",
		{"organisation": organisation, "workflow_state": states.APPROVED},
		pluck="name",
		limit=3,
	)
	return lists + programmes({"organisation": organisation})


def programmes(filters: dict) -> list[str]:
	return frappe.get_all(
		"PPSS Programme", {**filters, "workflow_state": PROGRAMME_RUNS}, pluck="name", limit=3
	)


def active_on_consent(consent) -> list[str]:
	"""Return the activity that relies on this consent: assessments begun, programmes running (KZ92-11.1)."""
	if any(c.ended_on is None for c in other_consents(consent)):
		return []
	assessments = frappe.get_all(
		"PPSS Needs Assessment",
		{
			"learner": consent.learner,
			"workflow_state": ("in", (states.TEAM_WORKING, states.WITH_DEPUTY, states.CONCLUDED)),
		},
		pluck="name",
	)
	listed = frappe.get_all(
		"PPSS Learner List Row", {"consent": consent.name, "docstatus": 1}, pluck="parent"
	)
	return assessments + listed + programmes({"learner": consent.learner})


def other_consents(consent) -> list:
	names = frappe.get_all(
		"PPSS Consent",
		{"learner": consent.learner, "workflow_state": states.SIGNED, "name": ("!=", consent.name)},
		["workflow_state", "date_signed", "withdrawn_on", "valid_to"],
	)
	return [facts.consent_fact(row) for row in names]


def relying_on_basis(doctype: str, name: str) -> list[str]:
	"""Return list, programmes and referrals that stand on an assessment or PMPC paper."""
	basis = {"basis_doctype": doctype, "basis_doc": name}
	lists = frappe.get_all("PPSS Learner List Row", {**basis, "docstatus": 1}, pluck="parent")
	own = frappe.get_all("PPSS Programme", {**basis, "docstatus": 1}, pluck="name")
	learner = frappe.db.get_value(doctype, name, "learner")
	sent = frappe.get_all(
		"PPSS Referral",
		{"learner": learner, "docstatus": 1, "workflow_state": ("!=", states.NOT_SUPPORTED)},
		pluck="name",
	)
	return list(dict.fromkeys(lists + own + sent))


def running_on_list(learner_list) -> list[str]:
	learners = [row.learner for row in learner_list.rows]
	return programmes({"school_year": learner_list.school_year, "learner": ("in", learners)})


def meetings_on_programme(programme) -> list[str]:
	"""Return the adopted meetings that discussed the results of this child's programme (KZ92-14.2.2c)."""
	rows = frappe.get_all(
		"PPSS Meeting Decision", {"learner": programme.learner, "kind": "DK3", "docstatus": 1}, pluck="parent"
	)
	return list(dict.fromkeys(rows))


def referrals_on_meeting(meeting: str) -> list[str]:
	stands = ("not in", (states.DRAFT, states.ON_AGENDA, states.CANCELLED))
	return frappe.get_all("PPSS Referral", {"meeting": meeting, "workflow_state": stands}, pluck="name")


def suspend_support(learner: str, consent: str):
	"""Stop what a child's consent carried, unless another consent still holds (KZ92-11.1, B.2)."""
	child = facts.full_name("PPSS Learner", learner)
	if not consent_on(facts.consents_of(learner), getdate(), child):
		return
	reason = _("Consent {0} ended").format(consent)
	for doctype, running in (
		("PPSS Programme", states.IN_IMPLEMENTATION),
		("PPSS Assistant Assignment", states.APPOINTED),
	):
		for name in frappe.get_all(doctype, {"learner": learner, "workflow_state": running}, pluck="name"):
			facts.paper(doctype, name).advance(states.SUSPENDED, reason)


def carry_lessons(earlier: str, later):
	"""Planned lessons go on under the new version; what it no longer provides is called off (KZ92-16.4).

	A lesson goes on when its day is not past the new version's last and its form still has lessons a week. Of a group
	lesson that does not, only the child's row is taken: it goes on for the others.
	"""
	kept, gone = [], []
	for row in facts.lessons_to_come(earlier, getdate()):
		provided = later.get(facts.PROGRAMME_COUNT[row.form]) and row.date <= getdate(later.period_to)
		(kept if provided else gone).append(row)
	moved = {"name": ("in", [row.row for row in kept])}
	frappe.db.set_value("PPSS Attendance", moved, "programme", later.name)
	frappe.db.set_value("PPSS Group Member", {"programme": earlier}, "programme", later.name)
	for row in gone:
		leave_lesson(row.name, row.row, _("Programme {0} does not provide this lesson").format(later.name))


def leave_lesson(name: str, row: str, reason: str):
	lesson = facts.paper("PPSS Session", name)
	if len(lesson.attendance) > 1:
		frappe.db.delete("PPSS Attendance", {"name": row})
	else:
		lesson.advance(states.NOT_HELD, reason)
