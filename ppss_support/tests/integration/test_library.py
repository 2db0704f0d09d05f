"""The library beside the method bank, and the documents the acts name, brought anew by each migration."""

import frappe
import pytest

from ppss_support.patches.v1_0 import name_coordinators, name_periods_by_terms
from ppss_support.setup import catalogues
from ppss_support.tests import log
from ppss_support.tests.factories import School, choose, make
from ppss_support.tests.files import attached, opened
from ppss_support.tests.guards import check_ok, check_refused

clause = pytest.mark.clause
METHOD, KIND = "PPSS Method", "PPSS Document Type"


def library_values(school, kind: str, **values) -> dict:
	about = {"title": f"{kind} {school.tag}", "author": "Білім министрлігі", "edition": "№ 92, 29.04.2025"}
	return {"organisation": school.organisation, "kind": kind, **about, **values}


@clause("OVR-F1", "OVR-F5")
def test_library_keeps_private_files_with_the_direction_they_serve(school, rest):
	psychologist = rest(school.users["PSY"])
	method = frappe.get_doc(METHOD, log.method(school))
	frappe.db.commit()
	url = attached(psychologist, method, "buiryk.pdf").data["file_url"]
	assert url.startswith("/private/")
	check_refused(psychologist.create(METHOD, **library_values(school, "Normative Document")), "A21")
	check_ok(psychologist.create(METHOD, **library_values(school, "Normative Document", file=url)))
	material = library_values(school, "Methodical Material", file=url)
	check_refused(psychologist.create(METHOD, **material), "A21")
	check_refused(psychologist.create(METHOD, **material, direction="C1"), "A08")
	made = psychologist.create(METHOD, **material, direction="OD3")
	check_ok(made)
	assert psychologist.names(METHOD, direction="OD3") == {made.data["name"]}
	assert set(opened(psychologist, url)) == {200}
	assert 200 not in opened(rest(School().users["PSY"]), url)


@clause("OVR-F5", "ALM-5.5")
def test_material_of_the_library_is_no_method_of_an_examination(school, rest):
	material = make(
		METHOD,
		**library_values(school, "Methodical Material", direction="OD1", file="/private/files/scan.pdf"),
	)
	entry = log.entry(school, "DIAGNOSTICS", methods=[{"method": material.name}])
	frappe.db.commit()
	check_refused(rest(school.users["PSY"]).press("PPSS Activity", entry.name, "Record"), "A96")


@clause("OVR-F1", "OVR-F5")
def test_collections_are_asked_for_where_the_overview_is_in_use(site):
	from frappe.desk.query_report import run

	school = School()
	make(METHOD, **library_values(school, "Normative Document", file="/private/files/scan.pdf"))
	titles = dict(frappe.get_all(KIND, {"term": ("in", ("F1", "F5"))}, ["term", "title"], as_list=True))
	told = []
	for _time in range(2):
		with school.acting("HEAD"):
			rows = run("PPSS Documentation", filters={"organisation": school.organisation})["result"]
		standing = {row["document"]: row["standing"] for row in rows}
		told.append([standing.get(titles[code]) for code in ("F1", "F5")])
		choose(school, "nine_journals")
	assert told == [[None, None], ["Approved", "Missing"]]


@clause("KZ92-23.1")
def test_migration_renews_document_types_but_for_what_was_changed(site):
	kinds = frappe.get_all(KIND, {"term": ("in", ("AL5", "AL6", "F1"))}, ["term", "name"], as_list=True)
	names = dict(kinds)
	frappe.db.set_value(KIND, names["AL5"], "paper", None, update_modified=False)
	frappe.delete_doc(KIND, names["F1"], force=True)
	changed = frappe.get_doc(KIND, names["AL6"])
	changed.update({"title_ru": "Своё название", "frequency": "Once", "active": 0})
	changed.save()
	frappe.db.set_value(KIND, names["AL6"], "clause", "ескі", update_modified=False)
	catalogues.load_document_types(catalogues.read("document_types.json"))
	assert frappe.get_doc(KIND, names["AL5"]).paper == METHOD
	kept = frappe.get_doc(KIND, names["AL6"])
	assert (kept.title_ru, kept.frequency, kept.active, kept.clause) == (
		"Своё название",
		"Once",
		0,
		"ALM-5.6",
	)
	assert frappe.db.exists(KIND, {"term": "F1", "paper": METHOD})


@clause("ALM-16")
def test_profiles_of_a_site_are_told_who_coordinates(site):
	frappe.db.set_value("PPSS Regulation Profile", "ALM15", "coordinator", None)
	frappe.db.set_value("PPSS Regulation Profile", "KZ92", "coordinator", "PSY")
	name_coordinators.execute()
	told = {"KZ92": "PSY", "ALM15": "AUTH", "KG95": "DVR"}
	ours = {"name": ("in", list(told))}
	found = frappe.get_all("PPSS Regulation Profile", ours, ["name", "coordinator"], as_list=True)
	assert dict(found) == told


@clause("KZ92-14.1.4b")
def test_marks_of_earlier_entries_name_their_period_by_its_term(site, monkeypatch):
	school = School()
	marks, named = (log.entry(school, "ACHIEVEMENT") for _n in range(2))
	frappe.db.set_value("PPSS Activity", marks.name, "report_period", None)
	told = {"Half-Year": [marks.name, named.name], "Year": [named.name]}
	monkeypatch.setattr(frappe.db, "has_column", lambda *_names: True)
	monkeypatch.setattr(name_periods_by_terms, "records", lambda word: told.get(word, []))
	name_periods_by_terms.execute()
	assert [frappe.db.get_value(one.doctype, one.name, "report_period") for one in (marks, named)] == [
		"RT2",
		"RT1",
	]
