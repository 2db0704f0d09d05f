"""Series of lessons over HTTP: shown before anything is written, written whole, and conflicts by day."""

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import add_days

from ppss_support.tests import factories, support
from ppss_support.tests.factories import make
from ppss_support.tests.guards import check_ok, check_refused

clause = pytest.mark.clause
SESSION, PREVIEW, WRITE = "PPSS Session", "ppss_support.series.preview", "ppss_support.series.write"


MONDAY = date(2101, 9, 5)


class School(factories.School):
	"""A school that plans a year of its own, so that neither today nor other tests have a say in its calendar."""

	@staticmethod
	def make_year() -> str:
		known = frappe.db.get_value("PPSS School Year", {"from_date": "2101-09-01"})
		if known:
			year = frappe.get_doc("PPSS School Year", known)
			year.days_off = []
			return year.save().name
		days = (("09-01", "10-30"), ("11-07", "12-30"))
		quarters = [
			{"quarter": n, "from_date": f"2101-{first}", "to_date": f"2101-{last}"}
			for n, (first, last) in enumerate(days, 1)
		]
		term = {"from_date": "2101-09-01", "to_date": "2102-05-25"}
		return make("PPSS School Year", title="2101-2102", quarters=quarters, **term).name

	def assessment_values(self, learner, *args, **values) -> dict:
		return super().assessment_values(learner, *args, **{"school_year": self.year, **values})

	def programme_values(self, learner, **values) -> dict:
		return super().programme_values(
			learner, **{"period_from": "2101-09-01", "period_to": "2101-12-30", **values}
		)


@pytest.fixture(scope="module")
def school(connected):
	connected.db.rollback()
	made = School()
	made.order()
	connected.db.commit()
	return made


def programme_of(school):
	"""Return an approved IDP with two individual lessons a week, from September to December."""
	return school.kept("planned programme", lambda school: school.programme(school.listed_child()))


def wish(source, weeks=2, **values):
	return {
		"doctype": source.doctype,
		"name": source.name,
		"first": str(MONDAY),
		"last": str(add_days(MONDAY, 7 * weeks - 1)),
		"minutes": 30,
		"times": [{"weekday": 0, "start": "10:00"}, {"weekday": 2, "start": "10:00"}],
		**values,
	}


def test_preview(school, rest):
	programme = programme_of(school)
	plan = rest(school.users["PSY"]).method(PREVIEW, wish=wish(programme))
	check_ok(plan)
	days = [str(MONDAY + timedelta(days=n)) for n in (0, 2, 7, 9)]
	assert [(one["date"], one["start"]) for one in plan.data["lessons"]] == [(d, "10:00") for d in days]
	assert plan.data["conflicts"] == plan.data["refusals"] == []
	assert any("[M60]" in text for text in plan.data["warnings"])
	assert not lessons_of(programme)


def lessons_of(programme) -> list:
	frappe.db.rollback()
	own = {"programme": programme.name, "parenttype": SESSION}
	names = frappe.get_all("PPSS Attendance", own, pluck="parent")
	return frappe.get_all(
		SESSION,
		{"name": ("in", names)},
		["date", "start", "planned_minutes", "provider", "workflow_state"],
		order_by="date",
	)


@clause("KZ92-16.4", "KZ92-17.4", "KZ92-18")
def test_series_is_written_whole_and_not_twice(school, rest):
	programme, person = programme_of(school), rest(school.users["PSY"])
	asked = wish(programme, room=support.room(school))
	answer = person.method(WRITE, wish=asked)
	check_ok(answer)
	assert len(answer.data["written"]) == 4
	assert [str(one.date) for one in lessons_of(programme)] == [
		str(MONDAY + timedelta(days=n)) for n in (0, 2, 7, 9)
	]
	assert {(one.planned_minutes, one.provider, one.workflow_state) for one in lessons_of(programme)} == {
		(30, school.staff["PSY"], "Planned")
	}
	check_refused(person.method(WRITE, wish=asked), "A24 A37 M71")
	assert len(lessons_of(programme)) == 4


@clause("KZ92-20")
def test_conflicting_days_are_left_out_only_when_asked(school, rest):
	programme = school.programme(school.listed_child(), made_by="SOC")
	off = MONDAY + timedelta(days=2)
	with school.acting("DEP"):
		year = frappe.get_doc("PPSS School Year", school.year)
		year.append("days_off", {"from_date": off, "to_date": off, "reason": "Мереке"})
		year.save()
	times = [{"weekday": 1, "start": "12:00"}, {"weekday": 2, "start": "12:00"}]
	asked = wish(programme, weeks=1, times=times)
	person = rest(school.users["SOC"])
	shown = person.method(PREVIEW, wish=asked).data["conflicts"]
	assert [(one["date"], one["start"]) for one in shown] == [(str(off), "12:00")]
	assert "[A36]" in shown[0]["reasons"][0] and "Мереке" in shown[0]["reasons"][0]
	refused = person.method(WRITE, wish=asked)
	check_refused(refused, "A36")
	assert off.strftime("%d.%m.%Y 12:00") in " ".join(refused.texts)
	assert not lessons_of(programme)
	check_ok(person.method(WRITE, wish=asked, skip_conflicts=1))
	assert [str(one.date) for one in lessons_of(programme)] == [str(MONDAY + timedelta(days=1))]


@clause("KZ92-20")
def test_days_off_lie_in_the_school_year(school, rest):
	first, last = frappe.db.get_value("PPSS School Year", school.year, ["from_date", "to_date"])
	deputy = rest(school.users["DEP"])
	for off in ((add_days(first, -1), first), (last, add_days(last, 1)), (add_days(first, 2), first)):
		row = {"from_date": str(off[0]), "to_date": str(off[1]), "reason": "Демалыс"}
		check_refused(deputy.change("PPSS School Year", school.year, days_off=[row]), "A35")


@clause("KZ92-16.4", "KZ92-17.3", "KZ92-11.1")
def test_series_of_a_group_by_its_children(school, rest):
	children = support.special_children(school, 2)
	with school.acting("SPE"):
		group = make("PPSS Session Group", **support.group_values(school, children))
	person = rest(school.users["SPE"])
	times = [{"weekday": 3, "start": "14:00"}]
	asked = wish(group, weeks=1, minutes=0, times=times, room=support.room(school))
	proposal = person.method("ppss_support.series.proposal", doctype=group.doctype, name=group.name).data
	assert (proposal["form"], proposal["minutes"], proposal["weekly"]) == ("SF2", 45, 2)
	check_refused(person.method(WRITE, wish={**asked, "minutes": 40}), "M22")
	answer = person.method(WRITE, wish=asked)
	check_ok(answer)
	frappe.db.rollback()
	lesson = frappe.get_doc(SESSION, answer.data["written"][0])
	assert {row.learner for row in lesson.attendance} == {child.name for child in children}
	assert all(row.present and row.programme for row in lesson.attendance)


@clause("KZ92-17.1", "KZ92-17.2")
@pytest.mark.parametrize(
	("key", "change", "codes"),
	[
		("PSY", {"times": []}, "A21"),
		("PSY", {"last": "2102-06-01"}, "M14"),
		("DEP", {"provider": "SPE"}, "M23 M40"),
	],
)
def test_whole_series_is_refused(school, rest, key, change, codes):
	change = {k: school.staff.get(v, v) if k == "provider" else v for k, v in change.items()}
	asked = wish(programme_of(school), **change)
	check_refused(rest(school.users[key]).method(WRITE, wish=asked), codes)
	refusals = rest(school.users[key]).method(PREVIEW, wish=asked).data["refusals"]
	assert all(any(f"[{code}]" in text for text in refusals) for code in codes.split())


def test_draft_has_no_lessons_yet(school, rest):
	draft = school.programme(school.listed_child(), "Draft")
	asked = wish(draft, weeks=1, times=[{"weekday": 4, "start": "09:00"}])
	check_refused(rest(school.users["PSY"]).method(WRITE, wish=asked), "M23")


def test_others_plan_nothing(school, rest):
	asked = wish(programme_of(school))
	for key in ("TCH", "ACC", "CAR"):
		assert rest(school.users[key]).method(PREVIEW, wish=asked).status == 403
	assert rest(school.users["PSY"]).method(PREVIEW, wish={**asked, "doctype": "User"}).status == 404
	assert rest(school.users["PSY"]).method("ppss_support.series.write", wish=asked).status == 417


@clause("KZ92-20", "KZ92-16.4")
def test_single_lesson_outside_calendar_and_programme_warns(school, rest):
	programme = programme_of(school)
	values = support.session_values(school, [], provider=school.staff["PSY"], date="2102-05-25")
	other = frappe.db.get_value("PPSS Programme", {"learner": support.special_children(school, 1)[0].name})
	values["attendance"] = [{"learner": programme.learner, "programme": other}]
	frappe.db.commit()
	answer = rest(school.users["PSY"]).create(SESSION, **values)
	check_ok(answer)
	assert {code for text in answer.texts for code in ("A36", "A38") if f"[{code}]" in text} == {"A36", "A38"}
	frappe.db.rollback()
	# The programme of another child is not believed.
	assert frappe.get_doc(SESSION, answer.data["name"]).attendance[0].programme == programme.name
