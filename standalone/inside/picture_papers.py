"""Draws the first page of every paper of the demo schools: ./ppss run standalone/inside/picture_papers.py docs/papers

Needs the test packages, which `./ppss test` installs.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import frappe
import pypdfium2
from frappe.utils import add_years, today

from ppss_support.archive import inventory, nomenclature
from ppss_support.demo.hands import make, take
from ppss_support.demo.papers import EXTRACTS, languages, our_formats, own_layout
from ppss_support.demo.school import School
from ppss_support.papers import OFFICIAL_FORMS, html_of, render
from ppss_support.print_views import KIND_OF_LAYOUT
from ppss_support.regulation.activities import ALMATY, SCHOOL_95

DPI, COLOURS, CANDIDATES = 70, 16, 12


@dataclass(frozen=True)
class Picture:
	"""`row`: what of the requirements the paper answers; `chosen`: what else the document drawn has to be.

	`profile`: the regulation of the school whose paper it is.
	"""

	row: str
	title: str
	print_format: str = ""
	chosen: dict = field(default_factory=dict)
	profile: str = "KZ92"

	@property
	def organisation(self) -> str:
		return frappe.db.get_value("PPSS Organisation", {"regulation_profile": self.profile})

	@property
	def layout(self) -> str:
		"""Return the print format: that of the kind drawn, where it has one of its own."""
		own = {kind: layout for layout, kind in KIND_OF_LAYOUT.items()}.get(self.chosen.get("kind"))
		return own or self.print_format or f"PPSS {self.title}"


PAPERS = (
	Picture("PF1", "Consent Form"),
	Picture("PF1", "Consent Form Blank"),
	Picture("PF2", "Order"),
	Picture("PF3", "List of Children"),
	Picture("PF3", "Extract from List"),
	Picture("PF4", "Programme"),
	Picture("PF4", "Programme Shareable"),
	Picture("PF5", "Correction Programme"),
	Picture("PF6", "Individual Curriculum"),
	Picture("PF7", "Assessment Protocol"),
	Picture("PF8", "Minutes"),
	Picture("PF8", "Extract from Minutes"),
	Picture("PF9", "Assignment Sheet"),
	Picture("PF10", "Referral Letter"),
	Picture("PF11", "Annual Plan"),
	Picture("PF11", "Annual Plan Section"),
	Picture("PF12", "Activity Record"),
	Picture("PF12", "Examination Result"),
	Picture("PF13", "Development Card"),
	Picture("PF13", "Participation Sheet"),
	Picture("PF13", "Group Portrait"),
	Picture("PF14", "Journal"),
	Picture("PF17", "Application Letter"),
	Picture("PF17", "Council Extract", profile=SCHOOL_95),
	Picture("PF17", "Proposal or Application", profile=SCHOOL_95),
	Picture("PF18", "Acquaintance Sheet"),
	Picture("PF18", "Ethics Acknowledgement"),
	Picture("PF18", "Ethics Sheet"),
	Picture("RP12", "Analytical Report"),
	Picture("KZ92-4.4", "Job Description"),
	Picture("KZ92-4.4", "Must Know Sheet"),
	Picture("KZ92-4.4", "Portfolio List"),
	Picture("KZ92-4.5", "Staffing Table"),
	Picture("PF11", "Calendar Plan", "PPSS Annual Plan", {"plan_kind": "Calendar"}, ALMATY),
	Picture("PF12", "Examination of Almaty", "PPSS Examination Result", {}, ALMATY),
	Picture("PF12", "Examination of School 95", "PPSS Examination Result", {}, SCHOOL_95),
	Picture("PF13", "Card of Almaty", "PPSS Development Card", {}, ALMATY),
	Picture("PF13", "Portrait of Almaty", "PPSS Group Portrait", {}, ALMATY),
	Picture("PF15", "Certified Journal", profile=ALMATY),
	Picture("RP12", "Report of the Year", "PPSS Analytical Report", {"report_period": "RT3"}, ALMATY),
	Picture("ALM-5.3", "Training Programme", "PPSS Service Paper", {"kind": "AL3"}, ALMATY),
	Picture("ALM-5.4", "Elaboration", "PPSS Service Paper", {"kind": "AL4"}, ALMATY),
	Picture("ALM-11.4", "Mediation", "PPSS Activity Record", {"kind": "MEDIATION"}, ALMATY),
	Picture("PF2", "Order of School 95", "PPSS Order", {}, SCHOOL_95),
	Picture("PF11", "Plan of School 95", "PPSS Annual Plan", {}, SCHOOL_95),
	Picture("PF16", "Social Passport", "PPSS Service Paper", {"kind": "KG2"}, SCHOOL_95),
	Picture(
		"PF16", "Adolescent Diagnostics", "PPSS Activity Record", {"kind": "ADOLESCENT-STUDY"}, SCHOOL_95
	),
	Picture("PF16", "Family Diagnostics", "PPSS Activity Record", {"kind": "FAMILY-STUDY"}, SCHOOL_95),
	Picture("PF16", "Help Plan", "PPSS Service Paper", {"kind": "KG5"}, SCHOOL_95),
	Picture("PF16", "Observation Diary", "PPSS Activity Record", {"kind": "DIARY"}, SCHOOL_95),
	Picture("PF16", "Raid Act", "PPSS Activity Record", {"kind": "RAID"}, SCHOOL_95),
	Picture("KG-2.2d", "Programme of a Team", "PPSS Service Paper", {"kind": "KG12"}, SCHOOL_95),
	Picture("KG-3", "Ethics of School 95", "PPSS Ethics Acknowledgement", {}, SCHOOL_95),
	Picture("ALM-21", "Tariff List", "PPSS Pay Sheet", {"kind": "Tariff List"}),
	Picture("ALM-21", "Pay Sheet", "PPSS Pay Sheet", {"kind": "Monthly Pay Sheet"}),
)
INDEX = """# Papers of the demo schools

First pages, drawn by `./ppss run standalone/inside/picture_papers.py docs/papers` from a loaded demo. The consent is the form
of the annex to the Rules; every other layout is our own, its content is what the clause asks for. Of the nine
journals one is shown. Papers of the Almaty rules (PF15, ALM rows) and of school No 95 (PF16, KG rows; in Kyrgyz) come from the
two small schools. The act of destruction is made for the picture, since nothing of the demo is old enough, and taken back.

| Row | Paper | Қазақша, кыргызча | По-русски | Pages |
|---|---|---|---|---|
"""


def draw_all(folder: Path):
	frappe.set_user("Administrator")
	folder.mkdir(parents=True, exist_ok=True)
	lines = [line_of(folder, *paper) for paper in papers()]
	(folder / "README.md").write_text(INDEX + "".join(lines), encoding="utf-8")


def papers() -> Iterator[tuple[str, str, Callable[[str], bytes], tuple[str, ...]]]:
	"""Yield row, title, the function that prints the paper in a language, and the languages there are."""
	doctypes = dict(our_formats())
	for picture in PAPERS:
		doc = fullest(picture, doctypes[picture.layout])
		langs = ("kk",) if picture.layout in OFFICIAL_FORMS else languages(picture.organisation)
		yield picture.row, picture.title, partial(render, doc, picture.layout), langs
	school = School().read()
	with school.acting("ADM1"):
		of_school = partial(inventory.printed, school.organisation, school.year)
		yield "PF19", "Archive Inventory", of_school, ("kk", "ru")
		yield (
			"PF19",
			"Nomenclature of Cases",
			partial(nomenclature.printed, school.organisation),
			("kk", "ru"),
		)
	act = destruction_act(school)
	yield "ALM-22.2", "Destruction Act", partial(render, act, "PPSS Destruction Act"), ("kk", "ru")
	frappe.db.rollback()


def line_of(
	folder: Path, row: str, title: str, printed: Callable[[str], bytes], langs: tuple[str, ...]
) -> str:
	"""Draw a paper and return its line of the index."""
	slug = frappe.scrub(title).replace("_", "-")
	links, pages = [], []
	for lang in langs:
		pdf = pypdfium2.PdfDocument(printed(lang))
		picture = draw(pdf, folder / f"{slug}-{lang}.png")
		links.append(f"[{picture}]({picture})")
		pages.append(str(len(pdf)))
	cells = [row, title, links[0], "".join(links[1:]), ", ".join(pages)]
	return f"| {' | '.join(cells)} |\n"


def fullest(picture: Picture, doctype: str):
	"""Return the paper in force that says most, among the first of its kind."""
	filters = {"organisation": picture.organisation}
	filters |= {"docstatus": 1} if frappe.get_meta(doctype).is_submittable else {}
	if picture.layout in KIND_OF_LAYOUT:
		filters["kind"] = KIND_OF_LAYOUT[picture.layout]
	names = frappe.get_all(
		doctype, {**filters, **picture.chosen}, pluck="name", order_by="name", limit=CANDIDATES
	)
	docs = [frappe.get_doc(doctype, name) for name in names]
	docs = [doc for doc in docs if picture.chosen or own_layout(doc, picture.layout)]
	for doc in docs:
		doc.flags.row_no = 1 if picture.layout in EXTRACTS else None
	return max(docs, key=lambda doc: len(html_of(doc, picture.layout, "kk")))


def destruction_act(school: School):
	"""Let a term pass for some consents that have ended, and return the act about them, approved."""
	ended = frappe.get_all(
		"PPSS Consent",
		{"organisation": school.organisation, "workflow_state": ("in", ("Withdrawn", "Expired", "Refused"))},
		pluck="learner",
	)
	frappe.db.set_value("PPSS Learner", {"name": ("in", ended)}, "leaving_date", add_years(today(), -6))
	own = {"organisation": school.organisation, "document_type": "PPSS Consent"}
	with school.acting("ADM1"):
		make(
			"PPSS Retention Term",
			**own,
			keep_years=5,
			runs_from="The Child Leaves",
			from_date=add_years(today(), -1),
			basis="ДЕМО: ойдан алынған мерзім",
		)
		act = make("PPSS Destruction Act", organisation=school.organisation, date=today())
		act = take(act, "Submit to Head")
	with school.acting("HEAD1"):
		return take(act, "Approve")


def draw(pdf, path: Path) -> str:
	image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
	image.quantize(COLOURS).save(path, optimize=True)
	return path.name


# The file runs in the folder of the sites; a folder is meant from the root of the repository.
draw_all(Path(__file__).resolve().parents[2] / sys.argv[1])
