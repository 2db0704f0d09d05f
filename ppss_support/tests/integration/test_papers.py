"""What the printed papers say: read back from the PDF, as a school would read it from the sheet."""

import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest
from pypdf import PdfReader

import ppss_support
from ppss_support.papers import MODULE, download_pdf, render
from ppss_support.print_helpers import age_on, dated, long_date, month_name, russian_years
from ppss_support.tests.factories import day

clause = pytest.mark.clause
APP = Path(ppss_support.__file__).parent

# Section E of the requirements, line by line: the annex to the Rules of order No 92, not a character altered.
BLANK_FORM = [
	"Білім беру ұйымдарындағы",
	"психологиялық-педагогикалық",
	"қолдау қызметінің жұмыс істеу",
	"қағидаларына",
	"қосымша",
	"Нысан",
	"Ата-ананың немесе өзге де заңды өкілдің психологиялық-педагогикалық қолдау көрсетуге келісімі",
	"Мен ________________________________________________________",
	"(Ата-ананың немесе өзге де заңды өкілдің толық аты-жөні (ол болған жағдайда))",
	"балам _______________________________________________________",
	"(баланың толық аты-жөні (ол болған жағдайда), сынып)",
	"психологиялық-педагогикалық қолдау көрсетуге келісім беремін.",
	'"___" _______________ 20__ жыл',
	"Қолы _____________",
]
LONG_NAME = "Бекмұхамбетқызы-Сейтжаппарова Гүлнәзия-Айымгүл Әбдіжаппарқызы-Өмірзақова"
# Latin letters that stand on a paper for good: numbers of documents and the marks of a test's own data.
NOT_ENGLISH = re.compile(
	r"PPSS-[A-Z]+-[\w-]*[-\s]*[\d-]*|(?<![A-Z])[A-Z]{2,4}(?![A-Za-z])|\b[0-9a-fA-F]{5,6}\b|<[^>]*>"
)
FORMATS = {
	"PPSS Consent Form": "consent",
	"PPSS Consent Form Blank": "consent",
	"PPSS Order": "order",
	"PPSS List of Children": "list",
	"PPSS Programme": "programme",
	"PPSS Programme Shareable": "programme",
	"PPSS Assessment Protocol": "assessment",
	"PPSS Minutes": "meeting",
	"PPSS Extract from Minutes": "meeting",
	"PPSS Referral Letter": "referral",
	"PPSS Ethics Acknowledgement": "acknowledgement",
}
NEVER_A_DRAFT = {"PPSS Consent Form", "PPSS Consent Form Blank", "PPSS Ethics Acknowledgement"}
WITH_MARK = sorted(set(FORMATS) - NEVER_A_DRAFT)


def read(pdf: bytes) -> str:
	"""Return the text of the pages with every run of white space as one space."""
	return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def printed(doc, print_format: str, lang: str = "kk") -> str:
	return read(render(frappe.get_doc(doc.doctype, doc.name), print_format, lang))


@pytest.fixture(scope="module")
def papers(connected, school) -> SimpleNamespace:
	"""Two children with every paper of the path approved, and a draft of each."""
	first, second = school.add_learner(), school.add_learner()
	first.update({"surname": "Жүнісов", "given_name": "Ерасыл", "patronymic": "Мақсатұлы"}).save()
	second.update({"surname": "Қасымова", "given_name": "Аружан", "patronymic": "Нұрланқызы"}).save()
	for learner in (first, second):
		school.open_case(learner)
	made = {
		"order": frappe.get_doc("PPSS Support Order", {"organisation": school.organisation}),
		"order_draft": school.order("Draft", order_kind="Change"),
		"consent_draft": school.consent(first, "Prepared", date_signed="2026-11-21"),
		"consent": school.consent(first),
		"consent_other": school.consent(second),
		"assessment_draft": school.assessment(first, "Draft", review_date=day(60)),
		"assessment": school.assessment(first),
		"assessment_other": school.assessment(second),
		"list": school.learner_list([first, second]),
		"programme_draft": school.programme(second, "Draft"),
		"programme": school.programme(first),
		"meeting_draft": school.meeting("Planned"),
		"referral_draft": school.referral(second),
		"referral": school.referral(first, "Sent"),
	}
	made["list_draft"] = school.learner_list([first], "Draft")
	with school.acting("PSY"):
		made["acknowledgement"] = frappe.get_doc(
			{"doctype": "PPSS Ethics Acknowledgement", "signed": 1, "archive_index": "02-07"}
		).insert()
	made["meeting"] = two_decisions(school, first, second)
	connected.db.commit()
	return SimpleNamespace(first=first, second=second, **made)


def two_decisions(school, first, second):
	return school.meeting(
		agenda=[
			{
				"question": "Бірінші мәселе",
				"reporter": school.staff["PSY"],
				"heard": f"{second.full_name} туралы айтылды",
			},
			{"question": f"{second.full_name} туралы мәселе", "reporter": school.staff["SOC"]},
		],
		decisions=(
			{
				"kind": "DK9",
				"learner": first.name,
				"text": "Бірінші баланы қолдау жалғассын",
				"agenda_no": 1,
				"votes_for": 6,
			},
			{"kind": "DK9", "learner": second.name, "text": "Екінші баланы қолдау тоқтасын", "agenda_no": 2},
		),
	)


# ---- the official form


@clause("KZ92-A.1", "KZ92-A.2", "KZ92-A.3", "KZ92-A.4", "KZ92-A.5", "KZ92-A.6")
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_blank_form_is_the_annex_to_the_letter(site, papers, lang):
	assert printed(papers.consent, "PPSS Consent Form Blank", lang) == " ".join(BLANK_FORM)


@clause("KZ92-A.1")
@pytest.mark.clause("KZ92-A")
def test_blank_form_prints_without_a_document(site):
	pdf = render(frappe.new_doc("PPSS Consent"), "PPSS Consent Form Blank")
	assert read(pdf) == " ".join(BLANK_FORM)


@clause("KZ92-A.2", "KZ92-A.3", "KZ92-A.5")
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_filled_form_adds_the_data_and_the_foot_only(site, papers, lang):
	doc = papers.consent_draft
	written = {
		7: f"Мен {doc.representative_full_name}",
		9: f"балам {papers.first.full_name}, 7 Ә",
		12: '"21" қараша 2026 жыл',
	}
	expected = [written.get(number, line) for number, line in enumerate(BLANK_FORM)] + [doc.name]
	assert closed_up(printed(doc, "PPSS Consent Form", lang)) == closed_up(" ".join(expected))


def closed_up(text: str) -> str:
	"""The date is written with a little room on its rules: spaces there do not count."""
	return re.sub(r"\s", "", text)


@clause("KZ92-A.6")
def test_signature_of_the_form_is_never_filled(site, papers):
	assert "Қолы _____________" in printed(papers.consent, "PPSS Consent Form")


@clause("KZ92-A.5")
def test_form_without_a_date_keeps_the_rules_of_the_date(site, papers):
	doc = frappe.get_doc("PPSS Consent", papers.consent_draft.name)
	doc.date_signed = None
	assert '"___" _______________ 20__ жыл' in read(render(doc, "PPSS Consent Form"))


def test_long_name_wraps_on_the_form(site, papers):
	doc = frappe.get_doc("PPSS Consent", papers.consent_draft.name)
	doc.learner_full_name = LONG_NAME
	pdf = render(doc, "PPSS Consent Form")
	assert closed_up(f"балам {LONG_NAME}, 7 Ә") in closed_up(read(pdf))
	assert smallest_size(pdf) >= 10


def smallest_size(pdf: bytes) -> float:
	sizes = []
	for page in PdfReader(BytesIO(pdf)).pages:
		page.extract_text(
			visitor_text=lambda text, cm, tm, font, size: sizes.append(size) if text.strip() else None
		)
	return min(sizes)


# ---- every paper


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_no_english_word_is_left(site, papers, print_format, lang):
	text = printed(getattr(papers, FORMATS[print_format]), print_format, lang)
	assert re.findall(r"[A-Za-z]{3,}", NOT_ENGLISH.sub(" ", text)) == []


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_only_the_shipped_font_is_used(site, papers, print_format):
	pdf = render(getattr(papers, FORMATS[print_format]), print_format, "kk")
	names = {font["/BaseFont"] for page in PdfReader(BytesIO(pdf)).pages for font in fonts_of(page)}
	assert names and all("Tinos" in name for name in names)


def fonts_of(page) -> list:
	return [font.get_object() for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize("print_format", WITH_MARK)
def test_draft_is_marked_until_approval(site, papers, print_format):
	kind = FORMATS[print_format]
	assert "ЖОБА" in printed(getattr(papers, f"{kind}_draft"), print_format)
	assert "ПРОЕКТ" in printed(getattr(papers, f"{kind}_draft"), print_format, "ru")
	assert "ЖОБА" not in printed(getattr(papers, kind), print_format)


def test_form_is_never_marked(site, papers):
	assert "ЖОБА" not in printed(papers.consent_draft, "PPSS Consent Form")


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_reprint_is_identical(site, papers, print_format):
	doc = getattr(papers, FORMATS[print_format])
	assert printed(doc, print_format) == printed(doc, print_format)


@pytest.mark.parametrize("print_format", WITH_MARK)
def test_pages_are_counted_and_numbered(site, papers, print_format):
	doc = getattr(papers, FORMATS[print_format])
	pages = PdfReader(BytesIO(render(doc, print_format, "kk"))).pages
	for number, page in enumerate(pages, 1):
		text = page.extract_text()
		assert f"{number} / {len(pages)}" in text
		assert doc.name in text
		assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


@pytest.mark.parametrize("print_format", WITH_MARK)
def test_letterhead_names_the_organisation_in_both_languages(site, papers, school, print_format):
	text = printed(getattr(papers, FORMATS[print_format]), print_format, "ru")
	names = frappe.db.get_value("PPSS Organisation", school.organisation, ["name_kk", "name_ru"])
	assert all(name in text for name in names)


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_only_the_consent_is_called_a_form(site, papers, print_format):
	text = printed(getattr(papers, FORMATS[print_format]), print_format).lower()
	assert ("нысан" in text) is print_format.startswith("PPSS Consent Form")


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_text_typed_by_users_is_not_markup(site, papers, print_format):
	doc = frappe.get_doc(getattr(papers, FORMATS[print_format]).as_dict())
	fill_with_markup(doc)
	text = read(render(doc, print_format, "kk"))
	if print_format != "PPSS Consent Form Blank":
		assert "<b>" in text


def fill_with_markup(doc):
	"""Write a tag into every free text; whatever is let through as markup disappears from the page."""
	for df in doc.meta.fields:
		if df.fieldtype in ("Data", "Text", "Small Text") and not df.fetch_from and doc.get(df.fieldname):
			doc.set(df.fieldname, f"<b>{doc.get(df.fieldname)}</b><img src='http://example.com/x.png'>")
		elif df.fieldtype == "Table" and df.fieldname != "history":
			for row in doc.get(df.fieldname):
				fill_with_markup(row)


MACRO_CALLS = (
	r"(?:(?:paper|minutes|programme)\.\w+|caller|foot|columns|form_line|contents|subjects|lessons|review)\(.*"
)
# What may stand in a template without being escaped: parts of the paper, our own wording, numbers of rows.
TRUSTED = re.compile(
	rf'{MACRO_CALLS}|_\("[^"]*"\)|loop\.index|"[^"]*"( if .+ else .+| \* \w+)|p\.question\.idx'
)


@pytest.mark.parametrize("path", sorted(APP.glob("**/print_format*/**/*.html")), ids=lambda path: path.stem)
def test_templates_escape_every_value(path):
	for value in re.findall(r"\{\{-?\s*(.*?)\s*-?\}\}", path.read_text(encoding="utf-8"), re.DOTALL):
		assert value.endswith("| e") or TRUSTED.fullmatch(value), value


# ---- approval and signatures


@clause("KZ92-14.2.1c")
@pytest.mark.parametrize(
	"kind, print_format", [("list", "PPSS List of Children"), ("programme", "PPSS Programme")]
)
def test_approval_names_the_head_and_the_day(site, papers, school, kind, print_format):
	doc = getattr(papers, kind)
	step = next(row for row in doc.history if row.to_state == "Approved")
	head = frappe.get_doc("PPSS Specialist", school.staff["HEAD"])
	text = printed(doc, print_format)
	assert f"БЕКІТЕМІН {head.position} ______________ {head.full_name} {long_date(step.at)}" in text
	assert "УТВЕРЖДАЮ" in printed(doc, print_format, "ru")


def test_before_approval_the_line_is_empty(site, papers, school):
	text = printed(papers.list_draft, "PPSS List of Children")
	assert "______________ 20__ жылғы «___» __________" in text
	assert frappe.db.get_value("PPSS Specialist", school.staff["HEAD"], "full_name") not in text


@clause("KZ92-4.2", "KZ92-14.1.1a", "KZ92-0.1")
def test_order_creates_the_service_on_the_basis_of_the_rules(site, papers, school):
	text = printed(papers.order, "PPSS Order")
	assert "БҰЙРЫҚ" in text and "БҰЙЫРАМЫН:" in text
	assert "2025 жылғы 29 сәуірдегі № 92 бұйрығымен бекітілген Қағидалардың 4, 14-тармақтарына сәйкес" in text
	assert f"№ {papers.order.order_no}" in text and long_date(papers.order.order_date) in text
	for row in papers.order.members:
		assert row.full_name in text
	assert "Таныстым:" in text


@clause("KZ92-4.2")
def test_order_names_the_coordinator(site, papers):
	leader = next(row for row in papers.order.members if row.is_coordinator)
	assert f"{leader.position} {leader.full_name} үйлестіреді." in printed(papers.order, "PPSS Order")


def test_order_in_russian_cites_the_official_title(site, papers):
	text = printed(papers.order, "PPSS Order", "ru")
	assert (
		"утверждённых приказом Министра просвещения Республики Казахстан от 29 апреля 2025 года № 92" in text
	)
	assert "«Об утверждении Правил деятельности службы психолого-педагогического сопровождения" in text


# ---- privacy


@clause("KZ92-14.2.6b")
@pytest.mark.parametrize("number, own, other", [(1, "Бірінші", "Екінші"), (2, "Екінші", "Бірінші")])
def test_extract_has_one_decision_of_one_child(site, papers, number, own, other):
	doc = frappe.get_doc("PPSS Meeting", papers.meeting.name)
	doc.flags.decision_no = number
	text = read(render(doc, "PPSS Extract from Minutes"))
	children = [papers.first.full_name, papers.second.full_name]
	assert f"{number}. {own} баланы қолдау" in text
	assert f"{other} баланы" not in text
	assert children[number - 1] in text and children[2 - number] not in text


def test_extract_takes_the_number_from_the_request(site, papers, monkeypatch):
	monkeypatch.setattr(frappe.local, "form_dict", frappe._dict(decision_no="2"))
	assert papers.first.full_name not in printed(papers.meeting, "PPSS Extract from Minutes")


def test_extract_of_a_decision_that_is_not_there_is_refused(site, papers):
	doc = frappe.get_doc("PPSS Meeting", papers.meeting.name)
	doc.flags.decision_no = 9
	with pytest.raises(frappe.ValidationError):
		render(doc, "PPSS Extract from Minutes")


def test_minutes_have_every_decision(site, papers):
	text = printed(papers.meeting, "PPSS Minutes")
	assert "ХАТТАМА" in text and "Бірінші баланы" in text and "Екінші баланы" in text
	assert "жақтады – 6, қарсы – 0, қалыс қалды – 0" in text


@pytest.mark.clause("KZ92-5.6")
def test_shareable_copy_has_no_category(site, papers):
	category = frappe.db.get_value("PPSS Term", "C1", "label_kk")
	assert category in printed(papers.programme, "PPSS Programme")
	shared = printed(papers.programme, "PPSS Programme Shareable")
	assert category not in shared and "Санаты" not in shared
	assert papers.first.full_name in shared


def test_who_may_not_read_decisions_does_not_print_them(site, papers, school):
	with school.acting("ADM"):
		text = printed(papers.meeting, "PPSS Minutes")
	assert (
		"ХАТТАМА" in text
		and "баланы қолдау" not in text
		and papers.second.full_name + " туралы айтылды" not in text
	)


def test_sheet_of_a_colleague_is_withheld_from_the_protocol(site, papers, school):
	with school.acting("SOC"):
		text = printed(papers.assessment, "PPSS Assessment Protocol")
	assert "Маманның парағында сақталады" in text and "Байқалды" not in text


# ---- doors


def test_button_sends_our_paper(site, papers):
	download_pdf("PPSS Support Order", papers.order.name, "PPSS Order", language="ru")
	assert frappe.local.response.type == "pdf"
	assert "ПРИКАЗ" in read(frappe.local.response.filecontent)


def test_button_is_closed_to_who_may_not_read(site, papers, school):
	with school.acting("ACC"), pytest.raises(frappe.PermissionError):
		download_pdf("PPSS Programme", papers.programme.name, "PPSS Programme")


def test_button_leaves_other_documents_to_the_framework(site, monkeypatch):
	seen = {}

	def own(doctype, name, format=None, doc=None, no_letterhead=0, language=None, letterhead=None):
		seen.update(doctype=doctype, name=name, language=language)

	monkeypatch.setattr("frappe.utils.print_format.download_pdf", own)
	download_pdf("ToDo", "x", language="ru", settings="{}", pdf_generator="chrome")
	assert seen == {"doctype": "ToDo", "name": "x", "language": "ru"}


def test_long_list_repeats_its_head_row(site, papers, school):
	doc = frappe.get_doc(papers.list.as_dict())
	row = doc.rows[0]
	for _number in range(45):
		doc.append("rows", {**row.as_dict(), "name": None, "idx": None})
	pages = PdfReader(BytesIO(render(doc, "PPSS List of Children", "kk"))).pages
	with_rows = [
		page.extract_text() for page in pages if papers.first.full_name.split()[0] in page.extract_text()
	]
	assert len(with_rows) > 1 and all("Толық аты-жөні" in text for text in with_rows)


def test_every_print_format_is_reached_from_its_doctype(site):
	names = frappe.get_all("Print Format", {"module": MODULE}, pluck="name")
	assert sorted(names) == sorted(FORMATS)
	for doctype in {frappe.db.get_value("Print Format", name, "doc_type") for name in names}:
		assert frappe.get_meta(doctype).default_print_format in names


# ---- words


@pytest.mark.parametrize(
	"value, kk, ru",
	[
		("2025-04-29", "2025 жылғы 29 сәуірдегі", "от 29 апреля 2025 года"),
		("2026-09-01", "2026 жылғы 1 қыркүйектегі", "от 1 сентября 2026 года"),
		("2026-11-21", "2026 жылғы 21 қарашадағы", "от 21 ноября 2026 года"),
	],
)
def test_date_of_an_act(value, kk, ru):
	assert (dated(value, "kk"), dated(value, "ru")) == (kk, ru)


@clause("KZ92-A.5")
def test_months_are_in_words():
	assert month_name("2026-11-21") == "қараша"
	assert long_date("2026-11-21", "kk") == "2026 жылғы 21 қараша"
	assert long_date("2026-11-21", "ru") == "21 ноября 2026 года"


def test_age_is_that_of_the_day():
	assert age_on("2014-05-10", "2026-05-09") == 11
	assert age_on("2014-05-10", "2026-05-10") == 12
	assert [russian_years(n) for n in (1, 3, 5, 11, 12, 21, 22)] == [
		"год",
		"года",
		"лет",
		"лет",
		"лет",
		"год",
		"года",
	]
