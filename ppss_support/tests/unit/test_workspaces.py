"""Each role's workspace, its cards and charts, the clauses and the guide behind the help: all of it is there."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

import ppss_support
from ppss_support.constants import roles
from ppss_support.regulation import worklist

APP = Path(ppss_support.__file__).parent
MODULE = APP / "ppss_support"
GUIDES = APP.parent / "docs" / "guide"
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


def records(kind: str) -> dict[str, dict]:
	found = (json.loads(path.read_text(encoding="utf-8")) for path in (MODULE / kind).glob("*/*.json"))
	return {record["name"]: record for record in found}


WORKSPACES, DOCTYPES, REPORTS = records("workspace"), records("doctype"), records("report")
CARDS, CHARTS = records("number_card"), records("dashboard_chart")


def readers() -> dict[tuple[str, str], set[str]]:
	"""Return the roles that read a DocType, or a report."""
	found = defaultdict(set)
	for name, record in DOCTYPES.items():
		rows = [row for row in record.get("permissions", []) if row.get("read") and not row.get("permlevel")]
		found["DocType", name] = {row["role"] for row in rows}
	for name, record in REPORTS.items():
		found["Report", name] = {row["role"] for row in record["roles"]}
	return found


READERS = readers()
ONE_ROLE = [pytest.param(role, WORKSPACES[role], id=role) for role in roles.ALL]


def blocks(workspace: dict, kind: str, key: str) -> set[str]:
	content = json.loads(workspace["content"])
	return {block["data"][key] for block in content if block["type"] == kind}


@pytest.mark.parametrize(("role", "workspace"), ONE_ROLE)
class TestWorkspace:
	def test_is_the_roles_alone_and_shows_its_work_list(self, role, workspace):
		assert [row["role"] for row in workspace["roles"]] == [role]
		assert blocks(workspace, "custom_block", "custom_block_name") == {"PPSS Work List"}

	def test_offers_what_the_role_reads_and_all_of_it(self, role, workspace):
		named = {(row["link_type"], row["link_to"]) for row in workspace["links"] if row["type"] == "Link"}
		every = {
			(row["link_type"], row["link_to"])
			for row in WORKSPACES["PPSS Support"]["links"]
			if row["type"] == "Link"
		}
		assert named == {one for one in every if role in READERS[one]}

	def test_cards_of_links_are_in_sight(self, role, workspace):
		cards = {row["label"] for row in workspace["links"] if row["type"] == "Card Break"}
		assert blocks(workspace, "card", "card_name") == cards

	def test_numbers_and_charts_count_what_the_role_reads(self, role, workspace):
		numbers = {row["label"]: CARDS[row["number_card_name"]] for row in workspace["number_cards"]}
		charts = {row["label"]: CHARTS[row["chart_name"]] for row in workspace["charts"]}
		assert blocks(workspace, "number_card", "number_card_name") == set(numbers)
		assert blocks(workspace, "chart", "chart_name") == set(charts)
		counted = {record["document_type"] for record in (*numbers.values(), *charts.values())}
		assert [doctype for doctype in counted if role not in READERS["DocType", doctype]] == []

	def test_has_a_guide_in_both_languages_with_pictures_that_exist(self, role, workspace):
		name = role.removeprefix("PPSS ").lower().replace(" ", "-")
		for language in ("kk", "ru"):
			text = (GUIDES / f"{name}.{language}.md").read_text(encoding="utf-8")
			assert text.count("\n## ") == 2
			assert [picture for picture in PICTURE.findall(text) if not (GUIDES / picture).exists()] == []


def test_common_workspace_is_the_administrators():
	assert [row["role"] for row in WORKSPACES["PPSS Support"]["roles"]] == ["System Manager"]


def test_clauses_are_told_of_doctypes_that_exist():
	assert set(worklist.CITED) <= set(DOCTYPES)


def test_fields_that_decide_whose_turn_it_is_exist():
	keys = (worklist.WHOSE, worklist.OF_ROLE, worklist.NEVER, worklist.FROM_DAY)
	asked = {(doctype, field) for table in keys for (doctype, _state), field in table.items()}
	asked |= set(worklist.DUE.items())
	asked |= {(one.table, field) for one in worklist.IN_ROWS.values() for field in (one.person, one.mark)}
	for (doctype, _action), condition in worklist.ONLY_IF.items():
		asked |= {(doctype, field) for field in worklist.fields_of(condition)}
	for deadline in worklist.DEADLINES:
		fields = [deadline.due, deadline.person, *(row[0] for row in deadline.filters)]
		asked |= {(deadline.doctype, field) for field in fields if field}
	unknown = [
		(doctype, field)
		for doctype, field in asked
		if field not in {row["fieldname"] for row in DOCTYPES[doctype]["fields"]}
	]
	assert unknown == []


WORKFLOWS = {record["document_type"]: record for record in records("workflow").values()}


def test_states_and_steps_the_tables_name_exist():
	states = {(name, row["state"]) for name, record in WORKFLOWS.items() for row in record["states"]}
	tables = (worklist.WHOSE, worklist.OF_ROLE, worklist.IN_ROWS, worklist.NEVER, worklist.FROM_DAY)
	assert {*worklist.AT_REST}.union(*tables) <= states
	actions = {(name, row["action"]) for name, record in WORKFLOWS.items() for row in record["transitions"]}
	assert {action for _name, action in actions} >= worklist.WRITTEN_FIRST
	assert actions >= set(worklist.ONLY_IF)


class Row:
	condition = None

	def __init__(self, **values):
		self.__dict__.update(values)


@pytest.mark.parametrize(
	("doctype", "own", "aside", "expected"),
	[
		("PPSS Learner List", {"PPSS Head"}, {("With head", "Returned"), ("Approved", "Cancelled")}, {"With head": "Approve"}),
		("PPSS Learner List", {"PPSS Deputy"}, set(), {"Draft": "Submit to Head", "Returned": "Submit to Head"}),
		("PPSS Meeting", {"PPSS Head"}, set(), {}),
		("PPSS Learner List", {"PPSS Teacher"}, set(), {}),
	],
)  # fmt: skip
def test_what_waits_follows_from_the_workflow(doctype, own, aside, expected):
	transitions = [Row(**row) for row in WORKFLOWS[doctype]["transitions"]]
	found = worklist.turns(doctype, transitions, own, frozenset(aside))
	assert {state: way.action for turn in found for state, (way,) in turn.steps.items()} == expected


def test_papers_that_wait_for_a_person_are_asked_for_apart():
	transitions = [Row(**row) for row in WORKFLOWS["PPSS Programme"]["transitions"]]
	found = worklist.turns("PPSS Programme", transitions, {"PPSS Deputy"}, frozenset())
	assert {(turn.asked.whose, turn.asked.from_day): set(turn.steps) for turn in found} == {
		("author", None): {"Draft", "Returned", "Approved"},
		(None, None): {"With deputy head"},
		(None, "period_to"): {"In implementation"},
	}


def ways_of(doctype: str, *own: str) -> dict[str, tuple]:
	"""Return by state the ways on of somebody with these roles, none of which turns back."""
	transitions = [Row(**row) for row in WORKFLOWS[doctype]["transitions"]]
	found = worklist.turns(doctype, transitions, set(own), frozenset())
	return {state: ways for turn in found for state, ways in turn.steps.items()}


def test_a_step_with_a_condition_waits_where_it_holds_and_the_next_one_where_not():
	ways = ways_of("PPSS Service Paper", "PPSS Deputy")
	assert [way.action for way in ways["Draft"]] == ["Submit to Head", "Send to the Authorised Body"]
	assert [bool(way.conditions) for way in ways["Draft"]] == [True, False]
	(complete,) = ways["Approved"]
	assert complete.action == "Complete"
	assert [worklist.fields_of(one) for one in complete.conditions] == [{"kind"}]


def test_a_deputy_who_is_psychologist_too_hands_over_what_they_lead():
	transitions = [Row(**row) for row in WORKFLOWS["PPSS Needs Assessment"]["transitions"]]
	stops = frozenset({("Team working", "Closed without need")})
	for own in ({"PPSS Psychologist"}, {"PPSS Psychologist", "PPSS Deputy"}):
		found = worklist.turns("PPSS Needs Assessment", transitions, own, stops)
		handed = {state: turn.asked.in_rows for turn in found for state in turn.steps if turn.asked.in_rows}
		assert handed == dict.fromkeys(("Team working", "Returned"), worklist.LEADER)
	alone = worklist.turns("PPSS Needs Assessment", transitions, {"PPSS Deputy"}, stops)
	assert {state for turn in alone for state in turn.steps} & {"Team working", "Returned"} == set()


@pytest.mark.parametrize(
	("condition", "expected"),
	[
		('doc.kind in ("KG5", "KG12")', {"kind"}),
		("doc.get('units') > 2 and doc['kind']", {"units", "kind"}),
		("frappe.session.user", set()),
	],
)
def test_fields_a_condition_reads(condition, expected):
	assert worklist.fields_of(condition) == expected
