"""The calendar over HTTP: who sees which lessons and meetings, and where a drag may lead."""

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from ppss_support.tests import support
from ppss_support.tests.guards import check_ok, check_refused, fresh

clause = pytest.mark.clause
SESSION, MEETING = "PPSS Session", "PPSS Meeting"
EVENTS, MOVE = "ppss_support.calendar_view.events", "ppss_support.calendar_view.reschedule"
# Two days whose lessons are the first of the specialist there.
DAY, NEXT = (str(date.today() - timedelta(days)) for days in (61, 60))


@pytest.fixture(scope="module")
def lessons(school) -> dict:
	"""Two lessons of one child on one day, another one of the same specialist the day after, and a meeting to come."""
	first, second = support.special_children(school, 2)
	made = {
		"early": support.session(school, [first], date=DAY, start="09:00:00"),
		"late": support.session(school, [first], date=DAY, start="15:00:00"),
		"other": support.session(school, [second], date=NEXT, start="09:00:00"),
		"meeting": school.meeting("Planned", date=add_days(today(), 3)),
	}
	frappe.db.commit()
	return {"children": (first, second), **{key: paper.name for key, paper in made.items()}}


def seen(client, doctype: str = SESSION, **values) -> dict:
	given = {"doctype": doctype, "start": f"{DAY} 00:00:00", "end": f"{add_days(today(), 9)} 00:00:00"}
	rows = client.method(EVENTS, **{**given, **values})
	return {row["name"]: row for row in rows.data} if rows.ok else {}


def move(client, name: str, start: str, end: str | None = None, doctype: str = SESSION, all_day: int = 0):
	return client.method(MOVE, doctype=doctype, name=name, start=start, end=end, all_day=all_day)


@clause("KZ92-5.5", "KZ92-16.4")
def test_reader_sees_own_lessons_and_the_meetings(school, rest, lessons):
	events = seen(rest(school.users["SPE"]))
	one, meeting = events[lessons["early"]], events[lessons["meeting"]]
	assert one["title"] == lessons["children"][0].full_name
	assert (one["start"], one["end"]) == (f"{DAY} 09:00:00", f"{DAY} 09:30:00")
	assert (meeting["allDay"], meeting["start"]) == (1, add_days(today(), 3))
	assert not {lessons["early"], lessons["meeting"]} & set(seen(rest(school.users["ACC"])))
	stranger = school.add_person("SPE", f"SPE{frappe.generate_hash(length=4)}")
	login = frappe.db.get_value("PPSS Specialist", stranger, "user")
	assert lessons["early"] not in seen(rest(login))
	only = seen(rest(school.users["SPE"]), filters=[[SESSION, "start", "<", "12:00:00"]])
	assert lessons["early"] in only and lessons["late"] not in only
	assert not seen(rest(school.users["SPE"]), filters=[[SESSION, "sleep(1)", "=", "1"]])


@pytest.mark.parametrize("key", ["HEAD", "DEP", "PSY", "SOC", "SPE", "AST", "CAR", "CLS"])
def test_whoever_reads_lessons_has_calendar_and_day(school, rest, lessons, key):
	"""Also whoever reads no groups, no meetings or no lesson of anybody else."""
	client = rest(school.users[key])
	one = seen(client)[lessons["early"]]
	assert lessons["children"][0].full_name in one["title"]
	check_ok(client.method("ppss_support.my_day.lessons", day=DAY, provider=school.staff["SPE"]))


@clause("KZ92-16.4")
def test_lesson_is_drawn_to_another_hour_day_and_length(school, rest, lessons):
	client = rest(school.users["SPE"])
	check_refused(move(client, lessons["late"], f"{NEXT} 16:00:00", f"{NEXT} 16:45:00"), "M22")
	check_ok(move(client, lessons["late"], f"{NEXT} 16:00:00", f"{NEXT} 16:30:00"))
	lesson = fresh(SESSION, lessons["late"])
	assert (str(lesson.date), str(lesson.start), lesson.planned_minutes) == (NEXT, "16:00:00", 30)
	check_ok(move(client, lessons["late"], f"{DAY} 00:00:00", all_day=1))
	lesson = fresh(SESSION, lessons["late"])
	assert (str(lesson.date), str(lesson.start), lesson.planned_minutes) == (DAY, "16:00:00", 30)


@clause("KZ92-16.4")
def test_refused_drag_says_why_and_moves_nothing(school, rest, lessons):
	client = rest(school.users["SPE"])
	busy = move(client, lessons["early"], f"{NEXT} 09:15:00", f"{NEXT} 09:45:00")
	check_refused(busy, "A24")
	assert move(rest(school.users["PSY"]), lessons["early"], f"{NEXT} 12:00:00").status == 403
	assert str(fresh(SESSION, lessons["early"]).date) == DAY


@clause("KZ92-4.1")
def test_meeting_is_moved_by_those_who_call_it(school, rest, lessons):
	day = add_days(today(), 5)
	given = {"doctype": MEETING, "all_day": 1}
	check_ok(move(rest(school.users["DEP"]), lessons["meeting"], f"{day} 00:00:00", **given))
	assert fresh(MEETING, lessons["meeting"]).date == getdate(day)
	assert move(rest(school.users["PSY"]), lessons["meeting"], f"{today()} 00:00:00", **given).status == 403
	before_order = move(rest(school.users["DEP"]), lessons["meeting"], "2020-01-08 00:00:00", **given)
	check_refused(before_order, "M35")
	learner = {"doctype": "PPSS Learner", "all_day": 1}
	assert move(rest(school.users["DEP"]), lessons["children"][0].name, f"{day}", **learner).status == 403
