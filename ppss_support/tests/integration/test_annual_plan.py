"""The annual plan over HTTP: its guards and steps, one plan a year, and planned against held."""

import json

import frappe
import pytest
from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.plan_execution import plan_execution
from ppss_support.tests import profiles, support
from ppss_support.tests.factories import School
from ppss_support.tests.guards import (
	Change,
	Create,
	Press,
	check_ok,
	check_refused,
	check_warned,
	fresh,
	tried,
)
from ppss_support.tests.papers import printed

clause, param = pytest.mark.clause, pytest.param
PLAN = "PPSS Annual Plan"
CONTROLLER = "ppss_support.ppss_support.doctype.ppss_annual_plan.ppss_annual_plan"
MAPPER = f"{CONTROLLER}.plan_for_period"


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


def period_values(school, kind: str, days: int = 0) -> dict:
	"""Return a plan for a month or week that begins today, of the one day its work is planned for."""
	ends = add_days(getdate(), days)
	return support.plan_values(school, plan_kind=kind, period_from=str(getdate()), period_to=str(ends))


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
	param(
		Create("PSY", PLAN, lambda s: period_values(s, "Week", days=8), "A133"),
		id="week-of-nine-days",
		marks=clause("OVR-F3"),
	),
	param(
		Press(
			"DEP",
			"Submit to Head",
			lambda s: support.annual_plan(s, **period_values(s, "Month")),
			codes="A135",
		),
		id="month-of-no-plan",
		marks=clause("OVR-F3"),
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


# ---- plans for a part of the year, plans of one owner


@clause("OVR-F3", "OVR-F2")
def test_month_and_week_are_drawn_from_the_annual_plan(planned_school, rest):
	school = planned_school
	client = rest(school.users["PSY"])
	args = {"kind": "Week", "day": str(getdate())}
	answer = client.method(
		"frappe.model.mapper.make_mapped_doc",
		method=MAPPER,
		source_name=school.keep["plan"].name,
		args=json.dumps(args),
	)
	check_ok(answer)
	week = answer.data
	first, last = getdate(week["period_from"]), getdate(week["period_to"])
	assert first <= getdate() <= last and (last - first).days < 7
	of_the_year = [max(getdate(row.period_from), first) for row in school.keep["plan"].rows]
	assert [getdate(row["period_from"]) for row in week["rows"]] == of_the_year
	made = client.create(
		PLAN, **{field: week[field] for field in week if field != "doctype" and not field.startswith("__")}
	)
	check_ok(made)
	check_ok(rest(school.users["DEP"]).press(PLAN, made.data["name"], "Submit to Head"))
	check_ok(rest(school.users["HEAD"]).press(PLAN, made.data["name"], "Approve"))
	# The year still has one plan, and what is held is counted against that one.
	assert facts.approved_plans(school.organisation, school.year) == [school.keep["plan"].name]


@clause("OVR-S1", "OVR-S3", "OVR-S4", "OVR-G", "OVR-T1", "OVR-T2", "OVR-T3", "OVR-T4", "OVR-T5")
@clause("OVR-P1", "OVR-P2", "OVR-P3", "OVR-P4")
def test_plan_by_the_four_stages_is_a_lawful_plan(school, rest):
	client = rest(school.users["PSY"])
	own = {"organisation": school.organisation, "school_year": school.year}
	filled = client.method(f"{CONTROLLER}.stages_of_the_year", **own).data
	for row in filled["rows"]:
		row["responsible"] = school.staff["PSY"]
	for row, theme in zip(filled["rows"], ("OP1", "OP2", "OP3", "OP4"), strict=False):
		row["problem_theme"] = theme
	made = client.create(
		PLAN,
		**own,
		**filled,
		school_creative_theme="Оқушының бастамасы",
		organisation_plan_reference="4-бөлім",
	)
	check_ok(made)
	paper = fresh(PLAN, made.data["name"])
	assert {row.cycle_step for row in paper.rows} == {"OS1", "OS2", "OS3", "OS4"}
	assert {row.direction for row in paper.rows} == {f"DIR{n}" for n in range(1, 6)}
	assert [row.term for row in paper.tasks] == ["OT1", "OT2", "OT3", "OT4", "OT5"]
	assert rest(school.users["DEP"]).press(PLAN, paper.name, "Submit to Head").texts == []
	page = printed(paper, PLAN)
	assert "Оқушының бастамасы" in page and filled["aim"] in page
	assert client.method(f"{CONTROLLER}.stages_of_the_year", **own).ok
	assert rest(school.users["TCH"]).method(f"{CONTROLLER}.stages_of_the_year", **own).status == 403


@clause("KG-6.1.1", "KG-6.2.1")
def test_social_pedagogue_and_psychologist_of_school_95_plan_for_themselves(connected, rest):
	school = profiles.school_95()
	rows = [
		support.plan_row(school, direction, audience=audience)
		for direction, audience in (("KDIR3", "Learners"), ("KDIR5", "Learners"), ("KDIR5", "Pedagogues"))
	]
	considered = {"council_protocol": "№ 1, 28.08"}
	psychologist = support.annual_plan(school, owner_role="PSY", rows=rows, **considered)
	social = support.annual_plan(
		school, owner_role="SOC", rows=[support.plan_row(school, "KDIR1")], **considered
	)
	connected.db.commit()
	answer = rest(school.users["DEP"]).press(PLAN, psychologist.name, "Submit to Head")
	check_warned(answer, "A40 A136")
	assert sum("[A40]" in text for text in answer.texts) == 1
	check_ok(rest(school.users["DEP"]).press(PLAN, social.name, "Submit to Head"))
	for paper in (psychologist, social):
		check_ok(rest(school.users["HEAD"]).press(PLAN, paper.name, "Approve"))
	assert "педагог" in printed(social, PLAN)
