"""What the calendar does by itself, once a day."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.dependants import suspend_support


def daily():
	expire_consents()
	close_lists()


def expire_consents():
	"""Consents past their last day expire and stop what they carried (B.2)."""
	over = {"workflow_state": states.SIGNED, "docstatus": 1, "valid_to": ("<", getdate())}
	for name in frappe.get_all("PPSS Consent", over, pluck="name"):
		consent = facts.paper("PPSS Consent", name)
		consent.advance(states.EXPIRED, _("The last valid day has passed"))
		suspend_support(consent.learner, consent.name)


def close_lists():
	"""Lists close when their school year has ended (KZ92-20)."""
	years = frappe.get_all("PPSS School Year", {"to_date": ("<", getdate())}, pluck="name")
	over = {"workflow_state": states.APPROVED, "docstatus": 1, "school_year": ("in", years or [""])}
	for name in frappe.get_all("PPSS Learner List", over, pluck="name"):
		facts.paper("PPSS Learner List", name).advance(states.CLOSED, _("The school year has ended"))
