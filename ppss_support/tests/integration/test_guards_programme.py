"""B.5 to B.7: programmes of support, the individual-development programme first."""

import frappe
import pytest

from ppss_support.tests.factories import School, content_row, day, take
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
DOCTYPE = "PPSS Programme"
RUNNING = ("Approved", "In implementation", "Suspended")
REVIEW = {
	"goals": [{"objective": "Мақсат", "expected": "Нәтиже", "actual": "Жетті", "reviewed_on": "2026-01-20"}],
	"review_date": "2026-01-20",
	"learning_results": "Жақсарды",
	"support_results": "Жақсарды",
	"review_decision": "Аяқталды",
}


# ---- children


def listed(school):
	return school.listed_child()


def assessed(school):
	return school.kept("assessed child", School.assessed_child)


def on_proposed_list(school):
	def make_it(school):
		learner = school.assessed_child()
		school.learner_list([learner], "With head", amends=school.approved_list())
		return learner

	return school.kept("proposed child", make_it)


def not_assessed(school):
	return school.kept("child not assessed", School.child)


def of_limited_abilities(school):
	"""Return a child whose limited abilities the PMPC has confirmed."""

	def make_it(school):
		learner = school.child()
		pmpc = school.pmpc(learner, recommendations=[{"advice": "Individual Curriculum", "text": "Ұсыным"}])
		school.assessment(learner, categories=("C3",), c3_status="Confirmed by PMPC", pmpc=pmpc.name)
		return learner

	return school.kept("child of limited abilities", make_it)


def limited_proposed(school):
	return school.kept(
		"child of supposed limited abilities", lambda school: school.assessed_child(categories=("C3",))
	)


def preschooler(school):
	def make_it(school):
		values = {
			"organisation": school.organisation,
			"school_year": school.year,
			"level": "L1",
			"is_preschool": 1,
		}
		group = frappe.get_doc({"doctype": "PPSS Class", "title": "Даярлық", **values}).insert()
		learner = school.child(school_class=group.name)
		school.assessment(learner)
		return learner

	return school.kept("preschooler", make_it)


def consent_withdrawn(learner, school):
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))


# ---- programmes


def programme(state="Draft", child=listed, **values):
	"""Return a maker of a programme; a value may be a function of the school."""
	return lambda school: school.programme(
		child(school), state, **{k: v(school) if callable(v) else v for k, v in values.items()}
	)


def of_preschooler(minutes):
	return programme(child=preschooler, weekly_individual=0, weekly_small_group=1, minutes_group=minutes)


def in_state(state):
	"""Return a maker of a running programme, whichever way leads to the state."""

	def make_it(school):
		paper = school.programme(listed(school), "Approved" if state == "Approved" else "In implementation")
		if state == "Suspended":
			with school.acting("DEP"):
				paper = take(paper, "Suspend", "Емделуде")
		return paper

	return make_it


def without_consent(school):
	def make_it(school):
		learner = school.assessed_child()
		consent_withdrawn(learner, school)
		return learner

	return school.programme(school.kept("child of a withdrawn consent", make_it), "Draft")


def never_consented(school):
	learner = school.child(consent=False)
	school.pmpc(learner)
	return school.programme(
		learner,
		"Draft",
		basis_doctype="PPSS PMPC Recommendation",
		contents=[content_row("CN1", None, justification="ПМПК")],
	)


def on_basis_of_another_child(school):
	paper = frappe.db.get_value("PPSS Needs Assessment", {"learner": listed(school).name})
	return school.programme(assessed(school), "Draft", basis_doc=paper)


def then_assessed_anew(state, child):
	"""A programme whose basis a later assessment has superseded."""

	def made(school):
		learner = child(school)
		paper = school.programme(learner, state)
		school.assessment(learner)
		return paper

	return made


basis_superseded = then_assessed_anew("Draft", School.assessed_child)
basis_superseded_meanwhile = then_assessed_anew("With head", School.make_listed_child)


def approved_before_withdrawal(school):
	learner = school.make_listed_child()
	paper = school.programme(learner, "Approved")
	consent_withdrawn(learner, school)
	return paper


def suspended_by_withdrawal(school):
	learner = school.make_listed_child()
	paper = school.programme(learner, "In implementation")
	consent_withdrawn(learner, school)
	return frappe.get_doc(DOCTYPE, paper.name)


def list_cancelled_meanwhile(school):
	"""Return a programme with the head whose list the head has cancelled."""
	learner = school.assessed_child()
	paper = school.learner_list([learner], amends=school.approved_list())
	programme = school.programme(learner, "With head")
	with school.acting("HEAD"):
		take(paper, "Cancel", "Қате")
	return programme


def limited_and_approved(school):
	"""Return an approved programme of a child whose limited abilities nobody has confirmed."""
	learner = limited_proposed(school)
	school.put_on_list(learner)
	return school.programme(learner, "Approved")


def limited_confirmed_and_approved(school):
	learner = of_limited_abilities(school)
	school.put_on_list(learner)
	return school.programme(learner, "Approved")


def reviewed(**values):
	"""Return a maker of a programme in implementation whose results the deputy has written down."""

	def make_it(school):
		paper = school.programme(listed(school), "In implementation")
		given = {
			**REVIEW,
			"review_participants": [{"specialist": school.staff["DEP"], "role": "DEP"}],
			**values,
		}
		goals = given.pop("goals")
		with school.acting("DEP"):
			for row, results in zip(paper.goals, goals, strict=True):
				row.update(results)
			paper.update(given)
			return paper.save()

	return make_it


def discussed(school):
	learner = school.make_listed_child()
	paper = school.programme(learner)
	school.meeting(decisions=({"kind": "DK3", "text": "Талқыланды", "learner": learner.name},))
	return paper


def goal(objective: str) -> list[dict]:
	"""Return the goals of a programme of a child of grade 7, who is taught at the level L2."""
	return [{"objective": "Мақсат", "expected": "Нәтиже", "level_objective": objective}]


HAND_OVER = [
	param(
		Press("PSY", "Hand Over", programme(child=assessed, goals=goal("LT2.3")), "With deputy head"),
		id="objective-of-the-level",
		marks=clause("KZ92-3.2"),
	),
	*(
		param(
			Press("PSY", "Hand Over", programme(child=assessed, goals=goal(objective)), codes="A41"),
			id=f"objective-{objective}",
			marks=clause("KZ92-3", row),
		)
		for objective, row in (("LT1.2", "KZ92-3.1"), ("LT3.1", "KZ92-3.3"), ("LT4.1", "KZ92-3.4"))
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed), "With deputy head"),
		id="hand-over",
		marks=clause("KZ92-9.2", "KZ92-17.2", "KZ92-14.1.5b"),
	),
	*(
		param(
			Press(key, "Hand Over", programme(child=assessed, made_by=key), "With deputy head"),
			id=f"hand-over-{key}",
		)
		for key in ("SOC", "SPE", "CAR")
	),
	param(
		Press("PSY", "Hand Over", never_consented, codes="M01"), id="no-consent", marks=clause("KZ92-11.1")
	),
	param(Press("PSY", "Hand Over", without_consent, codes="M03"), id="withdrawn", marks=clause("KZ92-11.1")),
	param(
		Press("PSY", "Hand Over", programme(child=not_assessed), codes="A15 M12"),
		id="no-basis",
		marks=clause("KZ92-14.2.1b"),
	),
	param(
		Press("PSY", "Hand Over", on_basis_of_another_child, codes="M12"),
		id="basis-of-another-child",
		marks=clause("KZ92-14.2.1b", "KZ92-9"),
	),
	param(
		Press("PSY", "Hand Over", basis_superseded, codes="M12"),
		id="basis-superseded",
		marks=clause("KZ92-14.2.1b"),
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed, contents=[content_row("CN3")]), codes="M41"),
		id="contents-of-clause-13",
		marks=clause("KZ92-12", "KZ92-13"),
	),
	param(
		Press(
			"PSY",
			"Hand Over",
			programme(child=limited_proposed, contents=[content_row("CN3")]),
			"With deputy head",
		),
		id="contents-for-limited-abilities",
		marks=clause("KZ92-13"),
	),
	param(
		Press(
			"PSY", "Hand Over", programme(child=assessed, contents=[content_row("CT3", "SC9")]), codes="A15"
		),
		id="contents-without-source",
		marks=clause("KZ92-19"),
	),
	param(
		Press(
			"PSY",
			"Hand Over",
			programme(child=assessed, contents=[content_row("CT3", None, justification="Ата-ана сұрады")]),
			"With deputy head",
		),
		id="contents-justified",
		marks=clause("KZ92-19"),
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed, period_to=lambda _s: day(400)), codes="M14"),
		id="beyond-the-year",
		marks=clause("KZ92-20"),
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed, period_from=lambda _s: day(-400)), codes="M14"),
		id="before-the-year",
		marks=clause("KZ92-20"),
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed, period_to=lambda _s: day(-20)), codes="M14"),
		id="ends-before-it-begins",
		marks=clause("KZ92-20"),
	),
	param(
		Press("PSY", "Hand Over", programme(child=assessed, weekly_individual=0), codes="M59"),
		id="no-lessons",
		marks=clause("KZ92-16.4"),
	),
	*(
		param(
			Press("PSY", "Hand Over", programme(child=assessed, minutes_individual=minutes), codes="M22"),
			id=f"individual-{minutes}-minutes",
			marks=clause("KZ92-17.4"),
		)
		for minutes in (0, 29, 31)
	),
	param(
		Press(
			"PSY", "Hand Over", programme(child=assessed, weekly_small_group=1, minutes_group=35), codes="M22"
		),
		id="school-group-35-minutes",
		marks=clause("KZ92-17.3"),
	),
	param(
		Press(
			"PSY",
			"Hand Over",
			programme(child=assessed, weekly_small_group=1, minutes_group=45),
			"With deputy head",
		),
		id="school-group-45-minutes",
		marks=clause("KZ92-17.3"),
	),
	*(
		param(
			Press("PSY", "Hand Over", of_preschooler(minutes), "With deputy head"),
			id=f"preschool-group-{minutes}-minutes",
			marks=clause("KZ92-17.3"),
		)
		for minutes in (35, 40, 45)
	),
	*(
		param(
			Press("PSY", "Hand Over", of_preschooler(minutes), codes="M22"),
			id=f"preschool-group-{minutes}-minutes",
			marks=clause("KZ92-17.3"),
		)
		for minutes in (34, 46)
	),
	param(
		Press("SOC", "Hand Over", programme(child=assessed), codes="A02"), id="hand-over-of-another-author"
	),
	param(Press("HEAD", "Hand Over", programme(child=assessed), codes="A02"), id="hand-over-by-head"),
]
APPROVE = [
	param(
		Press("DEP", "Submit to Head", programme("With deputy head"), "With head"),
		id="submit",
		marks=clause("KZ92-14.2.2b"),
	),
	param(
		Press("DEP", "Submit to Head", programme("With deputy head", on_proposed_list), "With head"),
		id="submit-beside-the-list",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("DEP", "Submit to Head", programme("With deputy head", assessed), codes="M13"),
		id="submit-off-the-list",
		marks=clause("KZ92-14.2.1c"),
	),
	param(Press("PSY", "Submit to Head", programme("With deputy head"), codes="A02"), id="submit-by-author"),
	param(Press("DEP", "Return", programme("With deputy head"), "Returned"), id="return"),
	param(
		Press("DEP", "Return", programme("With deputy head"), codes="M42", reason=None),
		id="return-without-reason",
	),
	param(
		Press("HEAD", "Approve", programme("With head"), "Approved"),
		id="approve",
		marks=clause("KZ92-14.2.1b"),
	),
	param(
		Press("HEAD", "Approve", programme("With head", on_proposed_list), codes="M13"),
		id="approve-before-the-list",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("HEAD", "Approve", list_cancelled_meanwhile, codes="M13"),
		id="list-gone",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("HEAD", "Approve", basis_superseded_meanwhile, codes="M12"),
		id="basis-gone",
		marks=clause("KZ92-14.2.1b"),
	),
	param(
		Press("DEP", "Approve", programme("With head"), codes="M04"),
		id="approve-by-deputy",
		marks=clause("KZ92-14.2.1b"),
	),
	param(Press("PSY", "Approve", programme("With head"), codes="M04"), id="approve-by-author"),
	param(Press("HEAD", "Return", programme("With head"), "Returned"), id="return-by-head"),
	param(
		Press("HEAD", "Return", programme("With head"), codes="M42", reason=None),
		id="return-by-head-without-reason",
	),
]
RUN = [
	param(
		Press("PSY", "Start", programme("Approved"), "In implementation"),
		id="start",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("PSY", "Start", approved_before_withdrawal, codes="M03"),
		id="start-withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("PSY", "Start", programme("Approved", period_from=lambda _s: day(3)), codes="A14"),
		id="start-early",
	),
	param(
		Press("PSY", "Start", limited_and_approved, codes="M11"),
		id="start-unconfirmed",
		marks=clause("KZ92-10.2"),
	),
	param(
		Press("PSY", "Start", limited_confirmed_and_approved, "In implementation"),
		id="start-confirmed",
		marks=clause("KZ92-10.2"),
	),
	param(Press("SPE", "Start", programme("Approved"), codes="A02"), id="start-by-another"),
	param(Press("DEP", "Suspend", in_state("In implementation"), "Suspended"), id="suspend"),
	param(
		Press("DEP", "Suspend", in_state("In implementation"), codes="M42", reason=None),
		id="suspend-without-reason",
	),
	param(Press("PSY", "Suspend", in_state("In implementation"), codes="A02"), id="suspend-by-author"),
	param(
		Press("DEP", "Resume", in_state("Suspended"), "In implementation"),
		id="resume",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Resume", suspended_by_withdrawal, codes="M03"),
		id="resume-withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(Press("PSY", "Resume", in_state("Suspended"), codes="A02"), id="resume-by-author"),
	param(Press("DEP", "Complete", reviewed(), "Completed"), id="complete", marks=clause("KZ92-14.2.2c")),
	param(
		Press("DEP", "Complete", in_state("In implementation"), codes="M63"),
		id="not-reviewed",
		marks=clause("KZ92-14.2.2c"),
	),
	*(
		param(
			Press("DEP", "Complete", reviewed(goals=[{**REVIEW["goals"][0], field: None}]), codes="M63"),
			id=f"goal-without-{field}",
			marks=clause("KZ92-14.2.2c"),
		)
		for field in ("actual", "reviewed_on")
	),
	*(
		param(
			Press("DEP", "Complete", reviewed(**{field: None}), codes="M63"),
			id=f"review-without-{field}",
			marks=clause("KZ92-14.2.2c"),
		)
		for field in ("review_date", "learning_results", "support_results", "review_decision")
	),
	param(
		Press("DEP", "Complete", reviewed(review_participants=[]), codes="M63"),
		id="review-without-deputy",
		marks=clause("KZ92-14.2.2c"),
	),
	param(Press("PSY", "Complete", reviewed(), codes="A02"), id="complete-by-author"),
	*(
		param(Press("DEP", "Discontinue", in_state(state), "Discontinued"), id=f"discontinue-{state}")
		for state in RUNNING
	),
	*(
		param(
			Press("DEP", "Discontinue", in_state(state), codes="M42", reason=None),
			id=f"discontinue-{state}-without-reason",
		)
		for state in RUNNING
	),
	param(Press("PSY", "Discontinue", in_state("Approved"), codes="A02"), id="discontinue-by-author"),
	param(Press("HEAD", "Cancel", programme("Approved"), "Cancelled"), id="cancel"),
	param(
		Press("HEAD", "Cancel", programme("Approved"), codes="M42", reason=None), id="cancel-without-reason"
	),
	param(Press("HEAD", "Cancel", discussed, codes="M61"), id="cancel-relied-on"),
	param(Press("DEP", "Cancel", programme("Approved"), codes="M04"), id="cancel-by-deputy"),
]
CHANGES = [
	param(Change("PSY", programme(), {"individual_features": "Өзгерді"}), id="draft"),
	param(Change("SOC", programme(), {"individual_features": "Өзгерді"}), id="draft-by-another-specialist"),
	param(
		Change("PSY", programme("With deputy head"), {"individual_features": "х"}, "A01"), id="handed-over"
	),
	param(Change("HEAD", programme("With head"), {"individual_features": "х"}, "A01"), id="head-rewrites"),
	param(Change("PSY", programme("Approved"), {"individual_features": "х"}, "M43"), id="approved"),
	param(Change("PSY", programme("Approved"), {"contents": []}, "M43"), id="approved-contents"),
	param(Change("PSY", programme("Approved"), {"goals": []}, "M43"), id="approved-goals"),
	param(Change("DEP", programme("Approved"), {"archive_index": "01-12"}), id="archive-index"),
	param(
		Change("PSY", programme(), {"author": lambda school: school.staff["CLS"]}, "M17 M35"),
		id="author-outside-service",
		marks=clause("KZ92-17.2"),
	),
	param(Change("HEAD", programme("With head"), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("HEAD", programme("Approved"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change(
			"HEAD",
			programme("With head", on_proposed_list),
			{"workflow_state": "Approved", "docstatus": 1},
			"M13",
		),
		id="state-by-hand",
	),
	param(
		Change("PSY", programme("With head"), {"workflow_state": "Approved", "docstatus": 1}, "M04"),
		id="state-by-another-hand",
	),
	param(Change("DEP", programme(), {"workflow_state": "With head"}, "A02"), id="step-that-is-none"),
]


def sent(child=assessed, **values):
	return lambda school: school.programme_values(child(school), **values)


def by_author(key):
	return lambda school: school.programme_values(assessed(school), author=school.staff[key])


CREATED = [
	*(
		param(Create(key, DOCTYPE, sent()), id=key, marks=clause("KZ92-17.2"))
		for key in ("PSY", "SOC", "SPE", "CAR")
	),
	*(
		param(
			Create("PSY", DOCTYPE, by_author(key), codes),
			id=f"for-{key}",
			marks=clause("KZ92-17.2", "KZ92-14.2.1b"),
		)
		for key, codes in (("CLS", "M17 M35"), ("TCH", "M17 M35"), ("AST", "M17"), ("DEP", "M17"))
	),
	*may_not(DOCTYPE, sent(), "HEAD", "AST", "CLS", "ADM", "ACC"),
	param(
		Create("SPE", DOCTYPE, sent(of_limited_abilities, kind="CDP")),
		id="CDP",
		marks=clause("KZ92-17.1", "KZ92-14.2.4b"),
	),
	param(
		Create("PSY", DOCTYPE, sent(of_limited_abilities, kind="CDP"), "M16"),
		id="CDP-by-psychologist",
		marks=clause("KZ92-17.1"),
	),
	param(
		Create("SPE", DOCTYPE, sent(kind="CDP"), "M15"),
		id="CDP-of-another-category",
		marks=clause("KZ92-17.1"),
	),
	param(
		Create("PSY", DOCTYPE, sent(kind="CDP"), "M15 M16"),
		id="CDP-of-another-category-by-psychologist",
		marks=clause("KZ92-17.1"),
	),
	param(
		Create("SPE", DOCTYPE, sent(of_limited_abilities, kind="ICP")), id="ICP", marks=clause("KZ92-12.1")
	),
	param(
		Create("SPE", DOCTYPE, sent(kind="ICP"), "M18"),
		id="ICP-of-another-category",
		marks=clause("KZ92-12.1"),
	),
]


test_step = tried(HAND_OVER + APPROVE + RUN)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-14.1.1b")
def test_no_programme_without_a_service(rest, site):
	school = School()
	values = school.programme_values(school.child())
	check_refused(rest(school.users["PSY"]).create(DOCTYPE, **values), "M35")


@clause("KZ92-19")
def test_volume_is_computed_in_whole_weeks(school):
	paper = school.programme(
		assessed(school),
		"Draft",
		period_from=day(0),
		period_to=day(20),
		weekly_individual=2,
		minutes_individual=30,
		weekly_small_group=1,
		minutes_group=45,
	)
	assert (paper.lessons_total, paper.minutes_total) == (9, 3 * (2 * 30 + 45))


def test_programmes_of_a_kind_are_numbered_on(school, rest):
	first = school.programme(listed(school))
	second = school.programme(listed(school), "With head")
	assert not second.number
	check_ok(rest(school.users["HEAD"]).press(DOCTYPE, second.name, "Approve"))
	assert int(fresh(DOCTYPE, second.name).number) == int(first.number) + 1


@clause("KZ92-14.2.2c")
def test_deputy_does_not_complete_the_own_programme(school, rest):
	paper = reviewed()(school)
	frappe.db.set_value(DOCTYPE, paper.name, "owner", school.users["DEP"])
	check_refused(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Complete"), "A13")
	assert state_of(paper) == "In implementation"


def test_others_see_no_button(school, rest):
	paper = programme("With head")(school)
	check_no_buttons(school, rest, paper, "PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH", "DEP")
	assert rest(school.users["HEAD"]).buttons(DOCTYPE, paper.name) == {"Approve", "Return"}
