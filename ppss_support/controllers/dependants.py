"""Which papers stand on another."""

import frappe

from ppss_support import facts
from ppss_support.constants import states

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


def papers_on_meeting(meeting: str) -> list[str]:
	"""Return the referrals and appointments that stand on a decision of this meeting."""
	undecided = (states.DRAFT, states.PROPOSED, states.ON_AGENDA, states.CANCELLED)
	stands = {"meeting": meeting, "workflow_state": ("not in", undecided)}
	return [
		name
		for doctype in ("PPSS Referral", "PPSS Assistant Assignment")
		for name in frappe.get_all(doctype, stands, pluck="name")
	]
