"""Identity numbers on the site: kept encrypted, shown by their last digits, in full only on request, which is recorded.

The field is a password of the framework: the table holds asterisks, so no list, print, export or version has the number.
"""

import frappe
from frappe import client

from ppss_support.answers import answer
from ppss_support.controllers.remarks import write
from ppss_support.regulation import identity as rules
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.rules import reason_given

FIELD, LAST_DIGITS = "identity_number", "identity_shown"
KINDS = ("PPSS Learner", "PPSS Specialist")
OURS = "PPSS "


def keep(doc):
	"""Check a number that was entered; what comes back from a form as asterisks stays what it was."""
	before = doc.get_doc_before_save()
	given = "".join((doc.get(FIELD) or "").split())
	if given and doc.is_dummy_password(given):
		for field in (FIELD, LAST_DIGITS):
			doc.set(field, before.get(field) if before else None)
		return
	if given:
		answer(rules.number(given))
	doc.set(FIELD, given or None)
	doc.set(LAST_DIGITS, rules.masked(given) or None)


@frappe.whitelist(methods=["POST"])
def reveal(doctype: str, name: str, reason: str | None = None) -> str | None:
	"""Return the whole number to whoever may read the field, and record who asked, when and why (A85).

	PermissionError: the document or the field is not the user's to read. M42: no reason is given.
	"""
	if doctype not in KINDS:
		raise frappe.PermissionError
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	if not doc.has_permlevel_access_to(FIELD):
		raise frappe.PermissionError
	answer(reason_given(reason))
	shown = Finding.warn("A85", doc.full_name)
	write(doc, shown, "Disclosure", reason)
	answer([shown])
	return doc.get_password(FIELD, raise_exception=False)


@frappe.whitelist()
def get_password(doctype, name, fieldname):
	"""The framework's own door asks for no reason and leaves no trace: for our documents it stays shut."""
	if str(doctype).startswith(OURS):
		raise frappe.PermissionError
	return client.get_password(doctype, name, fieldname)
