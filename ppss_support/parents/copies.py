"""The papers a parent takes along: the form of the consent, the own statement, approved programmes in their shareable copy."""

from contextlib import contextmanager

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.model import table_fields

from ppss_support import papers
from ppss_support.constants import states
from ppss_support.parents.children import Child
from ppss_support.parents.support import PUBLISHED, own_consent
from ppss_support.ppss_support.doctype.ppss_programme.ppss_programme import PPSSProgramme

CONSENT_FORM = "PPSS Consent Form"
SHAREABLE = "PPSS Programme Shareable"


def blank_form() -> bytes:
	with printed_for_parents():
		return papers.render(frappe.new_doc("PPSS Consent"), papers.BLANK_CONSENT)


def consent_form(child: Child, name: str) -> bytes | None:
	"""Return the form the representative is to sign or has signed, None for any other consent."""
	if not own_consent(child, name, states.PREPARED, states.SIGNED):
		return None
	with printed_for_parents():
		pdf = papers.render(frappe.get_doc("PPSS Consent", name), CONSENT_FORM)
	make_access_log(doctype="PPSS Consent", document=name, file_type="PDF", method="Print")
	return pdf


def statement(child: Child, name: str) -> bytes | None:
	"""Return the statement of withdrawal the representative made on the page or handed in."""
	consent = own_consent(child, name, states.WITHDRAWN)
	attached = consent and {"file_url": consent.withdrawal_statement, "attached_to_name": name}
	file = attached and frappe.db.get_value("File", attached)
	if not file:
		return None
	content = frappe.get_doc("File", file).get_content()
	return content if isinstance(content, bytes) and content.startswith(b"%PDF-") else None


def programme(child: Child, name: str) -> bytes | None:
	"""Return the approved programme of the child without category and health data."""
	own = {"name": name, "learner": child.name, "docstatus": 1, "workflow_state": ("in", PUBLISHED)}
	if not frappe.db.exists("PPSS Programme", own):
		return None
	with printed_for_parents():
		pdf = papers.render(as_approved(frappe.get_doc("PPSS Programme", name)), SHAREABLE, frappe.local.lang)
	make_access_log(doctype="PPSS Programme", document=name, file_type="PDF", method="Print")
	return pdf


def as_approved(doc: PPSSProgramme) -> PPSSProgramme:
	"""Leave out a review of the results that is still being written: nobody has confirmed it yet."""
	if doc.workflow_state == states.COMPLETED:
		return doc
	for field in PPSSProgramme.OPEN_FIELDS - {"print_language", "archive_index"}:
		doc.set(field, [] if doc.meta.get_field(field).fieldtype in table_fields else None)
	for table, columns in PPSSProgramme.OPEN_COLUMNS.items():
		for row in doc.get(table):
			row.update(dict.fromkeys(columns))
	return doc


@contextmanager
def printed_for_parents():
	"""Print past the rights to the DocType, which a parent has none of: whose paper it is has been asked before."""
	before = frappe.flags.ignore_print_permissions
	frappe.flags.ignore_print_permissions = True
	try:
		yield
	finally:
		frappe.flags.ignore_print_permissions = before
