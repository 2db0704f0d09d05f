"""The analytical report of a quarter, half-year or year: its period, its figures and its paper (RP12)."""

import json

import frappe
import pytest
from frappe.utils import date_diff, getdate

from ppss_support import facts
from ppss_support.reminders import due
from ppss_support.tests import log, support
from ppss_support.tests.factories import School
from ppss_support.tests.guards import check_ok, fresh
from ppss_support.tests.papers import printed

clause = pytest.mark.clause
ACTIVITY = "PPSS Activity"


@pytest.fixture(scope="module")
def reported(connected):
	"""A school with three entries of its psychologist and a report of the year under way."""
	connected.db.rollback()
	school = School()
	for audience in ("W2", "W3"):
		log.entry(school, "ENLIGHTENMENT", "Recorded", audience=audience)
	log.entry(school, "CONSULTATION", "Recorded")
	log.request(school)
	report = log.entry(
		school, "ANALYSIS", report_period="RT3", addressee="Білім бөлімі", form_approved_by="Білім басқармасы"
	)
	connected.db.commit()
	return frappe._dict(school=school, report=report)


@clause("ALM-5.9", "ALM-6", "OVR-F4", "OVR-S4")
def test_report_keeps_the_figures_of_its_day(reported, rest):
	school, name = reported.school, reported.report.name
	check_ok(rest(school.users["DEP"]).press(ACTIVITY, name, "Record"))
	log.entry(school, "ENLIGHTENMENT", "Recorded", audience="W2")
	frappe.db.commit()
	report = fresh(ACTIVITY, name)
	assert (report.period_from, report.period_to) == facts.school_year_dates(school.year)
	figures = json.loads(report.figures)
	assert figures["Direction"] == {"DIR2": 1, "DIR4": 2}
	assert figures["Work Group"] == {"W1": 1, "W2": 1, "W3": 1}
	assert figures["Work Kind"] == {"WK4": 2, "WK7": 1, "WK9": 1}
	assert figures["Alone or Together"] == {"Individual": 1, "Joint Event": 2}
	page = printed(report, "PPSS Analytical Report")
	assert "Білім басқармасы" in page and "Білім бөлімі" in page and "Мақсатқа жетті" in page
	rows = asked(rest, school, "HEAD", report_period="RT3")
	assert {row["code"]: row["count"] for row in rows if row["code"].startswith("DIR")} == {
		"DIR2": 1,
		"DIR4": 3,
		"DIR5": 1,
	}


def asked(rest, school, key: str, **filters) -> list[dict]:
	filters = {"organisation": school.organisation, "school_year": school.year, **filters}
	return support.report(rest(school.users[key]), "PPSS Analytical Report", **filters).data["result"]


@clause("ALM-5.9")
def test_quarter_follows_the_school_calendar(reported, rest):
	school = reported.school
	made = rest(school.users["DEP"]).create(
		ACTIVITY, **log.entry_values(school, "ANALYSIS", report_period="RT1")
	)
	check_ok(made)
	quarters = facts.quarters_of(school.year)
	assert (getdate(made.data["period_from"]), getdate(made.data["period_to"])) in quarters


@clause("ALM-5.9")
def test_psychologist_is_reminded_where_the_regulation_wants_reports(site):
	for profile, told in (("ALM15", 1), ("KZ92", 0)):
		school = School(profile=profile)
		_number, _first, last = support.quarter(school)
		days = str(date_diff(last, getdate()))
		frappe.db.set_value("PPSS Organisation", school.organisation, "assistant_reminder_days", days)
		frappe.clear_document_cache("PPSS Organisation", school.organisation)
		support.remind(due.reports_of_quarters)
		assert frappe.db.count("Notification Log", {"for_user": school.users["PSY"]}) == told, profile
