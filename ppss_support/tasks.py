"""What the calendar does by itself, once a day: each function is a scheduled job of its own (hooks.py)."""

from functools import partial

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import activity_facts, facts, lesson_facts, qualification_facts, registers
from ppss_support.answers import label_text
from ppss_support.constants import states
from ppss_support.controllers.suspension import end_support
from ppss_support.notices import day_text, tell
from ppss_support.regulation.assistants import reminder_due
from ppss_support.regulation.finding import Label


def expire_consents():
	"""Consents past their last day expire and stop what they carried (B.2)."""
	for name in past_last_day("PPSS Consent", states.SIGNED):
		consent = facts.paper("PPSS Consent", name)
		consent.advance(states.EXPIRED, _("The last valid day has passed"))
		end_support(consent)


def expire_pmpc_papers():
	"""Papers of the consultation past their last day expire (B.11)."""
	for name in past_last_day("PPSS PMPC Recommendation", states.VERIFIED):
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
		for organisation, count in lesson_facts.running_programmes(year).items():
			if reminder_due(getdate(last), getdate(), facts.reminder_days(organisation)):
				text = partial(reviews_wait, count, last)
				tell(facts.deputies_of(organisation), "PPSS School Year", year, text)


def reviews_wait(count: int, last_day, lang: str) -> str:
	text = _("{0} programmes wait for the review of their results; the school year ends on {1}.", lang)
	return text.format(count, day_text(last_day))


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
		if reminder_due(getdate(row.to_date), getdate(), facts.reminder_days(row.organisation)):
			tell(
				facts.deputies_of(row.organisation),
				"PPSS Assistant Assignment",
				row.name,
				partial(quarter_ends, row.learner_name, row.to_date),
			)


def quarter_ends(child: str, last_day, lang: str) -> str:
	text = _("{0}: the assistant's quarter ends on {1}; PMPC has not yet determined the further need.", lang)
	return text.format(child, day_text(last_day))


def announce_expiring_categories():
	"""Tell the specialist and the deputy heads once that a category of order No 338 ends soon."""
	days = dict(frappe.get_all("PPSS Organisation", fields=["name", "category_reminder_days"], as_list=True))
	for row in qualification_facts.expiring(getdate(), days):
		users = {*facts.deputies_of(row.organisation), row.user} - {None}
		tell(users, "PPSS Qualification", row.name, partial(category_ends, row))
		frappe.db.set_value("PPSS Qualification Award", row.row, "announced_for", row.to_date)


def category_ends(row, lang: str) -> str:
	text = _("{0}: the category “{1}” ends on {2}.", lang)
	category = label_text(Label(row.qualification_category), lang)
	return text.format(row.specialist_name, category, day_text(row.to_date))


def remind_of_decisions():
	"""Remind whoever is responsible for a decision that its term has passed (KZ92-14.2.6b, B.9)."""
	for row in registers.unexecuted_decisions({"overdue": True}):
		if row.user:
			tell([row.user], "PPSS Meeting", row.meeting, partial(decision_overdue, row))


def decision_overdue(row, lang: str) -> str:
	text = _("Decision {0} of the minutes No {1} was to be executed by {2}.", lang)
	return text.format(row.decision, row.meeting_no, day_text(row.deadline))


def remind_of_requests():
	"""Whoever was asked is reminded each day a request is overdue, until it is answered (KZ92-14.1.2b)."""
	for row in activity_facts.requests_overdue():
		asked = [row.to_person] if row.to_person else activity_facts.holders_of(row.to_role, row.organisation)
		tell(activity_facts.logins_of(asked), "PPSS Request", row.name, partial(request_overdue, row))


def request_overdue(row, lang: str) -> str:
	text = _("{0} was due on {1} and is not answered", lang)
	return text.format(row.name, day_text(row.due))


def remind_of_reports():
	"""Before a quarter ends its analytical report is due, where the regulation wants one (ALM-5.9)."""
	schools = [
		(organisation, psychologists)
		for organisation, profile in frappe.get_all(
			"PPSS Organisation", fields=["name", "regulation_profile"], as_list=True
		)
		if "report_periods" in facts.features_on(organisation, profile)
		and (psychologists := facts.logins_in_role("PSY", organisation))
	]
	ending = frappe.get_all(
		"PPSS Quarter", {"to_date": (">=", getdate())}, ["parent", "to_date"], as_list=True
	)
	for organisation, psychologists in schools:
		for year, last in ending:
			if reminder_due(getdate(last), getdate(), facts.reminder_days(organisation)):
				tell(psychologists, "PPSS School Year", year, partial(report_due, last))


def report_due(last_day, lang: str) -> str:
	return _("The quarter ends on {0}: the analytical report of the service is due.", lang).format(
		day_text(last_day)
	)
