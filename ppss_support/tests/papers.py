"""Makes a paper of every kind, approved and as a draft, and reads printed papers back."""

import re
from html import unescape
from io import BytesIO
from types import SimpleNamespace

import frappe
import pdfplumber
from pypdf import PdfReader

from ppss_support.demo.papers import EXTRACTS
from ppss_support.papers import html_of
from ppss_support.tests import log, support
from ppss_support.tests.factories import School, content_row, day

FORMATS = {
	"PPSS Acquaintance Sheet": "order",
	"PPSS Activity Record": "application",
	"PPSS Analytical Report": "analysis",
	"PPSS Annual Plan": "plan",
	"PPSS Annual Plan Section": "plan",
	"PPSS Application Letter": "application",
	"PPSS Assessment Protocol": "assessment",
	"PPSS Assignment Sheet": "assignment",
	"PPSS Consent Form": "consent",
	"PPSS Consent Form Blank": "consent",
	"PPSS Correction Programme": "cdp",
	"PPSS Development Card": "learner",
	"PPSS Ethics Acknowledgement": "acknowledgement",
	"PPSS Ethics Sheet": "order",
	"PPSS Examination Result": "examination",
	"PPSS Extract from List": "list",
	"PPSS Extract from Minutes": "meeting",
	"PPSS Group Portrait": "school_class",
	"PPSS Individual Curriculum": "icp",
	"PPSS Job Description": "appointment",
	"PPSS List of Children": "list",
	"PPSS Minutes": "meeting",
	"PPSS Must Know Sheet": "appointment",
	"PPSS Order": "order",
	"PPSS Participation Sheet": "learner",
	"PPSS Portfolio List": "appointment",
	"PPSS Programme": "programme",
	"PPSS Programme Shareable": "programme",
	"PPSS Referral Letter": "referral",
	"PPSS Staffing Table": "staffing",
}
# Letters that only the state language has, in words as a school writes them.
KAZAKH = "Әсем өң, ғажап ұлағат, үлкен қуаныш, іңкәр һәм ұстам"
MM = 72 / 25.4
SUBJECT = {
	"subject": "Қазақ тілі",
	"hours": 4,
	"adapted_programme": f"Бейімделген: {KAZAKH}",
	"assessment_changed": 1,
	"control_tasks": "Бақылау тапсырмасы",
	"criteria": "Бағалау өлшемі",
	"longer_time": 1,
}


def make_papers(school: School) -> SimpleNamespace:
	"""Return two children with every paper of the path approved, a draft of each, and the papers of daily work."""
	first, second = school.add_learner(), school.add_learner()
	first.update({"surname": "Жүнісов", "given_name": "Ерасыл", "patronymic": "Мақсатұлы"}).save()
	second.update({"surname": "Қасымова", "given_name": "Аружан", "patronymic": "Нұрланқызы"}).save()
	for learner in (first, second):
		school.open_case(learner)
	made = {**of_the_path(school, first, second), **of_daily_work(school, first)}
	return SimpleNamespace(first=first, second=second, learner=first, **made)


def of_the_path(school: School, first, second) -> dict:
	made = {
		"order": frappe.get_doc("PPSS Support Order", {"organisation": school.organisation}),
		"order_draft": school.order("Draft", order_kind="Change"),
		"consent_draft": school.consent(first, "Prepared", date_signed="2026-11-21"),
		"consent": school.consent(first),
		"consent_other": school.consent(second),
		"assessment_draft": school.assessment(first, "Draft", review_date=day(60)),
		"assessment": school.assessment(first, conclusion=KAZAKH),
		"assessment_other": school.assessment(second),
		"list": school.learner_list([first, second]),
		"programme_draft": school.programme(second, "Draft"),
		"programme": school.programme(first, individual_features=KAZAKH),
		"meeting_draft": school.meeting("Planned"),
		"referral_draft": school.referral(second),
		"referral": school.referral(first, "Sent"),
		"list_draft": school.learner_list([first], "Draft"),
		"staffing_draft": school.staffing_table(),
		"staffing": school.staffing_table(
			state="Approved", rows=[{"position": "3.9", "units": 1.5, "note": "Инклюзивті сыныптар"}]
		),
		"appointment": school.appointment(units=1),
	}
	with school.acting("PSY"):
		made["acknowledgement"] = frappe.get_doc(
			{"doctype": "PPSS Ethics Acknowledgement", "signed": 1, "archive_index": "02-07"}
		).insert()
	made["meeting"] = two_decisions(school, first, second)
	return made


def of_daily_work(school: School, first) -> dict:
	limited = support.limited_child(school)
	support.put_on_list(school, limited)
	curriculum = {
		"kind": "ICP",
		"contents": [content_row("CN1", goal="CG2")],
		"intellect_impairment": 1,
		"subjects": [SUBJECT],
	}
	skills = [{"skill": "Тапсырманы тыңдау", "level_start": "Көмекпен", "level_now": "Өз бетімен"}]
	measures = {"organisation_plan_reference": f"4-бөлім, {KAZAKH}"}
	return {
		"limited": limited,
		"cdp_draft": support.cdp(school, limited, "Draft"),
		"cdp": support.cdp(school, limited, individual_features=KAZAKH),
		"icp_draft": school.programme(limited, "Draft", **curriculum),
		"icp": school.programme(limited, **curriculum),
		"assignment_draft": support.assignment(school, limited),
		"assignment": support.assignment(school, limited, "Appointed", duties=KAZAKH, skills=skills),
		"plan": support.annual_plan(school, "Approved", **measures),
		"plan_draft": support.annual_plan(school, **measures),
		"examination_draft": log.entry(school, "DIAGNOSTICS"),
		"examination": log.entry(school, "DIAGNOSTICS", "Recorded", learner=first.name, conclusion=KAZAKH),
		"analysis_draft": log.entry(school, "ANALYSIS", report_period="RT3"),
		"analysis": log.entry(school, "ANALYSIS", "Recorded", report_period="RT3", result=KAZAKH),
		"application_draft": log.entry(school, "METHODICAL-HELP"),
		"application": log.entry(school, "METHODICAL-HELP", "Recorded", problem=KAZAKH),
		"school_class": frappe.get_doc("PPSS Class", school.school_class),
	}


def two_decisions(school: School, first, second):
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


# ---- reading


def read(pdf: bytes) -> str:
	"""Return the text of the pages with every run of white space as one space."""
	return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def closed_up(text: str) -> str:
	"""Return the text without white space: where a line is broken does not count."""
	return re.sub(r"\s", "", text)


def printed(doc, print_format: str, lang: str = "kk") -> str:
	"""Return what the document says in this layout; one test holds for all that the PDF says the same."""
	return wording(html_of(fetched(doc, print_format), print_format, lang))


def fetched(doc, print_format: str):
	"""Return the document anew; of a layout for one row its first row is asked for."""
	doc = frappe.get_doc(doc.doctype, doc.name)
	doc.flags.row_no = 1 if print_format in EXTRACTS else None
	return doc


def wording(page: str) -> str:
	"""Return the text of a page of HTML as a reader sees it, every run of white space as one space."""
	body = re.sub(r"<(style|title)>.*?</\1>", " ", page, flags=re.DOTALL)
	return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:b|span)\b[^>]*>", "", body))).split())


def foot_of(page: str) -> str:
	"""Return the text of the foot without the numbers of pages."""
	return wording(re.search(r'<div id="footer-html".*?</div>', page, re.DOTALL).group()).lstrip("/ ")


# ---- where the letters stand


def pages_with_letters(pdf: bytes):
	with pdfplumber.open(BytesIO(pdf)) as whole:
		for page in whole.pages:
			yield page, [one for one in page.chars if one["text"].strip()]


def inside_margins(letter: dict, page) -> bool:
	"""Left 25, right 10, top 20 mm; the foot stands in the lower margin, clear of the edge a printer cannot reach."""
	across = letter["x0"] >= 25 * MM - 1 and letter["x1"] <= page.width - 10 * MM + 1
	return across and letter["top"] >= 20 * MM - 1 and letter["bottom"] <= page.height - 10 * MM
