"""What the printed papers say: read back from the PDF, as a school would read it from the sheet."""

import re
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest
from frappe import _
from page import validate_pdf_bytes
from pypdf import PdfReader

import ppss_support
from ppss_support.papers import MODULE, download_pdf, html_of, render
from ppss_support.pdf.archival import render_pdfa
from ppss_support.print_helpers import (
	age_on,
	dated,
	long_date,
	month_name,
	ppss_kept_together,
	russian_years,
	short_date,
	term_label,
)
from ppss_support.print_programmes import ProgrammeView
from ppss_support.tests import support
from ppss_support.tests.papers import (
	FORMATS,
	KAZAKH,
	closed_up,
	fetched,
	foot_of,
	inside_margins,
	make_papers,
	pages_with_letters,
	printed,
	read,
	wording,
)

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
LONG_NAME = (
	"Бекмұхамбетқызы-Сейтжаппарова-Құдайбергенова Гүлнәзия-Айымгүл-Жаңагүл Әбдіжаппарқызы-Өмірзақова-Һашымова"
)
DOOR = "/api/method/frappe.utils.print_format.download_pdf"
# Papers with free text, and the table of each that may grow over a page.
WITH_TEXT = [
	"PPSS Activity Record",
	"PPSS Analytical Report",
	"PPSS Annual Plan",
	"PPSS Annual Plan Section",
	"PPSS Application Letter",
	"PPSS Assessment Protocol",
	"PPSS Assignment Sheet",
	"PPSS Correction Programme",
	"PPSS Development Card",
	"PPSS Examination Result",
	"PPSS Individual Curriculum",
	"PPSS Programme",
]
TABLES = [
	("PPSS Acquaintance Sheet", "members", "full_name"),
	("PPSS Annual Plan", "rows", "activity"),
	("PPSS Annual Plan Section", "rows", "activity"),
	("PPSS Assessment Protocol", "difficulties", "description"),
	("PPSS Assignment Sheet", "skills", "skill"),
	("PPSS Correction Programme", "goals", "indicator"),
	("PPSS Individual Curriculum", "subjects", "adapted_programme"),
	("PPSS List of Children", "rows", "measures"),
	("PPSS Minutes", "decisions", "text"),
	("PPSS Order", "members", "full_name"),
	("PPSS Programme", "contents", "description"),
	("PPSS Staffing Table", "rows", "note"),
]
# So many rows of two lines and more do not fit on a page.
ROWS = 14
WITHOUT_NAMES = {"PPSS Annual Plan Section", "PPSS Consent Form Blank"}
# Latin letters that stand on a paper for good: numbers of documents and the marks of a test's own data.
NOT_ENGLISH = re.compile(
	r"PPSS-[A-Z]+-[\w-]*[-\s]*[\d-]*|(?<![A-Z])[A-Z]{2,4}(?![A-Za-z])|\b[0-9a-fA-F]{5,6}\b|<[^>]*>"
)
NEVER_A_DRAFT = {
	"PPSS Consent Form",
	"PPSS Consent Form Blank",
	"PPSS Development Card",
	"PPSS Ethics Acknowledgement",
	"PPSS Group Portrait",
	"PPSS Participation Sheet",
	"PPSS Job Description",
	"PPSS Must Know Sheet",
	"PPSS Portfolio List",
}
# They need years that have passed, the pay of a month, another profile, or print the entries of others.
WITH_TESTS_OF_THEIR_OWN = {
	"PPSS Certified Journal",
	"PPSS Council Extract",
	"PPSS Destruction Act",
	"PPSS Journal",
	"PPSS Observation Diary",
	"PPSS Pay Sheet",
	"PPSS Proposal or Application",
	"PPSS Service Paper",
	"PPSS Statement of Means",
}
WITH_MARK = sorted(set(FORMATS) - NEVER_A_DRAFT)
LETTERED = sorted(name for name in FORMATS if not name.startswith("PPSS Consent Form"))


@pytest.fixture(scope="module")
def papers(connected, school) -> SimpleNamespace:
	made = make_papers(school)
	connected.db.commit()
	return made


@pytest.fixture(scope="module")
def page(connected, papers):
	"""Return a function that gives a print format laid out as HTML, once for all tests that look at it."""

	@cache
	def made(print_format: str, lang: str = "kk") -> str:
		return html_of(fetched(getattr(papers, FORMATS[print_format]), print_format), print_format, lang)

	return made


@pytest.fixture(scope="module")
def pdf(page):
	"""Return a function that gives the PDF of a print format as the archive keeps it, made once for all tests."""
	return cache(lambda print_format, lang="kk": render_pdfa(page(print_format, lang)))


@pytest.fixture(scope="module")
def text(page):
	"""Return a function that gives what a print format says; that its PDF says the same is a test of its own."""
	return cache(lambda print_format, lang="kk": wording(page(print_format, lang)))


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
	assert closed_up(read(render(doc, "PPSS Consent Form", lang))) == closed_up(" ".join(expected))


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
def test_pdf_says_what_the_document_says(site, page, pdf, print_format, lang):
	"""Letter by letter, in any order; what a page repeats, its foot and the head of its tables, is taken away."""
	foot = closed_up(foot_of(page(print_format, lang)))
	pages = PdfReader(BytesIO(pdf(print_format, lang))).pages
	found = Counter()
	for number, sheet in enumerate(pages, 1):
		found += Counter(closed_up(sheet.extract_text()))
		found -= Counter(foot + ("" if "Consent Form" in print_format else f"{number}/{len(pages)}"))
	body = page(print_format, lang).replace("__FOOT__", "")
	expected = Counter(closed_up(wording(body))) - Counter(f"{foot}/")
	assert found == expected


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_no_english_word_is_left(site, text, print_format, lang):
	assert re.findall(r"[A-Za-z]{3,}", NOT_ENGLISH.sub(" ", text(print_format, lang))) == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_only_the_shipped_font_is_used_and_it_is_embedded(site, pdf, print_format, lang):
	pages = PdfReader(BytesIO(pdf(print_format, lang))).pages
	fonts = [font for page in pages for font in fonts_of(page)]
	assert fonts and all("Tinos" in font["/BaseFont"] for font in fonts)
	assert all("/FontFile2" in descriptor_of(font) or "/FontFile3" in descriptor_of(font) for font in fonts)


def descriptor_of(font):
	inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
	return inner["/FontDescriptor"].get_object()


def fonts_of(page) -> list:
	return [font.get_object() for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("print_format", FORMATS)
def test_paper_as_the_archive_keeps_it_is_a_valid_pdf_a(site, pdf, print_format, lang):
	report = validate_pdf_bytes(pdf(print_format, lang), profile="3b")
	assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures]


@pytest.mark.parametrize("print_format", WITH_MARK)
def test_draft_is_marked_until_approval(site, papers, text, print_format):
	kind = FORMATS[print_format]
	assert "ЖОБА" in printed(getattr(papers, f"{kind}_draft"), print_format)
	assert "ЖОБА" not in text(print_format)


@pytest.mark.parametrize("lang, mark", [("kk", "ЖОБА"), ("ru", "ПРОЕКТ")])
def test_mark_is_in_the_language_of_the_paper_and_on_its_page(site, papers, lang, mark):
	assert mark in read(render(papers.order_draft, "PPSS Order", lang))


def test_form_is_never_marked(site, papers):
	assert "ЖОБА" not in printed(papers.consent_draft, "PPSS Consent Form")


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_reprint_is_identical(site, papers, page, print_format):
	doc = fetched(getattr(papers, FORMATS[print_format]), print_format)
	assert html_of(doc, print_format, "kk") == page(print_format)


@pytest.mark.parametrize("print_format", LETTERED)
def test_pages_are_counted_and_numbered(site, papers, pdf, print_format):
	doc = getattr(papers, FORMATS[print_format])
	pages = PdfReader(BytesIO(pdf(print_format))).pages
	for number, page in enumerate(pages, 1):
		text = page.extract_text()
		assert f"{number} / {len(pages)}" in text
		assert doc.name in text
		assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


@pytest.mark.parametrize("print_format", LETTERED)
def test_letterhead_names_the_organisation_in_both_languages(site, text, school, print_format):
	names = frappe.db.get_value("PPSS Organisation", school.organisation, ["name_kk", "name_ru"])
	assert all(name in text(print_format, "ru") for name in names)


# A job description is in the words of order No 338, which speaks of forms of other orders.
@pytest.mark.parametrize("print_format", sorted(set(FORMATS) - {"PPSS Job Description"}))
def test_only_the_consent_is_called_a_form(site, text, print_format):
	said = text(print_format).lower()
	assert ("нысан" in said) is print_format.startswith("PPSS Consent Form")
	assert "ресми" not in said


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("print_format", WITH_TEXT)
def test_text_is_what_was_entered(site, text, print_format, lang):
	assert KAZAKH in text(print_format, lang)


# ---- layout


@pytest.fixture(scope="module")
def long_names(connected, papers, school) -> SimpleNamespace:
	"""The papers printed once more, with names of more than a hundred letters for child and staff."""
	people = [("PPSS Learner", one.name) for one in (papers.first, papers.second, papers.limited)]
	people += [("PPSS Specialist", name) for name in school.staff.values()]
	names = {frappe.db.get_value(*one, "full_name"): LONG_NAME for one in people}
	for one in people:
		frappe.db.set_value(*one, "full_name", LONG_NAME)
	pdfs = {}
	for print_format, kind in FORMATS.items():
		doc = fetched(getattr(papers, kind), print_format)
		rename(doc, names)
		pdfs[print_format] = render(doc, print_format, "kk")
	connected.db.rollback()
	for one in people:
		frappe.clear_document_cache(*one)
	return pdfs


def rename(doc, names: dict[str, str]):
	for field, value in doc.as_dict(no_default_fields=True).items():
		if isinstance(value, str) and value in names:
			doc.set(field, names[value])
	for row in doc.get_all_children():
		rename(row, names)


@pytest.mark.parametrize("print_format", sorted(set(FORMATS) - WITHOUT_NAMES))
def test_long_name_wraps_whole(site, long_names, print_format):
	assert closed_up(LONG_NAME) in closed_up(read(long_names[print_format]))
	assert smallest_size(long_names[print_format]) >= 10


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_nothing_runs_over_the_margins(site, long_names, print_format):
	for page, letters in pages_with_letters(long_names[print_format]):
		assert [one["text"] for one in letters if not inside_margins(one, page)] == []


@pytest.mark.parametrize("print_format", sorted({name for name, *_ in TABLES}))
def test_nothing_runs_over_a_cell(site, long_names, print_format):
	drawn = 0
	for page, letters in pages_with_letters(long_names[print_format]):
		borders = [line for line in page.edges if line["orientation"] == "v" and is_border(line)]
		assert "".join(one["text"] for one in letters if crosses(one, borders)) == ""
		drawn += len(borders)
	assert drawn


def is_border(line: dict) -> bool:
	"""The ends of a rule to write on are lines too, as short as the rule is thin."""
	return line["bottom"] - line["top"] > 8


def crosses(letter: dict, borders: list[dict]) -> bool:
	middle = (letter["top"] + letter["bottom"]) / 2
	return any(
		letter["x0"] + 1 < line["x0"] < letter["x1"] - 1 and line["top"] < middle < line["bottom"]
		for line in borders
	)


@pytest.mark.parametrize(("print_format", "table", "field"), TABLES)
def test_pages_break_between_rows(site, papers, print_format, table, field):
	doc = frappe.get_doc(getattr(papers, FORMATS[print_format]).as_dict())
	sample = doc.get(table)[0].as_dict() if doc.get(table) else {}
	doc.set(table, [])
	for number in range(ROWS):
		marked = f"бас{number:02d} {KAZAKH} {KAZAKH} соң{number:02d}"
		doc.append(table, {**sample, "name": None, "idx": None, field: marked})
	pages = [page.extract_text() for page in PdfReader(BytesIO(render(doc, print_format, "kk"))).pages]
	first = {word: page for page, text in enumerate(pages) for word in re.findall(r"бас\d\d", text)}
	last = {word: page for page, text in enumerate(pages) for word in re.findall(r"соң\d\d", text)}
	assert len(set(first.values())) > 1
	assert list(first.values()) == list(last.values()) and len(first) == ROWS


@pytest.mark.parametrize("lines", range(1, 13, 2))
def test_name_of_a_part_stays_with_its_first_row(site, papers, lines):
	"""However far down the page the part begins."""
	doc = frappe.get_doc(papers.plan.as_dict())
	sample = {**doc.rows[0].as_dict(), "name": None, "idx": None}
	doc.set("rows", [])
	for direction in frappe.get_all("PPSS Term", {"kind": "Direction"}, pluck="name") * 2:
		high = 3 if doc.rows else lines
		doc.append("rows", {**sample, "direction": direction, "activity": "\n".join(["жол"] * high)})
	titles = {term_label(row.direction, "kk") for row in doc.rows}
	pages = PdfReader(BytesIO(render(doc, "PPSS Annual Plan", "kk"))).pages
	ends = [page.extract_text().split("\n")[-4:] for page in pages]
	assert len(pages) > 1
	assert [line for end in ends for line in end if line.strip() in titles] == []


@pytest.mark.parametrize("print_format", sorted(FORMATS))
def test_text_typed_by_users_is_not_markup(site, papers, print_format):
	doc = fetched(getattr(papers, FORMATS[print_format]), print_format)
	fill_with_markup(doc)
	said = wording(html_of(doc, print_format, "kk"))
	if print_format != "PPSS Consent Form Blank":
		assert "<b>" in said
	assert "<img" not in html_of(doc, print_format, "kk")


def fill_with_markup(doc):
	"""Write a tag into every free text; whatever is let through as markup disappears from the page."""
	for df in doc.meta.fields:
		if df.fieldtype in ("Data", "Text", "Small Text") and not df.fetch_from and doc.get(df.fieldname):
			doc.set(df.fieldname, f"<b>{doc.get(df.fieldname)}</b><img src='http://example.com/x.png'>")
		elif df.fieldtype == "Table" and df.fieldname != "history":
			for row in doc.get(df.fieldname):
				fill_with_markup(row)


OWN_MACROS = (
	"caller|foot|columns|form_line|section|grid_head|development|correction|curriculum|head|goals|contents|hours|subjects"
	"|gaps|materials|lessons|tail|review"
)
MACRO_CALLS = rf"(?:(?:paper|minutes|programme)\.\w+|{OWN_MACROS})\(.*"
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
	doc.flags.row_no = number
	text = wording(html_of(doc, "PPSS Extract from Minutes", "kk"))
	children = [papers.first.full_name, papers.second.full_name]
	assert f"{number}. {own} баланы қолдау" in text
	assert f"{other} баланы" not in text
	assert children[number - 1] in text and children[2 - number] not in text


@pytest.mark.parametrize(
	"question, shown",
	[
		(f"{KAZAKH}?", True),
		("Жүнісов Ерасылды қолдау", True),
		("Қасымованы қолдау туралы", False),
		("О поддержке Касымовой", False),
		("Ғабитованың сабақтары", False),
		("Жүнісов Диасты қолдау", False),
	],
)
def test_extract_leaves_out_a_question_that_names_another_child(site, papers, school, question, shown):
	for surname, given_name in (("Ғабитова", "Әлия"), ("Жүнісова", "Диас")):
		# A child about whom nothing is said in the minutes.
		school.add_learner().update({"surname": surname, "given_name": given_name}).save()
	doc = fetched(papers.meeting, "PPSS Extract from Minutes")
	doc.agenda[0].question = question
	assert (question in wording(html_of(doc, "PPSS Extract from Minutes", "kk"))) is shown


def test_extract_takes_the_number_from_the_request(site, papers, monkeypatch):
	monkeypatch.setattr(frappe.local, "form_dict", frappe._dict(row_no="2"))
	doc = frappe.get_doc("PPSS Meeting", papers.meeting.name)
	assert papers.first.full_name not in wording(html_of(doc, "PPSS Extract from Minutes", "kk"))


def test_extract_of_a_decision_that_is_not_there_is_refused(site, papers):
	doc = frappe.get_doc("PPSS Meeting", papers.meeting.name)
	doc.flags.row_no = 9
	with pytest.raises(frappe.ValidationError):
		render(doc, "PPSS Extract from Minutes")


@pytest.mark.parametrize("number, own, other", [(1, "first", "second"), (2, "second", "first")])
def test_extract_of_the_list_has_the_row_of_one_child(site, papers, number, own, other):
	doc = frappe.get_doc("PPSS Learner List", papers.list.name)
	doc.flags.row_no = number
	said = wording(html_of(doc, "PPSS Extract from List", "kk"))
	assert f" {number} {getattr(papers, own).full_name} 7 Ә " in said and "БЕКІТЕМІН" in said
	assert getattr(papers, other).surname not in said


@pytest.mark.parametrize(
	"kind, print_format",
	[("list", "PPSS Extract from List"), ("meeting", "PPSS Extract from Minutes")],
)
def test_extract_goes_out_for_the_child_chosen_and_for_no_other(papers, school, rest, kind, print_format):
	paper = getattr(papers, kind)
	about = {"doctype": paper.doctype, "name": paper.name, "format": print_format}
	deputy = rest(school.users["DEP"])
	for row_no, own, other in ((1, papers.first, papers.second), (2, papers.second, papers.first)):
		said = read(deputy.bytes(DOOR, **about, row_no=row_no))
		assert own.surname in said and other.surname not in said
	for asked in ({}, {"row_no": 99}, {"row_no": "x"}):
		answer = deputy.call("GET", DOOR, **about, **asked)
		assert not answer.ok and "%PDF" not in str(answer.body)
	assert not rest(school.users["ACC"]).call("GET", DOOR, **about, row_no=1).ok


def test_participation_names_nobody_else(site, papers, school):
	support.lesson_held(school, [papers.first, papers.second], note="Белсенді")
	support.lesson_held(school, [papers.second])
	said = printed(papers.first, "PPSS Participation Sheet")
	assert said.count("Қатысты") == 1 and "Қатысты, Белсенді" in said
	assert papers.first.full_name in said and papers.second.surname not in said
	with school.acting("ADM"):
		assert "Қатысты" not in printed(papers.first, "PPSS Participation Sheet")


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


@pytest.mark.clause("KZ92-5.6")
@pytest.mark.parametrize("kind", ["cdp", "icp"])
def test_shareable_copy_keeps_silent_of_a_programme_for_limited_abilities(site, papers, kind):
	"""Neither the title nor category, impairment and component tell whoever gets the copy."""
	paper = getattr(papers, kind)
	telling = [ProgrammeView.TITLES[paper.kind], "Category", "Impairments", "Correction component, hours"]
	impairments = [frappe.db.get_value("PPSS Term", row.term, "label_kk") for row in paper.impairments]
	words = [*(_(text, "kk") for text in telling), *impairments, "348"]
	own, shared = (printed(paper, f"PPSS Programme{copy}") for copy in ("", " Shareable"))
	assert _(telling[0], "kk") in own and _("Programme of support", "kk") in shared
	assert not [word for word in words if word.casefold() in shared.casefold()]


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


@pytest.mark.clause("KZ92-9")
def test_protocol_names_the_rules_of_assessing(site, papers):
	text = printed(papers.assessment, "PPSS Assessment Protocol")
	assert "ерекше білім беру қажеттіліктерін бағалау қағидалары" in text and "5-бабының 72)" in text


@clause("ALM-5.6")
def test_card_and_portrait_say_no_more_than_their_reader_may_read(site, papers, school):
	category = frappe.db.get_value("PPSS Term", "C1", "label_kk")
	assert KAZAKH in printed(papers.first, "PPSS Development Card")
	assert category in printed(papers.school_class, "PPSS Group Portrait")
	with school.acting("ADM"):
		card = printed(papers.first, "PPSS Development Card")
	with school.acting("ACC"):
		portrait = printed(papers.school_class, "PPSS Group Portrait")
	assert papers.first.full_name in card and KAZAKH not in card and category not in card
	assert "7 Ә" in portrait and category not in portrait and "бағдарламасы" not in portrait


# ---- layouts for one kind of paper


@clause("KZ92-17.1")
def test_correction_programme_states_its_component(site, text, papers):
	said = text("PPSS Correction Programme")
	assert "Түзету-дамыту бағдарламасы" in said and "Түзету компоненті, сағат 2" in said
	assert "№ 348 бұйрық" in said and frappe.db.get_value("PPSS Term", "IM2", "label_kk") in said
	assert printed(papers.cdp, "PPSS Programme") == said
	assert "348" not in printed(papers.cdp, "PPSS Programme Shareable")


@clause("KZ92-14.2.1a", "KZ92-13.2")
def test_individual_curriculum_states_hours_and_ways_of_assessing(site, text, papers):
	said = text("PPSS Individual Curriculum")
	assert "Жеке оқу жоспары мен бағдарламасы" in said and "1 Қазақ тілі 4" in said and "Барлығы 4" in said
	for words in ("өзгертілген", "Бақылау тапсырмасы", "Бағалау өлшемі", "ПМПК ұсынымы"):
		assert words in said


def test_layout_of_another_kind_is_refused(site, papers):
	with pytest.raises(frappe.ValidationError, match="another kind"):
		render(papers.programme, "PPSS Correction Programme", "en")


@clause("KZ92-14.2.6b", "KZ92-21.2")
def test_assignment_sheet_names_the_decision_and_the_coordinator(site, text, papers, school):
	said = text("PPSS Assignment Sheet")
	meeting = frappe.get_doc("PPSS Meeting", papers.assignment.meeting)
	assert f"№ {meeting.number} хаттама" in said and "Тапсырманы тыңдау" in said
	names = frappe.get_all(
		"PPSS Specialist", {"name": ("in", (school.staff["DEP"], school.staff["AST"]))}, pluck="full_name"
	)
	assert all(name in said for name in names) and "Таныстым:" in said


@clause("KZ92-4.5", "KZ92-23.2")
def test_plan_goes_by_directions(site, text):
	labels = [frappe.db.get_value("PPSS Term", f"DIR{n}", "label_kk") for n in range(1, 6)]
	for print_format in ("PPSS Annual Plan", "PPSS Annual Plan Section"):
		places = [text(print_format).index(f" {label} ") for label in labels]
		assert places == sorted(places)
	assert "БЕКІТЕМІН" in text("PPSS Annual Plan")


def test_author_answers_for_the_examination(site, text):
	said = text("PPSS Examination Result")
	assert "автор жауап береді" in said and "Филипс Б., Алматы, 2019" in said


@clause("KZ92-5")
def test_sheet_shows_the_day_of_each_acknowledgement(site, papers, school):
	order = frappe.get_doc("PPSS Support Order", papers.acknowledgement.service_order)
	signed = short_date(papers.acknowledgement.date)
	with school.acting("ADM"):
		assert signed in printed(order, "PPSS Ethics Sheet")
	with school.acting("SOC"):
		assert signed not in printed(order, "PPSS Ethics Sheet")


# ---- names in Russian


def test_posts_and_centre_are_in_russian_where_kept(site, papers, school):
	frappe.db.set_value("PPSS Specialist", school.staff["HEAD"], "position_ru", "Директор школы")
	frappe.db.set_value("PPSS Support Centre", papers.referral.centre, "title_ru", "Центр поддержки № 1")
	text = printed(papers.referral, "PPSS Referral Letter", "ru")
	assert "Центр поддержки № 1" in text
	assert "Директор школы" in printed(papers.list, "PPSS List of Children", "ru")
	assert "Директор школы" not in printed(papers.list, "PPSS List of Children")


# ---- lines


@pytest.mark.parametrize(
	"text, kept",
	[
		("Алматы, № 999 мектеп", ["№ 999"]),
		("А. Б. Әлиев келді", ["А. Б. Әлиев"]),
		("Директор Әлиев А. Б.", ["Әлиев А. Б."]),
		("2025 жылғы 29 сәуірдегі № 92 бұйрық", ["2025 жылғы", "29 сәуірдегі", "№ 92"]),
		("от 29 апреля 2025 года", ["29 апреля", "2025 года"]),
		("5 Ғ сыныбы", ["5 Ғ"]),
		("№ PPSS-NA-2026-00012", ["№ PPSS"]),
		("Бала келді. Анасы да келді", []),
	],
)
def test_what_belongs_together_stays_on_one_line(text, kept):
	marked = ppss_kept_together(text)
	assert re.findall(r'<span class="kept">(.*?)</span>', marked) == kept
	assert wording(marked) == text


def test_sign_and_number_of_the_organisation_stay_together(site, page, pdf, school):
	name = frappe.db.get_value("PPSS Organisation", school.organisation, "name_ru")
	for lang in ("kk", "ru"):
		assert f'<span class="kept">№ {school.tag}</span>' in page("PPSS Order", lang)
	assert name in PdfReader(BytesIO(pdf("PPSS Order"))).pages[0].extract_text()
	assert 'class="kept"' not in page("PPSS Consent Form Blank")


# ---- doors


def test_letter_of_application_shows_the_answer(site, papers, text):
	doc = frappe.get_doc("PPSS Activity", papers.application.name)
	doc.update({"result": "Көмек көрсетілді", "answered_on": "2026-11-21"})
	said = wording(html_of(doc, "PPSS Application Letter", "kk"))
	assert "Жауап, 2026 жылғы 21 қараша Көмек көрсетілді" in said
	assert "Жауап" not in text("PPSS Application Letter")


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
	assert sorted(names) == sorted({*FORMATS, *WITH_TESTS_OF_THEIR_OWN})
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
