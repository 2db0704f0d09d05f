"""How long a record is kept: terms are data of the archivist, no act of the regulation profiles sets any (D-42)."""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MADE, YEAR_ENDED, CHILD_LEFT = "The Record Is Made", "The School Year Ends", "The Child Leaves"
# Why a record that has a term is not destroyed.
NOT_BEGUN, NOT_OVER = "The Term Has Not Begun", "The Term Is Not Over"
HELD, IN_USE, NOT_THERE = "Legal Hold", "In Use", "Not There"
BY_HAND = "Left out by Hand"


@dataclass(frozen=True)
class Term:
	"""How many years a kind of record is kept and what the years run from.

	`next_january`: they run from 1 January of the year after; `first`, `last`: days the term itself is in force.
	"""

	kind: str
	years: int
	runs_from: str
	next_january: bool
	first: date
	last: date | None = None
	name: str = ""


@dataclass(frozen=True)
class Record:
	"""A record that has a kind with a term. `starts`: the days the years of a term may run from, by what begins them."""

	starts: dict[str, date | None]
	held: bool = False
	in_use: bool = False


@dataclass(frozen=True)
class Judged:
	"""`kept` says why the record stays, empty where it is due."""

	term: Term
	begun: date | None
	due: date | None
	kept: str = ""


def in_force(terms: Iterable[Term], day: date) -> dict[str, list[Term]]:
	"""Return the terms of each kind that are in force on the day."""
	found: dict[str, list[Term]] = {}
	for term in terms:
		if term.first <= day and (not term.last or day <= term.last):
			found.setdefault(term.kind, []).append(term)
	return found


def due_on(term: Term, begun: date | None) -> date | None:
	"""Return the first day the record may be destroyed, None while its term has not begun."""
	if not begun:
		return None
	first = date(begun.year + 1, 1, 1) if term.next_january else begun
	year = first.year + term.years
	# The 29th of February is followed by the 1st of March in a year without one.
	return (
		date(year, 3, 1)
		if (first.month, first.day) == (2, 29) and not isleap(year)
		else first.replace(year=year)
	)


def judge(record: Record, terms: list[Term], today: date) -> Judged:
	"""Judge a record by the terms of its kind; where several are in force, the longest holds."""
	judged = [one_term(record, term, today) for term in terms]
	return max(judged, key=lambda one: one.due or date.max)


def one_term(record: Record, term: Term, today: date) -> Judged:
	begun = record.starts.get(term.runs_from)
	due = due_on(term, begun)
	reasons = (
		(record.held, HELD),
		(due is None, NOT_BEGUN),
		(due is not None and due > today, NOT_OVER),
		(record.in_use, IN_USE),
	)
	return Judged(term, begun, due, next((reason for holds, reason in reasons if holds), ""))
