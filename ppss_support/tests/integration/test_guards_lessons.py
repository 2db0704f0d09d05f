"""B.6, B.7, B.8, B.11: programmes of the other kinds, assistants, groups and lessons, over HTTP as each role."""

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support.tests import support
from ppss_support.tests.factories import content_row, make, take
from ppss_support.tests.guards import Create, Press, check_ok, check_refused, check_warned, fresh, tried

clause, param = pytest.mark.clause, pytest.param
PROGRAMME, GROUP, SESSION, ASSIGNMENT = (
	"PPSS Programme",
	"PPSS Session Group",
	"PPSS Session",
	"PPSS Assistant Assignment",
)


# ---- correction-development programme


def listed_special(school):
	return school.kept("listed special", make_listed_special)


def make_listed_special(school):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	return learner


def cdp(state="Draft", **values):
	return lambda school: support.cdp(school, listed_special(school), state, **values)


def unconfirmed_cdp(school):
	"""A CDP for a child whose limited abilities are proposed, not confirmed."""
	learner = school.child()
	school.assessment(learner, categories=("C3",), team=school.team("PSY", "SPE", "CLS"))
	return support.cdp(school, learner, "Draft")


def icp(**values):
	return lambda school: school.programme(
		listed_special(school),
		"Draft",
		**{"kind": "ICP", "contents": [content_row("CN1")], "intellect_impairment": 1, **values},
	)


def subject(**values):
	return {"subject": "Математика", "assessment_changed": 1, **values}


PROGRAMMES = [
	param(Press("SPE", "Hand Over", cdp(), "With deputy head"), id="cdp", marks=clause("KZ92-17.1")),
	param(
		Press("SPE", "Hand Over", unconfirmed_cdp, codes="M11"),
		id="cdp-unconfirmed",
		marks=clause("KZ92-13.7"),
	),
	param(
		Press("SPE", "Hand Over", cdp(correction_component_hours=0), codes="A20"),
		id="cdp-without-component",
		marks=clause("KZ92-17.1"),
	),
	param(Press("SPE", "Hand Over", cdp(impairments=[]), codes="A20"), id="cdp-without-impairment"),
	param(Press("SPE", "Hand Over", cdp(minutes_group=40), codes="M22"), id="cdp-minutes"),
	param(Press("PSY", "Hand Over", icp(), "With deputy head"), id="icp", marks=clause("KZ92-14.2.1a")),
	param(
		Press("PSY", "Hand Over", icp(intellect_impairment=0), codes="M19"),
		id="icp-without-basis",
		marks=clause("KZ92-14.2.1a", "KZ92-13.1"),
	),
	param(
		Press("PSY", "Hand Over", icp(subjects=[subject()]), codes="M57"),
		id="icp-without-criteria",
		marks=clause("KZ92-13.2"),
	),
	param(
		Press(
			"PSY",
			"Hand Over",
			icp(subjects=[subject(control_tasks="Тест", criteria="10 балл")]),
			"With deputy head",
		),
		id="icp-with-criteria",
		marks=clause("KZ92-13.2"),
	),
]


test_programmes_of_the_other_kinds = tried(PROGRAMMES)


@pytest.mark.clause("KZ92-14.2.1a")
def test_head_approves_an_individual_curriculum_on_its_basis(school, rest):
	"""For intellectual impairment, on an assessment or a PMPC paper, and by nobody but the head."""
	paper = school.move(icp()(school), "With head", ("PSY", "Hand Over"), ("DEP", "Submit to Head"))
	check_refused(rest(school.users["DEP"]).press(PROGRAMME, paper.name, "Approve"), "M04")
	head = rest(school.users["HEAD"])
	basis = paper.basis_doctype, paper.basis_doc
	frappe.db.set_value(*basis, "workflow_state", "Superseded")
	check_refused(head.press(PROGRAMME, paper.name, "Approve"), "M12")
	frappe.db.set_value(*basis, "workflow_state", "Concluded")
	check_ok(head.press(PROGRAMME, paper.name, "Approve"))
	assert fresh(PROGRAMME, paper.name).workflow_state == "Approved"


@pytest.mark.clause("KZ92-14.2.4b")
def test_special_pedagogue_writes_both_programmes_and_carries_them_out(school, rest):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	special = rest(school.users["SPE"])
	curriculum = school.programme_values(
		learner, kind="ICP", contents=[content_row("CN1", provider_role="SPE")], intellect_impairment=1
	)
	names = []
	for values in (support.cdp_values(school, learner, weekly_small_group=0), curriculum):
		made = special.create(PROGRAMME, **values)
		check_ok(made)
		check_ok(special.press(PROGRAMME, made.data["name"], "Hand Over"))
		names.append(made.data["name"])
	for name in names:
		paper = frappe.get_doc(PROGRAMME, name)
		school.move(paper, "Approved", ("DEP", "Submit to Head"), ("HEAD", "Approve"))
		check_refused(rest(school.users["PSY"]).press(PROGRAMME, name, "Start"), "A02")
		check_ok(special.press(PROGRAMME, name, "Start"))
		assert fresh(PROGRAMME, name).author == school.staff["SPE"]


@pytest.mark.clause("KZ92-14.2.3a")
def test_teacher_writes_an_individual_curriculum_but_no_idp(school, rest):
	learner = listed_special(school)
	values = school.programme_values(learner, author=school.staff["TCH"], support_case=case_of(learner))
	teacher = rest(school.users["TCH"])
	check_refused(teacher.create(PROGRAMME, **values), "M17 M35")
	curriculum = {**values, "kind": "ICP", "contents": [content_row("CN1")], "intellect_impairment": 1}
	check_ok(teacher.create(PROGRAMME, **curriculum))


def case_of(learner) -> str:
	return frappe.db.get_value("PPSS Support Case", {"learner": learner.name})


# ---- caseload


@pytest.mark.clause("KZ92-21.1")
def test_thirteenth_child_warns_and_fifteenth_is_refused(school, rest):
	busy = school.add_person("SPE", f"SPE{frappe.generate_hash(length=4)}")
	school.order(supersedes=order_in_force(school), members=with_member(school, busy))
	children = [support.limited_child(school) for _n in range(15)]
	support.put_on_list(school, *children)
	key = next(k for k, name in school.staff.items() if name == busy)
	ready = []
	for learner in children:
		case = frappe.get_doc("PPSS Support Case", case_of(learner))
		case.append("members", {"specialist": busy, "role": "SPE"})
		case.save()
		ready.append(support.cdp(school, learner, "With deputy head", made_by=key))
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	answers = [deputy.press(PROGRAMME, paper.name, "Submit to Head") for paper in ready]
	assert [answer.ok for answer in answers] == [True] * 14 + [False]
	assert "[M25]" not in "".join(text for answer in answers[:12] for text in answer.texts)
	for answer in answers[12:14]:
		check_warned(answer, "M25")
	check_refused(answers[14], "M24")


def order_in_force(school) -> str:
	filters = {"organisation": school.organisation, "workflow_state": "In force"}
	return frappe.db.get_value("PPSS Support Order", filters)


def with_member(school, specialist: str) -> list[dict]:
	rows = school.member_rows("DEP", "PSY", "SOC", "SPE", "AST", "CAR")
	return [*rows, {"specialist": specialist, "position": "Арнайы педагог", "role_in_service": "SPE"}]


# ---- groups


def group(count, **values):
	def values_of(school):
		return support.group_values(school, support.special_children(school, count), **values)

	return values_of


def mixed(school):
	"""Two children with different impairments."""
	first = support.special_children(school, 1)[0]
	return support.group_values(school, [first, other_impairment(school)])


def other_impairment(school):
	return school.kept("other impairment", make_other_impairment)


def make_other_impairment(school):
	learner = support.limited_child(school, impairment="IM1")
	support.put_on_list(school, learner)
	support.cdp(school, learner, impairments=[{"term": "IM1"}])
	return learner


def twice(school):
	child = support.special_children(school, 1)[0]
	return support.group_values(school, [child, child])


def without_programme(school):
	return support.group_values(school, [*support.special_children(school, 1), support.limited_child(school)])


GROUPS = [
	param(Create("SPE", GROUP, group(2)), id="two", marks=clause("KZ92-16.1")),
	param(Create("SPE", GROUP, group(4)), id="four", marks=clause("KZ92-16.1")),
	param(Create("SPE", GROUP, group(1), "M20"), id="one", marks=clause("KZ92-16.1")),
	param(Create("SPE", GROUP, group(5), "M20"), id="five-small", marks=clause("KZ92-16.1")),
	param(Create("SPE", GROUP, group(5, kind="SF3"), "M21"), id="five", marks=clause("KZ92-16.2")),
	param(Create("SPE", GROUP, group(6, kind="SF3")), id="six", marks=clause("KZ92-16.2")),
	param(Create("SPE", GROUP, mixed, "M38"), id="different-impairments", marks=clause("KZ92-16.3")),
	param(Create("SPE", GROUP, twice, "M45"), id="child-twice"),
	param(Create("SPE", GROUP, without_programme, "M23"), id="no-programme", marks=clause("KZ92-17.1")),
]


test_group = tried(GROUPS)


@pytest.mark.clause("KZ92-16.3")
def test_only_a_deputy_decides_for_different_impairments(school, rest):
	values = {**mixed(school), "override_reason": "Бір сынып, бір бағдарлама"}
	check_refused(rest(school.users["SPE"]).create(GROUP, **values), "A23")
	answer = rest(school.users["DEP"]).create(GROUP, **values)
	check_ok(answer)
	assert fresh(GROUP, answer.data["name"]).override_by == school.staff["DEP"]
	assert any("[M38]" in text for text in answer.texts)


# ---- lessons


def lesson(**values):
	def made(school):
		values_now = {k: v(school) if callable(v) else v for k, v in values.items()}
		lesson_paper = support.session(school, support.special_children(school, 1), **values_now)
		return support.take_in(lesson_paper, actual_minutes=30, content="Есту қабылдауын дамыту")

	return made


def lesson_values(**values):
	def made(school):
		learners = values.pop("learners", None)
		children = learners(school) if learners else support.special_children(school, 1)
		return support.session_values(school, children, **values)

	return made


def two_children(school):
	return support.special_children(school, 2)


def withdrawn_lesson(school):
	"""The consent was withdrawn before the lesson, which was planned and not yet recorded."""
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	support.cdp(school, learner)
	paper = support.take_in(support.session(school, [learner]), actual_minutes=30, content="Сабақ")
	consent = frappe.get_doc("PPSS Consent", {"learner": learner.name})
	school.withdraw(consent, withdrawn_on=paper.date)
	return paper


def lesson_of_a_new_child(school, **programme):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	support.cdp(school, learner, weekly_small_group=0, **programme)
	return support.take_in(support.session(school, [learner]), actual_minutes=30, content="Сабақ")


def before_approval(school):
	"""The head approved the programme today; the lesson is of a day before."""
	return lesson_of_a_new_child(school, days_ago=0)


def before_withdrawal(school):
	"""The lesson was before the consent was withdrawn, which suspended the programme."""
	paper = lesson_of_a_new_child(school, state="In implementation")
	consent = frappe.get_doc("PPSS Consent", {"learner": paper.attendance[0].learner})
	school.withdraw(consent)
	assert frappe.db.get_value(PROGRAMME, paper.attendance[0].programme, "workflow_state") == "Suspended"
	return paper


def psychologist_without_programme(school):
	"""The child's only programme is a CDP that does not name the psychologist."""
	paper = support.session(
		school, support.special_children(school, 1), made_by="PSY", provider=school.staff["PSY"]
	)
	return support.take_in(paper, actual_minutes=30, content="Сабақ")


def before_cdp_is_approved(school):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	support.cdp(school, learner, "With head")
	return support.take_in(support.session(school, [learner]), actual_minutes=30, content="Сабақ")


def of_psychologist(school, learners, **values):
	values = {"provider": school.staff["PSY"], **values}
	paper = support.session(school, learners, made_by="PSY", **values)
	return support.take_in(paper, actual_minutes=paper.planned_minutes, content="Сабақ")


def before_idp_is_approved(school):
	learner = school.assessed_child()
	school.put_on_list(learner)
	school.programme(learner, "With head")
	return of_psychologist(school, [learner])


def with_idp(school, count: int) -> list:
	"""Return children without limited abilities, each with an approved IDP, the same for every caller."""
	kept = school.kept("children with IDP", lambda _school: [])
	more = [school.assessed_child() for _n in range(count - len(kept))]
	if more:
		support.put_on_list(school, *more)
	for learner in more:
		school.programme(learner, weekly_small_group=1, weekly_group=1, minutes_group=45)
	kept += more
	return kept[:count]


def by_psychologist(form: str):
	"""Return a maker of a psychologist's lesson with one child, three children or six."""

	def made(school):
		learners = with_idp(school, {"SF1": 1, "SF2": 3, "SF3": 6}[form])
		if form == "SF1":
			return of_psychologist(school, learners)
		own = support.group_values(school, learners, kind=form, leader=school.staff["PSY"])
		with school.acting("PSY"):
			group = make(GROUP, **own)
		return of_psychologist(school, learners, form=form, planned_minutes=45, group=group.name)

	return made


LESSONS = [
	param(Press("SPE", "Record Lesson", lesson(), "Held"), id="held", marks=clause("KZ92-17.1", "KZ92-17.4")),
	param(
		Press("SPE", "Record Lesson", before_cdp_is_approved, codes="M23"),
		id="cdp-not-approved",
		marks=clause("KZ92-17.1"),
	),
	*(
		param(
			Press("PSY", "Record Lesson", by_psychologist(form), "Held"),
			id=f"psychologist-{form}",
			marks=clause("KZ92-14.1.5c", "KZ92-17.2"),
		)
		for form in ("SF1", "SF2", "SF3")
	),
	param(
		Press("PSY", "Record Lesson", before_idp_is_approved, codes="M23"),
		id="idp-not-approved",
		marks=clause("KZ92-17.2"),
	),
	param(
		Press("SPE", "Record Lesson", lesson(date=lambda _s: add_days(today(), 1)), codes="A14"),
		id="tomorrow",
	),
	param(
		Press("SPE", "Record Lesson", withdrawn_lesson, codes="M03"),
		id="consent-withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("SPE", "Record Lesson", before_approval, codes="M23"),
		id="before-approval",
		marks=clause("KZ92-17.1", "KZ92-17.2"),
	),
	param(
		Press("SPE", "Record Lesson", before_withdrawal, "Held"),
		id="before-withdrawal",
		marks=clause("KZ92-11.1", "KZ92-17.1"),
	),
	param(
		Press("PSY", "Record Lesson", psychologist_without_programme, codes="M23"),
		id="programme-of-another",
		marks=clause("KZ92-17.1", "KZ92-17.2"),
	),
	param(
		Press("SPE", "Record Lesson", lesson(alternative_method=1), codes="M58"),
		id="alternative-method",
		marks=clause("KZ92-13.3b"),
	),
	param(
		Press("SPE", "Record Lesson", lesson(alternative_method=1, impaired_function="Memory"), "Held"),
		id="alternative-method-with-function",
		marks=clause("KZ92-13.3b"),
	),
	param(Press("SPE", "Call Off", lesson(), "Not held"), id="called-off"),
	param(Press("SPE", "Call Off", lesson(), codes="M42", reason=None), id="called-off-without-reason"),
]
PLANNED = [
	param(Create("SPE", SESSION, lesson_values()), id="planned"),
	param(
		Create("SPE", SESSION, lesson_values(planned_minutes=45), "M22"),
		id="minutes",
		marks=clause("KZ92-17.4"),
	),
	param(Create("SPE", SESSION, lesson_values(learners=two_children), "M72"), id="two-children-alone"),
]


test_lesson = tried(LESSONS)
test_planned_lesson = tried(PLANNED)


@pytest.mark.clause("KZ92-18")
def test_two_lessons_do_not_share_a_room(school, rest):
	first = support.session(school, support.special_children(school, 1))
	frappe.db.commit()
	others = {"provider": school.staff["PSY"], "date": first.date, "room": first.room}
	values = support.session_values(school, support.special_children(school, 2)[1:], **others)
	check_refused(rest(school.users["PSY"]).create(SESSION, **values), "M71")
	check_ok(rest(school.users["PSY"]).create(SESSION, **{**values, "start": "09:30:00"}))


def test_nobody_is_in_two_lessons_at_once(school, rest):
	first = support.session(school, support.special_children(school, 1))
	values = support.session_values(
		school, support.special_children(school, 1), date=first.date, start="09:20:00"
	)
	frappe.db.commit()
	check_refused(rest(school.users["SPE"]).create(SESSION, **values), "A24")


@pytest.mark.clause("KZ92-18")
def test_lesson_without_room_warns(school, rest):
	values = support.session_values(school, support.special_children(school, 1), room=None)
	frappe.db.commit()
	answer = rest(school.users["SPE"]).create(SESSION, **values)
	check_ok(answer)
	assert any("[M60]" in text for text in answer.texts)


# ---- assistants


def assignment(state="Proposed", fresh_assistant=True, **values):
	def made(school):
		own = {"assistant": support.another_assistant(school)} if fresh_assistant else {}
		given = {k: v(school) if callable(v) else v for k, v in values.items()}
		return support.assignment(school, support.limited_child(school), state, **own, **given)

	return made


def undecided(school):
	return support.write_decision(school, assignment()(school), outcome="Rejected")


def decision_of_an_ended_one(school):
	"""The meeting decided on an appointment that has ended; another one of the same people rests on it."""
	learner, assistant = support.limited_child(school), support.another_assistant(school)
	first = support.assignment(school, learner, "Appointed", assistant=assistant)
	with school.acting("DEP"):
		first = take(first, "End", ended_on=first.from_date, end_reason="ER2")
	others = {"assistant": assistant, "from_date": str(add_days(first.from_date, 1))}
	again = support.assignment(school, learner, "On meeting agenda", **others)
	with school.acting("DEP"):
		return support.take_in(again, meeting=first.meeting, decision_no=first.decision_no)


def turned_down_another(school):
	"""The decision against one assistant does not turn down another."""
	paper = undecided(school)
	with school.acting("DEP"):
		return support.take_in(paper, assistant=support.another_assistant(school))


def second_child(school):
	"""The assistant already accompanies another child in these days."""
	busy = support.another_assistant(school)
	support.assignment(school, support.limited_child(school), "Appointed", assistant=busy)
	return support.assignment(school, support.limited_child(school), assistant=busy)


def said_to_have_ended(school):
	"""The end of a running appointment is written in, but nobody has ended it."""
	busy = support.another_assistant(school)
	running = support.assignment(school, support.limited_child(school), "Appointed", assistant=busy)
	with school.acting("DEP"):
		support.take_in(running, ended_on=running.from_date, end_reason="ER2")
	others = {"assistant": busy, "from_date": str(add_days(running.from_date, 1))}
	return support.assignment(school, support.limited_child(school), **others)


def another_in_the_quarter(school):
	"""A first assistant accompanied the child for half of the quarter."""
	learner = support.limited_child(school)
	_number, first, last = support.quarter(school)
	middle = add_days(first, (last - first).days // 2)
	earlier = support.another_assistant(school)
	support.assignment(school, learner, "Appointed", assistant=earlier, to_date=middle)
	others = {"assistant": support.another_assistant(school), "from_date": str(add_days(middle, 1))}
	return support.assignment(school, learner, **others)


def further_quarter(determined=False):
	"""Return a maker of an appointment of a child who has an assistant in the quarter before.

	Unless `determined`, PMPC has said nothing of a further need since.
	"""

	def made(school):
		learner, assistant = support.limited_child(school), support.another_assistant(school)
		support.assignment(school, learner, "Appointed", assistant=assistant)
		if determined:
			school.pmpc(
				learner, recommendations=support.ADVICE, assistant_further_need="Needed", date=today()
			)
		number, first, last = support.quarter(school, later=1)
		term = {"quarter": number, "from_date": str(first), "to_date": str(last)}
		return support.assignment(school, learner, assistant=assistant, **term)

	return made


def beyond_quarter(school):
	return str(add_days(support.quarter(school)[2], 1))


def no_advice(school):
	learner = support.limited_child(school, advice=support.ADVICE[:1])
	return support.assignment_values(school, learner)


def without_limits(school):
	return support.assignment_values(school, school.assessed_child())


def by_a_teacher(school):
	return support.assignment_values(school, support.limited_child(school), assistant=school.staff["TCH"])


ASSISTANTS = [
	param(Press("DEP", "Put on Agenda", assignment(), "On meeting agenda"), id="agenda"),
	param(
		Press("DEP", "Put on Agenda", assignment(to_date=beyond_quarter), codes="M28"),
		id="beyond-quarter",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Press("DEP", "Put on Agenda", second_child, codes="M29"), id="second-child", marks=clause("KZ92-21.2")
	),
	param(
		Press("DEP", "Put on Agenda", said_to_have_ended, codes="M29"),
		id="second-child-after-an-end-only-written",
		marks=clause("KZ92-21.2"),
	),
	param(
		Press("DEP", "Put on Agenda", further_quarter(), codes="M30"),
		id="no-determination",
		marks=clause("KZ92-14.2.6c"),
	),
	param(
		Press("DEP", "Put on Agenda", further_quarter(determined=True), "On meeting agenda"),
		id="further-need-determined",
		marks=clause("KZ92-14.2.6c"),
	),
	param(
		Press("DEP", "Put on Agenda", another_in_the_quarter, "On meeting agenda"),
		id="another-assistant-in-the-quarter",
		marks=clause("KZ92-14.2.6c"),
	),
	param(Press("DEP", "Appoint", assignment("On meeting agenda"), codes="M27"), id="no-decision"),
	param(
		Press("DEP", "Appoint", undecided, codes="M27"), id="negative-decision", marks=clause("KZ92-14.2.6b")
	),
	param(
		Press("DEP", "Appoint", decision_of_an_ended_one, codes="M27"),
		id="decision-of-another",
		marks=clause("KZ92-14.2.6b"),
	),
	param(Press("DEP", "Decline", undecided, "Declined"), id="declined"),
	param(
		Press("DEP", "Decline", turned_down_another, codes="M27"),
		id="another-declined",
		marks=clause("KZ92-14.2.6b"),
	),
	param(Press("DEP", "Suspend", assignment("Appointed"), "Suspended"), id="suspended"),
	param(Press("DEP", "End", assignment("Appointed"), codes="M42"), id="end-unexplained"),
	param(Press("PSY", "Put on Agenda", assignment(), codes="A02"), id="agenda-by-psychologist"),
]
PROPOSED = [
	param(Create("SPE", ASSIGNMENT, no_advice, "M26"), id="no-advice", marks=clause("KZ92-14.2.6a")),
	param(Create("SPE", ASSIGNMENT, without_limits, "M26 M31"), id="no-limits", marks=clause("KZ92-10.2")),
	param(Create("SPE", ASSIGNMENT, by_a_teacher, "M40"), id="no-assistant", marks=clause("KZ92-14.2.5a")),
]


test_assistant = tried(ASSISTANTS)
test_proposed_assistant = tried(PROPOSED)


@pytest.mark.clause("KZ92-14.2.5a")
def test_skills_are_noted_by_day_until_they_are_formed(school, rest):
	skill = {"skill": "Тапсырманы өзі бастайды", "level_start": "Көмекпен"}
	paper = assignment("Appointed", skills=[skill])(school)
	frappe.db.commit()
	deputy = rest(school.users["DEP"])

	def note(**values):
		row = fresh(ASSIGNMENT, paper.name).skills[0]
		return deputy.change(ASSIGNMENT, paper.name, skills=[{**skill, "name": row.name, **values}])

	check_refused(note(level_now="Ішінара", noted_on=add_days(today(), 1)), "A14")
	check_refused(note(level_now="Ішінара", noted_on=str(add_days(paper.from_date, -1))), "A05")
	check_ok(note(level_now="Ішінара", noted_on=str(paper.from_date)))
	check_ok(note(level_now="Дербес", noted_on=str(paper.from_date)))
	row = fresh(ASSIGNMENT, paper.name).skills[0]
	assert (row.level_now, str(row.noted_on)) == ("Дербес", today())
	check_refused(deputy.press(ASSIGNMENT, paper.name, "End"), "M42")
	check_ok(deputy.change(ASSIGNMENT, paper.name, end_reason="ER2", ended_on=today()))
	check_ok(deputy.press(ASSIGNMENT, paper.name, "End"))
	ended = fresh(ASSIGNMENT, paper.name)
	assert (ended.workflow_state, ended.end_reason, ended.skills[0].level_now) == ("Ended", "ER2", "Дербес")


@pytest.mark.clause("KZ92-14.2.6b", "KZ92-11.1")
def test_appointment_ends_and_consent_suspends_it(school, rest):
	paper = assignment("Appointed")(school)
	deputy = rest(school.users["DEP"])
	check_ok(deputy.change(ASSIGNMENT, paper.name, end_reason="ER2", ended_on=today()))
	other = assignment("Appointed")(school)
	frappe.db.commit()
	check_ok(deputy.press(ASSIGNMENT, paper.name, "End"))
	assert fresh(ASSIGNMENT, paper.name).workflow_state == "Ended"
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": other.learner}))
	frappe.db.commit()
	assert fresh(ASSIGNMENT, other.name).workflow_state == "Suspended"
	check_refused(deputy.press(ASSIGNMENT, other.name, "Resume"), "M03")
