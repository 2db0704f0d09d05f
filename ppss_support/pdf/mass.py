"""Consents by the hundred: read together, laid out by the template of the single print, made in one pass."""

from collections.abc import Iterable, Sequence

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document
from frappe.www.printview import get_print_format

from ppss_support import papers
from ppss_support.exceptions import EngineFailed
from ppss_support.failures import log_failure
from ppss_support.pdf import engine
from ppss_support.pdf.join import joined

# Papers that are one page whatever is written in them: the official form.
ONE_PAGE = {"PPSS Consent": "PPSS Consent Form"}
LANG = "kk"


def consents(names: Sequence[str]) -> bytes:
	"""Return prepared consents as one PDF in the order of `names`, those the reader may not print left out."""
	return one_pdf(printable(read("PPSS Consent", names)))


def read(doctype: str, names: Sequence[str]) -> list[Document]:
	"""Return documents with their rows in one statement for each table, in the order of `names`."""
	tables = [(df.fieldname, df.options) for df in frappe.get_meta(doctype).get_table_fields()]
	rows = {row.name: row for row in frappe.get_all(doctype, {"name": ("in", list(names))}, ["*"])}
	for fieldname, child in tables:
		for row in rows.values():
			row[fieldname] = []
		own = {"parent": ("in", list(names)), "parenttype": doctype, "parentfield": fieldname}
		for row in frappe.get_all(child, own, ["*"], order_by="idx"):
			rows[row.parent][fieldname].append(row)
	make = get_controller(doctype)
	return [make({**rows[name], "doctype": doctype}) for name in names if name in rows]


def printable(docs: Iterable[Document]) -> list[Document]:
	return [doc for doc in docs if may_print(doc)]


def may_print(doc: Document) -> bool:
	return all(frappe.has_permission(doc.doctype, right, doc=doc) for right in ("read", "print"))


def bodies(docs: Sequence[Document], print_format: str) -> list[str]:
	"""Return each paper as the template of its print format lays it out; the template is compiled once."""
	if not docs:
		return []
	source = get_print_format(docs[0].doctype, frappe.get_cached_doc("Print Format", print_format))
	with papers.printed_in(LANG):
		template = frappe.get_jenv().from_string(source)
		return [template.render(doc=doc) for doc in docs]


def one_pdf(docs: Sequence[Document], print_format: str | None = None) -> bytes:
	"""Return papers of one page each as one PDF; one at a time where they turn out not to fit."""
	print_format = print_format or ONE_PAGE[docs[0].doctype]
	try:
		return engine.render_sheets(engine.sheets(bodies(docs, print_format), print_format, LANG))
	except EngineFailed as error:
		log_failure("Papers in one pass", error)
		return joined([papers.render(doc, print_format, LANG) for doc in docs])
