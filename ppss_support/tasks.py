"""What the calendar does by itself, once a day: each function is a scheduled job of its own (hooks.py).

each_within: what holds the work on one paper together, in the daily job a transaction: a paper that fails leaves the
others, of this school and of all, their turn.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.bulk import handing_over
from ppss_support.constants import states
from ppss_support.controllers.suspension import end_support
from ppss_support.failures import noted


def expire_consents(each_within=noted):
	"""Consents past their last day expire and stop what they carried (B.2)."""
	for name in past_last_day("PPSS Consent", states.SIGNED):
		with each_within(name):
			consent = facts.paper("PPSS Consent", name)
			consent.advance(states.EXPIRED, _("The last valid day has passed"))
			end_support(consent)


def expire_pmpc_papers(each_within=noted):
	"""Papers of the consultation past their last day expire (B.11)."""
	for name in past_last_day("PPSS PMPC Recommendation", states.VERIFIED):
		with each_within(name):
			pmpc = facts.paper("PPSS PMPC Recommendation", name)
			pmpc.advance(states.EXPIRED, _("The last valid day has passed"))
			pmpc.move_case()


def past_last_day(doctype: str, state: str) -> list[str]:
	"""Return the papers whose last day is over; an empty last day is none, and must not compare as the year 1."""
	filters = [
		["workflow_state", "=", state],
		["docstatus", "=", 1],
		["valid_to", "is", "set"],
		["valid_to", "<", getdate()],
	]
	return frappe.get_all(doctype, filters, pluck="name")


def pass_on_responsibility(each_within=noted):
	"""Where a specialist has handed a child over to another, the other one answers and writes from their first day on."""
	for doctype, name, leaving, taking in handing_over.papers_to_pass_on(getdate()):
		with each_within(name):
			handing_over.pass_on(doctype, name, leaving, taking)


def close_lists(each_within=noted):
	"""Lists close when their school year has ended (KZ92-20)."""
	years = frappe.get_all("PPSS School Year", {"to_date": ("<", getdate())}, pluck="name")
	over = {"workflow_state": states.APPROVED, "docstatus": 1, "school_year": ("in", years or [""])}
	for name in frappe.get_all("PPSS Learner List", over, pluck="name"):
		with each_within(name):
			facts.paper("PPSS Learner List", name).advance(states.CLOSED, _("The school year has ended"))


def end_programmes(each_within=noted):
	"""Programmes end with their school year: completed where the results are reviewed, else broken off (KZ92-20)."""
	years = frappe.get_all("PPSS School Year", {"to_date": ("<", getdate())}, pluck="name")
	over = {"workflow_state": ("in", states.RUNNING_PROGRAMME), "school_year": ("in", years or [""])}
	for name in frappe.get_all("PPSS Programme", over, pluck="name"):
		with each_within(name):
			programme = facts.paper("PPSS Programme", name)
			reviewed = (
				programme.workflow_state == states.IN_IMPLEMENTATION and not programme.results_reviewed()
			)
			end = states.COMPLETED if reviewed else states.DISCONTINUED
			programme.advance(end, _("The school year has ended"))


def end_assignments(each_within=noted):
	"""An appointment ends with its quarter (KZ92-14.2.6b)."""
	over = {
		"workflow_state": ("in", (states.APPOINTED, states.SUSPENDED)),
		"docstatus": 1,
		"to_date": ("<", getdate()),
	}
	for name in frappe.get_all("PPSS Assistant Assignment", over, pluck="name"):
		with each_within(name):
			assignment = facts.paper("PPSS Assistant Assignment", name)
			assignment.db_set({"end_reason": "ER1", "ended_on": assignment.to_date})
			assignment.advance(states.ENDED, _("The quarter has ended"))
