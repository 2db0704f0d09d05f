"""The catalogue of order No 338 on the site is the data file, item for item (KZ92-4.4)."""

from collections import Counter

import frappe
import pytest
from frappe.utils.global_search import search

from ppss_support.setup import positions
from ppss_support.tests.guards import FRAMEWORK, check_ok, check_refused

clause = pytest.mark.clause
# Positions and items of order No 338 as its own text counts them, chapter by chapter: duties, must-know, requirements,
# competences.
CHAPTERS = {
	2: (10, 115, 62, 32, 289),
	3: (17, 262, 112, 65, 221),
	4: (9, 153, 55, 21, 87),
	5: (5, 83, 30, 12, 69),
	6: (14, 196, 101, 34, 217),
	7: (7, 96, 53, 12, 40),
	8: (5, 48, 31, 26, 24),
	9: (1, 24, 9, 5, 0),
	10: (23, 283, 143, 51, 364),
}
KINDS = ("Duty", "Must Know", "Requirement", "Competence")


def items_of(position: str) -> list[tuple]:
	fields = ["kind", "qualification_category", "point", "text"]
	return [
		tuple(row.values())
		for row in frappe.get_all("PPSS Position Item", {"parent": position}, fields, order_by="idx")
	]


@clause("KZ92-4.4")
def test_catalogue_equals_the_file_item_for_item(site):
	wanted = positions.read()["positions"]
	assert frappe.get_all("PPSS Position", pluck="name", order_by="number") == [one["code"] for one in wanted]
	for one in wanted:
		on_site = frappe.get_doc("PPSS Position", one["code"])
		assert (on_site.title, on_site.number, on_site.chapter) == (
			one["title"],
			one["number"],
			one["chapter_no"],
		)
		assert (on_site.alternative_titles or "").split("\n") == (one["alternative_titles"] or [""])
		assert items_of(one["code"]) == list(positions.items_of(one))


@clause("KZ92-4.4")
def test_chapters_have_as_many_items_as_the_order(site):
	chapter_of = dict(frappe.get_all("PPSS Position", fields=["name", "chapter"], as_list=True))
	counted = Counter(
		(chapter_of[parent], kind)
		for parent, kind in frappe.get_all("PPSS Position Item", fields=["parent", "kind"], as_list=True)
	)
	many = Counter(chapter_of.values())
	found = {no: (many[no], *(counted[no, kind] for kind in KINDS)) for no in many}
	assert found == CHAPTERS
	keys = ("positions", "duties", "must_know", "requirements", "competences")
	said = {
		row["chapter_no"]: tuple(row[key] for key in keys)
		for row in positions.read()["head"]["counts"]["chapters"]
	}
	assert said == CHAPTERS


def test_loading_again_writes_nothing_and_mends_what_was_changed(site, monkeypatch):
	written = []
	monkeypatch.setattr(positions, "write", lambda *rows: written.append(rows))
	positions.load()
	assert written == []
	monkeypatch.undo()
	frappe.db.set_value("PPSS Position Item", "3.9-001", "text", "Басқа мәтін")
	positions.load()
	assert (
		frappe.db.get_value("PPSS Position Item", "3.9-001", "text")
		== positions.read()["positions"][18]["duties"][0]
	)


@clause("KZ92-4.4")
def test_catalogue_is_read_and_found_by_everybody_and_written_by_nobody(school, rest, site):
	teacher, deputy = rest(school.users["TCH"]), rest(school.users["DEP"])
	found = teacher.method("frappe.desk.search.search_link", doctype="PPSS Position", txt="логопед")
	assert {row["value"] for row in found.body.get("results") or found.data} == {"2.7", "3.10", "5.4"}
	check_ok(teacher.read("PPSS Position", "3.12"))
	check_refused(deputy.change("PPSS Position", "3.12", title="Басқа"), FRAMEWORK)
	check_refused(deputy.create("PPSS Position", code="9.9", title="Басқа"), FRAMEWORK)


def test_search_bar_finds_positions(site):
	assert "3.13" in {row.name for row in search("кәсіби бағдар беруші", doctype="PPSS Position")}
	assert frappe.db.exists("Global Search DocType", {"document_type": "PPSS Position"})
