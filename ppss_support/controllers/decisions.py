"""What an adopted decision of a meeting does: its paper moves on or is begun, and the decision names it.

A paper on the agenda is decided by the adoption itself, under its own rules: what they refuse cannot be adopted.
Where none lies on the agenda a draft is begun, for those responsible to complete.
"""

from dataclasses import dataclass, replace

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation import rules


@dataclass(frozen=True)
class Decided:
	"""A kind of paper meetings decide on: where it waits, and where a decision for or against it leads."""

	doctype: str
	drafted: str
	adopted: str
	rejected: str


ASSIGNMENT = Decided("PPSS Assistant Assignment", states.PROPOSED, states.APPOINTED, states.DECLINED)
REFERRAL = Decided("PPSS Referral", states.DRAFT, states.WITH_ADMINISTRATION, states.NOT_SUPPORTED)


def carry_out(meeting):
	"""Let each decision act on its paper (KZ92-4.1, KZ92-14.2.6b, KZ92-15.1)."""
	for row in meeting.decisions:
		act = ACTS.get(row.kind)
		if act:
			act(meeting, row)


# ---- DK1, DK2: papers that wait on the agenda


def appoint_assistant(meeting, row):
	"""DK1: the appointment of this assistant to this child for this quarter (KZ92-14.2.6b)."""
	subject = {
		"organisation": meeting.organisation,
		"school_year": meeting.school_year,
		"learner": row.learner,
		"assistant": row.assistant,
		"quarter": row.quarter,
	}
	quarter = facts.quarter_dates(meeting.school_year, row.quarter)
	first, last = quarter or (None, None)
	begun = {
		"pmpc": row.pmpc,
		"from_date": first and max(first, getdate(meeting.date)),
		"to_date": last,
		"duties": row.text,
	}
	papers = waiting(ASSIGNMENT, subject)
	decide(ASSIGNMENT, meeting, row, papers, {**subject, **begun})


def refer(meeting, row):
	"""DK2: the referral of a learner, a parent, or both (KZ92-15.1)."""
	learner = row.learner or facts.only_child_of(row.representative, meeting.organisation)
	if not learner:
		return
	subject = {
		"organisation": meeting.organisation,
		"school_year": meeting.school_year,
		"learner": learner,
	}
	who = "Both" if row.learner else "Parent or Representative"
	begun = {
		"representative": row.representative,
		"subject": who if row.representative else "Learner",
		"centre": row.centre,
		"reason": row.text,
	}
	papers = [paper for paper in waiting(REFERRAL, subject) if names_subject(row, paper)]
	decide(REFERRAL, meeting, row, papers, {**subject, **begun})


def names_subject(row, referral) -> bool:
	"""Tell whether the decision is about whoever is referred to this Centre, for or against."""
	decision = replace(facts.decision_fact(row), outcome="Adopted")
	return not rules.referral_decision(
		referral.subject, referral.learner, referral.representative, referral.centre, decision, True, ""
	)


def waiting(kind: Decided, subject: dict) -> list:
	"""Return the papers on this subject that no decision has reached: those on the agenda first, the latest first."""
	filters = {**subject, "workflow_state": ("in", (states.ON_AGENDA, kind.drafted)), "docstatus": 0}
	names = frappe.get_all(kind.doctype, filters, pluck="name", order_by="creation desc")
	papers = [frappe.get_doc(kind.doctype, name) for name in names]
	return sorted(papers, key=lambda paper: paper.workflow_state != states.ON_AGENDA)


def decide(kind: Decided, meeting, row, papers: list, begun: dict):
	adopted = row.outcome == "Adopted"
	paper = papers[0] if papers else None
	if not adopted and not (paper and paper.workflow_state == states.ON_AGENDA):
		return
	paper = paper or frappe.get_doc({"doctype": kind.doctype, **begun})
	paper.update({"meeting": meeting.name, "decision_no": row.idx})
	if paper.workflow_state == states.ON_AGENDA:
		link(row, paper)
		paper.take_step(kind.adopted if adopted else kind.rejected, row.text)
		return
	# Whoever is responsible completes the draft: a decision need not say everything the paper asks.
	paper.flags.ignore_mandatory = True
	paper.save()
	link(row, paper)


# ---- DK3, DK4: papers that the decision completes or is about


def record_review(meeting, row):
	"""DK3: what was decided on the results stands in the running programmes of the child (KZ92-14.2.2c)."""
	programmes = frappe.get_all(
		"PPSS Programme",
		{
			"learner": row.learner,
			"school_year": meeting.school_year,
			"workflow_state": states.IN_IMPLEMENTATION,
		},
		["name", "review_date"],
		order_by="creation",
	)
	present = [attendee.specialist for attendee in meeting.attendees if attendee.present]
	role_of = facts.roles_in_order(meeting.service_order)
	for programme in programmes:
		paper = frappe.get_doc("PPSS Programme", programme.name)
		if not programme.review_date:
			people = [{"specialist": one, "role": role_of[one]} for one in present if one in role_of]
			paper.update({"review_date": meeting.date, "review_decision": row.text})
			paper.set("review_participants", people)
			paper.save()
		link(row, paper, executed=True)


def propose_list(meeting, row):
	"""DK4: the child stands on the list that is being written, a new one where none is (KZ92-14.2.1c)."""
	open_list = frappe.db.get_value(
		"PPSS Learner List",
		{
			"organisation": meeting.organisation,
			"school_year": meeting.school_year,
			"workflow_state": ("in", (states.DRAFT, states.RETURNED)),
		},
	)
	if not open_list and not row.learner:
		return
	paper = frappe.get_doc("PPSS Learner List", open_list) if open_list else new_list(meeting)
	if row.learner and row.learner not in {one.learner for one in paper.rows}:
		paper.append("rows", {"learner": row.learner, "responsible": row.responsible})
		paper.flags.ignore_mandatory = True
		paper.save()
	link(row, paper)


def new_list(meeting):
	approved = facts.approved_lists(meeting.organisation, meeting.school_year)
	return frappe.get_doc(
		{
			"doctype": "PPSS Learner List",
			"organisation": meeting.organisation,
			"school_year": meeting.school_year,
			"amends": approved[0][0] if approved else None,
		}
	)


ACTS = {"DK1": appoint_assistant, "DK2": refer, "DK3": record_review, "DK4": propose_list}


# ---- execution


def link(row, paper, executed: bool = False):
	"""Name in the decision the paper that carries it out."""
	values = {"execution_doctype": paper.doctype, "execution_doc": paper.name}
	row.db_set({**values, "executed": 1} if executed else values)


def taken_by(paper, **marks):
	"""Name in the decision the paper it has decided, so that no second paper rests on it."""
	values = {"execution_doctype": paper.doctype, "execution_doc": paper.name, **marks}
	decision = {"parent": paper.meeting, "idx": paper.decision_no, "docstatus": 1}
	frappe.db.set_value("PPSS Meeting Decision", decision, values)


def executed_by(paper):
	"""Mark the decision this paper was decided by, now that it is carried out (KZ92-14.2.6b, KZ92-15.1)."""
	taken_by(paper, executed=1)


def executed_for_list(learner_list):
	"""Mark the proposals (DK4) that this approved list carries out."""
	decision = {
		"execution_doctype": learner_list.doctype,
		"execution_doc": learner_list.name,
		"kind": "DK4",
		"docstatus": 1,
	}
	frappe.db.set_value("PPSS Meeting Decision", decision, {"executed": 1})


def executed_for_pmpc(pmpc):
	"""Mark the decisions to turn to the consultation (DK5) that its paper on the child answers."""
	values = {"executed": 1, "execution_doctype": pmpc.doctype, "execution_doc": pmpc.name}
	decision = {"kind": "DK5", "learner": pmpc.learner, "executed": 0, "outcome": "Adopted", "docstatus": 1}
	frappe.db.set_value("PPSS Meeting Decision", decision, values)
