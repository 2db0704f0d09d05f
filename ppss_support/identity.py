"""Identity numbers on the site: kept encrypted, shown by their last digits, in full only on request, which is recorded.

The field is a password of the framework: the table holds asterisks, so no list, print, export or version has the number.
"""

import frappe
from frappe import client
from frappe.utils.password import decrypt

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


def numbers_of(doctype: str, names: list[str]) -> dict[str, str]:
	"""Return the whole numbers of these records, for the program itself; who shows one asks for the right and records it."""
	auth = frappe.qb.Table("__Auth")
	rows = (
		frappe.qb.from_(auth)
		.where((auth.doctype == doctype) & (auth.fieldname == FIELD) & (auth.encrypted == 1))
		.where(auth.name.isin(names or [""]))
		.select(auth.name, auth.password)
		.run()
	)
	return {name: decrypt(kept) for name, kept in rows}


def disclose(doctype: str, names: list[str], organisation: str, reason: str | None) -> dict[str, str]:
	"""Return the whole numbers of many, and record each of them as shown (A85).

	PermissionError: the field is not the user's to read. M42: no reason is given.
	"""
	if frappe.get_meta(doctype).get_field(FIELD).permlevel not in readable_levels(doctype):
		raise frappe.PermissionError
	answer(reason_given(reason))
	found = numbers_of(doctype, names)
	titles = dict(
		frappe.get_all(doctype, {"name": ("in", list(found) or [""])}, ["name", "full_name"], as_list=True)
	)
	for name in found:
		about = frappe._dict(doctype=doctype, name=name, organisation=organisation)
		write(about, Finding.warn("A85", titles[name]), "Disclosure", reason)
	return found


def readable_levels(doctype: str) -> list[int]:
	return frappe.get_meta(doctype).get_permlevel_access("read")


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
