"""Prints the papers: one renderer for button, list and archive, so that a paper looks the same from every door."""

from contextlib import contextmanager
from functools import lru_cache
from html import escape

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.model.document import Document
from frappe.utils import print_format as framework
from frappe.www.printview import get_rendered_template, validate_print_permission

MODULE = "PPSS Support"
# The form of the annex exists in Kazakh only (KZ92-A).
OFFICIAL_FORMS = frozenset({"PPSS Consent Form", "PPSS Consent Form Blank"})
BLANK_CONSENT = "PPSS Consent Form Blank"
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>
<body>{body}<style>{style}</style></body></html>"""


# ---- doors


@frappe.whitelist(allow_guest=True)
def download_pdf(doctype, name, format=None, doc=None, no_letterhead=0, language=None, letterhead=None, **more):
	"""Send a paper as PDF: ours by our renderer, everything else by the framework's.

	Guests reach this as they reach the framework's own: only with a share key, which the same check asks for.
	"""
	print_format = our_format(doctype, format)
	if not print_format:
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
	answer_with(render(paper, print_format, language or chosen_language(paper)), name)
	make_access_log(doctype=doctype, document=name, file_type="PDF", method="Print")


@frappe.whitelist()
def download_blank_consent():
	"""Send the empty form of the annex, to be filled in by hand."""
	frappe.has_permission("PPSS Consent", "print", throw=True)
	answer_with(render(frappe.new_doc("PPSS Consent"), BLANK_CONSENT), BLANK_CONSENT)


def answer_with(pdf: bytes, name: str):
	frappe.local.response.filename = name.replace(" ", "-").replace("/", "-") + ".pdf"
	frappe.local.response.filecontent = pdf
	frappe.local.response.type = "pdf"


def our_format(doctype: str, name: str | None) -> str | None:
	"""Return the print format when it is one of ours for this very DocType, the default one if none is named."""
	name = name or frappe.get_meta(doctype).default_print_format
	ours = {"name": name, "doc_type": doctype, "module": MODULE, "standard": "Yes"}
	return name if name and frappe.db.exists("Print Format", ours) else None


def chosen_language(paper: Document) -> str:
	"""Return the language picked in the print view, else that of the paper."""
	return frappe.form_dict.get("_lang") or paper.get("print_language") or "kk"


# ---- renderer


def render(doc: Document, print_format: str, lang: str | None = None) -> bytes:
	"""Return the PDF of a document in one of our print formats; the reader's right to print is checked."""
	from weasyprint import HTML

	lang = "kk" if print_format in OFFICIAL_FORMS else lang or "kk"
	page = HTML(string=html_of(doc, print_format, lang), url_fetcher=fetch_nothing)
	return page.write_pdf(font_config=fonts())


def html_of(doc: Document, print_format: str, lang: str) -> str:
	"""Return a whole page: the very body the Desk shows, and the foot as margin box."""
	with printed_in(lang):
		body = get_rendered_template(doc, frappe.get_cached_doc("Print Format", print_format), doc.meta, no_letterhead=True)
	return PAGE.format(lang=lang, title=escape(doc.name or print_format), body=body, style=renderer_css())


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
def fonts():
	"""Finding the fonts of the system is the slow part of a print: once a process is enough."""
	from weasyprint.text.fonts import FontConfiguration

	return FontConfiguration()


@lru_cache(maxsize=1)
def renderer_css() -> str:
	return frappe.read_file(frappe.get_app_path("ppss_support", "templates", "print_formats", "renderer.css")) or ""


def fetch_nothing(url: str, *args, **kwargs):
	"""A paper has no pictures or sheets from elsewhere: a text that names one must not make the server call it."""
	raise ValueError(url)
