"""Requests inside the school over HTTP: advice, tasks on difficulties found, who takes which step, reminders."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, today

from ppss_support.reminders import due
from ppss_support.tests import log, support
from ppss_support.tests.factories import make
from ppss_support.tests.guards import Create, Press, check_ok, check_refused, fresh, tried

clause, param = pytest.mark.clause, pytest.param
REQUEST = "PPSS Request"
OFFERS = "ppss_support.ppss_support.doctype.ppss_request.ppss_request"


def request(state="New", **values):
	return lambda school: log.request(school, state, **values)


def to_role(state="New", asked="SOC"):
	return request(state, to_person=None, to_role="SOC", asked=asked)


STEPS = [
	param(Press("PSY", "Take Up", request(), "Taken up"), id="taken-up"),
	param(Press("SOC", "Take Up", to_role(), "Taken up"), id="taken-up-by-role"),
	param(Press("TCH", "Take Up", request(), codes="A30"), id="taken-up-by-asker"),
	param(Press("PSY", "Give Answer", request("Taken up"), codes="A21"), id="no-answer"),
	param(Press("TCH", "Close", request("Answered"), "Closed"), id="closed"),
	param(Press("PSY", "Close", request("Answered"), codes="A30"), id="closed-by-answerer"),
]
CREATED = [
	param(Create("TCH", REQUEST, log.request_values), id="advice", marks=clause("KZ92-14.1.4e")),
	param(
		Create("TCH", REQUEST, lambda s: log.request_values(s, to_person=s.staff["CLS"]), "A31"),
		id="advice-of-a-teacher",
		marks=clause("KZ92-14.1.4e"),
	),
	param(Create("DEP", REQUEST, log.task_values), id="task", marks=clause("KZ92-14.1.2b", "KZ92-6.3b")),
	param(
		Create("DEP", REQUEST, lambda s: log.task_values(s, due=None, cooperating=[]), "A21"),
		id="task-without-term",
		marks=clause("KZ92-6.3b"),
	),
	param(
		Create("TCH", REQUEST, lambda s: log.task_values(s, from_person=s.staff["TCH"]), "A30"),
		id="task-by-a-teacher",
		marks=clause("KZ92-14.1.2b"),
	),
]


test_step = tried(STEPS)
test_created = tried(CREATED)


@clause("KZ92-14.1.4e")
def test_advice_goes_from_question_to_answer(school, rest):
	teacher, psychologist = rest(school.users["TCH"]), rest(school.users["PSY"])
	made = teacher.create(REQUEST, **log.request_values(school))
	check_ok(made)
	name = made.data["name"]
	assert todo_of(name, school.users["PSY"]) == "Open"
	check_ok(psychologist.press(REQUEST, name, "Take Up"))
	check_ok(psychologist.change(REQUEST, name, answer="Жұппен жұмыстан бастаңыз"))
	check_ok(psychologist.press(REQUEST, name, "Give Answer"))
	answered = fresh(REQUEST, name)
	assert str(answered.answered_on) == today()
	assert todo_of(name, school.users["PSY"]) == "Closed"
	assert notices(name, school.users["TCH"]) == 1
	check_refused(psychologist.change(REQUEST, name, answer="Өзге жауап"), "A01")
	check_ok(teacher.press(REQUEST, name, "Close"))


def todo_of(name: str, user: str) -> str | None:
	frappe.db.rollback()
	return frappe.db.get_value("ToDo", {"reference_name": name, "allocated_to": user}, "status")


def notices(name: str, user: str) -> int:
	frappe.db.rollback()
	return frappe.db.count("Notification Log", {"document_name": name, "for_user": user, "type": "Alert"})


def test_question_stays_as_it_was_asked(school, rest):
	asked = log.request(school)
	frappe.db.commit()
	answer = rest(school.users["TCH"]).change(REQUEST, asked.name, question="Басқа сұрақ")
	assert not answer.ok
	assert fresh(REQUEST, asked.name).question == asked.question


def test_request_is_seen_by_those_who_ask_and_are_asked(school, rest):
	school.add_person("SOC", "SOC2")
	named, for_role = log.request(school), to_role()(school)
	values = log.task_values(school)
	with school.acting("DEP"):
		task = make(REQUEST, **values)
	frappe.db.commit()
	names = {named.name, for_role.name, task.name}
	seen = {
		"TCH": names,
		"PSY": {named.name},
		"SOC": {for_role.name},
		"SOC2": {for_role.name},
		"SPE": {task.name},
		"DEP": names,
		"HEAD": names,
		"CLS": set(),
		"ADM": set(),
		"ACC": set(),
	}
	for key, expected in seen.items():
		client = rest(school.users[key])
		assert client.names(REQUEST) & names == expected, key
		assert {name for name in names if client.read(REQUEST, name).ok} == expected, key
	assert not rest(school.users["SPE"]).change(REQUEST, task.name, answer="х").ok
	check_ok(rest(school.users["SOC2"]).press(REQUEST, for_role.name, "Take Up"))
	assert fresh(REQUEST, for_role.name).to_person == school.staff["SOC2"]


@clause("KZ92-14.1.4b", "KZ92-14.1.4e")
def test_monitoring_with_a_difficulty_offers_a_request(school, rest):
	found = {"difficulty_found": 1, "difficulty": "Бөлшектерді қоспайды", "gap_kinds": [{"term": "GP1"}]}
	difficult = log.entry(school, "ACHIEVEMENT", "Recorded", **found)
	fine = log.entry(school, "ACHIEVEMENT", "Recorded")
	frappe.db.commit()
	teacher = rest(school.users["TCH"])
	method = f"{OFFERS}.advice_on_monitoring"
	check_refused(teacher.method(method, source_name=fine.name), "A21")
	before = frappe.db.count(REQUEST)
	offered = teacher.method(
		"frappe.model.mapper.make_mapped_doc", method=method, source_name=difficult.name
	).data
	frappe.db.rollback()
	assert frappe.db.count(REQUEST) == before
	assert (offered["learner"], offered["activity"]) == (difficult.learner, difficult.name)
	assert "Бөлшектерді қоспайды" in offered["question"]
	made = teacher.create(REQUEST, **filled(offered), to_role="SPE")
	check_ok(made)
	assert rest(school.users["ACC"]).method(method, source_name=difficult.name).status == 403
	# The monitoring may still be struck out, and the request lives on.
	check_ok(teacher.press("PPSS Activity", difficult.name, "Strike Out", "Баға қате"))
	check_ok(rest(school.users["SPE"]).press(REQUEST, made.data["name"], "Take Up"))


def filled(offered: dict) -> dict:
	return {
		k: v
		for k, v in offered.items()
		if v and not k.startswith("__") and k not in ("doctype", "name", "owner")
	}


@clause("KZ92-6.3b", "KZ92-14.1.2b")
def test_difficulty_of_an_assessment_becomes_a_task(school, rest):
	assessment = school.assessment(school.child(), team=school.team("PSY", "SPE", "CLS"))
	begun = school.assessment(school.child(), "Team working")
	frappe.db.commit()
	method = f"{OFFERS}.task_on_difficulty"
	deputy, row = rest(school.users["DEP"]), assessment.difficulties[0]
	check_refused(
		deputy.method(method, source_name=begun.name, row=begun.difficulties[0].name),
		"M12",
	)
	offered = deputy.method(method, source_name=assessment.name, row=row.name).data
	assert (offered["area"], offered["question"]) == (row.area, row.description)
	assert {one["role"] for one in offered["cooperating"]} == {"PSY", "SPE"}
	given = {**filled(offered), "to_person": school.staff["TCH"], "due": add_days(today(), 5)}
	check_ok(deputy.create(REQUEST, **given))
	assert rest(school.users["TCH"]).method(method, source_name=assessment.name, row=row.name).status == 403


@clause("KZ92-14.1.2b")
def test_overdue_request_reminds_the_one_asked(school):
	late = log.request(school, due=add_days(today(), -1))
	in_time = log.request(school, due=today())
	answered = log.request(school, "Answered", due=add_days(today(), -1))
	support.remind(due.overdue_requests)
	frappe.db.commit()
	assert notices(late.name, school.users["PSY"]) == 1
	assert notices(in_time.name, school.users["PSY"]) == notices(answered.name, school.users["PSY"]) == 0


@clause("KG-3.4", "KG-8.1")
def test_request_is_decided_within_the_own_competence(bishkek, rest):
	asked = log.request(bishkek, date=add_days(today(), -3))
	frappe.db.commit()
	teacher, psychologist = rest(bishkek.users["TCH"]), rest(bishkek.users["PSY"])
	check_refused(teacher.change(REQUEST, asked.name, decision="Макул", within_competence="Yes"), "A30")
	check_ok(psychologist.press(REQUEST, asked.name, "Take Up"))
	check_ok(psychologist.change(REQUEST, asked.name, answer="Баарлашуу жүргүзүлөт"))
	check_refused(psychologist.press(REQUEST, asked.name, "Give Answer"), "A21")
	decided = {"decision": "Медициналык кароо керек", "within_competence": "No"}
	check_ok(psychologist.change(REQUEST, asked.name, considered_on="2020-01-01", **decided))
	assert str(fresh(REQUEST, asked.name).considered_on) == today()
	check_refused(psychologist.press(REQUEST, asked.name, "Give Answer"), "A138")
	check_ok(psychologist.change(REQUEST, asked.name, passed_to="№ 7 үй-бүлөлүк дарыгерлер борбору"))
	check_ok(psychologist.press(REQUEST, asked.name, "Give Answer"))
	waiting = log.request(bishkek, date=add_days(today(), -5))
	frappe.db.commit()
	days = {asked.name: 3, waiting.name: 5}
	for key, seen in (("DVR", days), ("PSY", days), ("SOC", {})):
		assert {
			name: row["days"] for name, row in registered(bishkek, key).items() if name in days
		} == seen, key
	told = registered(bishkek, "HEAD")[asked.name]
	assert told["passed_to"].startswith("№ 7") and str(told["considered_on"]) == today()


def registered(school, key: str) -> dict[str, dict]:
	with school.acting(key):
		rows = run("PPSS Requests Register", filters={"organisation": school.organisation})["result"]
	return {row["name"]: row for row in rows}
