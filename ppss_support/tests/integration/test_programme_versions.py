"""An approved programme changes by a new version, and goes on next year by a copy: over HTTP, with its lessons."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from ppss_support.tests import support
from ppss_support.tests.factories import make
from ppss_support.tests.guards import check_ok, check_refused, fresh

clause = pytest.mark.clause
PROGRAMME, SESSION = "PPSS Programme", "PPSS Session"
COPIES = "ppss_support.programme_copies"


def draft_of(client, method: str, source) -> dict:
	"""Return what the button gives the form, as the form would send it."""
	answer = client.method(
		"frappe.model.mapper.make_mapped_doc", method=f"{COPIES}.{method}", source_name=source
	)
	check_ok(answer)
	return {key: value for key, value in answer.data.items() if key != "doctype" and not key.startswith("__")}


def lesson(school, programme, offset: int, **values):
	with school.acting("PSY"):
		child = {"learner": programme.learner, "programme": programme.name, "present": 1}
		own = {"provider": school.staff["PSY"], "attendance": [child], "date": add_days(today(), offset)}
		return make(SESSION, **support.session_values(school, [], **{**own, **values}))


@pytest.fixture(scope="module")
def versions(school, connected) -> dict:
	"""A running programme with lessons on either side of today, and its new version with the head."""
	earlier = school.programme(school.listed_child(), "In implementation")
	lessons = [lesson(school, earlier, offset) for offset in (-1, 1, 20)]
	later = school.programme(
		school.listed_child(),
		"With head",
		supersedes=earlier.name,
		period_from=today(),
		period_to=add_days(today(), 10),
		weekly_individual=1,
	)
	connected.db.commit()
	return {"earlier": earlier.name, "later": later.name, "lessons": [one.name for one in lessons]}


@clause("KZ92-14.2.2b")
def test_button_copies_the_content_and_names_the_earlier(school, rest, versions):
	psychologist = rest(school.users["PSY"])
	check_refused(psychologist.change(PROGRAMME, versions["earlier"], weekly_individual=1), "M43")
	draft = draft_of(psychologist, "new_version", versions["earlier"])
	assert draft["supersedes"] == versions["earlier"]
	assert getdate(draft["period_from"]) == getdate()
	assert not draft.get("number") and not draft.get("workflow_state") and draft["docstatus"] == 0
	assert [goal["objective"] for goal in draft["goals"]] == ["Мақсат"]
	answer = psychologist.create(PROGRAMME, **draft)
	check_ok(answer)
	assert fresh(PROGRAMME, answer.data["name"]).workflow_state == "Draft"


@clause("KZ92-16.4", "KZ92-14.2.1b")
def test_approval_ends_the_earlier_and_carries_its_lessons(school, rest, versions):
	check_ok(rest(school.users["HEAD"]).press(PROGRAMME, versions["later"], "Approve"))
	assert fresh(PROGRAMME, versions["earlier"]).workflow_state == "Superseded"
	past, carried, beyond = (frappe.get_doc(SESSION, name) for name in versions["lessons"])
	assert past.attendance[0].programme == versions["earlier"] and past.workflow_state == "Planned"
	assert carried.attendance[0].programme == versions["later"] and carried.workflow_state == "Planned"
	assert beyond.workflow_state == "Not held" and versions["later"] in beyond.history[-1].reason


def test_those_concerned_are_told_of_lessons_called_off(school, rest, versions):
	"""The specialist, the class teacher and the coordinator hear of the one lesson, whoever approves does not."""
	about = {"document_type": PROGRAMME, "document_name": versions["later"]}
	told = dict(frappe.get_all("Notification Log", about, ["for_user", "subject"], as_list=True))
	assert set(told) == {school.users[key] for key in ("PSY", "CLS", "DEP")}
	day = getdate(add_days(today(), 20)).strftime("%d.%m.%Y")
	assert f"from {day} to {day} (1)" in told[school.users["PSY"]]


def test_what_ended_is_not_superseded_again(school, rest, versions):
	learner = frappe.get_doc("PPSS Learner", frappe.db.get_value(PROGRAMME, versions["earlier"], "learner"))
	values = school.programme_values(learner, supersedes=versions["earlier"])
	check_refused(rest(school.users["PSY"]).create(PROGRAMME, **values), "A44")
	other = {**values, "supersedes": versions["later"], "learner": school.assessed_child().name}
	check_refused(rest(school.users["PSY"]).create(PROGRAMME, **other), "A44")


def test_group_lesson_goes_on_for_the_others(school, rest):
	"""One of two children no longer has small-group lessons: the lesson stays, with the other child."""
	children = support.special_children(school, 2)
	with school.acting("SPE"):
		group = make("PPSS Session Group", **support.group_values(school, children))
	values = {"form": "SF2", "planned_minutes": 45, "group": group.name, "attendance": []}
	planned = support.session(school, [], date=add_days(today(), 2), **values)
	earlier = frappe.db.get_value(PROGRAMME, {"learner": children[0].name, "kind": "CDP"})
	later = support.cdp(
		school, children[0], "With head", supersedes=earlier, weekly_small_group=0, minutes_group=0
	)
	frappe.db.commit()
	check_ok(rest(school.users["HEAD"]).press(PROGRAMME, later.name, "Approve"))
	planned = fresh(SESSION, planned.name)
	assert planned.workflow_state == "Planned"
	assert [row.learner for row in planned.attendance] == [children[1].name]


def test_version_that_keeps_no_lesson_calls_off_all_and_moves_none(school, rest):
	"""With nothing to carry no other lesson is touched."""
	earlier = school.programme(school.listed_child(), "In implementation")
	planned = lesson(school, earlier, 3)
	foreign = support.session(school, support.special_children(school, 1), date=add_days(today(), 3))
	own = foreign.attendance[0].programme
	later = school.programme(
		school.listed_child(),
		"With head",
		supersedes=earlier.name,
		weekly_individual=0,
		weekly_small_group=1,
		minutes_group=45,
	)
	frappe.db.commit()
	check_ok(rest(school.users["HEAD"]).press(PROGRAMME, later.name, "Approve"))
	assert fresh(SESSION, planned.name).workflow_state == "Not held"
	assert frappe.get_doc(SESSION, foreign.name).attendance[0].programme == own


def test_programme_with_lessons_held_is_not_cancelled(school, rest):
	programme = school.programme(school.listed_child())
	held = lesson(school, programme, -2, start="15:00:00")
	with school.acting("PSY"):
		held.update({"actual_minutes": 30, "content": "Сабақ", "workflow_state": "Held"})
		held.submit()
	frappe.db.commit()
	check_refused(rest(school.users["HEAD"]).press(PROGRAMME, programme.name, "Cancel", "Қате"), "M61")


@clause("KZ92-5.7")
def test_next_year_goes_on_from_this_one(school, rest):
	programme = school.programme(school.listed_child())
	_first, last = frappe.db.get_value("PPSS School Year", school.year, ["from_date", "to_date"])
	year = next_year_after(last)
	frappe.db.commit()
	person = rest(school.users["PSY"])
	draft = draft_of(person, "next_year", programme.name)
	assert (draft["continues"], draft["school_year"]) == (programme.name, year)
	assert not draft.get("consent") and not draft.get("basis_doc") and not draft.get("support_case")
	assert draft["contents"][0]["content"] == "CT3"
	with school.acting("PSY"):
		case = make(
			"PPSS Support Case",
			organisation=school.organisation,
			learner=programme.learner,
			school_year=year,
			responsible=school.staff["PSY"],
		)
	check_ok(person.create(PROGRAMME, **draft, support_case=case.name))
	back = {**draft, "school_year": school.year, "period_from": today(), "period_to": today()}
	check_refused(person.create(PROGRAMME, **back, support_case=case.name), "A44")


def next_year_after(last) -> str:
	known = frappe.db.get_value("PPSS School Year", {"from_date": (">", last)}, order_by="from_date")
	first = add_days(last, 5)
	quarters = [{"quarter": 1, "from_date": first, "to_date": add_days(first, 60)}]
	values = {"from_date": first, "to_date": add_days(first, 200), "quarters": quarters}
	return (
		known
		or make("PPSS School Year", title=f"{first.year}-{frappe.generate_hash(length=4)}", **values).name
	)
