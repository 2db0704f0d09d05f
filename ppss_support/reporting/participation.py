"""Who of the children with limited abilities took part in leisure or extracurricular events (KZ92-14.2.2d)."""

from datetime import date
from typing import NamedTuple

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.reporting.frame import Frame
from ppss_support.reporting.ledger import Ledger

PARTICIPATION = "PARTICIPATION"


class Quarter(NamedTuple):
	"""A quarter of the school year; both days belong to it."""

	number: int
	first: date
	last: date


def quarter_of(frame: Frame) -> Quarter | None:
	"""Return the quarter chosen, else the one of today, else the last that has begun."""
	rows = frappe.get_all(
		"PPSS Quarter", {"parent": frame.year}, ["quarter", "from_date", "to_date"], order_by="quarter"
	)
	quarters = [Quarter(row.quarter, getdate(row.from_date), getdate(row.to_date)) for row in rows]
	wanted = frame.chosen.quarter
	begun = [q for q in quarters if (str(q.number) == str(wanted) if wanted else q.first <= getdate())]
	return begun[-1] if begun else None


def limited(ledger: Ledger) -> list[str]:
	"""Return the children whose concluded assessment names limited abilities."""
	categories = facts.categories_by_learner(list(ledger.pupils))
	return [learner for learner in ledger.pupils if "C3" in categories.get(learner, ())]


def last_participation(frame: Frame) -> dict[str, date]:
	"""Return the last day of the year on which each learner took part, as one of several or alone."""
	recorded = {**frame.this_year, "kind": PARTICIPATION, "docstatus": 1}
	entries = {
		row.name: row for row in frappe.get_all("PPSS Activity", recorded, ["name", "date", "learner"])
	}
	present = {"parent": ("in", list(entries)), "parenttype": "PPSS Activity", "present": 1}
	named = frappe.get_all("PPSS Participant", present, ["parent", "learner"], as_list=True)
	named += tuple((row.name, row.learner) for row in entries.values())
	last: dict[str, date] = {}
	for entry, learner in named:
		if learner:
			last[learner] = max(last.get(learner, date.min), getdate(entries[entry].date))
	return last


def without_participation(ledger: Ledger, quarter: Quarter) -> list[tuple[str, date | None]]:
	"""Return the children who took no part since the quarter began, with the last day on which they did."""
	last = last_participation(ledger.frame)
	return [
		(learner, last.get(learner))
		for learner in limited(ledger)
		if learner not in last or last[learner] < quarter.first
	]
