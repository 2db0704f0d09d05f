"""The switch of profiles: what each uses, whose guards are on, and what a change in mid-year leaves as it was."""

import frappe
import pytest

from ppss_support.tests import profiles
from ppss_support.tests.factories import School, day
from ppss_support.tests.guards import check_ok, check_refused, check_warned, fresh, state_of
from ppss_support.tests.papers import printed

clause = pytest.mark.clause
ORDER, PLAN, ORGANISATION = "PPSS Support Order", "PPSS Annual Plan", "PPSS Organisation"


# ---- school No 95


@clause("KG-1.6", "KG-5.1", "KG-5.2")
def test_service_of_school_95_has_four_roles_and_ends_by_order(rest, site):
	bishkek = profiles.school_95()
	order = frappe.get_last_doc(ORDER, {"organisation": bishkek.organisation, "workflow_state": "In force"})
	draft = {**bishkek.order_values(), "supersedes": order.name, "order_date": day(-1)}
	deputy, head = rest(bishkek.users["DVR"]), rest(bishkek.users["HEAD"])
	frappe.db.commit()
	wrong = profiles.order_of_four(bishkek, "SPE")
	made = deputy.create(ORDER, **{**draft, **wrong, "order_kind": "Change"})
	check_ok(made)
	check_refused(deputy.press(ORDER, made.data["name"], "Submit to Head"), "M52")
	no_deputy = bishkek.member_rows("PSY", "SOC", "CLS", coordinator="PSY")
	check_ok(deputy.change(ORDER, made.data["name"], members=no_deputy))
	refused = deputy.press(ORDER, made.data["name"], "Submit to Head")
	check_refused(refused, "M06")
	assert "5.1" in refused.texts[0]
	end = deputy.create(ORDER, **{**draft, "order_kind": "Liquidate", "members": []})
	check_ok(end)
	check_ok(deputy.press(ORDER, end.data["name"], "Submit to Head"))
	refused = deputy.press(ORDER, end.data["name"], "Issue")
	check_refused(refused, "M04")
	assert "1.6" in refused.texts[0]
	check_ok(head.press(ORDER, end.data["name"], "Issue"))
	assert state_of(order) == "Superseded"


@clause(
	"KG-1.3",
	"KG-2.1a",
	"KG-2.1b",
	"KG-2.1c",
	"KG-2.1d",
	"KG-2.1e",
	"KG-2.2a",
	"KG-2.2b",
	"KG-2.2c",
	"KG-2.2d",
	"KG-2.2e",
)
@clause("KG-1.5", "KG-6.1.1", "KG-6.2.1", "KG-6.4")
def test_council_considers_the_plan_before_the_director_approves(bishkek, rest):
	plan = profiles.plan(
		bishkek,
		"KDIR",
		"With head",
		tasks=[{"term": f"KT{n}"} for n in range(1, 6)],
		resources=[{"term": "KS1"}, {"term": "KS4"}],
	)
	frappe.db.commit()
	assert (plan.regulation_profile, plan.print_language) == ("KG95", "ky")
	head = rest(bishkek.users["HEAD"])
	check_refused(head.press(PLAN, plan.name, "Approve"), "M51")
	check_ok(head.press(PLAN, plan.name, "Return", "Кеңештин протоколу жок"))
	check_refused(rest(bishkek.users["DVR"]).change(PLAN, plan.name, resources=[{"term": "KT4"}]), "A08")
	check_ok(rest(bishkek.users["DVR"]).change(PLAN, plan.name, council_protocol="№ 3, 28.08.2026"))
	check_ok(rest(bishkek.users["DVR"]).press(PLAN, plan.name, "Submit to Head"))
	check_ok(head.press(PLAN, plan.name, "Approve"))
	check_warned(rest(bishkek.users["DVR"]).press(PLAN, plan.name, "Mark Executed"), "A125")


# ---- Almaty 2015


DUTIES = [f"AD{n}" for n in range(1, 23)]


@clause("ALM-8.1", "ALM-8.2", "ALM-8.3", "ALM-8.4", "ALM-8.5", "ALM-8.6", "ALM-8.7")
@clause(
	"ALM-19.1",
	"ALM-19.2",
	"ALM-19.3",
	"ALM-19.4",
	"ALM-19.5",
	"ALM-19.6",
	"ALM-19.7",
	"ALM-19.8",
	"ALM-19.9",
	"ALM-19.10",
	"ALM-19.11",
	"ALM-19.12",
	"ALM-19.13",
	"ALM-19.14",
	"ALM-19.15",
	"ALM-19.16",
	"ALM-19.17",
	"ALM-19.18",
	"ALM-19.19",
	"ALM-19.20",
	"ALM-19.21",
	"ALM-19.22",
	"ALM-19",
)
@clause("ALM-0.2", "ALM-5.2", "ALM-7", "ALM-8", "ALM-9")
def test_calendar_plan_under_a_repealed_act_is_approved_with_a_warning(almaty, rest):
	plan = profiles.plan(
		almaty,
		"ADIR",
		tasks=[{"term": f"AT{n}"} for n in range(1, 8)],
		duties=[{"term": code} for code in DUTIES],
		aim="Мақсат",
	)
	frappe.db.commit()
	check_warned(rest(almaty.users["DEP"]).press(PLAN, plan.name, "Submit to Head"), "M55")
	check_refused(rest(almaty.users["DEP"]).press(PLAN, plan.name, "Approve"), "M04")
	check_ok(rest(almaty.users["HEAD"]).press(PLAN, plan.name, "Approve"))
	assert frappe.db.exists("PPSS Override", {"document": plan.name, "rule": "M55"})
	said = printed(plan, PLAN)
	duties = frappe.get_all("PPSS Term", {"name": ("in", DUTIES)}, pluck="label_kk")
	assert len(duties) == 22 and all(label in said for label in duties)


# ---- the switch


def test_organisation_chooses_only_what_the_profile_leaves_open(almaty, rest):
	head, why = rest(almaty.users["HEAD"]), {"settings_reason": "Журналдар керек"}
	frappe.db.commit()
	journals, own = {"feature": "nine_journals", "value": "On"}, {"feature": "method_bank", "value": "On"}
	check_refused(head.change(ORGANISATION, almaty.organisation, optional_features=[own], **why), "A120")
	check_refused(
		head.change(ORGANISATION, almaty.organisation, optional_features=[journals, journals], **why), "A120"
	)
	check_refused(head.change(ORGANISATION, almaty.organisation, optional_features=[journals]), "M42")
	check_ok(head.change(ORGANISATION, almaty.organisation, optional_features=[journals], **why))
	changed = {"document": almaty.organisation, "kind": "Changed Setting"}
	assert "nine_journals" in frappe.get_last_doc("PPSS Override", changed).parameters


@clause("ALM-0.1", "ALM-1", "ALM-3", "ALM-4")
def test_switch_in_mid_year_leaves_old_papers_and_brings_new_rules(rest, site):
	school = School()
	school.order()
	learner = school.make_listed_child()
	programme = school.programme(learner)
	programme_values = school.programme_values(school.child())
	papers = (programme, *listed(school))
	before = [as_kept(paper) for paper in papers]
	profiles.switch(school, "ALM15")
	frappe.db.commit()
	assert [as_kept(fresh(paper.doctype, paper.name)) for paper in papers] == before
	psychologist, deputy = rest(school.users["PSY"]), rest(school.users["DEP"])
	check_ok(psychologist.press("PPSS Programme", programme.name, "Start"))
	assert fresh("PPSS Programme", programme.name).regulation_profile == "KZ92"
	for doctype, values in (
		("PPSS Needs Assessment", school.assessment_values(learner)),
		("PPSS Referral", school.referral_values(learner)),
	):
		check_refused(psychologist.create(doctype, **values), "M47")
	coming = {**programme_values, "period_from": day(1)}
	check_refused(psychologist.create("PPSS Programme", **coming), "M47")
	check_refused(deputy.create("PPSS Learner List", **school.list_values(learner)), "M47")
	order = school.order_values(members=school.member_rows("PSY", coordinator=None), order_date=day(0))
	order = deputy.create(ORDER, **{**order, "supersedes": frappe.db.get_value(ORDER, in_force(school))})
	check_ok(order)
	assert order.data["regulation_profile"] == "ALM15"
	check_ok(deputy.press(ORDER, order.data["name"], "Submit to Head"))


def in_force(school) -> dict:
	return {"organisation": school.organisation, "workflow_state": "In force"}


def listed(school) -> list:
	own = {"organisation": school.organisation}
	return [frappe.get_last_doc(doctype, own) for doctype in ("PPSS Needs Assessment", "PPSS Learner List")]


def as_kept(paper) -> tuple:
	return paper.regulation_profile, paper.workflow_state, str(paper.modified), paper.print_language
