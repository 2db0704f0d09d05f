"""Rows of order No 92 that one paper alone shows: categories, contents, participants, the case that ties all together."""

import frappe
import pytest

from ppss_support.papers import html_of
from ppss_support.tests import support
from ppss_support.tests.factories import School, content_row, day
from ppss_support.tests.guards import (
	FRAMEWORK,
	Create,
	Press,
	check_ok,
	check_refused,
	fresh,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
ASSESSMENT, PROGRAMME, SESSION, GROUP, CASE = (
	"PPSS Needs Assessment",
	"PPSS Programme",
	"PPSS Session",
	"PPSS Session Group",
	"PPSS Support Case",
)


# ---- categories of clause 8


def assessment(*details, categories=("C1",)):
	def values_of(school):
		rows = [{"term": code} for code in details]
		return school.assessment_values(school.child(), categories=categories, category_details=rows)

	return values_of


DETAILS = [
	*(
		param(Create("PSY", ASSESSMENT, assessment(code)), id=code, marks=clause("KZ92-8.1"))
		for code in ("C1a", "C1b", "C1c")
	),
	*(
		param(
			Create("PSY", ASSESSMENT, assessment(code, categories=("C2",))), id=code, marks=clause("KZ92-8.2")
		)
		for code in ("C2s", "C2x", "C2l", "C2k")
	),
	param(
		Create("PSY", ASSESSMENT, assessment("C2l"), "M10"), id="detail-of-another", marks=clause("KZ92-8.2")
	),
	param(
		Create("PSY", ASSESSMENT, assessment("C1a", categories=("C2",)), "M10"),
		id="detail-without-category",
		marks=clause("KZ92-8.1"),
	),
]


test_details_belong_to_the_chosen_category = tried(DETAILS)


@clause("KZ92-5.3", "KZ92-5.4", "KZ92-6.5c")
def test_assessment_and_programme_state_individual_and_age_features(school, rest):
	learner = school.listed_child()
	features = {"individual_features": "Баяу жұмыс істейді", "age_features": "Жасөспірім"}
	disciplines = [{"term": "PSY"}, {"term": "TCH"}]
	values = school.assessment_values(learner, **features, disciplines_involved=disciplines)
	frappe.db.commit()
	answer = rest(school.users["PSY"]).create(ASSESSMENT, **values)
	check_ok(answer)
	kept = fresh(ASSESSMENT, answer.data["name"])
	assert (kept.individual_features, kept.age_features) == tuple(features.values())
	assert {row.part for row in kept.team} == {"Psychological", "Pedagogical"}
	assert [row.term for row in kept.disciplines_involved] == ["PSY", "TCH"]
	answer = rest(school.users["PSY"]).create(PROGRAMME, **school.programme_values(learner, **features))
	check_ok(answer)
	programme = fresh(PROGRAMME, answer.data["name"])
	assert (programme.individual_features, programme.age_features) == tuple(features.values())
	with school.acting("PSY"):
		said = html_of(programme, "PPSS Programme", "kk")
		shared = html_of(programme, "PPSS Programme Shareable", "kk")
	assert all(text in said and text not in shared for text in features.values())


@clause("KZ92-2.1")
def test_condition_is_marked_provided_once_it_is(school, rest):
	paper = school.assessment(school.child())
	row = {
		**paper.special_conditions[0].as_dict(no_default_fields=True),
		"name": paper.special_conditions[0].name,
	}
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	check_refused(
		deputy.change(ASSESSMENT, paper.name, special_conditions=[{**row, "condition": "SC1"}]), "M43"
	)
	check_ok(deputy.change(ASSESSMENT, paper.name, special_conditions=[{**row, "provided": 1}]))
	assert fresh(ASSESSMENT, paper.name).special_conditions[0].provided


# ---- contents of clauses 12 and 13


def with_content(content: str, role: str, made_by: str = "PSY"):
	def made(school):
		row = content_row(content, provider_role=role)
		return school.programme(school.listed_child(), "Draft", made_by, contents=[row])

	return made


CONTENTS = [
	*(
		param(
			Press("PSY", "Hand Over", with_content("CT3", role), "With deputy head"),
			id=f"individual-{role}",
			marks=clause("KZ92-12.3"),
		)
		for role in ("PSY", "SOC")
	),
	*(
		param(
			Press("PSY", "Hand Over", with_content("CT3", role), codes="M40"),
			id=f"individual-{role}",
			marks=clause("KZ92-12.3"),
		)
		for role in ("SPE", "TCH")
	),
	param(
		Press("CAR", "Hand Over", with_content("CT4", "CAR", "CAR"), "With deputy head"),
		id="career-guide",
		marks=clause("KZ92-12.4"),
	),
	param(
		Press("PSY", "Hand Over", with_content("CT4", "SOC"), codes="M40"),
		id="career-by-social-pedagogue",
		marks=clause("KZ92-12.4"),
	),
	param(
		Press("PSY", "Hand Over", with_content("CT1", "CAR"), codes="M40"),
		id="career-guide-elsewhere",
		marks=clause("KZ92-10.1"),
	),
]


test_contents_are_provided_by_those_the_clause_names = tried(CONTENTS)


@clause("KZ92-13.3a", "KZ92-14.2.3a")
def test_teacher_adapts_the_programme_and_eases_tasks(school, rest):
	learner = school.kept("limited", support.limited_child)
	subject = {
		"subject": "Математика",
		"adapted_programme": "Бейімделген бағдарлама",
		"short_instructions": 1,
		"longer_time": 1,
	}
	values = school.programme_values(
		learner,
		kind="ICP",
		author=school.staff["TCH"],
		contents=[content_row("CN3", provider_role="TCH")],
		intellect_impairment=1,
		subjects=[subject],
		support_case=frappe.db.get_value(CASE, {"learner": learner.name}),
	)
	frappe.db.commit()
	teacher = rest(school.users["TCH"])
	answer = teacher.create(PROGRAMME, **values)
	check_ok(answer)
	kept = fresh(PROGRAMME, answer.data["name"]).subjects[0]
	assert {key: kept.get(key) for key in subject} == subject
	check_ok(teacher.press(PROGRAMME, answer.data["name"], "Hand Over"))


@clause("KZ92-14.2.5b")
def test_assistant_takes_part_and_decides_nothing(school, rest):
	learner = school.listed_child()
	people = [{"specialist": school.staff["AST"], "role": "AST"}]
	programme = school.programme(learner, "Draft", participants=people)
	frappe.db.commit()
	assistant = rest(school.users["AST"])
	assert assistant.read(PROGRAMME, programme.name).data["participants"][0]["role"] == "AST"
	check_refused(assistant.press(PROGRAMME, programme.name, "Hand Over"), "A02")
	check_refused(assistant.change(PROGRAMME, programme.name, weekly_individual=5), FRAMEWORK)
	check_refused(assistant.create(PROGRAMME, **school.programme_values(learner)), FRAMEWORK)
	assert state_of(programme) == "Draft"


# ---- the case


@clause("KZ92-2.4", "KZ92-14.0", "KZ92-5.7")
def test_case_ties_the_papers_of_a_child_together_by_stages(rest, site):
	school = School()
	school.order()
	learner = school.child(consent=False)
	case = frappe.db.get_value(CASE, {"learner": learner.name})
	frappe.db.commit()
	specialist = rest(school.users["PSY"])
	assert path(specialist, case) == (1, {"PPSS Support Order"})
	early = specialist.create(PROGRAMME, **school.programme_values(learner))
	check_ok(early)
	check_refused(specialist.press(PROGRAMME, early.data["name"], "Hand Over"), "M01 M12 A15")
	consent = school.consent(learner)
	paper = school.assessment(learner)
	school.put_on_list(learner)
	school.programme(learner, "In implementation")
	frappe.db.commit()
	stage, done = path(specialist, case)
	assert stage == 2
	assert {"PPSS Consent", ASSESSMENT, "PPSS Learner List"} <= done
	assert {frappe.db.get_value(doc.doctype, doc.name, "learner") for doc in (consent, paper)} == {
		learner.name
	}


def path(person, case: str) -> tuple[int, set[str]]:
	"""Return the stage of the case and the kinds of paper done, as the desk shows them."""
	answer = person.call("GET", "/api/method/frappe.desk.form.load.getdoc", doctype=CASE, name=case)
	doc = answer.body["docs"][0]
	return int(doc["stage"]), {line["doctype"] for line in doc["__onload"]["path"] if line["done"]}


# ---- acceptance tests of B.13 on groups and lessons


def preschoolers(school):
	return school.kept("preschoolers with CDP", make_preschoolers)


def make_preschoolers(school):
	return pair_of_class(school, title="Даярлық", level="L1", is_preschool=1)


def pair_of_class(school, **values):
	"""Return two children of a new class, each with a CDP by groups."""
	own = {"organisation": school.organisation, "school_year": school.year, **values}
	group = frappe.get_doc({"doctype": "PPSS Class", **own}).insert()
	learners = [support.limited_child(school, school_class=group.name) for _n in range(2)]
	support.put_on_list(school, *learners)
	for learner in learners:
		support.cdp(school, learner, weekly_individual=0)
	return learners


def students(school):
	"""Students of a college are above school age: clause 17 names no length for them (D-9)."""
	return school.kept("students", lambda school: pair_of_class(school, title="К-21", level="L4"))


def pupil_and_student(school):
	return [pupils(school)[0], students(school)[0]]


def together(minutes: int, children):
	return lambda school: support.group_lesson_values(school, children(school), planned_minutes=minutes)


def pupils(school):
	return support.special_children(school, 2)


def alone_for_20_minutes(school):
	return support.session_values(school, preschoolers(school)[:1], planned_minutes=20)


def mixed_ages(school):
	return support.group_values(school, [pupils(school)[0], preschoolers(school)[0]])


def five_without_a_group(school):
	"""The size of a group cannot be got around by a lesson that names none."""
	children = support.special_children(school, 5)
	return support.session_values(school, children, form="SF2", planned_minutes=45)


def with_a_stranger(school):
	*members, stranger = support.special_children(school, 3)
	lesson = support.group_lesson_values(school, members)
	return {**lesson, "attendance": [*lesson["attendance"], {"learner": stranger.name, "present": 1}]}


def under_another_form(school):
	return support.group_lesson_values(school, pupils(school), form="SF3")


def lesson_by_special_pedagogue(school):
	"""The child has no limited abilities, and so no correction-development programme either."""
	paper = support.session(school, [school.listed_child()])
	return support.take_in(paper, actual_minutes=30, content="Сабақ")


LESSONS = [
	param(
		Create("SPE", SESSION, together(35, pupils), "M22"),
		id="school-35-minutes",
		marks=clause("KZ92-17", "KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, together(40, pupils), "M22"),
		id="school-40-minutes",
		marks=clause("KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, together(40, preschoolers)),
		id="preschool-40-minutes",
		marks=clause("KZ92-17", "KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, together(46, preschoolers), "M22"),
		id="preschool-46-minutes",
		marks=clause("KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, together(40, students)),
		id="students-40-minutes",
		marks=clause("KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, together(40, pupil_and_student), "M22"),
		id="student-among-pupils-40-minutes",
		marks=clause("KZ92-17.3"),
	),
	param(
		Create("SPE", SESSION, alone_for_20_minutes),
		id="preschool-alone-20-minutes",
		marks=clause("KZ92-17.4"),
	),
	param(
		Create("SPE", SESSION, five_without_a_group, "A94"),
		id="five-without-a-group",
		marks=clause("KZ92-16.1", "KZ92-16.2"),
	),
	param(Create("SPE", SESSION, with_a_stranger, "A95"), id="child-of-no-group", marks=clause("KZ92-16.1")),
	param(Create("SPE", SESSION, under_another_form, "A94"), id="other-form", marks=clause("KZ92-16.2")),
	param(Create("SPE", GROUP, mixed_ages, "M39"), id="mixed-ages", marks=clause("KZ92-16", "KZ92-17.3")),
	param(
		Press("SPE", "Record Lesson", lesson_by_special_pedagogue, codes="M23 M40"),
		id="special-pedagogue-without-limited-abilities",
		marks=clause("KZ92-10.1", "KZ92-14.2.4c"),
	),
]


test_lessons_and_groups = tried(LESSONS)
# ---- what else may be refused


@clause("KZ92-21.2")
def test_assistant_has_no_more_hours_than_the_child(school, rest):
	learner = school.kept("limited", support.limited_child)
	values = support.assignment_values(school, learner, learner_load_hours=20, assistant_hours_week=24)
	frappe.db.commit()
	answer = rest(school.users["DEP"]).create("PPSS Assistant Assignment", **values)
	check_ok(answer)
	assert any("[A22]" in text for text in answer.texts)
	assert frappe.db.exists("PPSS Override", {"document": answer.data["name"], "rule": "A22"})


def test_quarters_lie_in_the_year_and_learners_in_their_school(school, rest):
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	quarters = [{"quarter": 1, "from_date": "2031-08-25", "to_date": "2031-10-20"}]
	year = {"title": "2031-2032", "from_date": "2031-09-01", "to_date": "2032-05-25", "quarters": quarters}
	check_refused(deputy.create("PPSS School Year", **year), "A07")
	other = School()
	frappe.db.commit()
	values = {
		"organisation": other.organisation,
		"surname": "Оспан",
		"given_name": "Айша",
		"birth_date": day(-4000),
		"school_class": school.school_class,
	}
	check_refused(rest(other.users["DEP"]).create("PPSS Learner", **values), "A09")
