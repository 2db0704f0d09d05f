"""What the Almaty rules add around the work: body in education, calendar plan, plan of diagnostics, means, monitoring."""

import frappe
import pytest
from frappe.utils import add_days, date_diff, getdate, today

from ppss_support import facts
from ppss_support.plan_execution import plan_execution
from ppss_support.tests import log, profiles, support
from ppss_support.tests.factories import day
from ppss_support.tests.guards import check_ok, check_refused, check_warned, fresh
from ppss_support.tests.papers import printed

clause = pytest.mark.clause
ACTIVITY, PAPER, PLAN, ROOM = "PPSS Activity", "PPSS Service Paper", "PPSS Annual Plan", "PPSS Room"
BODY = "Алматы қаласы Білім басқармасы"


def coordinated(school):
	frappe.db.set_value("PPSS Organisation", school.organisation, "local_executive_body", BODY)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)


def asked(client, report: str, school, **filters):
	answer = support.report(client, report, organisation=school.organisation, **filters)
	check_ok(answer)
	return frappe._dict(answer.data)


# ---- the act and the body in education


@clause("ALM-0.3")
def test_form_and_print_of_the_profile_say_what_is_left_to_the_city(almaty, rest):
	client = rest(almaty.users["PSY"])
	read = client.read("PPSS Regulation Profile", "ALM15")
	duties = "2 және 3-тармақтар – қаланың міндеттері (ALM-0.3)"
	assert duties in read.data["note"]
	shown = {"doc": "PPSS Regulation Profile", "name": "ALM15", "print_format": "Standard"}
	assert duties in client.method("frappe.www.printview.get_html_and_style", **shown).data["html"]


@clause("ALM-16", "ALM-6", "ALM-5.4")
def test_body_in_education_coordinates_and_stands_on_what_it_is_sent(almaty, school, rest):
	coordinators = dict(
		frappe.get_all("PPSS Regulation Profile", fields=["name", "coordinator"], as_list=True)
	)
	assert coordinators == {"KZ92": "DEP", "ALM15": "AUTH", "KG95": "DVR"}
	of_deputy = log.entry_values(almaty, "ANALYSIS", report_period="RT3")
	before = log.entry(almaty, "ANALYSIS", report_period="RT3")
	coordinated(almaty)
	coordinated(school)
	frappe.db.commit()
	deputy = rest(almaty.users["DEP"])
	check_warned(deputy.press(ACTIVITY, before.name, "Record"), "A76 M55")
	made = deputy.create(ACTIVITY, **of_deputy)
	check_ok(made)
	assert (made.data["form_approved_by"], made.data["addressee"]) == (BODY, BODY)
	check_warned(deputy.press(ACTIVITY, made.data["name"], "Record"), "M55")
	assert printed(fresh(ACTIVITY, made.data["name"]), "PPSS Analytical Report").count(BODY) == 2
	exported = asked(deputy, "PPSS Analytical Report", almaty).result
	assert (exported[0]["section"], exported[0]["item"]) == ("Reporting Form Approved by", BODY)
	elaboration = profiles.service_paper_values(almaty, "AL4", approving_body=None)
	assert rest(almaty.users["PSY"]).create(PAPER, **elaboration).data["approving_body"] == BODY
	# Order No 92 knows no such body: nothing is filled in or exported for its schools.
	ours = rest(school.users["DEP"]).create(ACTIVITY, **log.entry_values(school, "ANALYSIS"))
	assert not ours.data.get("form_approved_by")
	rows = asked(rest(school.users["DEP"]), "PPSS Analytical Report", school).result
	assert BODY not in {row["item"] for row in rows}


# ---- plans


@clause("ALM-5.2")
def test_calendar_plan_is_held_to_the_rules_of_the_plan_of_the_year(connected, rest):
	connected.db.rollback()
	school = profiles.almaty_school()
	first, last = facts.school_year_dates(school.year)
	middle = getdate()
	head, deputy = rest(school.users["HEAD"]), rest(school.users["DEP"])
	beyond = calendar_values(school, first, add_days(last, 1))
	one_direction = support.annual_plan(
		school, **calendar_values(school, first, middle, rows=[support.plan_row(school, "ADIR1")])
	)
	approved = support.annual_plan(school, "Approved", **calendar_values(school, first, middle))
	again = support.annual_plan(school, "With head", **calendar_values(school, middle, last))
	year = support.annual_plan(school, "With head", **calendar_values(school, None, None, plan_kind="Year"))
	after = support.annual_plan(school, "With head", **later(school, middle, last))
	frappe.db.commit()
	check_refused(deputy.create(PLAN, **beyond), "A75")
	check_warned(deputy.press(PLAN, one_direction.name, "Submit to Head"), "A40 M55")
	for overlapping in (again, year):
		check_refused(head.press(PLAN, overlapping.name, "Approve"), "A39")
	check_ok(head.press(PLAN, after.name, "Approve"))
	# What it plans is counted, and a week is drawn from it.
	assert [one.planned for one in plan_execution(school.organisation, school.year)] == [2] * 5
	week = {**calendar_values(school, middle, middle), "plan_kind": "Week", "annual_plan": approved.name}
	weekly = support.annual_plan(school, **week)
	frappe.db.commit()
	check_warned(deputy.press(PLAN, weekly.name, "Submit to Head"), "M55")


def calendar_values(school, first, last, **values) -> dict:
	rows = [support.plan_row(school, f"ADIR{n}") for n in range(1, 6)]
	own = {"plan_kind": "Calendar", "period_from": first, "period_to": last, "rows": rows, **values}
	return {
		field: str(value) if field.startswith("period") and value else value for field, value in own.items()
	}


def later(school, middle, last) -> dict:
	"""Return the calendar plan of the days after the first one's."""
	first = add_days(middle, 1)
	days = {"period_from": str(first), "period_to": str(first)}
	rows = [support.plan_row(school, f"ADIR{n}", **days) for n in range(1, 6)]
	return calendar_values(school, first, last, rows=rows)


@clause("ALM-19.6")
def test_diagnostics_are_planned_for_each_year_of_study(almaty, rest):
	psychologist = rest(almaty.users["PSY"])
	method = almaty.kept("method", log.method)
	years = [{"theme": f"Зерделеу {grade}", "grade": grade, "method": method} for grade in (7, 5, 6)]
	own = {"target": "5 А сыныбы", "grade_from": 5, "grade_to": 8}
	made = psychologist.create(
		PAPER,
		**profiles.service_paper_values(almaty, "DP1", rows=[*years, {"theme": "Артық", "grade": 9}], **own),
	)
	check_ok(made)
	refused = psychologist.press(PAPER, made.data["name"], "Submit to Head")
	check_refused(refused, "A97")
	assert any("8, 9" in text for text in refused.texts)
	check_ok(psychologist.change(PAPER, made.data["name"], rows=years, grade_to=7))
	check_ok(psychologist.press(PAPER, made.data["name"], "Submit to Head"))
	check_ok(rest(almaty.users["HEAD"]).press(PAPER, made.data["name"], "Approve"))
	said = printed(fresh(PAPER, made.data["name"]), PAPER)
	assert "5–7" in said and "Филипс тесті" in said
	assert said.index("Зерделеу 5") < said.index("Зерделеу 6") < said.index("Зерделеу 7")


# ---- means given to the service


@clause("ALM-22.4")
def test_means_given_to_the_service_have_a_keeper_and_a_statement(almaty, rest):
	registrar = rest(almaty.users["ADM"])
	rows = [
		{"kind": "Equipment", "item": "Кәрмек ойыншық", "inventory_no": "01380077", "actual_qty": 3},
		{"kind": "Condition", "item": "Дыбыс өтпейтін есік", "actual_qty": 1},
	]
	own = {"title": "7 кабинет", "organisation": almaty.organisation, "handed_over_on": today()}
	check_refused(registrar.create(ROOM, **own, equipment=rows), "A21")
	made = registrar.create(ROOM, **own, equipment=rows, responsible=almaty.staff["PSY"])
	check_ok(made)
	said = printed(fresh(ROOM, made.data["name"]), "PPSS Statement of Means")
	keeper = frappe.db.get_value("PPSS Specialist", almaty.staff["PSY"], "full_name")
	duty = frappe.db.get_value("PPSS Term", "AR4", "label_kk")
	assert keeper in said and duty in said and "01380077" in said and "Кәрмек" in said
	assert "Дыбыс" not in said and "ЖОБА" not in said
	russian = printed(fresh(ROOM, made.data["name"]), "PPSS Statement of Means", "ru")
	assert "Ведомость материально-технических средств" in russian
	assert not rest(almaty.users["TCH"]).change(ROOM, made.data["name"], handed_over_on=None).ok


# ---- monitoring of what came of the help of others


@clause("ALM-14.3")
def test_monitoring_tells_what_came_of_the_help_of_others(almaty, rest):
	asked_for = {"date": day(-4), "urgent": 1}
	answered, waiting = (profiles.entry(almaty, "ADJOINING", **asked_for) for _n in range(2))
	calm = profiles.entry(almaty, "ADJOINING", urgent=0)
	draft = profiles.entry(almaty, "ADJOINING", "Draft")
	frappe.db.commit()
	psychologist = rest(almaty.users["PSY"])
	came = {"answer": "Логопед қабылдады", "answered_on": day(-1)}
	check_ok(psychologist.change(ACTIVITY, answered.name, **came))
	report = asked(psychologist, "PPSS Adjoining Specialists", almaty)
	rows = {row["name"]: frappe._dict(row) for row in report.result}
	assert {answered.name, waiting.name, calm.name} <= set(rows) and draft.name not in rows
	assert [row["urgent"] for row in report.result] == sorted(
		(row["urgent"] for row in report.result), reverse=True
	)
	row = rows[answered.name]
	assert (row.standing, row.days, row.answer) == ("Answered", date_diff(day(-1), day(-4)), came["answer"])
	assert (rows[waiting.name].standing, rows[waiting.name].days) == ("Waiting", None)
	urgent = asked(psychologist, "PPSS Adjoining Specialists", almaty, only_urgent=1, standing="Waiting")
	assert [one["name"] for one in urgent.result] == [waiting.name]
	figures = {one["label"]: one["value"] for one in urgent.report_summary}
	assert (figures["Entries"], figures["Urgent"], figures["Waiting"]) == (1, 1, 1)
	refused = support.report(rest(almaty.users["TCH"]), "PPSS Adjoining Specialists")
	assert refused.status == 403
