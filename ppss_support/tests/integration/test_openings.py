"""KZ92-5.5: whoever opens, prints or exports a child's papers is noted, and the head sees it; asked over HTTP."""

import json
from types import SimpleNamespace

import frappe
import pytest

from ppss_support.tests import support
from ppss_support.tests.factories import School, make
from ppss_support.tests.files import PDF
from ppss_support.tests.guards import check_ok

clause = pytest.mark.clause
OPEN, PRINT = "frappe.desk.form.load.getdoc", "frappe.utils.print_format"
EXPORT = "frappe.desk.query_report.export_query"
RUN = "frappe.desk.query_report.run"


@pytest.fixture(scope="module")
def world(school, connected):
	"""A child with papers of many kinds, and another school."""
	(learner,) = support.special_children(school, 1)
	lesson = support.session(school, [learner])
	programme = frappe.db.get_value("PPSS Programme", {"learner": learner.name})
	consent = frappe.db.get_value("PPSS Consent", {"learner": learner.name})
	scan = {"attached_to_doctype": "PPSS Consent", "attached_to_name": consent, "is_private": 1}
	file = make("File", file_name=f"{consent}.pdf", content=PDF + consent.encode(), **scan)
	abroad = School()
	connected.db.commit()
	return SimpleNamespace(**{name: value for name, value in locals().items() if name != "connected"})


def opened(client, doctype: str, name: str):
	check_ok(client.call("GET", f"/api/method/{OPEN}", doctype=doctype, name=name))


def shown_to(rest, user: str, **filters) -> list:
	answer = rest(user).method(RUN, report_name="PPSS Openings", filters=filters)
	check_ok(answer)
	return answer.data["result"]


@clause("KZ92-5.5", "KZ92-14.1.4d")
def test_head_sees_who_opened_what_of_a_child(world, rest):
	school = world.school
	papers = {
		("PPSS Learner", world.learner.name),
		("PPSS Programme", world.programme),
		("PPSS Session", world.lesson.name),
	}
	for doctype, name in papers:
		opened(rest(school.users["SPE"]), doctype, name)
	opened(rest(school.users["ADM"]), "PPSS Consent", world.consent)
	rows = shown_to(rest, school.users["HEAD"], learner=world.learner.name)
	by_specialist = {(row["doctype"], row["name"]) for row in rows if row["user"] == school.users["SPE"]}
	assert by_specialist == papers
	(consent,) = [row for row in rows if row["user"] == school.users["ADM"]]
	registrar = frappe.db.get_value("PPSS Specialist", school.staff["ADM"], ["full_name", "position"])
	assert (consent["person"], consent["position"], consent["deed"]) == (*registrar, "Opened")
	assert consent["learners"] == [world.learner.name]
	assert world.learner.full_name in consent["children"] or world.learner.given_name in consent["children"]
	only = shown_to(rest, school.users["HEAD"], specialist=school.staff["ADM"])
	assert {row["user"] for row in only} == {school.users["ADM"]}


@clause("KZ92-5.5")
def test_prints_files_and_exports_are_noted_too(world, rest):
	deputy, name = rest(world.school.users["DEP"]), world.programme
	given = {"doctype": "PPSS Programme", "name": name, "format": "PPSS Programme"}
	assert deputy.call("GET", f"/api/method/{PRINT}.download_pdf", **given).ok
	several = {**given, "name": json.dumps([name])}
	assert deputy.call("GET", f"/api/method/{PRINT}.download_multi_pdf", **several).ok
	asked = {"organisation": world.school.organisation}
	export = {"report_name": "PPSS Consent Register", "file_format_type": "CSV", "visible_idx": "[]"}
	assert deputy.call("GET", f"/api/method/{EXPORT}", **export, filters=json.dumps(asked)).ok
	assert deputy.call("GET", world.file.file_url).ok
	rows = shown_to(rest, world.school.users["HEAD"], specialist=world.school.staff["DEP"])
	assert [row["name"] for row in rows if row["deed"] == "Printed"] == [name, name]
	(exported,) = [row for row in rows if row["deed"] == "Exported"]
	assert (exported["paper"], json.loads(exported["filters"])) == ("PPSS Consent Register", asked)
	(scan,) = [row for row in rows if row["deed"] == "Downloaded"]
	assert (scan["doctype"], scan["name"]) == ("PPSS Consent", world.consent)


@clause("KZ92-5.5")
def test_reading_past_the_form_is_noted_with_its_address(world, rest):
	client = rest(world.school.users["SOC"])
	where = {"doctype": "PPSS Programme", "name": world.programme}
	check_ok(client.read(**where))
	check_ok(client.method("frappe.client.get", **where))
	check_ok(
		client.method("frappe.www.printview.get_html_and_style", doc=where["doctype"], name=where["name"])
	)
	assert client.call("GET", f"/api/method/{PRINT}.download_pdf", **where).ok
	rows = shown_to(rest, world.school.users["HEAD"], specialist=world.school.staff["SOC"])
	assert sorted(row["deed"] for row in rows) == ["Opened", "Opened", "Opened", "Printed"]
	assert {(row["name"], row["address"]) for row in rows} == {(world.programme, "127.0.0.1")}


@clause("KZ92-5.5")
def test_a_paper_refused_is_not_opened_and_another_school_sees_nothing(world, rest):
	stranger = rest(world.abroad.users["HEAD"])
	answer = stranger.call("GET", f"/api/method/{OPEN}", doctype="PPSS Programme", name=world.programme)
	assert answer.status == 403
	opened(rest(world.school.users["HEAD"]), "PPSS Programme", world.programme)
	assert shown_to(rest, world.abroad.users["HEAD"]) == []
	assert not frappe.db.exists("View Log", {"viewed_by": stranger.user})


@clause("KZ92-5.5")
def test_every_paper_with_a_child_notes_its_openings(site):
	"""A kind of paper that names a learner, itself or in a table, is never left out."""
	named = set(frappe.get_all("DocField", {"options": "PPSS Learner", "fieldtype": "Link"}, pluck="parent"))
	tables = {"options": ("in", list(named)), "fieldtype": ("in", ("Table", "Table MultiSelect"))}
	named |= set(frappe.get_all("DocField", tables, pluck="parent")) | {"PPSS Learner"}
	noted = set(frappe.get_all("DocType", {"track_views": 1, "module": "PPSS Support"}, pluck="name"))
	# A volume names children only in the lines it is printed with, an import in the texts of its rows.
	named |= {"PPSS Journal Volume", "PPSS Import"}
	assert named - set(frappe.get_all("DocType", {"istable": 1}, pluck="name")) == noted


@clause("KZ92-5.5")
def test_exports_of_lists_are_noted_with_their_filters(world, rest):
	"""The list's own export, the export of data and the template of an import with rows."""
	deputy, kind = rest(world.school.users["DEP"]), "PPSS Archive Entry"
	chosen = [[kind, "event", "=", "Frozen"]]
	rows = {"doctype": kind, "file_type": "CSV"}
	calls = {
		"frappe.desk.reportview.export_query": {
			"doctype": kind,
			"fields": json.dumps([f"`tab{kind}`.`name`"]),
			"file_format_type": "CSV",
			"title": "x",
			"filters": json.dumps(chosen),
		},
		"frappe.core.doctype.data_export.exporter.export_data": {
			**rows,
			"with_data": 1,
			"filters": json.dumps({"event": "Frozen"}),
		},
		"frappe.core.doctype.data_import.data_import.download_template": {
			**rows,
			"export_fields": json.dumps({kind: ["name"]}),
			"export_records": "by_filter",
			"export_filters": json.dumps(chosen),
		},
	}
	before = len(exports_of(rest, world, kind))
	for method, given in calls.items():
		assert deputy.method(method, **given).ok, method
	noted = exports_of(rest, world, kind)
	assert len(noted) - before == len(calls)
	assert all("Frozen" in str(row["filters"]) for row in noted[: len(calls)])
	assert {row["address"] for row in noted[: len(calls)]} == {"127.0.0.1"}


def exports_of(rest, world, kind: str) -> list[dict]:
	"""Return the exports of a kind of paper as the head sees them, the latest first."""
	rows = shown_to(rest, world.school.users["HEAD"], specialist=world.school.staff["DEP"])
	return [row for row in rows if row["deed"] == "Exported" and row.get("doctype") == kind]
