"""Every role, every DocType, every exit: what tests/access.csv says, no more and no less (B.12, KZ92-5.5)."""

import csv
from pathlib import Path

import frappe
import pytest

from ppss_support.tests import exits
from ppss_support.tests.factories import ROLE_TERMS
from ppss_support.tests.world import make_world

TABLE = Path(__file__).parents[1] / "access.csv"
CASE_TEAM = {"PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH"}
# Whose own the near row is.
OWNERS = {
	"PPSS Activity": {"PSY"},
	"PPSS Session": {"PSY"},
	"PPSS Session Group": {"PSY"},
	"PPSS Request": {"PSY", "TCH"},
	"PPSS Assessment Part": {"PSY"},
	"PPSS Ethics Acknowledgement": {"PSY"},
	"PPSS Pack": {"PSY"},
	"PPSS Appointment": {"PSY"},
	"PPSS Qualification": {"PSY"},
	# The secretary of the meeting writes its minutes.
	"PPSS Meeting": {"SOC"},
}
RIGHTS = {"r": "read", "w": "write", "d": "delete", "s": "submit", "x": "cancel", "p": "print", "e": "export"}


def cells() -> list:
	"""Return (DocType, role, {scope: rights}) of each cell of the table."""
	with open(TABLE, encoding="utf-8", newline="") as file:
		rows = list(csv.DictReader(file))
	return [
		pytest.param(row["DocType"], term, scopes_of(row[term]), id=f"{row['DocType']}-{term}")
		for row in rows
		for term in ROLE_TERMS
	]


def scopes_of(cell: str) -> dict[str, str]:
	words = cell.split()
	return dict(zip(words[::2], words[1::2], strict=True)) if len(words) > 1 else {}


def test_table_names_every_doctype(site):
	ours = {"module": "PPSS Support", "istable": 0}
	with open(TABLE, encoding="utf-8", newline="") as file:
		named = [row["DocType"] for row in csv.DictReader(file)]
	assert sorted(named) == sorted(frappe.get_all("DocType", ours, pluck="name"))


@pytest.fixture(scope="module")
def world(connected):
	connected.db.rollback()
	made = make_world()
	connected.db.commit()
	return made


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
	names = {near, far} - {None}
	for exit in exits.LISTS:
		assert exit(client, doctype, names) == seen, exit.__name__
	assert exits.export(client, doctype, names) == (seen if "e" in rights else set())
	assert set(exits.counts(client, doctype, names)) == {len(seen)}
	for name in names - seen:
		assert_hidden(client, doctype, name)
	if near in seen:
		assert_rights(client, doctype, near, rights)


def assert_hidden(client, doctype: str, name: str):
	for verb, path, data in exits.single(doctype, name):
		answer = client.call(verb, path, data if verb != "GET" else None, **(data if verb == "GET" else {}))
		assert exits.refused(answer), (path, answer)


def assert_rights(client, doctype: str, name: str, rights: str):
	for letter, right in RIGHTS.items():
		asked = {"doctype": doctype, "docname": name, "perm_type": right}
		answer = client.method("frappe.client.has_permission", **asked)
		assert answer.data["has_permission"] == (letter in rights), right


@pytest.mark.parametrize("term", ROLE_TERMS)
@pytest.mark.clause("KZ92-1")
def test_nothing_leaves_for_another_school(world, rest, term):
	client = rest(world.abroad.users[term])
	for doctype, name in {**world.common, **world.near}.items():
		if belongs_to_a_school(doctype, name):
			for exit in exits.LISTS:
				assert exit(client, doctype, {name}) == set(), (doctype, exit.__name__)
			assert set(exits.counts(client, doctype, {name})) == {0}, doctype
			assert_hidden(client, doctype, name)


def belongs_to_a_school(doctype: str, name: str) -> bool:
	has_field = frappe.get_meta(doctype).has_field("organisation")
	return doctype == "PPSS Organisation" or bool(
		has_field and frappe.db.get_value(doctype, name, "organisation")
	)
