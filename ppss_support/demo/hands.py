"""The hands of the users: whatever the demo makes is made as one of them, through the app's own rules."""

from contextlib import contextmanager

import frappe

from ppss_support.controllers.steps import apply_workflow


@contextmanager
def acting_as(user: str):
	"""Run the block as this user; changing the user empties the caches, so it is not done needlessly."""
	before = frappe.session.user
	if user != before:
		frappe.set_user(user)
	try:
		yield
	finally:
		if user != before:
			frappe.set_user(before)


def make(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def write(doc, **values):
	"""Fill fields of a paper that lies on the user's table."""
	doc = frappe.get_doc(doc.doctype, doc.name)
	doc.update(values)
	return doc.save()


def take(doc, action: str, reason: str | None = None, **values):
	"""Fill `values`, then press the button; return the document as it stands after the step."""
	if values:
		doc = write(doc, **values)
	return apply_workflow({"doctype": doc.doctype, "name": doc.name, "transition_reason": reason}, action)
