"""The school calendar over HTTP: one year a day, four quarters, and nothing that runs is left outside (KZ92-20)."""

import frappe
import pytest
from frappe.utils import add_days

from ppss_support.tests import support
from ppss_support.tests.factories import day
from ppss_support.tests.guards import Change, Create, check_ok, check_refused, check_warned, tried

clause, param = pytest.mark.clause, pytest.param
YEAR = "PPSS School Year"


def calendar(school, **values) -> dict:
	"""Return the dates of the running year as a client would send them back."""
	year = frappe.get_doc(YEAR, school.year)
	rows = [{key: str(row.get(key)) for key in ("quarter", "from_date", "to_date")} for row in year.quarters]
	return {"from_date": str(year.from_date), "to_date": str(year.to_date), "quarters": rows, **values}


def year_of_a_programme(school):
	school.programme(school.listed_child(), period_to=day(60))
	return frappe.get_doc(YEAR, school.year)


def year_of_an_assistant(school):
	child = school.kept("accompanied", support.limited_child)
	if not frappe.db.exists("PPSS Assistant Assignment", {"learner": child.name}):
		support.assignment(school, child, "Appointed")
	return frappe.get_doc(YEAR, school.year)


def ends_in(days: int):
	"""Return the quarters of a year that ends so many days from today."""

	def quarters(school):
		rows = [row for row in calendar(school)["quarters"] if row["from_date"] <= day(days)]
		rows[-1]["to_date"] = min(rows[-1]["to_date"], day(days))
		return rows

	return quarters


def shorter_quarter(school):
	number, _first, last = support.quarter(school)
	rows = calendar(school)["quarters"]
	for row in rows:
		if int(row["quarter"]) == number:
			row["to_date"] = str(add_days(last, -1))
	return rows


def without_the_quarter(school):
	number, _first, _last = support.quarter(school)
	return [row for row in calendar(school)["quarters"] if int(row["quarter"]) != number]


CHANGES = [
	param(
		Change("DEP", year_of_a_programme, {"to_date": lambda _s: day(59), "quarters": ends_in(59)}, "M61"),
		id="ends-before-a-programme",
		marks=clause("KZ92-20"),
	),
	param(
		Change("DEP", year_of_an_assistant, {"quarters": shorter_quarter}, "M61"),
		id="quarter-ends-before-an-appointment",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Change("DEP", year_of_an_assistant, {"quarters": without_the_quarter}, "M61"),
		id="quarter-of-an-appointment-struck-out",
		marks=clause("KZ92-14.2.6b"),
	),
	param(Change("DEP", year_of_a_programme, {"week_days": 5}), id="same-dates"),
]
CREATED = [
	param(
		Create("DEP", YEAR, lambda school: calendar(school, title="Екінші"), "A77"),
		id="second-year-of-the-same-days",
		marks=clause("KZ92-20"),
	),
]


test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-14.2.6b", "KZ92-20")
def test_year_without_four_quarters_warns_and_shares_no_day(school, rest):
	century = 1700 + frappe.db.count(YEAR)
	halves = [
		{"quarter": 1, "from_date": f"{century}-09-01", "to_date": f"{century}-12-30"},
		{"quarter": 2, "from_date": f"{century + 1}-01-20", "to_date": f"{century + 1}-05-25"},
	]
	dates = {"from_date": f"{century}-09-01", "to_date": f"{century + 1}-05-25"}
	deputy = rest(school.users["DEP"])
	made = deputy.create(YEAR, title=f"{century}-семестр", **dates, quarters=halves)
	check_warned(made, "A78")
	listed = {"document": made.data["name"], "rule": "A78", "organisation": school.organisation}
	assert frappe.db.exists("PPSS Override", listed)
	first = frappe.db.get_value(YEAR, school.year, "from_date")
	check_refused(deputy.change(YEAR, made.data["name"], to_date=str(first)), "A77")
	check_ok(deputy.change(YEAR, made.data["name"], to_date=f"{century + 1}-05-30"))
