"""Every role, every DocType, every exit: what tests/access.csv says, no more and no less (B.12, KZ92-5.5).

Every cell is asked in each run, and every exit for each DocType and for each role; which exit meets which cell goes by
turns. PPSS_EVERY_EXIT=1 asks all of them in every cell, and PPSS_ACCESS_COUNTS names a file for what was counted.
"""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import frappe
import pytest

from ppss_support.tests import exits
from ppss_support.tests.factories import ROLE_TERMS
from ppss_support.tests.world import make_world

TABLE = Path(__file__).parents[1] / "access.csv"
REPORTS = Path(__file__).parents[1] / "access_reports.csv"
EVERY_EXIT = bool(os.environ.get("PPSS_EVERY_EXIT"))
TALLY = Counter()
# A report about one child, which is to be named.
BY_CHILD = "PPSS Support in the Year"
CASE_TEAM = {"PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH"}
# Whose own the near row is.
OWNERS = {
	"PPSS Activity": {"PSY"},
	"PPSS Session": {"PSY"},
	"PPSS Session Group": {"PSY"},
	"PPSS Request": {"PSY", "TCH"},
	"PPSS Assessment Part": {"PSY"},
	"PPSS Ethics Acknowledgement": {"PSY"},
	"PPSS Import": {"ADM"},
	"PPSS Pack": {"PSY"},
	"PPSS Appointment": {"PSY"},
	"PPSS Qualification": {"PSY"},
	# The secretary of the meeting writes its minutes.
	"PPSS Meeting": {"SOC"},
}
RIGHTS = {"r": "read", "w": "write", "d": "delete", "s": "submit", "x": "cancel", "p": "print", "e": "export"}


def table(path: Path = TABLE) -> list[dict[str, str]]:
	with open(path, encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file))


DOCTYPES = [row["DocType"] for row in table()]


def cells() -> list:
	"""Return (DocType, role, {scope: rights}) of each cell of the table."""
	return [
		pytest.param(row["DocType"], term, scopes_of(row[term]), id=f"{row['DocType']}-{term}")
		for row in table()
		for term in ROLE_TERMS
	]


def scopes_of(cell: str) -> dict[str, str]:
	words = cell.split()
	return dict(zip(words[::2], words[1::2], strict=True)) if len(words) > 1 else {}


def test_table_names_every_doctype(site):
	ours = {"module": "PPSS Support", "istable": 0}
	assert sorted(DOCTYPES) == sorted(frappe.get_all("DocType", ours, pluck="name"))


@pytest.fixture(scope="module")
def world(connected):
	connected.db.rollback()
	made = make_world()
	connected.db.commit()
	yield made
	if os.environ.get("PPSS_ACCESS_COUNTS"):
		Path(os.environ["PPSS_ACCESS_COUNTS"]).write_text(json.dumps(TALLY, indent="\t"), encoding="utf-8")


def scopes_within(doctype: str, term: str) -> set[str]:
	"""Return the scopes the near row lies in for a role."""
	found = {"all"} | ({"case"} if term in CASE_TEAM else set()) | ({"class"} if term == "CLS" else set())
	return found | ({"own"} if term in OWNERS.get(doctype, ()) else set())


@pytest.mark.parametrize(("doctype", "term", "scopes"), cells())
@pytest.mark.clause("KZ92-5.5")
def test_every_exit_tells_what_the_table_says(world, rest, doctype, term, scopes):
	client = rest(world.school.users[term])
	near = world.near.get(doctype) or world.common[doctype]
	far = world.far.get(doctype)
	rights = "".join(scopes[scope] for scope in scopes_within(doctype, term) & set(scopes))
	seen = {near} if "r" in rights else set()
	seen |= {far} if far and "r" in scopes.get("all", "") else set()
	names, own_turn = {near, far} - {None}, (doctype, term)
	for exit in taken(exits.LISTS, own_turn):
		assert exit(client, doctype, names) == noted(seen, names), exit.__name__
	for exit in taken(exits.EXPORTS, own_turn):
		assert exit(client, doctype, names) == noted(seen if "e" in rights else set(), names), exit.__name__
	for exit in taken(exits.COUNTS, own_turn):
		assert exit(client, doctype, names) == len(noted(seen, names)), exit.__name__
	for name in names - seen:
		assert_hidden(client, doctype, name, own_turn)
	if near in seen:
		assert_rights(client, doctype, near, rights)
		assert_begun_by_those_who_may(client, doctype, scopes)
		assert_not_moved(client, doctype, near, own_turn)
		assert_not_born_decided(client, doctype, near, own_turn)


def taken(ways: Sequence, turn: tuple[str, str]) -> list:
	"""Return the way to try in this cell, by turns; all of them where every exit is asked for."""
	if EVERY_EXIT:
		return list(ways)
	return [ways[(DOCTYPES.index(turn[0]) + ROLE_TERMS.index(turn[1])) % len(ways)]]


def noted(shown: set[str], names: set[str]) -> set[str]:
	TALLY["shown"] += len(shown & names)
	TALLY["withheld"] += len(names - shown)
	return shown


def assert_hidden(client, doctype: str, name: str, turn: tuple[str, str]):
	first, *others = exits.single(doctype, name)
	for verb, path, data in (first, *taken(others, turn)):
		answer = exits.sent(client, verb, path, data)
		assert exits.refused(answer), (path, answer)
		TALLY["refused"] += 1


def assert_rights(client, doctype: str, name: str, rights: str):
	answer = client.method("frappe.client.get_doc_permissions", doctype=doctype, docname=name)
	granted = answer.data["permissions"]
	for letter, right in RIGHTS.items():
		has = granted.get(right)
		if not any(granted.values()) or bool(has) != (letter in rights):
			# Asked for no right by name, a paper that is only read answers with none.
			asked = {"doctype": doctype, "docname": name, "perm_type": right}
			has = client.method("frappe.client.has_permission", **asked).data["has_permission"]
		assert bool(has) == (letter in rights), right
		TALLY["rights"] += 1


def assert_begun_by_those_who_may(client, doctype: str, scopes: dict[str, str]):
	"""An empty paper is refused for what it lacks where the role may begin one, and for the role where not."""
	may = any("c" in rights for rights in scopes.values())
	assert (client.create(doctype).status != 403) == may
	TALLY["begun" if may else "refused"] += 1


def assert_not_moved(client, doctype: str, name: str, turn: tuple[str, str]):
	before = standing(doctype, name)
	out_of_reach = state_out_of_reach(doctype, name, client)
	for verb, path, data in taken(exits.forgeries(doctype, name, out_of_reach, client.user), turn):
		answer = exits.sent(client, verb, path, data)
		frappe.db.rollback()
		assert standing(doctype, name) == before, (path, data, answer)
		TALLY["forged in vain"] += 1


def assert_not_born_decided(client, doctype: str, name: str, turn: tuple[str, str]):
	"""A copy sent as decided, as another's or as old is refused, or begins like any other."""
	like = frappe.copy_doc(frappe.get_doc(doctype, name)).as_dict(no_nulls=True)
	workflow = workflow_of(doctype)
	first, last = (workflow.states[n].state for n in (0, -1)) if workflow else (None, None)
	for verb, path, data in taken(exits.born_decided(doctype, like, last), turn):
		before = names_of(doctype)
		answer = exits.sent(client, verb, path, data)
		frappe.db.rollback()
		assert answer.status == 403 or not path.endswith("Data Import"), answer
		for made in names_of(doctype) - before:
			docstatus, owner, creation, *state = standing(doctype, made)
			assert (docstatus, owner, *state) == (0, client.user, *([first] if workflow else [])), path
			assert creation.year > 2001, path
			strike_out(doctype, made)
		TALLY["born decided in vain"] += 1


def names_of(doctype: str) -> set[str]:
	return set(frappe.get_all(doctype, pluck="name"))


def strike_out(doctype: str, name: str):
	"""Take out past its rules what was begun here, so that the next cell finds what the first has found."""
	frappe.db.delete(doctype, {"name": name})
	for df in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(df.options, {"parent": name, "parenttype": doctype})
	frappe.db.commit()


def standing(doctype: str, name: str) -> tuple:
	fields = ["docstatus", "owner", "creation", *(["workflow_state"] if workflow_of(doctype) else [])]
	return frappe.db.get_value(doctype, name, fields)


def workflow_of(doctype: str):
	name = frappe.get_meta(doctype).get_workflow()
	return name and frappe.get_cached_doc("Workflow", name)


def state_out_of_reach(doctype: str, name: str, client) -> str | None:
	"""Return a state the user's roles do not lead to from where the paper stands."""
	workflow = workflow_of(doctype)
	if not workflow:
		return None
	now, own = frappe.db.get_value(doctype, name, "workflow_state"), set(frappe.get_roles(client.user))
	reached = {t.next_state for t in workflow.transitions if t.state == now and t.allowed in own}
	return [row.state for row in workflow.states if row.state not in {now, *reached}][-1]


@pytest.mark.parametrize("term", ROLE_TERMS)
@pytest.mark.clause("KZ92-1")
def test_nothing_leaves_for_another_school(world, rest, term):
	client = rest(world.abroad.users[term])
	for doctype, name in {**world.common, **world.near}.items():
		if belongs_to_a_school(doctype, name):
			for exit in taken((*exits.LISTS, *exits.COUNTS), (doctype, term)):
				assert not exit(client, doctype, {name}), (doctype, exit.__name__)
				TALLY["withheld"] += 1
			assert_hidden(client, doctype, name, (doctype, term))


def belongs_to_a_school(doctype: str, name: str) -> bool:
	has_field = frappe.get_meta(doctype).has_field("organisation")
	return doctype == "PPSS Organisation" or bool(
		has_field and frappe.db.get_value(doctype, name, "organisation")
	)


# ---- reports


def test_table_names_every_report(site):
	ours = {"module": "PPSS Support", "is_standard": "Yes"}
	assert sorted(row["Report"] for row in table(REPORTS)) == sorted(
		frappe.get_all("Report", ours, pluck="name")
	)


@pytest.mark.parametrize("term", ROLE_TERMS)
@pytest.mark.clause("KZ92-5.5")
def test_reports_name_the_children_the_table_says(world, rest, term):
	"""all: every child of the school; case: those the reader works with; counts: none; –: no report."""
	near, far = tokens(world.near), tokens(world.far)
	withheld = {"all": set(), "case": far, "counts": near | far, "–": near | far}
	for row in table(REPORTS):
		report, cell = row["Report"], row[term]
		for child in (world.near, world.far):
			filters = {"organisation": world.school.organisation}
			filters |= {"learner": child["PPSS Learner"]} if report == BY_CHILD else {}
			answer = run(rest(world.school.users[term]), report, filters)
			assert (answer.status == 403) == (cell == "–"), (report, answer)
			told = withheld[cell] & set(re.findall(r"[\w-]+", json.dumps(answer.data, ensure_ascii=False)))
			assert not told, (report, told)
			TALLY["reports"] += 1
			if report != BY_CHILD:
				break


@pytest.mark.parametrize("term", ["HEAD", "DEP", "PSY", "ACC"])
@pytest.mark.clause("KZ92-1")
def test_reports_name_no_child_of_another_school(world, rest, term):
	client, tells = rest(world.abroad.users[term]), tokens(world.near) | tokens(world.far)
	for row in table(REPORTS):
		if row[term] != "–":
			answer = run(client, row["Report"], {"learner": world.near["PPSS Learner"]})
			assert answer.ok, answer
			assert not tells & set(re.findall(r"[\w-]+", json.dumps(answer.data, ensure_ascii=False)))
			TALLY["reports"] += 1
			assert run(client, row["Report"], {"organisation": world.school.organisation}).status == 403


def run(client, report: str, filters: dict):
	given = {"report_name": report, "filters": json.dumps(filters)}
	return client.method("frappe.desk.query_report.run", **given)


def tokens(papers: dict[str, str]) -> set[str]:
	"""Return what would tell of a child: the names of its papers, the child's own and the parent's."""
	parent = frappe.db.get_value("PPSS Representative", papers["PPSS Representative"], "full_name")
	child = frappe.db.get_value("PPSS Learner", papers["PPSS Learner"], "given_name")
	shared = {"PPSS Class", "PPSS Ethics Acknowledgement"}
	return {name for doctype, name in papers.items() if doctype not in shared} | {child, parent.split()[-1]}
