"""The archive: what is approved is frozen once, kept unchanged, printed again as the same bytes, and checked."""

import email
import subprocess
import sys
from email.mime.multipart import MIMEMultipart
from io import BytesIO
from time import sleep
from types import SimpleNamespace

import frappe
import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from ppss_support.archive import chain, checking, freezing, nomenclature, register, store
from ppss_support.archive.doors import verify_and_tell
from ppss_support.archive.inventory import printed
from ppss_support.overrides import attached_prints
from ppss_support.papers import download_multi_pdf, download_pdf, html_of
from ppss_support.patches.v1_0 import freeze_approved_papers
from ppss_support.pdf.archival import render_pdfa
from ppss_support.ppss_support.report.ppss_archive_inventory.ppss_archive_inventory import (
	execute as inventory,
)
from ppss_support.tests import support
from ppss_support.tests.factories import School, acting_as, take
from ppss_support.tests.guards import check_ok, check_refused
from ppss_support.tests.papers import closed_up, read

FIELDS = [
	"name",
	"number",
	"event",
	"language",
	"version",
	"pages",
	"sha256",
	"file_url",
	"decided_by",
	"learner",
]


def freeze(*papers):
	frappe.db.commit()
	for paper in papers:
		freezing.work_off(paper.doctype, paper.name)


def entries(paper, **filters) -> list:
	about = {"document_type": paper.doctype, "document": paper.name, **filters}
	return frappe.get_all(register.DOCTYPE, about, FIELDS, order_by="number")


def waiting(paper) -> list:
	about = {"document_type": paper.doctype, "document": paper.name}
	return frappe.get_all(
		"PPSS Freezing", about, ["event", "status", "attempts", "last_error"], order_by="creation"
	)


def faults(school) -> list:
	return checking.verify(school.organisation)


def reprint(paper, lang="kk", **values) -> bytes:
	download_pdf(paper.doctype, paper.name, language=lang, **values)
	return frappe.local.response.filecontent


@pytest.fixture(scope="module")
def frozen(connected, school) -> SimpleNamespace:
	"""A school whose order, consent, minutes and programme are in the archive."""
	learner = school.listed_child()
	meeting = school.meeting()
	programme = school.programme(learner)
	support.freeze_papers(school)
	order = frappe.get_doc("PPSS Support Order", {"organisation": school.organisation})
	consent = frappe.get_doc("PPSS Consent", {"learner": learner.name})
	return SimpleNamespace(
		learner=learner, order=order, consent=consent, meeting=meeting, programme=programme
	)


def test_approved_papers_are_frozen_in_kazakh_and_russian(site, school, frozen):
	for paper in (frozen.order, frozen.meeting, frozen.programme):
		rows = entries(paper)
		assert [(row.event, row.language, row.version) for row in rows] == [
			("Frozen", "kk", 1),
			("Frozen", "ru", 1),
		]
		for row in rows:
			content = store.read(row.file_url)
			assert store.sha256(content) == row.sha256
			assert len(PdfReader(BytesIO(content)).pages) == row.pages
			assert row.decided_by == paper.history[-1].person
	assert [row.language for row in entries(frozen.consent)] == ["kk"]
	assert entries(frozen.programme)[0].learner == frozen.learner.name


def test_register_is_numbered_without_gaps_and_sound(site, school, frozen):
	rows = register.rows_of(school.organisation)
	assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
	assert faults(school) == []


def test_freezing_again_changes_nothing(site, school, frozen):
	before = register.rows_of(school.organisation)
	support.freeze_papers(school)
	freezing.work_off(frozen.order.doctype, frozen.order.name)
	assert register.rows_of(school.organisation) == before


def test_draft_and_rolled_back_approval_leave_nothing(site, school):
	draft = school.order("With head", order_kind="Change")
	assert waiting(draft) == []


# ---- reprint


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_reprint_is_the_frozen_file(site, school, frozen, lang):
	row = entries(frozen.order, language=lang)[0]
	assert reprint(frozen.order, lang) == store.read(row.file_url)


def test_reprint_stays_the_same_when_names_change(site, school, frozen):
	kept = reprint(frozen.order)
	frappe.db.set_value("PPSS Organisation", school.organisation, "name_kk", "Басқа атау")
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	assert reprint(frozen.order) == kept
	frappe.db.rollback()
	frappe.clear_document_cache("PPSS Organisation", school.organisation)


def test_list_print_joins_the_frozen_pages(site, school, frozen):
	download_multi_pdf("PPSS Support Order", frappe.as_json([frozen.order.name]))
	pages = PdfReader(BytesIO(frappe.local.response.filecontent)).pages
	assert len(pages) == entries(frozen.order, language="kk")[0].pages


def test_who_reads_part_of_the_paper_gets_no_frozen_file(site, school, frozen):
	with school.acting("ADM"):
		assert reprint(frozen.meeting) != store.read(entries(frozen.meeting)[0].file_url)


def test_altered_file_is_not_handed_out(site, school, frozen, rest):
	row = entries(frozen.order, language="kk")[0]
	path = store.path_of(row.file_url)
	content = store.read(row.file_url)
	with open(path, "ab") as file:
		file.write(b"x")
	try:
		answer = rest(school.users["HEAD"]).call(
			"GET", "/api/method/ppss_support.archive.doors.download", entry=row.name
		)
		check_refused(answer, "A58")
		assert faults(school) == [chain.Fault(chain.ALTERED_FILE, row.number, frozen.order.name)]
	finally:
		store.write(path, content)


def test_layout_of_the_kind_is_the_frozen_file_too(site, school):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	programme = support.cdp(school, learner)
	freeze(programme)
	for row in entries(programme):
		kept = store.read(row.file_url)
		for print_format in ("PPSS Programme", "PPSS Correction Programme"):
			assert reprint(programme, row.language, format=print_format) == kept
		assert reprint(programme, row.language, format="PPSS Programme Shareable") != kept


# ---- prints attached to e-mails


@pytest.fixture
def attaching(site, monkeypatch):
	monkeypatch.setattr(frappe, "attach_print", frappe.attach_print)
	attached_prints.take_over()


@pytest.mark.parametrize("lang, kept", [("kk", "kk"), ("ru", "ru"), ("en", "kk")])
def test_mail_brings_the_frozen_file(site, frozen, attaching, monkeypatch, lang, kept):
	# The framework opens the log of its engine on import, in the folder of the sites.
	from frappe.email.doctype.email_queue.email_queue import EmailQueue, SendMailContext

	monkeypatch.setattr(EmailQueue, "get_email_account", lambda self: None)
	about = {"doctype": frozen.order.doctype, "name": frozen.order.name, "print_format": "PPSS Order"}
	attachments = [{**about, "html": None, "print_format_attachment": 1, "lang": lang, "print_letterhead": 1}]
	queue = frappe.get_doc({"doctype": "Email Queue", "attachments": frappe.as_json(attachments)})
	sent = email.message_from_bytes(
		SendMailContext(queue, "no server").include_attachments(MIMEMultipart().as_string())
	)
	(attached,) = [part for part in sent.walk() if part.get_filename()]
	row = entries(frozen.order, language=kept)[0]
	assert attached.get_payload(decode=True) == store.read(row.file_url)


def test_attached_print_says_no_more_than_its_sender_reads(site, school, frozen, attaching):
	about = (frozen.meeting.doctype, frozen.meeting.name)
	whole, text = store.read(entries(frozen.meeting)[0].file_url), "Назарға алынсын"
	with school.acting("PSY"):
		assert frappe.attach_print(*about, lang="kk")["fcontent"] == whole
	with school.acting("ADM"):
		part = frappe.attach_print(*about, lang="kk")["fcontent"]
	assert text in read(whole) and "ХАТТАМА" in read(part) and text not in read(part)
	with school.acting("ACC"), pytest.raises(frappe.PermissionError):
		frappe.attach_print(*about)


def test_other_attached_prints_are_the_frameworks(site, attaching, monkeypatch):
	seen = []
	monkeypatch.setattr(attached_prints, "FRAMEWORK", lambda *args, **kwargs: seen.append((args, kwargs)))
	frappe.attach_print("ToDo", "x", print_letterhead=False)
	assert seen == [(("ToDo", "x"), {"print_letterhead": False})]


# ---- what follows an approval


def test_superseded_paper_gets_a_row_and_keeps_its_file(site, connected):
	school = School()
	first = school.order()
	second = school.order(supersedes=first.name)
	freeze(first, second)
	assert [row.event for row in entries(first)] == ["Frozen", "Frozen", "Superseded"]
	assert [row.event for row in entries(second)] == ["Frozen", "Frozen"]
	assert faults(school) == []


def test_cancelled_paper_gets_a_row_and_keeps_its_file(site, school, rest):
	meeting = school.meeting()
	with school.acting("HEAD"):
		take(meeting, "Cancel", "Қате хаттама")
	freeze(meeting)
	rows = entries(meeting)
	assert [row.event for row in rows] == ["Frozen", "Frozen", "Cancelled"]
	assert "ХАТТАМА" in text_of(rows[0])
	cancelled = frappe.get_doc(register.DOCTYPE, rows[-1].name)
	assert (cancelled.reason, cancelled.file_url) == ("Қате хаттама", None)


def text_of(row) -> str:
	return " ".join(page.extract_text() for page in PdfReader(BytesIO(store.read(row.file_url))).pages)


def test_papers_approved_before_there_was_an_archive_follow(site, connected):
	school = School()
	first = school.order()
	second = school.order(supersedes=first.name)
	frappe.db.delete("PPSS Freezing", {"organisation": school.organisation})
	freeze_approved_papers.execute()
	freeze_approved_papers.execute()
	assert [row.event for row in waiting(first)] == ["Frozen", "Superseded"]
	freeze(first, second)
	assert [row.event for row in entries(first)] == ["Frozen", "Frozen", "Superseded"]
	assert [row.event for row in entries(second)] == ["Frozen", "Frozen"]


# ---- failures


def test_failure_keeps_its_reason_and_is_tried_again(site, school, monkeypatch):
	meeting = school.meeting()
	with monkeypatch.context() as broken:
		broken.setattr(freezing, "render_pdfa", lambda html: 1 / 0)
		freeze(meeting)
	assert entries(meeting) == []
	row = waiting(meeting)[0]
	assert (row.status, row.attempts) == ("Waiting", 1) and "ZeroDivisionError" in row.last_error
	freeze(meeting)
	row = waiting(meeting)[0]
	assert (row.status, row.attempts, row.last_error) == ("Done", 2, None)
	assert len(entries(meeting)) == 2 and faults(school) == []


# ---- nobody changes the archive


@pytest.mark.parametrize("field", ["sha256", "number", "document", "decided_by", "previous_hash", "row_hash"])
def test_row_is_not_changed_by_anybody(site, school, frozen, rest, field):
	row = entries(frozen.order)[0]
	value = 99 if field == "number" else "x"
	for key in ("DEP", "ADM"):
		# Read-only fields of a form are the framework's to restore; written past it they are refused.
		rest(school.users[key]).change(register.DOCTYPE, row.name, **{field: value})
		doc = frappe.get_doc(register.DOCTYPE, row.name)
		doc.set(field, value)
		with acting_as(school.users[key]), pytest.raises(frappe.ValidationError):
			doc.save()
	assert faults(school) == []


def test_row_is_neither_made_nor_deleted(site, school, frozen, rest):
	row = entries(frozen.order)[0]
	values = {"organisation": school.organisation, "number": 999, "event": "Frozen"}
	about = {"document_type": "PPSS Support Order", "document": frozen.order.name}
	for user in (school.users["DEP"], school.users["HEAD"]):
		assert not rest(user).create(register.DOCTYPE, **values).ok
		assert not rest(user).delete(register.DOCTYPE, row.name).ok
	for code, act in (
		("A57", lambda: frappe.delete_doc(register.DOCTYPE, row.name)),
		("A56", lambda: frappe.get_doc({"doctype": register.DOCTYPE, **values}).insert()),
		("A57", lambda: frappe.delete_doc("PPSS Freezing", frappe.db.get_value("PPSS Freezing", about))),
		("A56", lambda: frappe.get_doc({"doctype": "PPSS Freezing", **about}).insert()),
	):
		with pytest.raises(frappe.ValidationError, match=code):
			act()
	assert faults(school) == []


def test_file_is_neither_deleted_nor_changed_even_by_the_administrator(site, school, frozen):
	row = entries(frozen.order)[0]
	name = frappe.db.get_value("File", {"file_url": row.file_url})
	file = frappe.get_doc("File", name)
	assert file.is_private
	with pytest.raises(frappe.ValidationError, match=r"\[A57\]"):
		frappe.delete_doc("File", name)
	file.is_private = 0
	with pytest.raises(frappe.ValidationError, match=r"\[A57\]"):
		file.save()
	frappe.db.rollback()
	assert store.digest_of(row.file_url) == row.sha256


def test_file_is_not_handed_out_by_its_address(site, school, frozen, rest):
	row = entries(frozen.order)[0]
	for key in ("HEAD", "DEP", "ADM", "ACC"):
		assert not rest(school.users[key]).call("GET", row.file_url).ok


# ---- who sees what


@pytest.mark.parametrize(
	"key, sees", [("HEAD", True), ("DEP", True), ("ADM", True), ("PSY", False), ("ACC", False)]
)
def test_register_is_read_by_head_deputy_and_registrar(site, school, frozen, rest, key, sees):
	assert bool(rest(school.users[key]).names(register.DOCTYPE)) is sees
	answer = rest(school.users[key]).method("ppss_support.archive.doors.verify")
	assert answer.ok is sees


def test_another_school_sees_nothing(site, frozen, rest):
	other = School()
	assert rest(other.users["HEAD"]).names(register.DOCTYPE) == set()


def test_registrar_does_not_open_a_psychological_paper(site, school, frozen, rest):
	door = "/api/method/ppss_support.archive.doors.download"
	for paper in (frozen.meeting, frozen.programme):
		assert not rest(school.users["ADM"]).call("GET", door, entry=entries(paper)[0].name).ok
		check_ok(rest(school.users["DEP"]).call("GET", door, entry=entries(paper)[0].name))


def test_archivist_fills_case_retention_and_hold(site, school, frozen, rest):
	row = entries(frozen.order)[0]
	answer = rest(school.users["ADM"]).create(
		"PPSS Case Index",
		case_number="05-12",
		title="Қолдау қызметінің бұйрықтары",
		papers=[{"document_type": "PPSS Learner List"}],
	)
	check_ok(answer)
	case = answer.data["name"]
	check_ok(
		rest(school.users["ADM"]).change(
			register.DOCTYPE, row.name, case_index=case, retention="5 жыл", legal_hold=1
		)
	)
	assert not rest(school.users["HEAD"]).change(register.DOCTYPE, row.name, legal_hold=0).ok
	assert frappe.db.exists("Version", {"ref_doctype": register.DOCTYPE, "docname": row.name})
	assert faults(school) == []


# ---- checking


def test_tampering_with_the_table_is_named(site, school, frozen):
	rows = entries(frozen.order)
	frappe.db.set_value(register.DOCTYPE, rows[0].name, "decided_by", "Басқа адам")
	assert faults(school) == [chain.Fault(chain.ALTERED_ROW, rows[0].number, frozen.order.name)]
	frappe.db.rollback()
	frappe.db.delete(register.DOCTYPE, {"name": rows[1].name})
	assert faults(school) == [chain.Fault(chain.MISSING_ROW, rows[1].number)]
	frappe.db.rollback()
	last = register.last_number(school.organisation)
	frappe.db.delete(register.DOCTYPE, {"organisation": school.organisation, "number": last})
	assert faults(school) == [chain.Fault(chain.MISSING_ROW, last)]
	frappe.db.rollback()


@pytest.mark.parametrize("lang, word", [("kk", "тұтас"), ("ru", "цела")])
def test_result_of_the_check_comes_as_a_notice(site, school, frozen, lang, word):
	user = school.users["DEP"]
	frappe.db.set_value("User", user, "language", lang)
	verify_and_tell(school.organisation, user)
	subject = frappe.get_last_doc("Notification Log", {"for_user": user}).subject
	assert word in subject
	frappe.db.rollback()


def test_command_names_each_fault_and_says_so_to_who_called_it(site, sites, school, frozen):
	row = entries(frozen.order)[0]
	path = store.path_of(row.file_url)
	content = store.read(row.file_url)
	with open(path, "ab") as file:
		file.write(b"x")
	try:
		bench = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site.local.site]
		command = [*bench, "ppss-verify-archive"]
		run = subprocess.run(command, cwd=sites, capture_output=True, text=True, timeout=120)
	finally:
		store.write(path, content)
	count = register.last_number(school.organisation)
	fault = f"  No {row.number}, {frozen.order.name}: the file was altered"
	assert f"{school.organisation}: {count} rows, 1 faults\n{fault}\n" in run.stdout, run
	assert run.returncode == 1


# ---- nomenclature


def test_case_index_stands_once_and_holds_a_kind_of_paper_once(site, school, rest):
	registrar = rest(school.users["ADM"])
	values = {"case_number": "07-01", "title": "Келісімдер", "papers": [{"document_type": "PPSS Consent"}]}
	check_ok(registrar.create("PPSS Case Index", **values))
	check_refused(registrar.create("PPSS Case Index", **values), "A59 A60")
	assert not rest(school.users["ACC"]).names("PPSS Case Index")


def test_new_rows_are_filed_as_the_nomenclature_says(site, school):
	with school.acting("ADM"):
		case = frappe.get_doc(
			{
				"doctype": "PPSS Case Index",
				"case_number": "07-09",
				"title": "Хаттамалар",
				"retention": "3 жыл",
				"papers": [{"document_type": "PPSS Meeting"}],
			}
		).insert()
	meeting = school.meeting()
	freeze(meeting)
	row = frappe.get_doc(register.DOCTYPE, entries(meeting)[0].name)
	assert (row.case_index, row.retention) == (case.name, "3 жыл")


@pytest.mark.clause("KZ92-14.1.2c")
@pytest.mark.parametrize(
	"lang, title, case",
	[("kk", "ІСТЕР НОМЕНКЛАТУРАСЫ", "Жарлықтар"), ("ru", "НОМЕНКЛАТУРА ДЕЛ", "Распоряжения")],
)
def test_nomenclature_on_paper_says_index_title_and_term(site, school, lang, title, case):
	values = {"case_number": f"09-{lang}", "title": "Жарлықтар", "title_ru": "Распоряжения"}
	with school.acting("ADM"):
		made = {**values, "list_item": "41-т.", "retention": "10 жыл"}
		frappe.get_doc({"doctype": "PPSS Case Index", **made}).insert()
		pdf = nomenclature.printed(school.organisation, lang)
	assert validate_pdf_bytes(pdf, profile="3b").is_compliant
	text = closed_up(read(pdf))
	assert closed_up(title) in text and "10жыл,41-т." in text and f"09-{lang}" in text
	assert case in text and ("Жарлықтар" in text) is (lang == "kk")
	with school.acting("ACC"), pytest.raises(frappe.PermissionError):
		nomenclature.printed(school.organisation, lang)


def test_nomenclature_is_sent_by_its_door(site, school, rest):
	door = "/api/method/ppss_support.archive.nomenclature.download"
	assert "НОМЕНКЛАТУРА" in closed_up(read(rest(school.users["ADM"]).bytes(door)))
	for key in ("PSY", "ACC"):
		assert not rest(school.users[key]).call("GET", door).ok


# ---- PDF/A


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("paper", ["order", "consent", "meeting", "programme"])
def test_frozen_file_is_a_valid_pdf_a(site, frozen, paper, lang):
	rows = entries(getattr(frozen, paper), language=lang)
	for row in rows:
		report = validate_pdf_bytes(store.read(row.file_url), profile="3b")
		assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures]
	assert rows or paper == "consent"


def test_same_page_gives_the_same_bytes(site, frozen):
	html = html_of(frozen.order, "PPSS Order", "kk")
	first = render_pdfa(html)
	sleep(1.1)
	assert render_pdfa(html) == first


# ---- inventory


@pytest.mark.clause("KZ92-14.1.2c")
def test_inventory_has_each_paper_once_under_its_case(site, school, frozen, rest):
	filters = {"school_year": school.year}
	for key, sees in (("ADM", True), ("DEP", True), ("PSY", False), ("ACC", False)):
		answer = rest(school.users[key]).method(
			"frappe.desk.query_report.run", report_name="PPSS Archive Inventory", filters=filters
		)
		assert answer.ok is sees
	with school.acting("ADM"):
		rows = inventory(filters)[1]
	papers = [row["document"] for row in rows]
	assert len(papers) == len(set(papers)) and frozen.order.name in papers
	assert [row["line"] for row in rows] == list(range(1, len(rows) + 1))
	assert all(row["pages"] and row["language"] == "kk" for row in rows)


@pytest.mark.parametrize("lang, title", [("kk", "МҰРАҒАТ ТІЗІМДЕМЕСІ"), ("ru", "АРХИВНАЯ ОПИСЬ")])
def test_inventory_on_paper_ends_with_the_hash_of_the_register(site, school, frozen, lang, title):
	with school.acting("ADM"):
		pdf = printed(school.organisation, school.year, lang)
	assert validate_pdf_bytes(pdf, profile="3b").is_compliant
	text = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
	assert title.replace(" ", "") in text and frozen.order.name in text
	assert register.head(school.organisation) in text
	with school.acting("ACC"), pytest.raises(frappe.PermissionError):
		printed(school.organisation, school.year, lang)
