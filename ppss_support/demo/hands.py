"""The hands of the users: whatever the demo makes is made as one of them, through the app's own rules."""

from contextlib import contextmanager

import frappe

from ppss_support.controllers.steps import apply_workflow


@contextmanager
def acting_as(user: str):
	"""Run the block as this user."""
	before = frappe.session.user
	become(user)
	try:
		yield
	finally:
		become(before)


def become(user: str):
	"""Changing the user empties the caches: not done needlessly."""
	if user != frappe.session.user:
		frappe.set_user(user)


def make(doctype: str, **values):
	forget_news()
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def write(doc, **values):
	"""Fill fields of a paper that lies on the user's table."""
	doc.update(values)
	return doc.save()


def take(doc, action: str, reason: str | None = None, **values):
	"""Fill `values`, then press the button; return the document as it stands after the step."""
	if values:
		write(doc, **values)
	forget_news()
	return apply_workflow({"doctype": doc.doctype, "name": doc.name, "transition_reason": reason}, action)


def again(doc):
	"""Return the paper as another paper's step has left it."""
	return frappe.get_doc(doc.doctype, doc.name)


def forget_news():
	"""Nobody watches a demo being loaded; the framework compares each piece of news with all before it."""
	getattr(frappe.local, "_realtime_log", []).clear()
