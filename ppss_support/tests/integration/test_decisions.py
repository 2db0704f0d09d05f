"""B.9: what adopted decisions do to the papers they decide on, and how their execution is watched."""

import frappe
import pytest
from frappe.utils import getdate

from ppss_support import registers
from ppss_support.reminders import due
from ppss_support.tests import support
from ppss_support.tests.factories import day
from ppss_support.tests.guards import check_ok, check_refused, fresh, state_of

clause = pytest.mark.clause
MEETING, ASSIGNMENT, REFERRAL = "PPSS Meeting", "PPSS Assistant Assignment", "PPSS Referral"


def adopt(school, rest, *decisions):
	"""Adopt these decisions as the deputy head; return the answer and the meeting."""
	meeting = school.meeting("Held", decisions=decisions)
	answer = rest(school.users["DEP"]).press(MEETING, meeting.name, "Adopt Decision")
	return answer, fresh(MEETING, meeting.name)


def on_assistant(paper, **values) -> dict:
	names = {field: paper.get(field) for field in ("learner", "assistant", "quarter", "pmpc")}
	return {"kind": "DK1", "text": "Бір тоқсанға тағайындалсын", **names, **values}


def on_referral(learner, school, **values) -> dict:
	return {
		"kind": "DK2",
		"text": "Жіберілсін",
		"learner": learner and learner.name,
		"centre": school.centre(),
		**values,
	}


@clause("KZ92-14.2.6b")
def test_decision_appoints_the_assistant_on_the_agenda(school, rest):
	paper = support.assignment(
		school,
		support.limited_child(school),
		"On meeting agenda",
		assistant=support.another_assistant(school),
	)
	answer, meeting = adopt(school, rest, on_assistant(paper))
	check_ok(answer)
	appointed = fresh(ASSIGNMENT, paper.name)
	assert (appointed.workflow_state, appointed.docstatus) == ("Appointed", 1)
	assert (appointed.meeting, appointed.decision_no) == (meeting.name, 1)
	assert appointed.history[-1].user == school.users["DEP"]
	row = meeting.decisions[0]
	assert (row.execution_doctype, row.execution_doc, row.executed) == (ASSIGNMENT, paper.name, 1)


@clause("KZ92-14.2.6b")
def test_negative_decision_declines_it(school, rest):
	paper = support.assignment(
		school,
		support.limited_child(school),
		"On meeting agenda",
		assistant=support.another_assistant(school),
	)
	answer, _meeting = adopt(school, rest, on_assistant(paper, outcome="Rejected", text="Қажет емес"))
	check_ok(answer)
	declined = fresh(ASSIGNMENT, paper.name)
	assert (declined.workflow_state, declined.history[-1].reason) == ("Declined", "Қажет емес")


@clause("KZ92-21.2")
def test_decision_that_breaks_a_norm_is_not_adopted(school, rest):
	busy = support.another_assistant(school)
	papers = [
		support.assignment(school, support.limited_child(school), "On meeting agenda", assistant=busy)
		for _n in range(2)
	]
	answer, meeting = adopt(school, rest, *(on_assistant(paper) for paper in papers))
	check_refused(answer, "M29")
	assert meeting.workflow_state == "Held"
	assert [state_of(paper) for paper in papers] == ["On meeting agenda"] * 2


@clause("KZ92-14.2.6a", "KZ92-14.2.6b")
def test_decision_without_a_proposal_begins_one(school, rest):
	learner, assistant = support.limited_child(school), support.another_assistant(school)
	number, first, last = support.quarter(school)
	pmpc = frappe.db.get_value("PPSS PMPC Recommendation", {"learner": learner.name})
	subject = {"learner": learner.name, "assistant": assistant, "quarter": number, "pmpc": pmpc}
	answer, meeting = adopt(school, rest, {"kind": "DK1", "text": "Тағайындалсын", **subject})
	check_ok(answer)
	begun = frappe.get_doc(ASSIGNMENT, meeting.decisions[0].execution_doc)
	assert (begun.workflow_state, begun.learner, begun.assistant) == ("Proposed", learner.name, assistant)
	assert (begun.meeting, begun.decision_no) == (meeting.name, 1)
	assert (begun.from_date, begun.to_date) == (max(first, getdate(meeting.date)), last)
	assert not meeting.decisions[0].executed
	school.move(begun, "Appointed", ("DEP", "Put on Agenda"), ("DEP", "Appoint"))
	frappe.db.commit()
	assert fresh(MEETING, meeting.name).decisions[0].executed
	check_refused(rest(school.users["DEP"]).press(MEETING, meeting.name, "Cancel", "Қате"), "M62")


@clause("KZ92-14.2.6a")
def test_nobody_decides_on_an_assistant_against_the_law(school, rest):
	learner = school.assessed_child()
	subject = {"learner": learner.name, "assistant": support.another_assistant(school), "quarter": 2}
	pmpc = school.pmpc(learner, recommendations=support.ADVICE[:1])
	answer, _meeting = adopt(
		school, rest, {"kind": "DK1", "text": "Тағайындалсын", "pmpc": pmpc.name, **subject}
	)
	check_refused(answer, "M26 M31")


@clause("KZ92-15.1")
def test_decision_hands_the_referral_to_the_administration(school, rest):
	learner = school.child()
	paper = school.referral(learner, "On meeting agenda")
	answer, meeting = adopt(school, rest, on_referral(learner, school))
	check_ok(answer)
	assert state_of(paper) == "With administration"
	assert meeting.decisions[0].execution_doc == paper.name
	assert not meeting.decisions[0].executed
	check_ok(rest(school.users["HEAD"]).press(REFERRAL, paper.name, "Send"))
	assert fresh(MEETING, meeting.name).decisions[0].executed
	check_ok(rest(school.users["HEAD"]).press(REFERRAL, paper.name, "Recall", "Отбасы көшті"))


@clause("KZ92-15.1")
def test_negative_decision_ends_the_referral(school, rest):
	learner = school.child()
	parent = learner.representatives[0].representative
	paper = school.referral(
		learner, "On meeting agenda", subject="Parent or Representative", representative=parent
	)
	against = on_referral(None, school, representative=parent, outcome="Rejected")
	check_ok(adopt(school, rest, against)[0])
	assert state_of(paper) == "Not supported"


@clause("KZ92-15.1")
def test_decision_begins_the_referral_of_a_parent(school, rest):
	learner = school.child()
	parent = learner.representatives[0].representative
	answer, meeting = adopt(school, rest, on_referral(None, school, representative=parent))
	check_ok(answer)
	begun = frappe.get_doc(REFERRAL, meeting.decisions[0].execution_doc)
	assert (begun.workflow_state, begun.learner) == ("Draft", learner.name)
	assert (begun.subject, begun.representative) == ("Parent or Representative", parent)


@clause("KZ92-14.2.2c", "KZ92-6.5b")
def test_decision_on_results_stands_in_the_programme(school, rest):
	learner = school.listed_child()
	programme = school.programme(learner, "In implementation")
	decision = {"kind": "DK3", "text": "Қолдау жалғассын", "learner": learner.name}
	answer, meeting = adopt(school, rest, decision)
	check_ok(answer)
	reviewed = fresh("PPSS Programme", programme.name)
	assert (reviewed.review_date, reviewed.review_decision) == (getdate(meeting.date), "Қолдау жалғассын")
	assert "DEP" in {row.role for row in reviewed.review_participants}
	assert meeting.decisions[0].executed


@clause("KZ92-14.2.1c")
def test_proposed_child_stands_on_the_open_list(school, rest):
	learner = school.assessed_child()
	decision = {
		"kind": "DK4",
		"text": "Тізімге енгізілсін",
		"learner": learner.name,
		"responsible": school.staff["PSY"],
	}
	answer, meeting = adopt(school, rest, decision)
	check_ok(answer)
	open_list = frappe.get_doc("PPSS Learner List", meeting.decisions[0].execution_doc)
	assert learner.name in {row.learner for row in open_list.rows}
	school.move(open_list, "Approved", ("DEP", "Submit to Head"), ("HEAD", "Approve"))
	frappe.db.commit()
	assert fresh(MEETING, meeting.name).decisions[0].executed


@clause("KZ92-13.7")
def test_paper_of_the_consultation_answers_the_decision_to_turn_to_it(school, rest):
	learner = school.child()
	_answer, meeting = adopt(school, rest, {"kind": "DK5", "text": "Жүгінілсін", "learner": learner.name})
	pmpc = school.pmpc(learner)
	frappe.db.commit()
	row = fresh(MEETING, meeting.name).decisions[0]
	assert (row.executed, row.execution_doc) == (1, pmpc.name)


def test_nobody_names_the_executing_paper_by_hand(school, rest):
	meeting = school.meeting("Held")
	row = {**meeting.decisions[0].as_dict(no_default_fields=True), "name": meeting.decisions[0].name}
	forged = {**row, "execution_doctype": MEETING, "execution_doc": meeting.name}
	check_ok(rest(school.users["DEP"]).change(MEETING, meeting.name, decisions=[forged]))
	assert not fresh(MEETING, meeting.name).decisions[0].execution_doc


@clause("KZ92-4.1", "KZ92-14.2.6b")
def test_overdue_decisions_are_listed_and_reminded_of(school, rest):
	late = {"deadline": day(-1), "text": "Мерзімі өткен"}
	meeting = school.meeting("Adopted", decisions=(late, {"deadline": day(1)}, {**late, "executed": 1}))
	rows = [
		r
		for r in registers.unexecuted_decisions({"organisation": school.organisation})
		if r.meeting == meeting.name
	]
	assert [(row.decision, row.overdue) for row in rows] == [(1, True), (2, False)]
	assert rows[0].responsible == school.staff["PSY"]
	frappe.db.set_value("User", school.users["PSY"], "language", "ru")
	for _day in range(2):
		support.remind(due.overdue_decisions)
	told = {"document_name": meeting.name, "for_user": school.users["PSY"]}
	assert frappe.get_all("Notification Log", told, pluck="subject") == [
		f"Решение 1 протокола № {meeting.number} следовало исполнить до {getdate(day(-1)):%d.%m.%Y}."
	]
	frappe.db.set_value("User", school.users["PSY"], "language", "en")


@clause("KZ92-14.2.6c")
def test_need_of_an_assistant_is_asked_about_on_the_days_the_organisation_sets(school, rest):
	_number, _first, last = support.quarter(school)
	paper = support.assignment(
		school,
		support.limited_child(school),
		"Appointed",
		assistant=support.another_assistant(school),
	)
	before = (last - getdate()).days
	frappe.db.commit()
	head = rest(school.users["HEAD"])
	wrong = head.change("PPSS Organisation", school.organisation, assistant_reminder_days="ертең")
	assert not wrong.ok
	told = {"document_name": paper.name, "for_user": school.users["DEP"]}
	for days, notices in ((f"{before - 1}", 0), (f"{before - 1}, {before}", 1)):
		change = head.change("PPSS Organisation", school.organisation, assistant_reminder_days=days)
		check_ok(change)
		frappe.db.rollback()
		frappe.clear_document_cache("PPSS Organisation", school.organisation)
		support.remind(due.quarters_of_assistants)
		assert frappe.db.count("Notification Log", told) == notices
