"""KZ92-20: support is of one school year; in the next one the assessment is renewed or confirmed (D-29)."""

import frappe
import pytest
from frappe.utils import getdate

from ppss_support.tests.factories import School
from ppss_support.tests.guards import FRAMEWORK, check_ok, check_refused, fresh

clause = pytest.mark.clause
ASSESSMENT, LIST, CASE = "PPSS Needs Assessment", "PPSS Learner List", "PPSS Support Case"


@pytest.fixture(scope="module")
def earlier_year(connected) -> str:
	name = School.year_that_ended()
	connected.db.commit()
	return name


def of_earlier_year(school: School, year: str):
	"""Return a child whose only assessment was concluded in an earlier school year."""
	learner = school.assessed_child()
	name = frappe.db.get_value(ASSESSMENT, {"learner": learner.name})
	frappe.db.set_value(ASSESSMENT, name, "school_year", year)
	frappe.db.commit()
	return learner, name


def new_list(school: School, learner):
	made = school.learner_list([learner], "Draft", amends=school.approved_list())
	frappe.db.commit()
	return made.name


@clause("KZ92-20", "KZ92-14.0")
def test_assessment_of_another_year_is_no_basis_until_confirmed(school, rest, earlier_year):
	learner, assessment = of_earlier_year(school, earlier_year)
	name, deputy = new_list(school, learner), rest(school.users["DEP"])
	check_refused(deputy.press(LIST, name, "Submit to Head"), "A55")
	check_refused(rest(school.users["PSY"]).change(ASSESSMENT, assessment, stands_for=school.year), FRAMEWORK)
	check_ok(deputy.change(ASSESSMENT, assessment, stands_for=school.year))
	confirmed = fresh(ASSESSMENT, assessment)
	assert (confirmed.stands_by, confirmed.stands_since) == (school.staff["DEP"], getdate())
	assert frappe.db.get_value(CASE, {"learner": learner.name}, "stage") == "2"
	check_ok(deputy.press(LIST, name, "Submit to Head"))


@clause("KZ92-20")
def test_confirmation_is_the_deputys_own(school, rest, earlier_year):
	_learner, assessment = of_earlier_year(school, earlier_year)
	forged = {"stands_by": school.staff["HEAD"], "stands_since": "2020-01-01"}
	check_ok(rest(school.users["DEP"]).change(ASSESSMENT, assessment, stands_for=school.year, **forged))
	confirmed = fresh(ASSESSMENT, assessment)
	assert (confirmed.stands_by, confirmed.stands_since) == (school.staff["DEP"], getdate())


@clause("KZ92-20")
def test_organisation_may_take_earlier_assessments_as_they_are(school, rest, earlier_year):
	learner, _assessment = of_earlier_year(school, earlier_year)
	name = new_list(school, learner)
	setting = {"assessment_renewed": 0, "settings_reason": "Заңгердің қорытындысы"}
	check_ok(rest(school.users["HEAD"]).change("PPSS Organisation", school.organisation, **setting))
	check_ok(rest(school.users["DEP"]).press(LIST, name, "Submit to Head"))
