"""What the service did in a period, counted: by direction, kind of work, audience and form. No child is named (RP12).

The log, the lessons and the requests are each read once, however many entries there are.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import frappe
from frappe.query_builder.functions import Count

from ppss_support import journals
from ppss_support.constants import states
from ppss_support.regulation import journals as rules
from ppss_support.regulation.finding import Label

BY_DIRECTION, BY_KIND = Label("Direction"), Label("Work Kind")
BY_AUDIENCE, BY_FORM = Label("Work Group"), Label("Alone or Together")
SECTIONS = (BY_DIRECTION, BY_KIND, BY_AUDIENCE, BY_FORM)
Figures = dict[str, dict[str, int]]


def figures(organisations: Iterable[str], first: date, last: date) -> Figures:
	"""Return how much was done, by section and code; the sections count the same work from four sides."""
	schools = list(organisations)
	found = {section: Counter() for section in SECTIONS}
	for direction, work_kind, form, count in entries(schools, first, last):
		found[BY_DIRECTION][direction] += count
		found[BY_KIND][work_kind] += count
		found[BY_FORM][form] += count
	for direction, form, count in lessons(schools, first, last):
		found[BY_DIRECTION][direction] += count
		found[BY_KIND][rules.DEVELOPING] += count
		found[BY_FORM][rules.FORM_OF.get(form)] += count
		found[BY_AUDIENCE][rules.PUPILS] += count
	found[BY_KIND][rules.REQUEST] += requests(schools, first, last)
	found[BY_AUDIENCE].update(dict(groups(schools, first, last)))
	return {
		section: {code: count for code, count in sorted(counts.items(), key=str) if code and count}
		for section, counts in found.items()
	}


def within(table, schools: list[str], first: date, last: date):
	return table.organisation.isin(schools or [""]) & table.date[first:last]


def entries(schools: list[str], first: date, last: date) -> list[tuple]:
	entry = frappe.qb.DocType(journals.ACTIVITY)
	by = (entry.direction, entry.work_kind, entry.work_form)
	stands = within(entry, schools, first, last) & (entry.docstatus == 1)
	return frappe.qb.from_(entry).where(stands).groupby(*by).select(*by, Count("*")).run()


def lessons(schools: list[str], first: date, last: date) -> list[tuple]:
	lesson = frappe.qb.DocType(journals.SESSION)
	by = (lesson.direction, lesson.form)
	held = within(lesson, schools, first, last) & (lesson.workflow_state == states.HELD)
	return frappe.qb.from_(lesson).where(held).groupby(*by).select(*by, Count("*")).run()


def requests(schools: list[str], first: date, last: date) -> int:
	request = frappe.qb.DocType(journals.REQUEST)
	asked = within(request, schools, first, last)
	return frappe.qb.from_(request).where(asked).select(Count("*")).run()[0][0]


def groups(schools: list[str], first: date, last: date) -> list[tuple]:
	"""Return how many entries each work group took part in; an entry may be of several."""
	item, entry = frappe.qb.DocType("PPSS Term Item"), frappe.qb.DocType(journals.ACTIVITY)
	own = (item.parenttype == journals.ACTIVITY) & (item.parentfield == "work_groups")
	stands = within(entry, schools, first, last) & (entry.docstatus == 1)
	query = frappe.qb.from_(item).join(entry).on(entry.name == item.parent).where(own & stands)
	return query.groupby(item.term).select(item.term, Count("*")).run()
