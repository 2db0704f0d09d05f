"""Makes children with limited abilities and what is done with them: programmes, groups, lessons, assistants."""

import json
from contextlib import contextmanager

import frappe
from frappe.utils import add_days, getdate, today

from ppss_support import facts
from ppss_support.archive import freezing
from ppss_support.reminders import due, sending
from ppss_support.tests.factories import DECIDED, School, content_row, date_back, make

ADVICE = [
	{"advice": "Special Pedagogue", "text": "Арнайы педагогтің қолдауы"},
	{"advice": "Pedagogue-Assistant", "text": "Педагог-ассистенттің сүйемелдеуі"},
]


def limited_child(school: School, impairment: str = "IM2", advice=ADVICE, **values):
	"""Return an assessed child whose limited abilities a verified PMPC paper confirms."""
	learner = school.child(**values)
	pmpc = school.pmpc(learner, recommendations=advice)
	school.assessment(
		learner,
		categories=("C3",),
		impairments=[{"term": impairment}],
		team=school.team("PSY", "SPE", "CLS"),
		c3_status="Confirmed by PMPC",
		pmpc=pmpc.name,
	)
	return learner


def put_on_list(school: School, *learners):
	return school.learner_list(learners, amends=school.approved_list())


def cdp_values(school: School, learner, **values) -> dict:
	return school.programme_values(
		learner,
		**{
			"kind": "CDP",
			"contents": [content_row("CN7", provider_role="SPE")],
			"weekly_individual": 1,
			"weekly_small_group": 2,
			"minutes_group": 45,
			"correction_component_hours": 2,
			"impairments": [{"term": "IM2"}],
			**values,
		},
	)


def cdp(
	school: School,
	learner,
	state: str = "Approved",
	made_by: str = "SPE",
	days_ago: int = DECIDED,
	**values,
):
	"""Return a CDP; it goes by way of the list, on which the learner must stand."""
	with school.acting(made_by):
		programme = make("PPSS Programme", **cdp_values(school, learner, **values))
	steps = ((made_by, "Hand Over"), ("DEP", "Submit to Head"), ("HEAD", "Approve"), (made_by, "Start"))
	return date_back(school.move(programme, state, *steps), days_ago)


def special_children(school: School, count: int) -> list:
	"""Return children with an approved CDP each, made once for a school and then shared."""
	kept = school.kept("special children", lambda _school: [])
	if len(kept) < count:
		more = [limited_child(school) for _n in range(count - len(kept))]
		put_on_list(school, *more)
		for learner in more:
			cdp(school, learner)
		kept += more
	return kept[:count]


def group_values(school: School, learners, **values) -> dict:
	return {
		"title": "Есту қабілеті бұзылған балалар тобы",
		"organisation": school.organisation,
		"school_year": school.year,
		"kind": "SF2",
		"leader": school.staff["SPE"],
		"members": [{"learner": learner.name} for learner in learners],
		**values,
	}


def group_lesson_values(school: School, learners, **values) -> dict:
	"""Return a lesson of the special pedagogue with a small group made for it."""
	with school.acting("SPE"):
		group = make("PPSS Session Group", **group_values(school, learners))
	together = {"form": "SF2", "planned_minutes": 45, "group": group.name}
	return session_values(school, learners, **{**together, **values})


def room(school: School) -> str:
	"""Return a room nobody else uses."""
	with school.acting("DEP"):
		return make("PPSS Room", title=frappe.generate_hash(length=4), organisation=school.organisation).name


def session_values(school: School, learners, **values) -> dict:
	"""Return an individual lesson of the special pedagogue, each on a day of its own so that none collide."""
	return {
		"organisation": school.organisation,
		"school_year": school.year,
		"date": next_day(school),
		"start": "09:00:00",
		"planned_minutes": 30,
		"form": "SF1",
		"provider": school.staff["SPE"],
		"room": room(school),
		"attendance": [{"learner": learner.name, "present": 1} for learner in learners],
		**values,
	}


def next_day(school: School) -> str:
	"""Return another past day at each call."""
	used = school.kept("lesson days", lambda _school: [])
	used.append(len(used) + 1)
	return add_days(today(), -len(used))


def session(school: School, learners, made_by: str = "SPE", **values):
	with school.acting(made_by):
		return make("PPSS Session", **session_values(school, learners, **values))


def lesson_held(school: School, learners, **row):
	"""Write a group lesson as it stands in the tables once it was held: for what only reads it."""
	values = session_values(school, learners, form="SF3", workflow_state="Held", docstatus=1)
	lesson = frappe.get_doc({"doctype": "PPSS Session", **values})
	lesson.set_new_name()
	for child in lesson.attendance:
		child.update({"parent": lesson.name, "docstatus": 1, "name": frappe.generate_hash(length=10), **row})
	for one in (lesson, *lesson.attendance):
		one.db_insert()
	return lesson


def freeze_papers(school: School):
	"""Do the work of the archive for this school: what other tests have left waiting is not its affair."""
	frappe.db.commit()
	own = {"organisation": school.organisation, "status": "Waiting"}
	waiting = frappe.get_all(
		"PPSS Freezing", own, ["document_type", "document"], order_by="creation", as_list=True
	)
	for paper in dict.fromkeys(waiting):
		freezing.work_off(*paper)


def case_of(learner) -> str:
	return frappe.db.get_value("PPSS Support Case", {"learner": learner.name})


def remind(*kinds):
	"""Tell what is due of these kinds, as the daily job does, in the transaction of the test."""
	now = due.Round()
	return sending.send(one for kind in kinds for one in kind(now))


def quarter(school: School, later: int = 0) -> tuple[int, object, object]:
	"""Return number and dates of the quarter that is still to end, the running one where there is one, or a later one."""
	rows = frappe.get_all(
		"PPSS Quarter",
		{"parent": school.year, "to_date": (">=", today())},
		["quarter", "from_date", "to_date"],
		order_by="quarter",
	)
	row = rows[later]
	return row.quarter, getdate(row.from_date), getdate(row.to_date)


def assignment_values(school: School, learner, **values) -> dict:
	number, first, last = quarter(school)
	return {
		"organisation": school.organisation,
		"school_year": school.year,
		"learner": learner.name,
		"support_case": facts.case_of(learner.name, school.year),
		"assistant": school.staff["AST"],
		"quarter": number,
		"from_date": str(first),
		"to_date": str(last),
		"duties": "Сабақта сүйемелдеу",
		**values,
	}


def assignment(school: School, learner, state: str = "Proposed", **values):
	with school.acting("DEP"):
		paper = make("PPSS Assistant Assignment", **assignment_values(school, learner, **values))
	if state == "Proposed":
		return paper
	paper = school.move(paper, "On meeting agenda", ("DEP", "Put on Agenda"))
	if state == "On meeting agenda":
		return paper
	decide(school, paper)
	paper = frappe.get_doc(paper.doctype, paper.name)
	assert paper.workflow_state == state, paper.workflow_state
	return paper


def decide(school: School, paper, **values):
	"""Adopt a decision on this child, assistant and quarter; an appointment on the agenda moves on by it."""
	names = {field: paper.get(field) for field in ("learner", "assistant", "quarter", "pmpc")}
	return school.meeting(decisions=({"kind": "DK1", **names, **values},))


def write_decision(school: School, paper, **values):
	"""Put a proposal on the agenda and write in the decision of a meeting adopted before."""
	meeting = decide(school, paper, **values)
	paper = frappe.get_doc(paper.doctype, paper.name)
	paper = school.move(paper, "On meeting agenda", ("DEP", "Put on Agenda"))
	with school.acting("DEP"):
		return take_in(paper, meeting=meeting.name, decision_no=1)


def take_in(paper, **values):
	paper = frappe.get_doc(paper.doctype, paper.name)
	paper.update(values)
	return paper.save()


def another_assistant(school: School) -> str:
	"""Return an assistant with no child yet."""
	return school.add_person("AST", f"AST{frappe.generate_hash(length=4)}")


# ---- annual plan


def plan_row(school: School, direction: str, **values) -> dict:
	return {
		"direction": direction,
		"activity": "Жоспарланған жұмыс",
		"period_from": today(),
		"period_to": today(),
		"responsible": school.staff["PSY"],
		**values,
	}


def plan_values(school: School, **values) -> dict:
	"""Return a plan with work in each of the five directions."""
	return {
		"organisation": school.organisation,
		"school_year": school.year,
		"organisation_plan_reference": "4-бөлім, 2-тармақ, 17-бет",
		"rows": [plan_row(school, f"DIR{n}") for n in range(1, 6)],
		**values,
	}


def annual_plan(school: School, state: str = "Draft", **values):
	with school.acting("DEP"):
		plan = make("PPSS Annual Plan", **plan_values(school, **values))
	steps = (("DEP", "Submit to Head"), ("HEAD", "Approve"), ("DEP", "Mark Executed"))
	return school.move(plan, state, *steps)


def report(client, name: str, **filters):
	"""Return what a report answers over HTTP."""
	given = {"report_name": name, "filters": json.dumps(filters)}
	return client.method("frappe.desk.query_report.run", **given)


@contextmanager
def counted(statements: list[str]):
	"""Note every statement sent to the database in the block."""
	run = frappe.db.sql

	def noting(query, *args, **kwargs):
		statements.append(str(query))
		return run(query, *args, **kwargs)

	frappe.db.sql = noting
	try:
		yield statements
	finally:
		frappe.db.sql = run
