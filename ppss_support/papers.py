"""Prints the papers: one renderer for button, list and archive, so that a paper looks the same from every door."""

import atexit
import os
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from io import BytesIO
from threading import Lock

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.model.document import Document
from frappe.www.printview import get_rendered_template, validate_print_permission

from ppss_support.archive.reprint import frozen_copy

MODULE = "PPSS Support"
# The form of the annex exists in Kazakh only (KZ92-A).
OFFICIAL_FORMS = frozenset({"PPSS Consent Form", "PPSS Consent Form Blank"})
BLANK_CONSENT = "PPSS Consent Form Blank"
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>
<body>{body}</body></html>"""
FONTS = "paper://fonts/"
# The text layout library below is not made for threads, and its fonts are shared.
ONE_AT_A_TIME = Lock()


# ---- doors


@frappe.whitelist(allow_guest=True)
def download_pdf(
	doctype, name, format=None, doc=None, no_letterhead=0, language=None, letterhead=None, **more
):
	"""Send a paper as PDF: ours by our renderer, everything else by the framework's.

	Guests reach this as they reach the framework's own: only with a share key, which the same check asks for.
	"""
	print_format = our_format(doctype, format)
	if not print_format:
		from frappe.utils import print_format as framework

		return frappe.call(
			framework.download_pdf,
			doctype=doctype,
			name=name,
			format=format,
			doc=doc,
			no_letterhead=no_letterhead,
			language=language,
			letterhead=letterhead,
			**more,
		)
	paper = doc if isinstance(doc, Document) else frappe.get_doc(doctype, name)
	validate_print_permission(paper)
	answer_with(copy_of(paper, print_format, language or chosen_language(paper)), name)
	make_access_log(doctype=doctype, document=name, file_type="PDF", method="Print")


@frappe.whitelist()
def download_multi_pdf(
	doctype, name, format=None, no_letterhead=False, letterhead=None, options=None, **more
):
	"""Send the papers chosen in a list as one PDF, each as its own button would print it."""
	print_format = our_format(doctype, format) if isinstance(doctype, str) and not is_json(doctype) else None
	if not print_format:
		from frappe.utils import print_format as framework

		return frappe.call(
			framework.download_multi_pdf,
			doctype=doctype,
			name=name,
			format=format,
			no_letterhead=no_letterhead,
			letterhead=letterhead,
			options=options,
			**more,
		)
	papers = [frappe.get_doc(doctype, one) for one in frappe.parse_json(name)]
	answer_with(joined(copy_of(paper, print_format, chosen_language(paper)) for paper in papers), doctype)
	for paper in papers:
		make_access_log(doctype=doctype, document=paper.name, file_type="PDF", method="Print")


@frappe.whitelist()
def download_blank_consent():
	"""Send the empty form of the annex, to be filled in by hand."""
	frappe.has_permission("PPSS Consent", "print", throw=True)
	answer_with(render(frappe.new_doc("PPSS Consent"), BLANK_CONSENT), BLANK_CONSENT)


def answer_with(pdf: bytes, name: str):
	frappe.local.response.filename = name.replace(" ", "-").replace("/", "-") + ".pdf"
	frappe.local.response.filecontent = pdf
	frappe.local.response.type = "pdf"


def joined(pdfs) -> bytes:
	from pypdf import PdfWriter

	writer, whole = PdfWriter(), BytesIO()
	for pdf in pdfs:
		writer.append(BytesIO(pdf))
	writer.write(whole)
	return whole.getvalue()


def is_json(text: str) -> bool:
	"""The framework lets a client send several DocTypes as one JSON object."""
	return text.lstrip().startswith("{")


def our_format(doctype: str, name: str | None) -> str | None:
	"""Return the print format when it is one of ours for this very DocType, the default one if none is named."""
	name = name or frappe.get_meta(doctype).default_print_format
	ours = {"name": name, "doc_type": doctype, "module": MODULE, "standard": "Yes"}
	return name if name and frappe.db.exists("Print Format", ours) else None


def chosen_language(paper: Document) -> str:
	"""Return the language picked in the print view, else that of the paper."""
	return frappe.form_dict.get("_lang") or paper.get("print_language") or "kk"


def copy_of(paper: Document, print_format: str, lang: str) -> bytes:
	"""Return the file the archive keeps of the paper; what is not frozen is rendered as it stands."""
	if print_format in OFFICIAL_FORMS:
		lang = "kk"
	return frozen_copy(paper, print_format, lang) or render(paper, print_format, lang)


# ---- renderer


def render(doc: Document, print_format: str, lang: str | None = None) -> bytes:
	"""Return the PDF of a document in one of our print formats; the reader's right to print is checked."""
	from weasyprint import HTML

	lang = "kk" if print_format in OFFICIAL_FORMS else lang or "kk"
	page = html_of(doc, print_format, lang)
	with ONE_AT_A_TIME:
		fonts, style = fonts_and_style()
		return HTML(string=page, url_fetcher=fetch).write_pdf(stylesheets=[style], font_config=fonts)


def html_of(doc: Document, print_format: str, lang: str) -> str:
	"""Return a whole page around the very body the Desk shows."""
	with printed_in(lang):
		body = get_rendered_template(
			doc, frappe.get_cached_doc("Print Format", print_format), doc.meta, no_letterhead=True
		)
	return PAGE.format(lang=lang, title=escape(doc.name or print_format), body=body)


@contextmanager
def printed_in(lang: str):
	"""Switch language and template environment; unlike the framework's `print_language` also back after an error."""
	if lang == frappe.local.lang:
		yield
		return
	before = frappe.local.lang, frappe.local.jenv
	frappe.local.lang, frappe.local.jenv = lang, None
	try:
		yield
	finally:
		frappe.local.lang, frappe.local.jenv = before


@lru_cache(maxsize=1)
def fonts_and_style():
	"""Finding the fonts of the system and loading ours is the slow part of a print: once a process is enough."""
	from weasyprint import CSS
	from weasyprint.text.fonts import FontConfiguration

	fonts = FontConfiguration()
	path = frappe.get_app_path("ppss_support", "templates", "print_formats", "renderer.css")
	return fonts, CSS(string=frappe.read_file(path), font_config=fonts, url_fetcher=fetch)


# The fonts lie in files of the moment: they are removed while the library is still there to do it.
atexit.register(fonts_and_style.cache_clear)


def fetch(url: str, *args, **kwargs) -> dict:
	"""Give the shipped fonts and nothing else: a text that names an address must not make the server call it."""
	if not url.startswith(FONTS):
		raise ValueError(url)
	path = frappe.get_app_path("ppss_support", "public", "fonts", os.path.basename(url))
	return {"file_obj": open(path, "rb"), "mime_type": "font/ttf"}
