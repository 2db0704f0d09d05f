"""The annual plan over HTTP: its guards and steps, one plan a year, and planned against held."""

import frappe
import pytest
from frappe.utils import add_days

from ppss_support.plan_execution import plan_execution
from ppss_support.tests import support
from ppss_support.tests.factories import School
from ppss_support.tests.guards import Change, Create, Press, check_ok, check_refused, fresh, tried

clause, param = pytest.mark.clause, pytest.param
PLAN = "PPSS Annual Plan"


def plan(state="Draft", **values):
	return lambda school: support.annual_plan(school, state, **values)


def with_row(**values):
	"""A draft whose first row is spoilt."""

	def made(school):
		own = {key: value(school) if callable(value) else value for key, value in values.items()}
		rows = [support.plan_row(school, own.pop("direction", "DIR1"), **own)]
		rows += [support.plan_row(school, f"DIR{n}") for n in range(2, 6)]
		return support.annual_plan(school, rows=rows)

	return made


def after_year(school):
	return add_days(frappe.db.get_value("PPSS School Year", school.year, "to_date"), 1)


def in_the_year(school) -> dict:
	first, last = frappe.db.get_value("PPSS School Year", school.year, ["from_date", "to_date"])
	return {"period_from": first, "period_to": last}


def other_level(objective):
	return with_row(level="L4" if objective[2] != "4" else "L1", objective=objective)


def values(**given):
	return lambda school: support.plan_values(school, **given)


STEPS = [
	param(Press("DEP", "Submit to Head", plan(), "With head"), id="submit", marks=clause("KZ92-6")),
	param(Press("PSY", "Submit to Head", plan(), codes="A02"), id="submit-by-psychologist"),
	param(
		Press("DEP", "Submit to Head", plan(organisation_plan_reference=None), codes="A21"),
		id="not-in-the-organisation's-plan",
		marks=clause("KZ92-23.2"),
	),
	*[
		param(
			Press("DEP", "Submit to Head", other_level(f"LT{level}.1"), codes="A41"),
			id=f"objective-of-level-{level}",
			marks=clause("KZ92-3.1", "KZ92-3.2", "KZ92-3.3", "KZ92-3.4"),
		)
		for level in (1, 2, 3, 4)
	],
	param(
		Press("DEP", "Submit to Head", with_row(period_to=after_year), codes="A42"),
		id="after-the-year",
		marks=clause("KZ92-4.5"),
	),
	param(
		Press("DEP", "Submit to Head", with_row(direction="ADIR5"), codes="A08"),
		id="direction-of-another-act",
		marks=clause("KZ92-6"),
	),
	param(Press("DEP", "Approve", plan("With head"), codes="M04"), id="approve-by-deputy"),
	param(Press("HEAD", "Return", plan("With head"), "Returned"), id="return"),
	param(Press("HEAD", "Return", plan("With head"), codes="M42", reason=None), id="return-unexplained"),
	param(Create("PSY", PLAN, values()), id="written-by-psychologist"),
	param(Create("TCH", PLAN, values(), "framework"), id="not-by-teacher"),
]


test_plan = tried(STEPS)


@clause("KZ92-6")
def test_empty_direction_warns_and_is_kept(school, rest):
	rows = [support.plan_row(school, f"DIR{n}") for n in (1, 2, 3, 4)]
	paper = support.annual_plan(school, rows=rows)
	answer = rest(school.users["DEP"]).press(PLAN, paper.name, "Submit to Head")
	check_ok(answer)
	assert sum("[A40]" in text for text in answer.texts) == 1
	assert "[A40]" in fresh(PLAN, paper.name).history[-1].warnings


@pytest.fixture(scope="module")
def planned_school(connected):
	"""A school with an approved plan, and three lessons of the special pedagogue held."""
	connected.db.rollback()
	school = School()
	school.order()
	areas = [
		support.plan_row(
			school, f"DIR{n}", responsibility_area=f"R{n}", planned_count=n, **in_the_year(school)
		)
		for n in range(1, 6)
	]
	# The third direction names its work: lessons with one child, and a training nobody has held.
	areas[2].update({"kind": "SF1", "planned_count": 2})
	areas.append({**areas[2], "kind": "TRAINING", "planned_count": 1})
	school.keep["plan"] = support.annual_plan(school, "Approved", rows=areas)
	for lesson in [support.session(school, support.special_children(school, 1)) for _n in range(3)]:
		with school.acting("SPE"):
			lesson.update({"actual_minutes": 30, "content": "Сабақ", "workflow_state": "Held"})
			lesson.submit()
	connected.db.commit()
	return school


@clause("KZ92-6", "KZ92-4.1", "KZ92-3")
def test_planned_against_held_in_a_fixed_number_of_statements(planned_school, rest):
	school, statements = planned_school, []
	with support.counted(statements):
		found = plan_execution(school.organisation, school.year)
	assert [(one.direction, one.planned, one.held, one.by_plan) for one in found] == [
		("DIR1", 1, 0, 0),
		("DIR2", 2, 0, 0),
		("DIR3", 3, 3, 2),
		("DIR4", 4, 0, 0),
		("DIR5", 5, 0, 0),
	]
	# The organisation with its tables, the directions, the plan, and one for each kind of record.
	assert len(statements) <= 8
	shown = rest(school.users["PSY"]).method(
		"frappe.desk.form.load.getdoc", doctype=PLAN, name=school.keep["plan"].name
	)
	assert [row["by_plan"] for row in shown.body["docs"][0]["__onload"]["execution"]] == [0, 0, 2, 0, 0]


@clause("KZ92-4.5")
def test_second_plan_supersedes_the_first_or_is_refused(planned_school, rest):
	school, earlier = planned_school, planned_school.keep["plan"]
	head = rest(school.users["HEAD"])
	second = support.annual_plan(school, "With head")
	check_refused(head.press(PLAN, second.name, "Approve"), "A39")
	changed = {"rows": rows_of(rest, school, earlier, activity="Өзгертілген жұмыс")}
	Change("DEP", lambda _school: earlier, changed, "M43").check(school, rest)
	third = support.annual_plan(school, "With head", supersedes=earlier.name)
	check_ok(head.press(PLAN, third.name, "Approve"))
	assert fresh(PLAN, earlier.name).workflow_state == "Superseded"
	school.keep["plan"] = third


def test_execution_is_noted_by_those_who_work_and_closed_by_the_deputy(planned_school, rest):
	school, paper = planned_school, planned_school.keep["plan"]
	deputy = rest(school.users["DEP"])
	check_refused(deputy.press(PLAN, paper.name, "Mark Executed"), "A43")
	rows = rows_of(rest, school, paper, done=1)
	check_ok(rest(school.users["PSY"]).change(PLAN, paper.name, rows=rows))
	check_ok(deputy.press(PLAN, paper.name, "Mark Executed"))
	assert fresh(PLAN, paper.name).workflow_state == "Executed"


def rows_of(rest, school, paper, **values) -> list[dict]:
	"""Return the rows of a plan as a client reads them, changed."""
	return [{**row, **values} for row in rest(school.users["DEP"]).read(PLAN, paper.name).data["rows"]]
