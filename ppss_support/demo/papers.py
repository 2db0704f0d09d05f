"""Prints every paper of the schools into a folder, for reading and for proof of what is printed."""

import time
from collections import Counter
from pathlib import Path

import frappe

from ppss_support.packs import choice
from ppss_support.papers import MODULE, OFFICIAL_FORMS, printed_in, render
from ppss_support.print_views import KIND_OF_LAYOUT, suits

# Papers printed once for each row of a table.
EXTRACTS = {print_format: table for table, print_format in choice.EXTRACTS.values()}


def write_all(folder: str) -> dict[str, int]:
	"""Write all papers as PDF into the folder, a folder a school and language; return how many of each print format."""
	started = time.monotonic()
	counts: Counter[str] = Counter()
	for organisation in frappe.get_all("PPSS Organisation", pluck="name", order_by="creation"):
		for lang in languages(organisation):
			counts += write_school(Path(folder) / folder_of(organisation) / lang, organisation, lang)
	report(counts, time.monotonic() - started)
	return dict(counts)


def languages(organisation: str) -> tuple[str, str]:
	"""Return the language of the school's act, and Russian."""
	profile = frappe.get_cached_value("PPSS Organisation", organisation, "regulation_profile")
	return frappe.get_cached_value("PPSS Regulation Profile", profile, "default_language"), "ru"


def folder_of(organisation: str) -> str:
	profile = frappe.get_cached_value("PPSS Organisation", organisation, "regulation_profile")
	return f"{profile} {organisation}".replace(" ", "-").replace("/", "-")


def write_school(target: Path, organisation: str, lang: str) -> Counter:
	target.mkdir(parents=True, exist_ok=True)
	with printed_in(lang):
		return Counter(
			{
				print_format: write_format(target, print_format, doctype, organisation, lang)
				for print_format, doctype in our_formats()
			}
		)


def our_formats() -> list[tuple[str, str]]:
	return frappe.get_all(
		"Print Format",
		{"module": MODULE, "standard": "Yes"},
		["name", "doc_type"],
		order_by="name",
		as_list=True,
	)


def write_format(target: Path, print_format: str, doctype: str, organisation: str, lang: str) -> int:
	"""Write one file a document; an official form exists in Kazakh only."""
	if print_format in OFFICIAL_FORMS and lang != "kk":
		return 0
	slug = frappe.scrub(print_format).replace("_", "-")
	own, written = {"docstatus": ("<", 2), "organisation": organisation}, 0
	for name in frappe.get_all(doctype, own, pluck="name", order_by="name"):
		doc = frappe.get_doc(doctype, name)
		if not own_layout(doc, print_format):
			continue
		for part, number in parts(doc, print_format):
			doc.flags.row_no = number
			(target / f"{slug}-{name}{part}.pdf").write_bytes(render(doc, print_format, lang))
			written += 1
	return written


def own_layout(doc, print_format: str) -> bool:
	"""Tell whether the paper has this layout; the general one is left out where its kind has another."""
	has_own = doc.get("kind") in KIND_OF_LAYOUT.values()
	return suits(print_format, doc) and not (has_own and print_format == doc.meta.default_print_format)


def parts(doc, print_format: str) -> list[tuple[str, int | None]]:
	"""Return what one document is printed in: an extract is a paper for each row."""
	if print_format not in EXTRACTS:
		return [("", None)]
	return [(f".{row.idx}", row.idx) for row in doc.get(EXTRACTS[print_format])]


def report(counts: Counter, seconds: float):
	for print_format, count in sorted(counts.items()):
		print(f"{count:5} {print_format}")
	total = counts.total()
	print(f"{total:5} papers in {seconds:.1f} s")
