"""What the calendar does by itself, once a day."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.dependants import suspend_support


def daily():
	expire_consents()
	expire_pmpc_papers()
	close_lists()


def expire_consents():
	"""Consents past their last day expire and stop what they carried (B.2)."""
	for name in past_last_day("PPSS Consent", states.SIGNED):
		consent = facts.paper("PPSS Consent", name)
		consent.advance(states.EXPIRED, _("The last valid day has passed"))
		suspend_support(consent.learner, consent.name)


def expire_pmpc_papers():
	"""Papers of the consultation past their last day expire (B.11)."""
	for name in past_last_day("PPSS PMPC Recommendation", states.VERIFIED):
		facts.paper("PPSS PMPC Recommendation", name).advance(states.EXPIRED, _("The last valid day has passed"))


def past_last_day(doctype: str, state: str) -> list[str]:
	"""Return the papers whose last day is over; an empty last day is none, and must not compare as the year 1."""
	filters = [
		["workflow_state", "=", state],
		["docstatus", "=", 1],
		["valid_to", "is", "set"],
		["valid_to", "<", getdate()],
	]
	return frappe.get_all(doctype, filters, pluck="name")


def close_lists():
	"""Lists close when their school year has ended (KZ92-20)."""
	years = frappe.get_all("PPSS School Year", {"to_date": ("<", getdate())}, pluck="name")
	over = {"workflow_state": states.APPROVED, "docstatus": 1, "school_year": ("in", years or [""])}
	for name in frappe.get_all("PPSS Learner List", over, pluck="name"):
		facts.paper("PPSS Learner List", name).advance(states.CLOSED, _("The school year has ended"))
