"""Draws the first page of every paper of the demo school: ./ppss run standalone/inside/picture_papers.py docs/papers

Needs the test packages, which `./ppss test` installs.
"""

import sys
from pathlib import Path

import frappe
import pypdfium2

from ppss_support.demo.papers import our_formats, own_layout
from ppss_support.papers import OFFICIAL_FORMS, html_of, render
from ppss_support.print_views import KIND_OF_LAYOUT

DPI, COLOURS, CANDIDATES = 70, 16, 12
PAPERS = {
	"PPSS Consent Form": "PF1",
	"PPSS Consent Form Blank": "PF1",
	"PPSS Order": "PF2",
	"PPSS List of Children": "PF3",
	"PPSS Extract from List": "PF3",
	"PPSS Programme": "PF4",
	"PPSS Programme Shareable": "PF4",
	"PPSS Correction Programme": "PF5",
	"PPSS Individual Curriculum": "PF6",
	"PPSS Assessment Protocol": "PF7",
	"PPSS Minutes": "PF8",
	"PPSS Extract from Minutes": "PF8",
	"PPSS Assignment Sheet": "PF9",
	"PPSS Referral Letter": "PF10",
	"PPSS Annual Plan": "PF11",
	"PPSS Annual Plan Section": "PF11",
	"PPSS Activity Record": "PF12",
	"PPSS Examination Result": "PF12",
	"PPSS Development Card": "PF13",
	"PPSS Participation Sheet": "PF13",
	"PPSS Group Portrait": "PF13",
	"PPSS Analytical Report": "RP12",
	"PPSS Journal": "PF14",
	"PPSS Application Letter": "PF17",
	"PPSS Acquaintance Sheet": "PF18",
	"PPSS Ethics Acknowledgement": "PF18",
	"PPSS Ethics Sheet": "PF18",
}
INDEX = """# Papers of the demo school

First pages, drawn by `./ppss run standalone/inside/picture_papers.py docs/papers` from a loaded demo. The consent is the form
of the annex to the Rules; every other layout is our own, its content is what the clause asks for.

| Row of A.5 | Paper | Қазақша | По-русски | Pages (kk, ru) |
|---|---|---|---|---|
"""


def draw_all(folder: Path):
	frappe.set_user("Administrator")
	folder.mkdir(parents=True, exist_ok=True)
	doctypes = dict(our_formats())
	lines = [line_of(folder, print_format, doctypes[print_format]) for print_format in PAPERS]
	(folder / "README.md").write_text(INDEX + "".join(lines), encoding="utf-8")


def line_of(folder: Path, print_format: str, doctype: str) -> str:
	"""Draw a paper and return its line of the index."""
	doc, slug = (
		fullest(print_format, doctype),
		frappe.scrub(print_format.removeprefix("PPSS ")).replace("_", "-"),
	)
	links, pages = [], []
	for lang in ("kk",) if print_format in OFFICIAL_FORMS else ("kk", "ru"):
		pdf = pypdfium2.PdfDocument(render(doc, print_format, lang))
		picture = draw(pdf, folder / f"{slug}-{lang}.png")
		links.append(f"[{picture}]({picture})")
		pages.append(str(len(pdf)))
	cells = [
		PAPERS[print_format],
		print_format.removeprefix("PPSS "),
		links[0],
		"".join(links[1:]),
		", ".join(pages),
	]
	return f"| {' | '.join(cells)} |\n"


def fullest(print_format: str, doctype: str):
	"""Return the paper in force that says most, among the first of its kind."""
	filters = {"docstatus": 1} if frappe.get_meta(doctype).is_submittable else {}
	if print_format in KIND_OF_LAYOUT:
		filters["kind"] = KIND_OF_LAYOUT[print_format]
	names = frappe.get_all(doctype, filters, pluck="name", order_by="name", limit=CANDIDATES)
	docs = [doc for doc in (frappe.get_doc(doctype, name) for name in names) if own_layout(doc, print_format)]
	return max(docs, key=lambda doc: len(html_of(doc, print_format, "kk")))


def draw(pdf, path: Path) -> str:
	image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
	image.quantize(COLOURS).save(path, optimize=True)
	return path.name


# The file runs in the folder of the sites; a folder is meant from the root of the repository.
draw_all(Path(__file__).resolve().parents[2] / sys.argv[1])
