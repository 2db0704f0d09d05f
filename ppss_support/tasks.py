"""What the calendar does by itself, once a day."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.dependants import suspend_support
from ppss_support.regulation.assistants import reminder_due

# Days before the end of the quarter on which the need of an assistant is asked about: our terms, not the order's.
REMIND_DAYS = frozenset({30, 14})


def daily():
	expire_consents()
	expire_pmpc_papers()
	close_lists()
	end_programmes()
	remind_of_reviews()
	end_assignments()
	remind_of_assistants()


def expire_consents():
	"""Consents past their last day expire and stop what they carried (B.2)."""
	for name in past_last_day("PPSS Consent", states.SIGNED):
		consent = facts.paper("PPSS Consent", name)
		consent.advance(states.EXPIRED, _("The last valid day has passed"))
		suspend_support(consent.learner, consent.name)


def expire_pmpc_papers():
	"""Papers of the consultation past their last day expire (B.11)."""
	for name in past_last_day("PPSS PMPC Recommendation", states.VERIFIED):
		facts.paper("PPSS PMPC Recommendation", name).advance(
			states.EXPIRED, _("The last valid day has passed")
		)


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


def end_programmes():
	"""Programmes end with their school year: completed where the results are reviewed, else broken off (KZ92-20)."""
	years = frappe.get_all("PPSS School Year", {"to_date": ("<", getdate())}, pluck="name")
	over = {"workflow_state": ("in", states.RUNNING_PROGRAMME), "school_year": ("in", years or [""])}
	for name in frappe.get_all("PPSS Programme", over, pluck="name"):
		programme = facts.paper("PPSS Programme", name)
		reviewed = programme.workflow_state == states.IN_IMPLEMENTATION and not programme.results_reviewed()
		end = states.COMPLETED if reviewed else states.DISCONTINUED
		programme.advance(end, _("The school year has ended"))


def remind_of_reviews():
	"""Before the year ends its running programmes are to be discussed and completed (KZ92-14.2.2c, KZ92-20)."""
	for year, last in frappe.get_all("PPSS School Year", {}, ["name", "to_date"], as_list=True):
		if reminder_due(getdate(last), getdate(), REMIND_DAYS):
			for organisation, count in facts.running_programmes(year):
				text = _("{0} programmes wait for the review of their results; the school year ends on {1}.")
				subject = text.format(count, frappe.format(last, "Date"))
				notify(facts.deputies_of(organisation), "PPSS School Year", year, subject)


def end_assignments():
	"""An appointment ends with its quarter (KZ92-14.2.6b)."""
	over = {
		"workflow_state": ("in", (states.APPOINTED, states.SUSPENDED)),
		"docstatus": 1,
		"to_date": ("<", getdate()),
	}
	for name in frappe.get_all("PPSS Assistant Assignment", over, pluck="name"):
		assignment = facts.paper("PPSS Assistant Assignment", name)
		assignment.db_set({"end_reason": "ER1", "ended_on": assignment.to_date})
		assignment.advance(states.ENDED, _("The quarter has ended"))


def remind_of_assistants():
	"""Ask in time whether PMPC has determined the further need (KZ92-14.2.6c)."""
	waiting = {"workflow_state": states.APPOINTED, "docstatus": 1, "pmpc_further_need": "Pending"}
	rows = frappe.get_all(
		"PPSS Assistant Assignment",
		waiting,
		["name", "to_date", "organisation", "support_case", "learner_name"],
	)
	for row in rows:
		if reminder_due(getdate(row.to_date), getdate(), REMIND_DAYS):
			text = _(
				"{0}: the assistant's quarter ends on {1}; PMPC has not yet determined the further need."
			)
			subject = text.format(row.learner_name, frappe.format(row.to_date, "Date"))
			notify(facts.deputies_of(row.organisation), "PPSS Assistant Assignment", row.name, subject)


def notify(users: list[str], doctype: str, name: str, subject: str):
	for user in users:
		log = {"doctype": "Notification Log", "type": "Alert", "for_user": user, "subject": subject}
		frappe.get_doc({**log, "document_type": doctype, "document_name": name}).insert(
			ignore_permissions=True
		)
