"""A programme written on from an earlier one: a new version in the same year, or the next year's (KZ92-5.7)."""

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding, Label

PROGRAMME = "PPSS Programme"
# What belongs to one school year and is found anew for the next.
OF_THE_YEAR = ("support_case", "consent", "basis_doc", "pmpc")


@frappe.whitelist()
def new_version(source_name: str, target_doc=None):
	"""Return an unsaved draft that changes an approved programme: its approval ends the earlier one (M43)."""
	source = readable(source_name)
	draft = copied(source)
	draft.update({"supersedes": source.name, "period_from": max(getdate(), getdate(source.period_from))})
	return draft


@frappe.whitelist()
def next_year(source_name: str, target_doc=None):
	"""Return an unsaved draft for the following school year; consent, basis and case are those of that year.

	Raises RuleRefused (A21) when no later school year is entered.
	"""
	source = readable(source_name)
	year = facts.school_year_after(source.school_year)
	if not year:
		answer([Finding.of("A21", Label("School Year"))])
	first, last = facts.school_year_dates(year)
	draft = copied(source)
	draft.update(dict.fromkeys(OF_THE_YEAR))
	draft.update({"continues": source.name, "school_year": year})
	draft.update({"period_from": max(getdate(), first), "period_to": last})
	return draft


def readable(name: str):
	source = frappe.get_doc(PROGRAMME, name)
	source.check_permission("read")
	frappe.has_permission(PROGRAMME, "create", throw=True)
	return source


def copied(source):
	"""Return the content without its course: no state, no number, no results yet."""
	draft = frappe.copy_doc(source, ignore_no_copy=False)
	draft.docstatus = 0
	for goal in draft.goals:
		goal.update({"actual": None, "reviewed_on": None})
	return draft
