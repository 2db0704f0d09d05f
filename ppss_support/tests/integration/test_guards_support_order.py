"""B.1: the order creating the service."""

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import facts
from ppss_support.tests.factories import MEMBERS, School, take
from ppss_support.tests.guards import (
	FRAMEWORK,
	Change,
	Create,
	Press,
	check_ok,
	check_refused,
	check_warned,
	fresh,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS Support Order"
READERS = ("PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH", "ACC")


def order(state="With head", **values):
	"""Return a maker of an order for a school in which no other is in force."""

	def make_it(school):
		end_orders(school)
		given = {k: v(school) if callable(v) else v for k, v in values.items()}
		return school.order(state, **given)

	return make_it


def beside_another(state="With head", **values):
	"""Return a maker of an order while another stays in force."""

	def make_it(school):
		end_orders(school)
		school.order()
		return school.order(state, **values)

	return make_it


def superseding(school):
	end_orders(school)
	return school.order("With head", supersedes=school.order().name)


def end_orders(school):
	for name in frappe.get_all(
		DOCTYPE, {"organisation": school.organisation, "workflow_state": "In force"}, pluck="name"
	):
		with school.acting("HEAD"):
			take(frappe.get_doc(DOCTYPE, name), "Cancel", "Сынақ")


def members(*terms, **marks):
	return lambda school: school.member_rows(*terms, **marks)


def led_by_psychologist(school):
	"""Return a composition that calls a psychologist deputy head."""
	coordinator, *others = school.member_rows(*MEMBERS)
	return [{**coordinator, "specialist": school.staff["PSY"]}, *others]


def returned(school):
	paper = order("With head")(school)
	with school.acting("HEAD"):
		return take(paper, "Return", "Толықтыру керек")


PASSES = [
	param(
		Press("DEP", "Submit to Head", order("Draft"), "With head"),
		id="submit",
		marks=clause("KZ92-4.2", "KZ92-4.3"),
	),
	param(Press("ADM", "Submit to Head", order("Draft"), "With head"), id="submit-by-registrar"),
	param(Press("DEP", "Submit to Head", returned, "With head"), id="submit-again"),
	param(Press("HEAD", "Issue", order(), "In force"), id="issue", marks=clause("KZ92-14.1.1a", "KZ92-0.1")),
	param(
		Press("HEAD", "Issue", superseding, "In force"), id="issue-superseding", marks=clause("KZ92-14.1.1a")
	),
	param(Press("HEAD", "Return", order(), "Returned"), id="return"),
	param(Press("HEAD", "Cancel", order("In force"), "Cancelled"), id="cancel"),
]
REFUSALS = [
	param(
		Press("DEP", "Submit to Head", order("Draft", members=members(*MEMBERS, "TCH")), codes="M05"),
		id="role-outside-service",
		marks=clause("KZ92-4.2"),
	),
	param(
		Press("DEP", "Submit to Head", order("Draft", members=[]), codes="M06"),
		id="empty-composition",
		marks=clause("KZ92-4.2"),
	),
	param(
		Press(
			"DEP", "Submit to Head", order("Draft", members=members(*MEMBERS, coordinator=None)), codes="M06"
		),
		id="no-coordinator",
		marks=clause("KZ92-4.3"),
	),
	param(
		Press(
			"DEP", "Submit to Head", order("Draft", members=members(*MEMBERS, coordinator="PSY")), codes="M06"
		),
		id="coordinator-is-no-deputy",
		marks=clause("KZ92-4.3"),
	),
	param(
		Press("DEP", "Submit to Head", order("Draft", members=led_by_psychologist), codes="M06"),
		id="coordinator-holds-no-role-of-deputy",
		marks=clause("KZ92-4.3"),
	),
	param(
		Press("DEP", "Submit to Head", order("Draft", basis_text="№ 6 бұйрық, 12.01.2022"), codes="M55"),
		id="basis-repealed",
		marks=clause("KZ92-0.2", "KZ92-R.1"),
	),
	param(
		Press(
			"DEP",
			"Submit to Head",
			order("Draft", basis_text="2022 жылғы 25 тамыздағы № 377 бұйрық"),
			codes="M55",
		),
		id="basis-repealed-in-words",
		marks=clause("KZ92-0.2", "KZ92-R.4"),
	),
	param(
		Press("HEAD", "Issue", order(basis_text="№ 92 бұйрық, № 6 бұйрық (15.03.2022)"), "In force"),
		id="basis-of-the-same-number",
		marks=clause("KZ92-0.2"),
	),
	param(
		Press("HEAD", "Issue", order(order_no=None), codes="M08"),
		id="issue-without-number",
		marks=clause("KZ92-14.1.1a"),
	),
	param(
		Press("HEAD", "Issue", order(order_date=None), codes="M08"),
		id="issue-without-date",
		marks=clause("KZ92-14.1.1a"),
	),
	param(
		Press("HEAD", "Issue", order(order_date=lambda _school: add_days(today(), 1)), codes="A14"),
		id="issue-dated-tomorrow",
		marks=clause("KZ92-14.1.1a"),
	),
	param(
		Press("HEAD", "Issue", order(in_force_from=lambda _school: add_days(today(), -61)), codes="A05"),
		id="issue-in-force-before-its-date",
		marks=clause("KZ92-14.1.1a"),
	),
	param(
		Press("HEAD", "Issue", beside_another(), codes="M07"),
		id="second-in-force",
		marks=clause("KZ92-14.1.1a"),
	),
	param(Press("DEP", "Issue", order(), codes="M04"), id="issue-by-deputy", marks=clause("KZ92-14.1.1a")),
	param(Press("ADM", "Issue", order(), codes="M04"), id="issue-by-registrar"),
	param(Press("DEP", "Return", order(), codes="M04"), id="return-by-deputy"),
	param(Press("DEP", "Cancel", order("In force"), codes="M04"), id="cancel-by-deputy"),
	param(Press("PSY", "Submit to Head", order("Draft"), codes="A02"), id="submit-by-psychologist"),
	param(Press("HEAD", "Submit to Head", order("Draft"), codes="A02"), id="submit-by-head"),
	param(Press("HEAD", "Return", order(), codes="M42", reason=None), id="return-without-reason"),
	param(Press("HEAD", "Return", order(), codes="M42", reason="  "), id="return-with-blank-reason"),
	param(Press("HEAD", "Cancel", order("In force"), codes="M42", reason=None), id="cancel-without-reason"),
]
CHANGES = [
	param(Change("DEP", order("Draft"), {"subject": "Өзгерді"}), id="draft-by-deputy"),
	param(Change("ADM", order("Draft"), {"subject": "Өзгерді"}), id="draft-by-registrar"),
	param(
		Change("HEAD", order(), {"order_no": "77-ө", "order_date": lambda _school: today()}),
		id="head-numbers",
	),
	param(
		Change("HEAD", order("In force"), {"archive_index": "01-12"}), id="archive-index-of-order-in-force"
	),
	param(Change("HEAD", order(), {"subject": "Өзгерді"}, "A01"), id="head-rewrites"),
	param(Change("DEP", order(), {"subject": "Өзгерді"}, "A01"), id="deputy-rewrites-submitted"),
	param(
		Change("HEAD", order("In force"), {"print_language": "ru", "members": []}, "M43"),
		id="members-struck-out",
	),
	param(Change("HEAD", order("In force"), {"subject": "Өзгерді"}, "M43"), id="order-in-force-rewritten"),
	param(Change("HEAD", order(), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("HEAD", order("In force"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change("HEAD", order(order_no=None), {"workflow_state": "In force", "docstatus": 1}, "M08"),
		id="state-by-hand-of-head",
	),
	param(
		Change("DEP", order(), {"workflow_state": "In force", "docstatus": 1}, FRAMEWORK), id="state-by-hand"
	),
	param(
		Change("ADM", order("Draft"), {"workflow_state": "In force", "docstatus": 1}, FRAMEWORK),
		id="state-by-hand-of-registrar",
	),
]


test_step = tried(PASSES + REFUSALS)
test_change = tried(CHANGES)
CREATED = [
	param(Create("DEP", DOCTYPE, lambda school: school.order_values()), id="deputy"),
	param(Create("ADM", DOCTYPE, lambda school: school.order_values()), id="registrar"),
	*(
		param(Create(key, DOCTYPE, lambda school: school.order_values(), FRAMEWORK), id=key)
		for key in ("HEAD", *READERS)
	),
]


test_create = tried(CREATED)


@clause("KZ92-14.1.1a")
def test_number_is_used_once_a_year(school, rest):
	end_orders(school)
	first = school.order("In force")
	second = school.order("With head", order_no=first.order_no, supersedes=first.name)
	check_refused(rest(school.users["HEAD"]).press(DOCTYPE, second.name, "Issue"), "A06")


@clause("KZ92-14.1.1a")
def test_earlier_order_is_superseded(school, rest):
	end_orders(school)
	earlier = school.order("In force")
	later = school.order("With head", supersedes=earlier.name, in_force_from=add_days(today(), -3))
	assert rest(school.users["HEAD"]).press(DOCTYPE, later.name, "Issue").ok
	earlier = fresh(DOCTYPE, earlier.name)
	assert (earlier.workflow_state, earlier.docstatus) == ("Superseded", 1)
	assert str(earlier.in_force_to) == add_days(today(), -4)
	assert earlier.history[-1].reason == later.name


@clause("KZ92-14.1.1a")
def test_order_dated_anew_by_the_head_binds_from_its_own_day(school, rest):
	paper = order("With head")(school)
	head = rest(school.users["HEAD"])
	check_ok(head.change(DOCTYPE, paper.name, order_date=today()))
	check_ok(head.press(DOCTYPE, paper.name, "Issue"))
	assert str(fresh(DOCTYPE, paper.name).in_force_from) == today()


@clause("KZ92-14.1.1b")
def test_composition_is_frozen_and_changed_by_a_superseding_order_alone(school, rest):
	end_orders(school)
	first = school.order()
	head, deputy = rest(school.users["HEAD"]), rest(school.users["DEP"])
	fewer = school.member_rows("DEP", "PSY", "SPE")
	check_refused(head.change(DOCTYPE, first.name, members=fewer), "M43")
	assert [row.role_in_service for row in fresh(DOCTYPE, first.name).members] == list(MEMBERS)
	values = school.order_values(order_kind="Change", members=fewer)
	beside = deputy.create(DOCTYPE, **values).data["name"]
	check_ok(deputy.press(DOCTYPE, beside, "Submit to Head"))
	check_refused(head.press(DOCTYPE, beside, "Issue"), "M07")
	later = deputy.create(DOCTYPE, **{**values, "order_no": "28-Ө"}, supersedes=first.name).data["name"]
	check_ok(deputy.press(DOCTYPE, later, "Submit to Head"))
	check_ok(head.press(DOCTYPE, later, "Issue"))
	assert facts.members_on(school.organisation, today()) == {
		school.staff[key] for key in ("DEP", "PSY", "SPE")
	}


def test_step_is_kept_with_person_time_and_reason(school, rest):
	paper = order("With head")(school)
	assert rest(school.users["HEAD"]).press(DOCTYPE, paper.name, "Return", "Мүшелер толық емес").ok
	kept = fresh(DOCTYPE, paper.name).history[-1]
	assert (kept.from_state, kept.to_state, kept.reason) == ("With head", "Returned", "Мүшелер толық емес")
	assert (kept.user, kept.position) == (school.users["HEAD"], "Лауазым HEAD")
	assert kept.at


PARTLY = [
	param("2023 жылғы 29 қыркүйектегі № 300 бұйрық", id="300", marks=clause("KZ92-R.2")),
	param("приказ от 28 июня 2024 года № 165", id="165", marks=clause("KZ92-R.3")),
	param("№ 186 бұйрық, 29.06.2023", id="186", marks=clause("KZ92-R.5")),
]


@clause("KZ92-0.2")
@pytest.mark.parametrize("text", PARTLY)
def test_act_that_lost_force_in_part_warns(school, rest, text):
	paper = order("Draft", basis_text=text)(school)
	check_warned(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Submit to Head"), "A79")
	assert "[A79]" in fresh(DOCTYPE, paper.name).history[-1].warnings


@clause("KZ92-0.2")
def test_act_named_by_its_number_and_year_warns(school, rest):
	paper = order("Draft", basis_text="2022 жылғы № 6 бұйрық")(school)
	check_warned(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Submit to Head"), "A80")


@clause("KZ92-4.2")
def test_absent_role_without_reason_warns(school, rest):
	paper = order("Draft", members=members("DEP", "PSY", "SOC", "SPE", "AST"))(school)
	check_warned(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Submit to Head"), "M70")
	assert "M70" in fresh(DOCTYPE, paper.name).history[-1].warnings


@clause("KZ92-4.2")
def test_absent_role_with_reason_does_not_warn(school, rest):
	absent = [{"role": "CAR", "reason": "Штатта жоқ"}]
	paper = order("Draft", members=members("DEP", "PSY", "SOC", "SPE", "AST"), absent_roles=absent)(school)
	assert rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Submit to Head").ok
	assert not fresh(DOCTYPE, paper.name).history[-1].warnings


@clause("KZ92-4.2")
def test_member_without_the_role_warns(school, rest):
	*others, guide = school.member_rows(*MEMBERS)
	paper = order("Draft", members=[*others, {**guide, "specialist": school.staff["TCH"]}])(school)
	check_warned(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Submit to Head"), "A74")
	assert "A74" in fresh(DOCTYPE, paper.name).history[-1].warnings


@clause("KZ92-4.2")
def test_former_employee_warns(school, rest):
	paper = order("With head")(school)
	frappe.db.set_value("PPSS Specialist", school.staff["CAR"], "active", 0)
	check_warned(rest(school.users["HEAD"]).press(DOCTYPE, paper.name, "Issue"), "A17")
	assert "A17" in fresh(DOCTYPE, paper.name).history[-1].warnings
	frappe.db.set_value("PPSS Specialist", school.staff["CAR"], "active", 1)


@pytest.mark.parametrize("state", ["Draft", "With head", "In force"])
def test_others_see_no_button(school, rest, state):
	paper = order(state)(school)
	for key in READERS:
		assert rest(school.users[key]).buttons(DOCTYPE, paper.name) == set()
	assert bool(rest(school.users["HEAD"]).buttons(DOCTYPE, paper.name)) == (state != "Draft")


def test_order_with_stage_two_papers_is_not_cancelled(school, rest):
	school = School()
	paper = school.order()
	school.make_listed_child()
	check_refused(rest(school.users["HEAD"]).press(DOCTYPE, paper.name, "Cancel", "Қате"), "M61")
