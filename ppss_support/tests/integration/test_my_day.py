"""A day of lessons over HTTP: shown with its children, recorded whole, and minutes counted for each programme."""

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import lesson_facts
from ppss_support.tests import support
from ppss_support.tests.factories import make
from ppss_support.tests.guards import check_ok, check_refused, fresh

clause = pytest.mark.clause
SESSION, DAY, RECORD = "PPSS Session", "ppss_support.my_day.lessons", "ppss_support.my_day.record"


@pytest.fixture(scope="module")
def lessons(school) -> dict:
	"""A group lesson and an individual one of the special pedagogue on one day, and another for tomorrow."""
	children = support.special_children(school, 2)
	with school.acting("SPE"):
		group = make("PPSS Session Group", **support.group_values(school, children))
	yesterday = add_days(today(), -1)
	values = {"form": "SF2", "planned_minutes": 45, "group": group.name, "attendance": []}
	made = {
		"group": support.session(school, [], date=yesterday, start="14:00:00", **values),
		"single": support.session(school, children[:1], date=yesterday, start="09:00:00"),
		"later": support.session(school, children[:1], date=add_days(today(), 1), start="09:00:00"),
	}
	frappe.db.commit()
	return {"children": children, **{key: paper.name for key, paper in made.items()}}


def sheet(name, **values):
	return {"name": name, "actual_minutes": 40, "content": "Жадыны дамыту", **values}


def test_day_is_shown_in_the_order_of_time(school, rest, lessons):
	yesterday = add_days(today(), -1)
	rows = rest(school.users["SPE"]).method(DAY, day=yesterday).data
	assert [(row["name"], row["start"]) for row in rows] == [
		(lessons["single"], "09:00"),
		(lessons["group"], "14:00"),
	]
	assert [child["present"] for child in rows[1]["children"]] == [1, 1]
	assert [(child["learner"], child["learner_name"]) for child in rows[1]["children"]] == [
		(one.name, one.full_name) for one in lessons["children"]
	]
	assert rest(school.users["SOC"]).method(DAY, day=yesterday).data == []
	assert not rest(school.users["ACC"]).method(DAY, day=yesterday, provider=school.staff["SPE"]).ok


@clause("KZ92-11.1", "KZ92-6.3a")
def test_one_refused_lesson_stops_all_and_is_named(school, rest, lessons):
	sheets = [sheet(lessons["group"]), sheet(lessons["later"]), sheet(lessons["single"], content="")]
	answer = rest(school.users["SPE"]).method(RECORD, sheets=sheets)
	check_refused(answer, "A14 A21")
	assert [text[:5] for text in answer.texts if "[A" in text] == ["09:00", "09:00"]
	assert fresh(SESSION, lessons["group"]).workflow_state == "Planned"


def test_others_record_nothing(school, rest, lessons):
	answer = rest(school.users["PSY"]).method(RECORD, sheets=[sheet(lessons["group"])])
	assert answer.status == 403
	assert fresh(SESSION, lessons["group"]).workflow_state == "Planned"


@clause("KZ92-16.1", "KZ92-17.3")
def test_whole_day_is_recorded_at_once(school, rest, lessons):
	absent = lessons["children"][0].name
	sheets = [sheet(lessons["group"], absent=[absent]), sheet(lessons["single"], actual_minutes=30)]
	check_ok(rest(school.users["SPE"]).method(RECORD, sheets=sheets))
	group = fresh(SESSION, lessons["group"])
	assert (group.workflow_state, group.docstatus, group.actual_minutes) == ("Held", 1, 40)
	assert {row.learner for row in group.attendance if not row.present} == {absent}
	assert fresh(SESSION, lessons["single"]).workflow_state == "Held"
	assert group.history[-1].user == school.users["SPE"]


@clause("KZ92-19", "KZ92-16.4")
def test_planned_and_held_minutes_of_a_programme(school, rest, lessons):
	"""After the day above: of 30 + 45 planned minutes the absent child had 30, the other one 40 of 45."""
	programmes = [cdp_of(child) for child in lessons["children"]]
	statements = []
	frappe.db.rollback()
	with support.counted(statements):
		minutes = lesson_facts.minutes_by_programme(programmes)
	assert len(statements) == 1
	first, second = (minutes[name] for name in programmes)
	assert (first.planned_minutes, first.held_minutes, first.held, first.missed, first.to_come) == (
		105,
		30,
		1,
		1,
		1,
	)
	assert (second.planned_minutes, second.held_minutes, second.held, second.missed) == (45, 40, 1, 0)
	shown = rest(school.users["DEP"]).method(
		"frappe.desk.form.load.getdoc", doctype="PPSS Programme", name=programmes[0]
	)
	assert shown.body["docs"][0]["__onload"]["lessons"]["held_minutes"] == 30


def cdp_of(learner) -> str:
	return frappe.db.get_value("PPSS Programme", {"learner": learner.name, "kind": "CDP"})
