"""What is typed at any door stays text: no tag of it is kept, shown, told or sent, in whatever state the paper is."""

import json
import re

import frappe
import pytest
from frappe.utils import now, today
from openpyxl import Workbook

from ppss_support import data_requests, texts
from ppss_support.archive import inventory
from ppss_support.packs import delivery
from ppss_support.pdf import engine
from ppss_support.tests import log
from ppss_support.tests.factories import SCAN
from ppss_support.tests.guards import check_ok, fresh
from ppss_support.tests.world import row

pytestmark = pytest.mark.clause("KZ92-5.5")
SCRIPT = "<img src=x onerror=alert(92)>"
# Read as JSON, the framework takes this for data and leaves it alone.
AS_JSON = json.dumps([f"Мәтін {SCRIPT}"], ensure_ascii=False)
HOSTILE = (
	f"Мәтін {SCRIPT}",
	AS_JSON,
	json.dumps(SCRIPT),
	"Мәтін <svg/onload=alert(92)>",
	"Мәтін <<b>script>alert(92)//",
)
TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def kept(doctype: str, name: str) -> str:
	"""Return everything the tables hold of a paper."""
	return json.dumps(fresh(doctype, name).as_dict(), ensure_ascii=False, default=str)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_draft_keeps_no_tag(school, rest, hostile):
	psychologist = rest(school.users["PSY"])
	values = log.request_values(
		school, from_person=school.staff["PSY"], to_person=school.staff["SOC"], question=hostile
	)
	answer = psychologist.create("PPSS Request", **values)
	check_ok(answer)
	assert not TAG.search(json.dumps(answer.data, default=str))
	check_ok(psychologist.change("PPSS Request", answer.data["name"], answer=hostile))
	assert not TAG.search(kept("PPSS Request", answer.data["name"]))


def test_text_reads_as_it_was_typed():
	for typed in ("5 < 6 және 7 > 6", "a<5", "Мәтін", "", None):
		assert texts.plain(typed) == typed
	assert texts.plain("<b>Айша</b>") == "< b>Айша< /b>"
	assert "Мәтін" in texts.harmless(AS_JSON) and "onerror" not in texts.harmless(AS_JSON)


FORMULAS = ("=1+1", '=HYPERLINK("//x", "Мәтін")', "@SUM(1)", "+cmd|' /C calc'!A0", "-SUM(1)")


@pytest.mark.parametrize("typed", FORMULAS)
def test_text_is_no_formula_in_a_spreadsheet(school, rest, typed):
	psychologist = rest(school.users["PSY"])
	values = log.request_values(
		school, from_person=school.staff["PSY"], to_person=school.staff["SOC"], question=typed
	)
	answer = psychologist.create("PPSS Request", **values)
	check_ok(answer)
	kept_text = fresh("PPSS Request", answer.data["name"]).question
	sheet = Workbook().active
	sheet.append([kept_text])
	assert sheet["A1"].data_type == "s" and kept_text == f" {typed}"


def test_numbers_and_lists_are_no_formulas():
	for typed in ("+77010000000", "-5", "- бірінші", "+", "5 = 5"):
		assert texts.plain(typed) == typed


def test_paper_approved_in_the_same_breath_keeps_no_tag(school, rest):
	"""The framework cleans drafts only: what comes along with the step, its reason and later would stay as sent."""
	learner = school.child(consent=False)
	paper = school.consent(learner, "Prepared")
	sent = {**paper.as_dict(), "workflow_state": "Signed", "docstatus": 1, "contract_no": SCRIPT}
	class_teacher, deputy = rest(school.users["CLS"]), rest(school.users["DEP"])
	check_ok(class_teacher.method("frappe.client.save", doc=json.dumps(sent, default=str)))
	stated = {"withdrawn_on": today(), "withdrawal_statement": SCAN, "archive_index": SCRIPT}
	check_ok(deputy.change(paper.doctype, paper.name, **stated))
	check_ok(deputy.press(paper.doctype, paper.name, "Withdraw", f"Себебі {SCRIPT}"))
	text = kept(paper.doctype, paper.name)
	assert fresh(paper.doctype, paper.name).docstatus == 1 and "Себебі" in text
	assert text.count("alert(92)") == 3 and not TAG.search(text)


def test_reason_of_a_cancelling_keeps_no_tag(school, rest):
	paper = school.consent(school.child(consent=False))
	check_ok(rest(school.users["DEP"]).press(paper.doctype, paper.name, "Cancel", f"Қате {SCRIPT}"))
	text = kept(paper.doctype, paper.name)
	assert "Қате" in text and not TAG.search(text)


def test_where_a_step_came_from_is_an_address_and_a_text(school, rest):
	"""Both stand in headers, which whoever sends the request may write."""
	paper, deputy = school.consent(school.child(consent=False), "Prepared"), rest(school.users["CLS"])
	forged = {"X-Forwarded-For": f"{SCRIPT}, 10.0.0.1", "User-Agent": f"Браузер {SCRIPT}".encode()}
	deputy.http.headers.update(forged)
	try:
		check_ok(deputy.press(paper.doctype, paper.name, "Register Signature"))
		check_ok(deputy.read(paper.doctype, paper.name))
	finally:
		for name in forged:
			del deputy.http.headers[name]
	step = fresh(paper.doctype, paper.name).history[-1]
	assert "alert(92)" in step.user_agent and not TAG.search(step.user_agent)
	assert not step.ip_address
	viewed = {"reference_name": paper.name, "viewed_by": deputy.user}
	assert not TAG.search(str(frappe.get_all("View Log", viewed, ["ppss_ip"])))


def test_register_of_warnings_shows_no_tag(school, rest):
	"""Its rows are written past the framework's cleaning, from parameters and reasons as they were typed."""
	organisation, head = school.organisation, rest(school.users["HEAD"])
	changed = {"second_learner_allowed": 1, "settings_reason": f"Бұйрық {SCRIPT}"}
	check_ok(head.change("PPSS Organisation", organisation, **changed))
	answer = head.method(
		"frappe.desk.query_report.run",
		report_name="PPSS Overrides and Warnings",
		filters=json.dumps({"organisation": organisation}),
	)
	check_ok(
		head.change("PPSS Organisation", organisation, second_learner_allowed=0, settings_reason="Бұйрық")
	)
	told = json.dumps(answer.data["result"], ensure_ascii=False)
	assert "Бұйрық < img" in told and not TAG.search(told)


def test_remarks_of_the_framework_run_nothing(school, rest):
	"""Comments, tasks and letters about a paper are HTML; what runs in it goes, also where it reads as JSON."""
	learner, deputy = school.child(), rest(school.users["DEP"])
	about = {"reference_doctype": "PPSS Learner", "reference_name": learner.name}
	for content in (SCRIPT, json.dumps(SCRIPT)):
		sent = {**about, "content": content, "comment_email": deputy.user, "comment_by": "x"}
		check_ok(deputy.method("frappe.desk.form.utils.add_comment", **sent))
		given = {"doctype": "PPSS Learner", "name": learner.name, "description": content}
		assign = {**given, "assign_to": json.dumps([school.users["PSY"]])}
		check_ok(deputy.method("frappe.desk.form.assign_to.add", **assign))
		check_ok(deputy.method("frappe.desk.form.assign_to.remove", **given, assign_to=school.users["PSY"]))
	frappe.db.rollback()
	comments = frappe.get_all("Comment", about, pluck="content")
	tasks = frappe.get_all("ToDo", {"reference_name": learner.name}, pluck="description")
	assert len(tasks) == 2 and comments
	assert "onerror" not in json.dumps([*comments, *tasks])


def test_sheets_the_program_writes_hold_names_as_text(school, site, monkeypatch):
	"""Cover of a pack, inventory of the archive, file of a request: names past every cleaning are escaped there too."""
	monkeypatch.setattr(engine, "render", lambda html: html)
	monkeypatch.setattr(inventory, "render_pdfa", lambda html: html)
	hostile = f"Айша {SCRIPT} {{{{ 7*7 }}}}"
	own = {"organisation": school.organisation}
	item = {
		"document_type": "PPSS Consent",
		"document": SCRIPT,
		"title": hostile,
		"reason": hostile,
		"pages": 1,
	}
	pack = frappe.get_doc({"doctype": "PPSS Pack", **own, "scope": "Learner"})
	pack.update(
		{"owner": school.users["DEP"], "creation": now(), "items": [{**item, "status": "Not Delivered"}]}
	)
	frozen = {"number": 900001, "event": "Frozen", "document_type": "PPSS Consent", "document": SCRIPT}
	row("PPSS Archive Entry", **own, **frozen, print_format=hostile, decided_at=now())
	sections = [
		{"title": hostile, "records": [{"heading": hostile, "lines": [(hostile, hostile)], "tables": []}]}
	]
	asked = frappe._dict(organisation=school.organisation, name=hostile, received_on=today())
	with school.acting("ADM"):
		sheets = {
			"cover": delivery.cover_of(pack, pack.items, 1),
			"inventory": inventory.printed(school.organisation, school.year, "kk"),
			"request": data_requests.summary(asked, sections),
		}
	frappe.db.rollback()
	for name, html in sheets.items():
		assert "Айша" in html and "{{ 7*7 }}" in html, name
		assert SCRIPT not in html and "<img" not in html, name


def test_notices_hold_names_as_text(school, site):
	"""The bell and the letters made of it show HTML."""
	learner = school.child()
	frappe.db.set_value("PPSS Learner", learner.name, "full_name", f"Айша {SCRIPT}")
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))
	told = {"subject": ("like", "Айша%"), "document_name": ("like", "PPSS%")}
	subjects = frappe.get_all("Notification Log", told, pluck="subject")
	assert subjects and "onerror" not in json.dumps(subjects)
