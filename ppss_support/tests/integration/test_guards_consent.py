"""B.2: the consent of a parent or other legal representative."""

from contextlib import nullcontext

import frappe
import pytest

from ppss_support import tasks
from ppss_support.tests import support
from ppss_support.tests.factories import SCAN, School, day, make
from ppss_support.tests.guards import (
	Change,
	Create,
	Press,
	check_no_buttons,
	check_ok,
	check_refused,
	fresh,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS Consent"
SIGNERS = ("CLS", "PSY", "SOC", "SPE", "DEP", "ADM")


def consent(state="Prepared", **values):
	"""Return a maker of the consent of a new child, with a case so that its members may read it."""

	def make_it(school):
		paper = school.consent(school.child(consent=False), state)
		if values:
			frappe.db.set_value(
				DOCTYPE, paper.name, {k: v(school) if callable(v) else v for k, v in values.items()}
			)
		return paper

	return make_it


def refused(**values):
	given = {
		"refused_on": lambda _school: day(-1),
		"informed_by": lambda school: school.staff["PSY"],
		**values,
	}
	return consent(**given)


def stated(**values):
	"""Return a maker of a signed consent on which a withdrawal is written."""
	return consent(
		"Signed", **{"withdrawn_on": lambda _school: day(0), "withdrawal_statement": SCAN, **values}
	)


def withdrawn(school):
	return school.withdraw(school.consent(school.child(consent=False)))


def relied_on(school):
	"""Return the consent of a child whose assessment has begun."""
	learner = school.child()
	school.assessment(learner, "Team working")
	return frappe.get_doc(DOCTYPE, {"learner": learner.name})


def of_child(**representative):
	"""Return a maker of what a client sends for a child with such a representative."""
	return lambda school: school.consent_values(school.child(consent=False, **representative))


def of_stranger(school):
	values = school.consent_values(school.child(consent=False))
	return {**values, "representative": school.child(consent=False).representatives[0].representative}


PASSES = [
	*(
		param(
			Press(key, "Register Signature", consent(), "Signed"),
			id=f"sign-{key}",
			marks=clause("KZ92-11.1", "KZ92-11.2"),
		)
		for key in SIGNERS
	),
	param(
		Press("CLS", "Register Signature", consent(signed_paper=None, archive_index="01-12"), "Signed"),
		id="archive-index-for-scan",
		marks=clause("KZ92-A.6"),
	),
	param(Press("CLS", "Register Refusal", refused(), "Refused"), id="refuse"),
	param(Press("DEP", "Withdraw", stated(), "Withdrawn"), id="withdraw", marks=clause("KZ92-11.1")),
	param(Press("ADM", "Withdraw", stated(), "Withdrawn"), id="withdraw-by-registrar"),
	param(Press("DEP", "Cancel", consent("Signed"), "Cancelled"), id="cancel"),
]
REFUSALS = [
	param(
		Press("CLS", "Register Signature", consent(representative_full_name=None), codes="M02"),
		id="no-representative",
		marks=clause("KZ92-A.2"),
	),
	param(
		Press("CLS", "Register Signature", consent(learner_full_name=None), codes="M02"),
		id="no-child",
		marks=clause("KZ92-A.3"),
	),
	param(
		Press("CLS", "Register Signature", consent(class_text=None), codes="M02"),
		id="no-class",
		marks=clause("KZ92-A.3"),
	),
	param(
		Press("CLS", "Register Signature", consent(date_signed=None), codes="M02"),
		id="no-date",
		marks=clause("KZ92-A.5"),
	),
	param(
		Press("CLS", "Register Signature", consent(date_signed=lambda _school: day(1)), codes="A14"),
		id="date-to-come",
		marks=clause("KZ92-A.5"),
	),
	param(
		Press("CLS", "Register Signature", consent(is_signed=0), codes="M02"),
		id="not-signed",
		marks=clause("KZ92-A.6"),
	),
	param(
		Press("CLS", "Register Signature", consent(signed_paper=None), codes="M02"),
		id="no-scan",
		marks=clause("KZ92-A.6"),
	),
	param(Press("HEAD", "Register Signature", consent(), codes="A02"), id="sign-by-head"),
	param(Press("AST", "Register Signature", consent(), codes="A02"), id="sign-by-assistant"),
	param(Press("CLS", "Register Refusal", refused(refused_on=None), codes="M02"), id="refuse-undated"),
	param(Press("CLS", "Register Refusal", refused(informed_by=None), codes="M02"), id="refuse-uninformed"),
	param(Press("CLS", "Register Refusal", refused(), codes="M42", reason=None), id="refuse-without-reason"),
	param(Press("DEP", "Withdraw", stated(withdrawal_statement=None), codes="M02"), id="withdraw-unwritten"),
	param(Press("DEP", "Withdraw", stated(withdrawn_on=None), codes="M02"), id="withdraw-undated"),
	param(
		Press("DEP", "Withdraw", stated(withdrawn_on=lambda _school: day(-60)), codes="A05"),
		id="withdraw-before-signature",
	),
	param(Press("DEP", "Withdraw", stated(), codes="M42", reason=None), id="withdraw-without-reason"),
	param(Press("PSY", "Withdraw", stated(), codes="A02"), id="withdraw-by-psychologist"),
	param(Press("CLS", "Withdraw", stated(), codes="A02"), id="withdraw-by-class-teacher"),
	param(Press("DEP", "Cancel", relied_on, codes="M62"), id="cancel-relied-on"),
	param(Press("DEP", "Cancel", consent("Signed"), codes="M42", reason=None), id="cancel-without-reason"),
	param(Press("ADM", "Cancel", consent("Signed"), codes="A02"), id="cancel-by-registrar"),
]
CREATED = [
	*(param(Create(key, DOCTYPE, of_child()), id=key, marks=clause("KZ92-11.2")) for key in SIGNERS),
	param(
		Create("CLS", DOCTYPE, of_child(relation="Guardian", authority="№ 5 шешім")),
		id="guardian",
		marks=clause("KZ92-11.2"),
	),
	param(
		Create("CLS", DOCTYPE, of_child(relation="Guardian"), "M69"),
		id="guardian-without-document",
		marks=clause("KZ92-11.2"),
	),
	param(
		Create("CLS", DOCTYPE, of_child(relation="Other"), "M69"), id="relative", marks=clause("KZ92-11.2")
	),
	param(
		Create("CLS", DOCTYPE, of_child(is_legal=0), "M69"),
		id="parent-without-rights",
		marks=clause("KZ92-11.2"),
	),
	param(Create("CLS", DOCTYPE, of_stranger, "M69"), id="parent-of-another-child", marks=clause("KZ92-A.2")),
	*may_not(DOCTYPE, of_child(), "HEAD", "AST", "CAR", "TCH", "ACC"),
]
CHANGES = [
	param(Change("CLS", consent(), {"contract_no": "12"}), id="prepared"),
	param(Change("DEP", consent("Signed"), {"archive_index": "01-12"}), id="archive-index"),
	param(
		Change("DEP", consent("Signed"), {"signed_paper": "", "archive_index": ""}, "M02"),
		id="scan-of-signed",
	),
	param(
		Change("DEP", consent("Signed"), {"date_signed": lambda _school: day(-9)}, "M43"), id="date-of-signed"
	),
	param(Change("CLS", consent("Signed"), {"covers_training": 0}, "M43"), id="scope-of-signed"),
	param(Change("CLS", consent(), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("DEP", consent("Signed"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change("CLS", consent(date_signed=None), {"workflow_state": "Signed", "docstatus": 1}, "M02"),
		id="state-by-hand",
	),
	param(
		Change("DEP", withdrawn, {"withdrawn_on": None}, "M43"),
		id="withdrawn-revived",
		marks=clause("KZ92-11.1"),
	),
	param(
		Change("DEP", withdrawn, {"withdrawn_on": lambda _school: day(9)}, "M43"),
		id="withdrawn-put-off",
		marks=clause("KZ92-11.1"),
	),
	param(
		Change("CLS", stated(), {"workflow_state": "Withdrawn", "transition_reason": "х"}, "A02"),
		id="withdrawn-by-hand",
	),
]


test_step = tried(PASSES + REFUSALS)
test_create = tried(CREATED)
test_change = tried(CHANGES)


def test_others_see_no_button(school, rest):
	paper = consent()(school)
	check_no_buttons(school, rest, paper, "HEAD", "AST", "CAR")
	assert rest(school.users["CLS"]).buttons(DOCTYPE, paper.name) == {
		"Register Signature",
		"Register Refusal",
	}


@pytest.fixture
def supported():
	"""A school with one child in stage 2 whose programme is carried out."""
	school = School()
	school.order()
	learner = school.listed_child()
	programme = school.programme(learner, "In implementation")
	frappe.db.commit()
	return school, learner, programme


@clause("KZ92-11.1")
def test_withdrawal_suspends_programmes_and_blocks_resuming(rest, supported):
	school, learner, programme = supported
	paper = frappe.get_doc(DOCTYPE, {"learner": learner.name})
	deputy = rest(school.users["DEP"])
	assert deputy.change(DOCTYPE, paper.name, withdrawn_on=day(0), withdrawal_statement=SCAN).ok
	assert deputy.press(DOCTYPE, paper.name, "Withdraw", "Ата-ананың өтініші").ok
	assert state_of(programme) == "Suspended"
	check_refused(deputy.press("PPSS Programme", programme.name, "Resume"), "M03")
	school.consent(learner, date_signed=day(0))
	assert rest(school.users["DEP"]).press("PPSS Programme", programme.name, "Resume").ok


@clause("KZ92-11.1")
def test_programme_goes_on_under_another_consent(supported):
	school, learner, programme = supported
	school.withdraw(school.consent(learner))
	assert state_of(programme) == "In implementation"


@clause("KZ92-11.1")
def test_consent_runs_out_after_its_last_valid_day(supported):
	_school, learner, programme = supported
	paper = frappe.get_doc(DOCTYPE, {"learner": learner.name})
	paper.db_set("valid_to", day(0))
	tasks.expire_consents(nullcontext)
	assert frappe.get_doc(DOCTYPE, paper.name).workflow_state == "Signed"
	paper.db_set("valid_to", day(-1))
	tasks.expire_consents(nullcontext)
	assert frappe.get_doc(DOCTYPE, paper.name).workflow_state == "Expired"
	assert frappe.get_doc("PPSS Programme", programme.name).workflow_state == "Suspended"


@clause("KZ92-11.1")
def test_a_paper_that_fails_leaves_the_others_their_turn(school, site, monkeypatch):
	child = school.child(consent=False)
	failing, other = school.consent(child), school.consent(school.child(consent=False))
	consent = type(failing)
	advance = consent.advance

	def stopped(paper, *step):
		advance(paper, *step)
		if paper.name == failing.name:
			raise RuntimeError(child.full_name)

	monkeypatch.setattr(consent, "advance", stopped)
	monkeypatch.setattr(tasks, "past_last_day", lambda *_of: [failing.name, other.name])
	frappe.db.commit()
	tasks.expire_consents()
	frappe.db.rollback()
	assert (state_of(failing), state_of(other)) == ("Signed", "Expired")
	(text,) = frappe.get_all("Error Log", {"method": failing.name}, pluck="error")
	assert "RuntimeError" in text and child.full_name not in text


@clause("KZ92-11.1")
def test_end_of_consent_calls_off_lessons_and_tells_those_concerned(rest, site):
	school = School()
	school.order()
	first, second = support.special_children(school, 2)
	assignment = support.assignment(school, first, "Appointed")
	alone = support.session(school, [first], date=day(3))
	with school.acting("SPE"):
		together = make("PPSS Session", **support.group_lesson_values(school, [first, second], date=day(4)))
	for key, lang in (("SPE", "ru"), ("CLS", "kk"), ("DEP", "ru")):
		frappe.db.set_value("User", school.users[key], "language", lang)
	paper = frappe.get_doc(DOCTYPE, {"learner": first.name})
	deputy = rest(school.users["DEP"])
	check_ok(deputy.change(DOCTYPE, paper.name, withdrawn_on=day(0), withdrawal_statement=SCAN))
	check_ok(deputy.press(DOCTYPE, paper.name, "Withdraw", "Ата-ананың өтініші"))
	assert [state_of(one) for one in (assignment, alone, together)] == ["Suspended", "Not held", "Planned"]
	assert [row.learner for row in fresh(together.doctype, together.name).attendance] == [second.name]
	case = frappe.db.get_value("PPSS Support Case", {"learner": first.name})
	told = dict(
		frappe.get_all("Notification Log", {"document_name": case}, ["for_user", "subject"], as_list=True)
	)
	assert {school.users[key] for key in ("SPE", "CLS", "DEP", "AST", "PSY")} <= set(told)
	assert "согласие прекратилось" in told[school.users["SPE"]] and alone.name in told[school.users["SPE"]]
	assert "келісім" in told[school.users["CLS"]]


@clause("KZ92-11.1")
def test_ended_consent_blocks_what_was_under_way(rest, site):
	school = School()
	school.order()
	learner = school.make_listed_child()
	programme = school.programme(learner, "With head")
	assessment = school.assessment(learner, "With deputy head")
	referral = school.referral(learner, "With administration")
	school.withdraw(frappe.get_doc(DOCTYPE, {"learner": learner.name}))
	for key, waiting, action in (
		("HEAD", programme, "Approve"),
		("DEP", assessment, "Confirm"),
		("HEAD", referral, "Send"),
	):
		check_refused(rest(school.users[key]).press(waiting.doctype, waiting.name, action), "M03")


def test_term_of_consent_is_the_organisations(site):
	school = School()
	frappe.db.set_value("PPSS Organisation", school.organisation, "consent_valid_months", 6)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	paper = school.consent(school.child(consent=False))
	assert paper.valid_to == frappe.utils.getdate(frappe.utils.add_months(day(-50), 6))
