"""A case on the board and in order of time, over HTTP: the stage follows papers, and each reader sees the own lines."""

import frappe
import pytest

from ppss_support.setup import boards
from ppss_support.tests import support
from ppss_support.tests.guards import check_ok, check_refused, fresh

clause = pytest.mark.clause
CASE, TIMELINE = "PPSS Support Case", "ppss_support.timeline.of_case"
BOARD = "frappe.desk.doctype.kanban_board.kanban_board"


def drag(client, case: str, start: str, end: str):
	columns = {"from_colname": start, "to_colname": end, "old_index": 0, "new_index": 0}
	return client.method(
		f"{BOARD}.update_order_for_single_card", board_name=boards.TITLE, docname=case, **columns
	)


@clause("KZ92-14.2.1a", "KZ92-14.0")
def test_a_drag_forges_no_stage_and_names_the_next_paper(school, rest):
	case = support.case_of(school.child())
	client = rest(school.users["PSY"])
	refused = drag(client, case, "1", "2")
	check_refused(refused, "A155")
	assert "Needs assessment" in refused.texts[0]
	assert fresh(CASE, case).stage == "1"
	check_ok(drag(client, case, "1", "1"))
	check_ok(client.method(f"{BOARD}.update_order", board_name=boards.TITLE, order={"2": [case]}))
	check_ok(client.method(f"{BOARD}.add_card", board_name=boards.TITLE, docname=case, colname="2"))
	assert fresh(CASE, case).stage == "1"
	orders = frappe.get_all("Kanban Board Column", {"parent": boards.TITLE}, pluck="order")
	assert set(orders) == {"[]"}
	assert drag(rest(school.users["ACC"]), case, "1", "2").status == 403
	other = support.case_of(school.child())
	frappe.db.delete("PPSS Case Membership", {"parent": other})
	assert drag(client, other, "1", "2").status == 403


def test_board_is_brought_once_and_kept_as_the_school_left_it(site):
	board = frappe.get_doc("Kanban Board", boards.TITLE)
	assert [column.column_name for column in board.columns] == ["1", "2"]
	board.columns[0].indicator = "Red"
	board.save()
	boards.load()
	assert frappe.get_doc("Kanban Board", boards.TITLE).columns[0].indicator == "Red"


@pytest.fixture(scope="module")
def told(school):
	"""A child who has come all the way, with a lesson held and a decision."""
	child = support.special_children(school, 1)[0]
	support.lesson_held(school, [child], provider=school.staff["SPE"], present=1)
	school.meeting(decisions=({"kind": "DK9", "learner": child.name},))
	frappe.db.commit()
	return child


def titles(client, case: str) -> list[str]:
	answer = client.method(TIMELINE, name=case)
	return [f"{line['title']}: {line['text']}" for line in answer.data] if answer.ok else []


@clause("KZ92-2.4", "KZ92-5.5")
def test_events_stand_in_order_for_whoever_reads_them(school, rest, told):
	case = support.case_of(told)
	lines = rest(school.users["DEP"]).method(TIMELINE, name=case).data
	moments = [line["at"] for line in lines]
	assert moments == sorted(moments, reverse=True)
	events = titles(rest(school.users["DEP"]), case)
	for expected in (
		"PPSS Consent: Signed",
		"PPSS Needs Assessment: Concluded",
		"PPSS Learner List № ",
		"PPSS Programme CDP № ",
		"Decision 1 of the minutes No ",
		"Lesson (",
		"PPSS Support Case: Opened",
	):
		assert any(event.startswith(expected) for event in events), (expected, events)
	teacher = titles(rest(school.users["TCH"]), case)
	assert any("Consent" in event for event in teacher) is bool(can_read(school, "TCH", "PPSS Consent"))
	assert not any(event.startswith(("Decision", "PPSS Learner List")) for event in teacher)
	assert rest(school.users["ACC"]).method(TIMELINE, name=case).status == 403


def can_read(school, key: str, doctype: str) -> bool:
	return frappe.has_permission(doctype, "read", user=school.users[key])


def test_more_papers_take_no_more_statements(school, site, told):
	from ppss_support import timeline

	counts = []
	for more in (1, 3):
		for _n in range(more):
			support.lesson_held(school, [told], provider=school.staff["SPE"])
			school.consent(told, "Prepared")
		statements = []
		with school.acting("DEP"):
			timeline.of_case(support.case_of(told))
			with support.counted(statements):
				found = timeline.of_case(support.case_of(told))
		counts.append(len(statements))
		assert found
	assert counts[0] == counts[1] < 60, counts
