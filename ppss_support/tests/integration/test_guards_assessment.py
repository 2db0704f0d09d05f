"""B.3: the assessment of special educational needs."""

import frappe
import pytest

from ppss_support.tests.factories import School, day, take
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
DOCTYPE = "PPSS Needs Assessment"
PART = "PPSS Assessment Part"


def draft(*team, **values):
	"""Return a maker of a draft of a new child with a signed consent."""

	def make_it(school):
		given = {"team": school.team(*team), **values} if team else values
		return school.assessment(school.child(), "Draft", **given)

	return make_it


def working(signed=True, team=("PSY", "CLS"), **values):
	"""Return a maker of an assessment in work, its parts signed unless told otherwise."""

	def make_it(school):
		paper = school.assessment(school.child(), "Team working", team=school.team(*team), **values)
		if signed:
			school.sign_parts(paper)
		return paper

	return make_it


def handed_over(**values):
	return lambda school: school.assessment(school.child(), "With deputy head", **values)


def concluded(**values):
	return lambda school: school.assessment(school.child(), **values)


def of_limited(state, **values):
	return lambda school: school.assessment(school.child(), state, categories=("C3",), **values)


def confirmed_by_pmpc(school):
	learner = school.child()
	pmpc = school.pmpc(learner).name
	return school.assessment(
		learner, "With deputy head", categories=("C3",), c3_status="Confirmed by PMPC", pmpc=pmpc
	)


def on_pmpc_of_another_child(school):
	pmpc = school.pmpc(school.child()).name
	return school.assessment(
		school.child(), "With deputy head", categories=("C3",), c3_status="Confirmed by PMPC", pmpc=pmpc
	)


def with_strangers(**changes):
	"""Return a maker of a draft in whose team the psychologist's row is changed."""

	def make_it(school):
		psychologist, teacher = school.team("PSY", "CLS")
		changed = {k: v(school) if callable(v) else v for k, v in changes.items()}
		return school.assessment(school.child(), "Draft", team=[{**psychologist, **changed}, teacher])

	return make_it


def without_consent(school):
	return school.assessment(school.child(consent=False), "Draft")


def after_withdrawal(school):
	learner = school.child()
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))
	return school.assessment(learner, "Draft")


def before_consent_takes_effect(school):
	learner = school.child(consent=False)
	paper = school.consent(learner)
	frappe.db.set_value("PPSS Consent", paper.name, "date_signed", day(1))
	return school.assessment(learner, "Draft")


def returned(school):
	paper = handed_over()(school)
	with school.acting("DEP"):
		return take(paper, "Return", "Толықтыру керек")


def another_team(school):
	return school.team("PSY", "SOC", "CLS")


def on_the_list(school):
	learner = school.child()
	paper = school.assessment(learner)
	school.learner_list([learner], amends=school.approved_list())
	return paper


OPEN = [
	param(
		Press("DEP", "Open Assessment", draft(), "Team working"),
		id="open",
		marks=clause("KZ92-14.1.2a", "KZ92-11.1"),
	),
	param(
		Press("DEP", "Open Assessment", draft("SPE", "TCH", c3_suspected=1), "Team working"),
		id="open-suspected",
		marks=clause("KZ92-14.2.4a"),
	),
	param(
		Press("DEP", "Open Assessment", without_consent, codes="M01"),
		id="no-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Open Assessment", after_withdrawal, codes="M03"),
		id="withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Open Assessment", before_consent_takes_effect, codes="M01"),
		id="consent-later",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Open Assessment", draft("PSY", "SPE"), codes="M56"),
		id="no-teacher",
		marks=clause("KZ92-14.1.2a"),
	),
	param(
		Press("DEP", "Open Assessment", draft("CLS", "SOC"), codes="M56"),
		id="no-specialist",
		marks=clause("KZ92-14.1.2a"),
	),
	*(
		param(Press("DEP", "Open Assessment", with_strangers(**changes), codes="M56"), id=name, marks=marks)
		for name, changes, marks in (
			("part-of-another", {"part": "Social"}, clause("KZ92-14.1.6a")),
			("not-a-psychologist", {"specialist": lambda s: s.staff["TCH"]}, clause("KZ92-14.1.5a")),
		)
	),
	param(
		Press("DEP", "Open Assessment", draft("PSY", "CLS", c3_suspected=1), codes="M56"),
		id="no-special-pedagogue",
		marks=clause("KZ92-14.2.4a"),
	),
	*(
		param(
			Press(key, "Open Assessment", draft(), codes="A02"),
			id=f"open-by-{key}",
			marks=clause("KZ92-14.1.2a"),
		)
		for key in ("PSY", "SPE", "SOC", "HEAD")
	),
]
HAND_OVER = [
	param(
		Press("PSY", "Hand Over", working(), "With deputy head"), id="hand-over", marks=clause("KZ92-14.1.2a")
	),
	param(Press("PSY", "Hand Over", returned, "With deputy head"), id="hand-over-again"),
	param(
		Press("PSY", "Hand Over", working(difficulties=[], none_found=1), "With deputy head"),
		id="no-difficulty-found",
	),
	param(
		Press("PSY", "Hand Over", working(special_conditions=[], no_conditions_needed=1), "With deputy head"),
		id="no-conditions-needed",
		marks=clause("KZ92-2.3"),
	),
	param(
		Press("PSY", "Hand Over", working(categories=("C0",), need_duration=None), "With deputy head"),
		id="no-special-needs",
		marks=clause("KZ92-8"),
	),
	param(
		Press("PSY", "Hand Over", working(need_duration="ND2", review_date=None), codes="M56"),
		id="temporary-without-review",
		marks=clause("KZ92-2.2"),
	),
	param(
		Press("PSY", "Hand Over", working(signed=False), codes="M56"),
		id="parts-unsigned",
	),
	param(
		Press("PSY", "Hand Over", working(difficulties=[]), codes="M56"),
		id="no-difficulties",
		marks=clause("KZ92-7.1"),
	),
	param(Press("PSY", "Hand Over", working(conclusion=""), codes="M56"), id="no-conclusion"),
	param(Press("PSY", "Hand Over", working(recommendations=""), codes="M56"), id="no-recommendations"),
	param(
		Press("PSY", "Hand Over", working(need_duration=None), codes="M56"),
		id="need-unknown",
		marks=clause("KZ92-2.2"),
	),
	param(
		Press("PSY", "Hand Over", working(categories=(), need_duration=None), codes="M10"),
		id="no-category",
		marks=clause("KZ92-8"),
	),
	param(
		Press("PSY", "Hand Over", working(special_conditions=[]), codes="M09"),
		id="no-conditions",
		marks=clause("KZ92-2.3", "KZ92-19"),
	),
	param(
		Press("PSY", "Hand Over", working(categories=("C3",), c3_status="None"), codes="M56"),
		id="limited-without-status",
		marks=clause("KZ92-8.3"),
	),
	param(
		Press("PSY", "Hand Over", working(categories=("C3",), impairments=[]), codes="M56"),
		id="limited-without-impairment",
		marks=clause("KZ92-8.3"),
	),
	param(
		Press("PSY", "Hand Over", working(team=("SPE", "PSY", "CLS")), codes="M56"),
		id="not-the-leader",
		marks=clause("KZ92-14.1.2a"),
	),
	param(Press("DEP", "Hand Over", working(), codes="A02"), id="hand-over-by-deputy"),
	param(Press("SOC", "Hand Over", working(), codes="A02"), id="hand-over-by-social-pedagogue"),
	param(Press("DEP", "Close", working(), "Closed without need"), id="close"),
	param(Press("DEP", "Close", working(), codes="M42", reason=None), id="close-without-reason"),
	param(Press("PSY", "Close", working(), codes="A02"), id="close-by-psychologist"),
]
DECIDE = [
	param(Press("DEP", "Confirm", handed_over(), "Concluded"), id="confirm", marks=clause("KZ92-14.1.2a")),
	param(Press("DEP", "Confirm", of_limited("With deputy head"), "Concluded"), id="limited-proposed"),
	param(
		Press("DEP", "Confirm", confirmed_by_pmpc, "Concluded"),
		id="limited-confirmed",
		marks=clause("KZ92-10.2"),
	),
	param(
		Press("DEP", "Confirm", of_limited("With deputy head", c3_status="Confirmed by PMPC"), codes="M11"),
		id="limited-without-pmpc",
		marks=clause("KZ92-8.3", "KZ92-10.2", "KZ92-13.7"),
	),
	param(
		Press("DEP", "Confirm", on_pmpc_of_another_child, codes="M11"),
		id="pmpc-of-another-child",
		marks=clause("KZ92-13.7"),
	),
	*(
		param(Press(key, "Confirm", handed_over(), codes="A02"), id=f"confirm-by-{key}")
		for key in ("PSY", "SPE", "HEAD")
	),
	param(Press("DEP", "Return", handed_over(), "Returned"), id="return"),
	param(Press("DEP", "Return", handed_over(), codes="M42", reason=None), id="return-without-reason"),
	param(Press("PSY", "Return", handed_over(), codes="A02"), id="return-by-psychologist"),
	param(Press("DEP", "Cancel", concluded(), "Cancelled"), id="cancel"),
	param(Press("DEP", "Cancel", concluded(), codes="M42", reason=None), id="cancel-without-reason"),
	param(Press("DEP", "Cancel", on_the_list, codes="M62"), id="cancel-relied-on"),
	param(Press("PSY", "Cancel", concluded(), codes="A02"), id="cancel-by-psychologist"),
]
CHANGES = [
	param(Change("PSY", draft(), {"reason": "Өзгерді"}), id="draft"),
	param(Change("PSY", working(), {"conclusion": "Өзгерді"}), id="in-work"),
	*(
		param(
			Change(key, maker, {"team": another_team}, codes),
			id=f"team-{name}-by-{key}",
			marks=clause("KZ92-14.1.2a"),
		)
		for name, maker in (("in-work", working()), ("returned", returned))
		for key, codes in (("PSY", "A01"), ("DEP", ""))
	),
	param(Change("DEP", handed_over(), {"conclusion": "Өзгерді"}), id="deputy-amends"),
	param(
		Change("PSY", handed_over(), {"conclusion": "Өзгерді"}, "A01"), id="psychologist-amends-handed-over"
	),
	param(Change("DEP", concluded(), {"conclusion": "Өзгерді"}, "M43"), id="concluded"),
	param(Change("DEP", concluded(), {"archive_index": "01-12"}), id="archive-index"),
	param(
		Change("PSY", draft(), {"categories": [{"term": "C0"}, {"term": "C1"}]}, "M10"),
		id="with-and-without-needs",
	),
	param(Change("DEP", handed_over(), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("DEP", concluded(), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(Change("PSY", draft(), {"workflow_state": "Team working"}, "A02"), id="state-by-another-hand"),
	param(Change("DEP", without_consent, {"workflow_state": "Team working"}, "M01"), id="state-by-hand"),
]


def sent(school):
	return school.assessment_values(school.child())


CREATED = [
	*(param(Create(key, DOCTYPE, sent), id=key) for key in ("DEP", "PSY", "SOC", "SPE")),
	*may_not(DOCTYPE, sent, "HEAD", "AST", "CAR", "CLS", "TCH", "ADM", "ACC"),
]


test_step = tried(OPEN + HAND_OVER + DECIDE)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-14.1.1b")
def test_no_assessment_without_a_service(rest, site):
	school = School()
	paper = school.assessment(school.child(), "Draft")
	check_refused(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Open Assessment"), "M35")


@clause("KZ92-14.1.2a")
def test_deputy_does_not_confirm_the_own_work(school, rest):
	paper = school.assessment(school.child(), "With deputy head", made_by="DEP")
	check_refused(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Confirm"), "A13")
	school.add_person("DEP", "DEP2")
	check_ok(rest(school.users["DEP2"]).press(DOCTYPE, paper.name, "Confirm"))


def test_organisation_may_let_the_deputy_confirm_the_own_work(rest, site):
	school = School()
	school.order()
	paper = school.assessment(school.child(), "With deputy head", made_by="DEP")
	assert (
		rest(school.users["HEAD"])
		.change(
			"PPSS Organisation", school.organisation, deputy_confirms_own=1, settings_reason="Бір орынбасар"
		)
		.ok
	)
	check_ok(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Confirm"))


def test_newer_assessment_supersedes(school, rest):
	learner = school.child()
	earlier = school.assessment(learner)
	later = school.assessment(learner, "With deputy head")
	assert rest(school.users["DEP"]).press(DOCTYPE, later.name, "Confirm").ok
	assert state_of(earlier) == "Superseded"
	assert state_of(later) == "Concluded"


@clause("KZ92-14.2.1a")
@pytest.mark.clause("KZ92-5.7", "KZ92-14.0")
def test_concluded_assessment_opens_the_second_stage_and_a_cancelled_one_closes_it(school, rest):
	paper = handed_over()(school)
	assert rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Confirm").ok
	assert fresh("PPSS Support Case", paper.support_case).stage == "2"
	assert str(fresh(DOCTYPE, paper.name).end_date) == day(0)
	check_ok(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Cancel", "Қате"))
	assert fresh("PPSS Support Case", paper.support_case).stage == "1"


# ---- the parts of the team


def part_of(paper, school, key) -> str:
	return frappe.db.get_value(PART, {"assessment": paper.name, "specialist": school.staff[key]})


OWN_PARTS = [
	param("PSY", "Psychological", marks=clause("KZ92-14.1.5a")),
	param("SOC", "Social", marks=clause("KZ92-14.1.6a")),
	param("SPE", "Special-Pedagogical", marks=clause("KZ92-14.2.4a")),
]


@pytest.mark.parametrize(("key", "part"), OWN_PARTS)
def test_specialist_assesses_in_a_part_of_the_own(school, rest, key, part):
	"""The assessment waits for this part, which nobody else of the team writes."""
	leader, other = ("SPE", "SOC") if key == "PSY" else ("PSY", "CLS")
	team = dict.fromkeys((leader, other, key, "CLS"))
	paper = working(signed=False, team=tuple(team))(school)
	sheets = {one: part_of(paper, school, one) for one in team}
	for one in set(team) - {key}:
		check_ok(rest(school.users[one]).change(PART, sheets[one], findings="Байқалды", signed=1))
	hand_over = DOCTYPE, paper.name, "Hand Over"
	refused = rest(school.users[leader]).press(*hand_over)
	check_refused(refused, "M56")
	assert fresh(PART, sheets[key]).part == part
	foreign = rest(school.users[other]).change(PART, sheets[key], findings="Басқа", signed=1)
	assert not foreign.ok and not fresh(PART, sheets[key]).findings
	check_ok(rest(school.users[key]).change(PART, sheets[key], findings="Байқалды", signed=1))
	check_ok(rest(school.users[leader]).press(*hand_over))
	assert state_of(paper) == "With deputy head"


@clause("KZ92-2.3")
def test_part_is_signed_by_its_author_alone(school, rest):
	paper = working(signed=False)(school)
	sheet = part_of(paper, school, "CLS")
	check_ok(rest(school.users["CLS"]).change(PART, sheet, findings="Оқуда қиындық", signed=1))
	other = part_of(paper, school, "PSY")
	assert rest(school.users["CLS"]).change(PART, other, findings="х", signed=1).status == 403
	refused = rest(school.users["DEP"]).change(PART, other, findings="х", signed=1)
	assert refused.status == 403 or refused.codes == {"A18"}


@clause("KZ92-14.1.5a")
def test_part_is_signed_complete_and_in_time(school, rest):
	paper = working(signed=False)(school)
	sheet = part_of(paper, school, "PSY")
	psychologist = rest(school.users["PSY"])
	check_refused(psychologist.change(PART, sheet, signed=1), "M56")
	check_refused(psychologist.change(PART, sheet, findings="х", signed=1, completed_on=day(1)), "A14")


@clause("KZ92-11.1")
def test_part_is_not_written_after_the_end_of_consent(school, rest):
	paper = working(signed=False)(school)
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": paper.learner}))
	frappe.db.commit()
	sheet = part_of(paper, school, "PSY")
	check_refused(rest(school.users["PSY"]).change(PART, sheet, findings="х"), "M03")
	assert not frappe.db.get_value(PART, sheet, "findings")


def test_part_of_an_assessment_handed_over_is_closed(school, rest):
	paper = handed_over()(school)
	check_refused(rest(school.users["PSY"]).change(PART, part_of(paper, school, "PSY"), findings="х"), "M43")


def test_others_see_no_button(school, rest):
	paper = draft()(school)
	check_no_buttons(school, rest, paper, "HEAD", "PSY", "SOC", "SPE")
	assert rest(school.users["DEP"]).buttons(DOCTYPE, paper.name) == {"Open Assessment"}
