"""B.4: the list of learners for support."""

from contextlib import nullcontext

import frappe
import pytest

from ppss_support import tasks
from ppss_support.tests.factories import School, day, take
from ppss_support.tests.guards import (
	FRAMEWORK,
	Change,
	Create,
	Press,
	check_ok,
	fresh,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS Learner List"
OTHERS = ("PSY", "SOC", "SPE", "CLS", "ADM")


def assessed(school):
	return school.kept("assessed child", School.assessed_child)


def only_recommended(school):
	def make_it(school):
		learner = school.child()
		school.pmpc(learner)
		return learner

	return school.kept("recommended child", make_it)


def not_assessed(school):
	return school.kept("child not assessed", School.child)


def without_consent(school):
	def make_it(school):
		learner = school.child(consent=False)
		school.pmpc(learner)
		return learner

	return school.kept("child without consent", make_it)


def withdrawn(school):
	def make_it(school):
		learner = school.assessed_child()
		school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))
		return learner

	return school.kept("child of a withdrawn consent", make_it)


def learner_list(state, *children, **values):
	"""Return a maker of a list with these children, which amends the list in force."""

	def make_it(school):
		learners = [child(school) for child in children or (assessed,)]
		return school.learner_list(learners, state, amends=school.approved_list(), **values)

	return make_it


def row(child, **values):
	return lambda school: {"learner": child(school).name, "responsible": school.staff["PSY"], **values}


def of_rows(state, *rows):
	return lambda school: school.learner_list(
		[], state, rows=[one(school) for one in rows], amends=school.approved_list()
	)


def on_pmpc(child):
	return row(child, basis_doctype="PPSS PMPC Recommendation")


def on_paper_of_another_child(school):
	paper = frappe.db.get_value("PPSS Needs Assessment", {"learner": assessed(school).name})
	return row(only_recommended, basis_doc=paper)(school)


def on_paper_not_concluded(school):
	learner = not_assessed(school)
	paper = school.kept("open assessment", lambda school: school.assessment(learner, "Draft"))
	return row(not_assessed, basis_doc=paper.name)(school)


def returned(school):
	paper = learner_list("With head")(school)
	with school.acting("HEAD"):
		return take(paper, "Return", "Толықтыру керек")


def beside_another(school):
	school.listed_child()
	return school.learner_list([assessed(school)], "With head")


def consent_gone_meanwhile(school):
	learner = school.assessed_child()
	paper = school.learner_list([learner], "With head", amends=school.approved_list())
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))
	return paper


def assessed_anew_meanwhile(school):
	learner = school.assessed_child()
	paper = school.learner_list([learner], "With head", amends=school.approved_list())
	school.assessment(learner)
	return paper


def assessment_cancelled_meanwhile(school):
	learner = school.assessed_child()
	paper = school.learner_list([learner], "With head", amends=school.approved_list())
	with school.acting("DEP"):
		take(frappe.get_doc("PPSS Needs Assessment", {"learner": learner.name}), "Cancel", "Қате")
	return paper


def carrying_a_programme(school):
	school.programme(school.make_listed_child())
	return frappe.get_doc(DOCTYPE, school.approved_list())


STEPS = [
	param(
		Press("DEP", "Submit to Head", learner_list("Draft"), "With head"),
		id="submit",
		marks=clause("KZ92-14.2.1c"),
	),
	param(Press("DEP", "Submit to Head", returned, "With head"), id="submit-again"),
	param(
		Press("DEP", "Submit to Head", of_rows("Draft", on_pmpc(only_recommended)), "With head"),
		id="on-pmpc-alone",
		marks=clause("KZ92-14.2.1a", "KZ92-14.2.1c"),
	),
	param(
		Press("DEP", "Submit to Head", of_rows("Draft"), codes="M46"),
		id="no-rows",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("DEP", "Submit to Head", learner_list("Draft", assessed, assessed), codes="M45"),
		id="child-twice",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("DEP", "Submit to Head", learner_list("Draft", not_assessed), codes="M46"),
		id="no-basis",
		marks=clause("KZ92-14.2.1a"),
	),
	param(
		Press("DEP", "Submit to Head", of_rows("Draft", on_pmpc(without_consent)), codes="M46"),
		id="no-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Submit to Head", learner_list("Draft", withdrawn), codes="M03"),
		id="withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Submit to Head", of_rows("Draft", on_paper_of_another_child), codes="M12"),
		id="paper-of-another-child",
		marks=clause("KZ92-14.2.1a"),
	),
	param(
		Press("DEP", "Submit to Head", of_rows("Draft", on_paper_not_concluded), codes="M12"),
		id="paper-not-concluded",
		marks=clause("KZ92-14.2.1a"),
	),
	param(
		Press("HEAD", "Approve", learner_list("With head"), "Approved"),
		id="approve",
		marks=clause("KZ92-14.2.1c"),
	),
	param(
		Press("HEAD", "Approve", beside_another, codes="A16"), id="second-list", marks=clause("KZ92-14.2.1c")
	),
	param(
		Press("HEAD", "Approve", consent_gone_meanwhile, codes="M03"),
		id="consent-gone",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("HEAD", "Approve", assessed_anew_meanwhile, codes="M12"),
		id="basis-superseded",
		marks=clause("KZ92-14.2.1a"),
	),
	param(Press("HEAD", "Approve", assessment_cancelled_meanwhile, codes=FRAMEWORK), id="basis-cancelled"),
	param(
		Press("DEP", "Approve", learner_list("With head"), codes="M04"),
		id="approve-by-deputy",
		marks=clause("KZ92-14.2.1c"),
	),
	param(Press("HEAD", "Submit to Head", learner_list("Draft"), codes="A02"), id="submit-by-head"),
	param(Press("HEAD", "Return", learner_list("With head"), "Returned"), id="return"),
	param(
		Press("HEAD", "Return", learner_list("With head"), codes="M42", reason=None),
		id="return-without-reason",
	),
	param(Press("DEP", "Return", learner_list("With head"), codes="M04"), id="return-by-deputy"),
	param(Press("HEAD", "Cancel", learner_list("Approved"), "Cancelled"), id="cancel"),
	param(
		Press("HEAD", "Cancel", learner_list("Approved"), codes="M42", reason=None),
		id="cancel-without-reason",
	),
	param(Press("DEP", "Cancel", learner_list("Approved"), codes="M04"), id="cancel-by-deputy"),
	param(Press("HEAD", "Cancel", carrying_a_programme, codes="M61"), id="cancel-relied-on"),
]
CHANGES = [
	param(Change("DEP", learner_list("Draft"), {"archive_index": "01"}), id="draft"),
	param(
		Change("DEP", learner_list("With head"), {"date": lambda _school: day(-1)}, "A01"),
		id="deputy-rewrites",
	),
	param(
		Change("HEAD", learner_list("With head"), {"date": lambda _school: day(-1)}, "A01"),
		id="head-rewrites",
	),
	param(Change("HEAD", learner_list("Approved"), {"rows": []}, "M43"), id="approved-rows"),
	param(
		Change("HEAD", learner_list("Approved"), {"date": lambda _school: day(-1)}, "M43"), id="approved-date"
	),
	param(Change("HEAD", learner_list("With head"), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("HEAD", learner_list("Approved"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change("HEAD", beside_another, {"workflow_state": "Approved", "docstatus": 1}, "A16"),
		id="state-by-hand",
	),
	param(
		Change("DEP", learner_list("With head"), {"workflow_state": "Approved", "docstatus": 1}, FRAMEWORK),
		id="state-by-another-hand",
	),
]


def sent(school):
	return school.list_values(assessed(school))


CREATED = [
	param(Create("DEP", DOCTYPE, sent), id="DEP"),
	*may_not(DOCTYPE, sent, "HEAD", *OTHERS),
]


test_step = tried(STEPS)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@pytest.mark.parametrize("key", OTHERS)
def test_others_take_no_step(school, rest, key):
	paper = learner_list("Draft")(school)
	assert rest(school.users[key]).press(DOCTYPE, paper.name, "Submit to Head").status == 403


@clause("KZ92-14.2.1c")
def test_amending_list_supersedes_and_is_numbered_on(school, rest):
	earlier = learner_list("Approved")(school)
	later = learner_list("With head")(school)
	assert later.amends == earlier.name
	check_ok(rest(school.users["HEAD"]).press(DOCTYPE, later.name, "Approve"))
	assert state_of(earlier) == "Superseded"
	assert int(fresh(DOCTYPE, later.name).number) == int(earlier.number) + 1


@clause("KZ92-20")
def test_list_closes_with_the_school_year(site):
	school = School()
	school.order()
	school.listed_child()
	name = school.approved_list()
	year = frappe.get_doc("PPSS School Year", school.year)
	tasks.close_lists(nullcontext)
	assert frappe.db.get_value(DOCTYPE, name, "workflow_state") == "Approved"
	year.db_set("to_date", day(-1))
	tasks.close_lists(nullcontext)
	assert frappe.db.get_value(DOCTYPE, name, "workflow_state") == "Closed"
