"""The work list over HTTP: each role finds what waits for it and why, takes the step from there, and sees no more."""

import json

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import worklist
from ppss_support.tests import log, profiles, support
from ppss_support.tests.factories import School
from ppss_support.tests.guards import check_ok

clause = pytest.mark.clause
MINE, ABOUT, GUIDE = "ppss_support.worklist.mine", "ppss_support.help.about", "ppss_support.help.guide"
PROGRAMME, CONSENT, SESSION, REQUEST = "PPSS Programme", "PPSS Consent", "PPSS Session", "PPSS Request"
CARD = "PPSS Appointments Today"
NAMELESS = {"PPSS Staffing Table", "PPSS Pay Sheet"}


def papers_of(school) -> dict:
	"""A paper waiting for each of those who have something to do, by the role it waits for."""
	lesson = support.session(school, support.special_children(school, 1), date=add_days(today(), -1))
	child = school.make_listed_child()
	made = {
		"DEP": school.programme(child, "With deputy head"),
		"CLS": school.consent(school.add_learner(), "Prepared"),
		"SPE": lesson,
		"PSY": log.request(school, "New"),
		"ACC": school.staffing_table(state="Draft"),
		"TCH": log.request(school, "Answered"),
	}
	assessed = school.assessment(school.child(), "Team working")
	made["HEAD"] = school.learner_list([school.assessed_child()], "With head")
	frappe.db.commit()
	return {**made, "child": child, "assessment": assessed}


@pytest.fixture(scope="module")
def waiting(school) -> dict:
	return papers_of(school)


@pytest.fixture(scope="module")
def elsewhere(connected) -> dict:
	other = School()
	other.order()
	return papers_of(other)


def list_of(rest, school, key: str) -> dict:
	answer = rest(school.users[key]).method(MINE)
	check_ok(answer)
	return answer.data


def row_about(data: dict, paper) -> dict | None:
	return next(
		(r for r in data["waiting"] if (r["doctype"], r["name"]) == (paper.doctype, paper.name)), None
	)


@clause("KZ92-14.2.2a")
@pytest.mark.parametrize(
	("key", "action"),
	[
		("DEP", "Submit to Head"),
		("HEAD", "Approve"),
		("CLS", "Register Signature"),
		("SPE", "Record Lesson"),
		("PSY", "Take Up"),
		("TCH", "Close"),
		("ACC", "Submit to Head"),
	],
)
def test_each_role_finds_its_turn_and_nobody_elses(school, rest, waiting, elsewhere, key, action):
	data = list_of(rest, school, key)
	row = row_about(data, waiting[key])
	assert (row["action"], row["opens"]) == (action, action.startswith(("Re", "Gi")))
	assert row["since"] and row["what"]
	strangers = {paper.name for paper in elsewhere.values()}
	assert not strangers & {r["name"] for r in data["waiting"]}
	others = {k for k in ("DEP", "HEAD", "CLS", "SPE", "PSY", "TCH") if row_about(data, waiting[k])}
	assert others <= {key}


@clause("KZ92-5.5")
def test_accountant_sees_no_child(school, rest, waiting):
	data = list_of(rest, school, "ACC")
	assert {row["doctype"] for row in data["waiting"]} <= NAMELESS
	assert data["children"] is None
	names = frappe.get_all("PPSS Learner", {"organisation": school.organisation}, pluck="full_name")
	text = json.dumps(data, ensure_ascii=False)
	assert names and not [name for name in names if name in text]


def test_sheet_of_the_assessment_waits_for_its_author_while_the_team_works(school, rest, waiting):
	part = frappe.get_doc(
		"PPSS Assessment Part", {"assessment": waiting["assessment"].name, "specialist": school.staff["CLS"]}
	)
	row = row_about(list_of(rest, school, "CLS"), part)
	assert (row["action"], row["opens"]) == ("", True)
	assert row_about(list_of(rest, school, "SOC"), part) is None
	frappe.db.set_value("PPSS Needs Assessment", part.assessment, "workflow_state", "Closed without need")
	assert row_about(list_of(rest, school, "CLS"), part) is None


@clause("KZ92-11.1")
def test_children_are_those_of_the_own_cases_and_those_without_consent_are_marked(school, rest, waiting):
	agreed, without = school.child(), school.child(consent=False)
	for one in (agreed, without):
		if not frappe.db.exists("PPSS Support Case", {"learner": one.name}):
			school.open_case(one, "SOC")
	rows = {row["child"]: row for row in list_of(rest, school, "SOC")["children"]["rows"]}
	assert list_of(rest, school, "HEAD")["children"] is None
	shown = {row["child"] for row in list_of(rest, School(), "SOC")["children"]["rows"]}
	assert not shown & set(rows)
	if without.full_name in rows:
		assert rows[without.full_name]["without_consent"]


@clause("KZ92-21.1")
def test_special_pedagogue_sees_the_week_and_the_caseload(school, rest, waiting):
	lesson = support.session(school, support.special_children(school, 1), date=today(), start="16:00:00")
	data = list_of(rest, school, "SPE")
	assert (lesson.name, "16:00") in {(row["name"], row["start"]) for row in data["week"]}
	(own,) = data["caseload"]
	assert (own["cap"], own["comfortable"]) == (14, 12)
	assert not [row for row in list_of(rest, school, "PSY")["week"] if row["name"] == lesson.name]


@clause("KZ92-14.2.2b")
def test_button_takes_the_step_and_the_paper_leaves_the_list(school, rest, waiting):
	paper, deputy = waiting["DEP"], rest(school.users["DEP"])
	row = row_about(deputy.method(MINE).data, paper)
	assert row["whose"] == waiting["child"].full_name and row["why"]
	check_ok(deputy.press(row["doctype"], row["name"], row["action"]))
	assert row_about(deputy.method(MINE).data, paper) is None
	assert row_about(list_of(rest, school, "HEAD"), paper)["action"] == "Approve"


def test_decision_with_a_passed_term_stands_first(school, rest, waiting):
	late = {"responsible": school.staff["SOC"], "deadline": add_days(today(), -2)}
	meeting = school.meeting(decisions=(late,))
	first = list_of(rest, school, "SOC")["waiting"][0]
	assert (first["name"], first["late"], first["due"]) == (meeting.name, True, add_days(today(), -2))


@pytest.fixture(scope="module")
def left(connected) -> dict:
	"""Papers of a school whose social pedagogue works there no more."""
	school = School()
	school.order()
	child = school.child()
	made = {
		"consent": school.consent(child, "Prepared", "SOC"),
		"request": log.request(school, "New", to_person=school.staff["SOC"]),
		"meeting": school.meeting(decisions=({"responsible": school.staff["SOC"]},)),
		"assessed": school.assessment(school.child(), "Team working"),
		"asked": log.request(school, "New", to_person=None, to_role="SPE"),
	}
	frappe.db.set_value("PPSS Specialist", school.staff["SOC"], "active", 0)
	frappe.db.commit()
	return {**made, "school": school}


@clause("KZ92-14.2.2a")
def test_what_waits_for_somebody_gone_is_seen_by_the_leaders(left, rest):
	school = left["school"]
	for key in ("DEP", "HEAD"):
		data = list_of(rest, school, key)
		for paper in (left["consent"], left["request"], left["meeting"]):
			row = row_about(data, paper)
			assert (row["action"], row["opens"]) == ("", True), (key, paper.doctype)
			assert "works here no more" in row["state"]
	assert row_about(list_of(rest, school, "PSY"), left["request"]) is None


@clause("KZ92-14.1.2a", "KZ92-14.1.4e")
def test_only_who_may_take_the_step_finds_it(left, rest):
	lists = {key: list_of(rest, left["school"], key) for key in ("PSY", "SPE", "DEP")}
	for paper, expected in ((left["assessed"], "PSY"), (left["asked"], "SPE")):
		assert [key for key, data in lists.items() if row_about(data, paper)] == [expected]


@clause("KG-2.2d", "KG-6.1.2", "KG-8.1")
def test_conditions_are_asked_and_another_act_has_its_own_clauses(bishkek, rest):
	school, client = bishkek, rest(bishkek.users["PSY"])
	without = school.child(consent=False)
	passport, programme = (profiles.service_paper(school, kind, "Approved") for kind in ("KG2", "KG12"))
	elaboration = profiles.service_paper(school, "KG12")
	elaboration.db_set("kind", "AL4")
	frappe.db.commit()
	data = client.method(MINE).data
	assert row_about(data, passport) is None
	assert row_about(data, programme)["action"] == "Complete"
	assert row_about(data, elaboration)["action"] == "Send to the Authorised Body"
	marks = {row["child"]: row["without_consent"] for row in data["children"]["rows"]}
	assert marks[without.full_name] is False
	told = client.method(ABOUT, doctype=REQUEST).data
	assert told["clauses"] == ["Regulation of school No 95, clause 8.1"]


def test_more_is_told_of_all_that_is_cut_and_old_sheets_hide_no_new_one(left, site, monkeypatch):
	school = left["school"]
	old = school.assessment(school.child(), "Team working")
	sheets = [sheet_of(paper, school.staff["CLS"]) for paper in (old, left["assessed"])]
	frappe.db.set_value("PPSS Needs Assessment", old.name, "workflow_state", "Closed without need")
	sheets[0].db_set("modified", "2020-01-01", update_modified=False)
	monkeypatch.setattr(worklist, "MOST", 1)
	with school.acting("CLS"):
		data = worklist.mine()
	assert [bool(row_about(data, sheet)) for sheet in sheets] == [False, True]
	monkeypatch.setattr(worklist, "MOST", 0)
	with school.acting("DEP"):
		assert {"PPSS Meeting", CONSENT} <= {one["doctype"] for one in worklist.mine()["more"]}
	with school.acting("CLS"):
		assert "PPSS Assessment Part" in {one["doctype"] for one in worklist.mine()["more"]}


def sheet_of(assessment, specialist: str):
	return frappe.get_doc("PPSS Assessment Part", {"assessment": assessment.name, "specialist": specialist})


def test_children_stand_in_the_order_of_the_alphabet(left, site, monkeypatch):
	school = left["school"]
	school.add_person("PSY", "PSY9")
	for surname in ("Іргебай", "Ыдырыс", "Иманғали"):
		child = school.add_learner()
		child.update({"surname": surname})
		school.open_case(child.save(), "PSY9")
	monkeypatch.setattr(worklist, "CHILDREN_SHOWN", 2)
	with school.acting("PSY9"):
		children = worklist.mine()["children"]
	assert [row["child"].split()[0] for row in children["rows"]] == ["Иманғали", "Ыдырыс"]
	assert children["more"]


@clause("KZ92-4.5")
def test_card_counts_the_appointments_of_today(school, rest):
	client, method = rest(school.users["ACC"]), frappe.get_doc("Number Card", CARD).method
	before = client.method(method, filters="[]").data
	until = {"SOC": add_days(today(), 1), "PSY": None, "SPE": add_days(today(), -1)}
	for key, last in until.items():
		school.appointment(key, to_date=last)
	frappe.db.commit()
	assert client.method(method, filters="[]").data == before + 2


def test_statements_do_not_grow_with_what_waits(school, site, waiting):
	before, after = [], []
	with school.acting("PSY"):
		worklist.mine()
		with support.counted(before):
			few = worklist.mine()
	for _ in range(3):
		log.request(school, "New")
	with school.acting("PSY"), support.counted(after):
		many = worklist.mine()
	assert len(many["waiting"]) == len(few["waiting"]) + 3
	assert len(after) == len(before) <= 60


@clause("KZ92-11.1", "KZ92-5.5")
def test_help_tells_clause_and_steps_of_what_the_user_reads(school, rest):
	teacher, accountant = rest(school.users["CLS"]), rest(school.users["ACC"])
	told = teacher.method(ABOUT, doctype=CONSENT).data
	assert told["clauses"] == ["Order No 92, clause 11"]
	signing = next(row for row in told["steps"] if row["action"] == "Register Signature")
	assert (signing["state"], signing["next_state"]) == ("Prepared", "Signed")
	assert "PPSS Class Teacher" in signing["who"] and "PPSS Head" not in signing["who"]
	assert [one["role"] for one in told["guides"]] == ["PPSS Class Teacher"]
	assert accountant.method(ABOUT, doctype=CONSENT).status == 403
	guide = accountant.method(GUIDE, role="PPSS Accountant").data
	assert "<h1" in guide and "<img" not in guide
	assert accountant.method(GUIDE, role="../../hooks").status == 404


@clause("KZ92-4.2", "KZ92-20")
def test_five_steps_are_shown_until_they_are_done(school, rest):
	new = School()
	steps = rest(new.users["DEP"]).method(MINE).data["steps"]
	assert [step["done"] for step in steps] == [True, True, True, False, False]
	assert rest(new.users["SPE"]).method(MINE).data["steps"] is None
	school.add_learner()
	assert rest(school.users["DEP"]).method(MINE).data["steps"] is None
