"""What a programme changes in a child's subjects, what stays open after approval, and its end with the school year."""

from contextlib import nullcontext

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import tasks
from ppss_support.reminders import due
from ppss_support.tests import support
from ppss_support.tests.factories import content_row
from ppss_support.tests.guards import Press, check_ok, check_refused, fresh, tried

clause, param = pytest.mark.clause, pytest.param
PROGRAMME = "PPSS Programme"
SUBJECT = {
	"subject": "Математика",
	"hours": 3,
	"adapted_programme": "Ықшамдалған бағдарлама",
	"shorter_time": 1,
}
GAP = {"subject": "Математика", "kind": "Skill", "gap": "Есепті талдау", "measure": "Қадамдық нұсқау"}
MATERIAL = {"material": "MI1", "title": "Жұмыс дәптері", "quantity": 1}
DAY = "2026-11-02"
REVIEW = {
	"review_date": DAY,
	"learning_results": "Оқу нәтижелері",
	"support_results": "Қолдау нәтижелері",
	"review_decision": "Жалғастырылсын",
}


def idp(**values):
	return lambda school: school.programme(school.listed_child(), "Draft", **values)


def curriculum(state="Draft", **values):
	"""Return a maker of an ICP of the psychologist for a child with limited abilities."""

	def made(school):
		given = {"subjects": [SUBJECT], "gaps": [GAP], "materials": [MATERIAL], **values}
		contents = {"contents": [content_row("CN1", goal="CG2")], "intellect_impairment": 1}
		child = support.special_children(school, 1)[0]
		return school.programme(child, state, kind="ICP", **contents, **given)

	return made


STEPS = [
	param(
		Press("PSY", "Hand Over", idp(subjects=[SUBJECT]), codes="M18"),
		id="curriculum-unchanged",
		marks=clause("KZ92-12.1"),
	),
	param(
		Press("PSY", "Hand Over", idp(materials=[MATERIAL]), codes="M41"),
		id="materials-without-limits",
		marks=clause("KZ92-13.4"),
	),
	param(
		Press("PSY", "Hand Over", idp(gaps=[GAP]), "With deputy head"),
		id="gaps-of-any-child",
		marks=clause("KZ92-14.2.3b"),
	),
	param(
		Press("PSY", "Hand Over", curriculum(), "With deputy head"),
		id="curriculum",
		marks=clause("KZ92-13.1", "KZ92-13.3a", "KZ92-14.2.3a", "KZ92-14.2.3c"),
	),
	param(
		Press("PSY", "Hand Over", curriculum(materials=[{**MATERIAL, "returned_on": DAY}]), codes="A05"),
		id="returned-before-issued",
		marks=clause("KZ92-13.4"),
	),
]


test_subjects = tried(STEPS)


@clause("KZ92-13", "KZ92-13.4", "KZ92-14.2.3b")
def test_provision_and_results_stay_open_but_not_the_content(school, rest):
	paper = curriculum("In implementation")(school)
	psychologist = rest(school.users["PSY"])
	noted = {
		"contents": {"status": "Provided", "evidence": "/private/files/scan.pdf"},
		"gaps": {"result": "Жойылды"},
		"materials": {"issued_on": DAY},
		"subjects": {"result": "Меңгерді"},
	}
	for table, values in noted.items():
		check_ok(
			psychologist.change(PROGRAMME, paper.name, **{table: rows(psychologist, paper, table, **values)})
		)
	assert fresh(PROGRAMME, paper.name).materials[0].impairment == "IM4"
	spoilt = rows(psychologist, paper, "gaps", measure="Басқа шара")
	check_refused(psychologist.change(PROGRAMME, paper.name, gaps=spoilt), "M43")


def rows(client, paper, table: str, **values) -> list[dict]:
	return [{**row, **values} for row in client.read(PROGRAMME, paper.name).data[table]]


@clause("KZ92-14.2.2c", "KZ92-14.2.3a")
def test_review_names_each_subject_and_a_real_deputy(school, rest):
	paper = curriculum("In implementation")(school)
	deputy = rest(school.users["DEP"])
	goals = rows(deputy, paper, "goals", actual="Жетті", reviewed_on=DAY)
	teacher, head = ({"specialist": school.staff[key], "role": "DEP"} for key in ("TCH", "DEP"))
	check_ok(deputy.change(PROGRAMME, paper.name, **REVIEW, goals=goals, review_participants=[teacher]))
	refused = deputy.press(PROGRAMME, paper.name, "Complete")
	check_refused(refused, "M63")
	assert any("Математика" in text for text in refused.texts)
	subjects = rows(deputy, paper, "subjects", result="Меңгерді")
	check_ok(deputy.change(PROGRAMME, paper.name, subjects=subjects))
	check_refused(deputy.press(PROGRAMME, paper.name, "Complete"), "M63")
	check_ok(deputy.change(PROGRAMME, paper.name, review_participants=[head]))
	check_ok(deputy.press(PROGRAMME, paper.name, "Complete"))


@clause("KZ92-20", "KZ92-14.2.2c")
def test_programmes_end_with_their_year(school, site):
	reviewed = school.programme(school.listed_child(), "In implementation")
	unreviewed = school.programme(school.listed_child(), "In implementation")
	approved = school.programme(school.listed_child())
	with school.acting("DEP"):
		for goal in reviewed.goals:
			goal.update({"actual": "Жетті", "reviewed_on": DAY})
		reviewed.update(
			{**REVIEW, "review_participants": [{"specialist": school.staff["DEP"], "role": "DEP"}]}
		)
		reviewed.save()
	papers = [reviewed.name, unreviewed.name, approved.name]
	frappe.db.set_value(PROGRAMME, {"name": ("in", papers)}, "school_year", school.year_that_ended())
	tasks.end_programmes(nullcontext)
	ends = [frappe.db.get_value(PROGRAMME, name, ["workflow_state", "docstatus"]) for name in papers]
	assert ends == [("Completed", 1), ("Discontinued", 1), ("Discontinued", 1)]
	assert frappe.get_doc(PROGRAMME, unreviewed.name).history[-1].reason


@clause("KZ92-20", "KZ92-14.2.2c")
@pytest.mark.parametrize(("days", "told"), [(30, 1), (14, 1), (31, 0)])
def test_deputies_are_reminded_of_the_reviews(school, site, days, told):
	school.programme(school.listed_child(), "In implementation")
	frappe.db.set_value("PPSS School Year", school.year, "to_date", add_days(today(), days))
	about = {"document_type": "PPSS School Year", "for_user": school.users["DEP"]}
	before = frappe.db.count("Notification Log", about)
	support.remind(due.reviews_of_programmes)
	assert frappe.db.count("Notification Log", about) - before == told
