"""RP16: every warning shown, rule decided against and setting changed stands in a register nobody writes by hand."""

import frappe
import pytest
from frappe.utils import today

from ppss_support import registers
from ppss_support.tests import support
from ppss_support.tests.factories import School, acting_as
from ppss_support.tests.guards import (
	FRAMEWORK,
	check_ok,
	check_refused,
	check_texts,
	check_warned,
	fresh,
	state_of,
)

clause = pytest.mark.clause
DOCTYPE, GROUP, ASSIGNMENT = "PPSS Override", "PPSS Session Group", "PPSS Assistant Assignment"


def rows_of(document: str) -> list:
	frappe.db.rollback()
	fields = ["name", "kind", "rule", "clause", "user", "person", "reason", "message", "organisation"]
	return frappe.get_all(DOCTYPE, {"document": document}, fields, order_by="at")


def allow(school, rest, **settings):
	values = {**settings, "settings_reason": "Заңгердің қорытындысы"}
	check_ok(rest(school.users["HEAD"]).change("PPSS Organisation", school.organisation, **values))


@clause("KZ92-18")
def test_warning_is_stored_once_and_listed_in_the_readers_language(school, rest):
	values = support.session_values(school, support.special_children(school, 1), room=None)
	specialist = rest(school.users["SPE"])
	answer = specialist.create("PPSS Session", **values)
	check_ok(answer)
	name = answer.data["name"]
	check_ok(specialist.change("PPSS Session", name, next_step="Жалғастыру"))
	# Yesterday may have been a day off, which is another warning.
	(row,) = [one for one in rows_of(name) if one.rule == "M60"]
	assert (row.kind, row.rule, row.clause) == ("Warning", "M60", "KZ92-18")
	assert (row.user, row.organisation) == (school.users["SPE"], school.organisation)
	with acting_as(school.users["HEAD"]):
		frappe.local.lang = "ru"
		listed = [r for r in registers.overrides({"rule": "M60"}) if r["document"] == name]
		frappe.local.lang = "en"
	assert [r["message"] for r in listed] == [
		"[M60] Для занятия не указан оборудованный кабинет (приказ № 92, п. 18)."
	]


@clause("KZ92-16.3")
def test_decision_against_a_rule_stands_with_name_and_reason(school, rest):
	first = support.special_children(school, 1)[0]
	other = support.limited_child(school, impairment="IM1")
	support.put_on_list(school, other)
	support.cdp(school, other, impairments=[{"term": "IM1"}])
	values = {**support.group_values(school, [first, other]), "override_reason": "Бір сынып"}
	frappe.db.commit()
	answer = rest(school.users["DEP"]).create(GROUP, **values)
	check_ok(answer)
	name = answer.data["name"]
	(row,) = rows_of(name)
	assert (row.kind, row.rule, row.reason) == ("Override", "M38", "Бір сынып")
	assert (row.user, row.clause) == (school.users["DEP"], "KZ92-16.3")
	third = support.special_children(school, 2)[1]
	members = [{"learner": learner.name} for learner in (first, other, third)]
	frappe.db.commit()
	check_refused(rest(school.users["SPE"]).change(GROUP, name, members=members), "M38")


@clause("KZ92-16.2")
def test_five_children_only_where_organisation_and_deputy_decide_so(rest, site):
	school = School()
	school.order()
	five = support.group_values(school, support.special_children(school, 5), kind="SF3")
	reasoned = {**five, "override_reason": "Алтыншы бала ауырып жатыр"}
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	check_refused(deputy.create(GROUP, **reasoned), "M21")
	allow(school, rest, deputy_overrides_size=1)
	check_refused(deputy.create(GROUP, **five), "M21")
	check_refused(rest(school.users["SPE"]).create(GROUP, **reasoned), "A23")
	answer = deputy.create(GROUP, **reasoned)
	check_ok(answer)
	assert [(row.kind, row.rule) for row in rows_of(answer.data["name"])] == [("Override", "M21")]


@clause("KZ92-16.1")
def test_sizes_bind_other_leaders_where_the_organisation_says_so(rest, site):
	school = School()
	school.order()
	children = [school.assessed_child() for _n in range(5)]
	support.put_on_list(school, *children)
	for learner in children:
		school.programme(learner)
	values = support.group_values(school, children, leader=school.staff["PSY"])
	frappe.db.commit()
	psychologist = rest(school.users["PSY"])
	answer = psychologist.create(GROUP, **values)
	check_ok(answer)
	assert [(row.kind, row.rule) for row in rows_of(answer.data["name"])] == [("Warning", "M20")]
	allow(school, rest, group_size_binds_all=1)
	check_refused(psychologist.create(GROUP, **values), "M20")


@clause("KZ92-21.2")
def test_second_learner_only_where_the_organisation_allows_it(rest, site):
	school = School()
	school.order()
	support.assignment(school, support.limited_child(school), "Appointed")
	paper = support.assignment(school, support.limited_child(school), override_reason="Екі бала бір сыныпта")
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	check_refused(deputy.press(ASSIGNMENT, paper.name, "Put on Agenda"), "M29")
	allow(school, rest, second_learner_allowed=1)
	check_ok(deputy.press(ASSIGNMENT, paper.name, "Put on Agenda"))
	assert [(row.rule, row.reason) for row in rows_of(paper.name)] == [("M29", "Екі бала бір сыныпта")]


@clause("KZ92-21.2")
def test_second_assistant_of_a_learner_warns(school, rest):
	learner = support.limited_child(school)
	support.assignment(school, learner, "Appointed", assistant=support.another_assistant(school))
	pmpc = {"date": today(), "assistant_further_need": "Needed", "recommendations": support.ADVICE}
	school.pmpc(learner, **pmpc)
	paper = support.assignment(school, learner, assistant=support.another_assistant(school))
	frappe.db.commit()
	check_warned(rest(school.users["DEP"]).press(ASSIGNMENT, paper.name, "Put on Agenda"), "A46")
	assert state_of(paper) == "On meeting agenda"
	assert [(row.kind, row.rule) for row in rows_of(paper.name)] == [("Warning", "A46")]


@clause("KZ92-21.1", "KZ92-4.1")
def test_changed_setting_is_recorded_with_its_reason(rest, site):
	school = School()
	frappe.db.commit()
	head, name = rest(school.users["HEAD"]), school.organisation
	check_refused(head.change("PPSS Organisation", name, special_pedagogue_cap=12), "M42")
	change = {"special_pedagogue_cap": 12, "quorum_percent": 51, "settings_reason": "Педкеңес шешімі"}
	check_ok(head.change("PPSS Organisation", name, **change))
	rows = rows_of(name)
	assert {(row.kind, row.rule, row.reason) for row in rows} == {
		("Changed Setting", "A47", "Педкеңес шешімі")
	}
	assert {row.clause for row in rows} == {"KZ92-21.1", "KZ92-4.1"}
	check_texts([head.read(DOCTYPE, row.name).data["message"] for row in rows], "A47")
	assert any("14 → 12" in row.message for row in rows)
	assert not fresh("PPSS Organisation", name).settings_reason
	check_ok(head.change("PPSS Organisation", name, address="Алматы"))
	assert len(rows_of(name)) == 2


def test_nobody_writes_the_register(school, rest):
	frappe.db.commit()
	values = {"kind": "Override", "rule": "M20", "reason": "Өзім жаздым", "organisation": school.organisation}
	for key in ("HEAD", "DEP", "SPE"):
		check_refused(rest(school.users[key]).create(DOCTYPE, **values), FRAMEWORK)
	with pytest.raises(frappe.ValidationError, match="A45"):
		frappe.get_doc({"doctype": DOCTYPE, **values}).insert()
	name = frappe.get_all(DOCTYPE, {"organisation": school.organisation}, pluck="name", limit=1)[0]
	with pytest.raises(frappe.ValidationError, match="A45"):
		frappe.delete_doc(DOCTYPE, name)
	with pytest.raises(frappe.ValidationError, match="A45"):
		frappe.get_doc(DOCTYPE, name).save()
	assert rest(school.users["HEAD"]).names(DOCTYPE)
	for key in ("DEP", "PSY", "ACC"):
		assert rest(school.users[key]).names(DOCTYPE) == set()
