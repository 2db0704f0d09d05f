"""What the order asks for and is not there: each check says what is wrong, whose turn it is and where it is mended."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import frappe

from ppss_support import facts
from ppss_support.names import sort_key
from ppss_support.regulation.finding import Label
from ppss_support.reporting.frame import Frame, reader_leads, under_order_92
from ppss_support.reporting.ledger import Ledger

# How a gap presses, the worst first.
BREACH, OVERDUE, MISSING, UNSIGNED, SOON = (
	Label("Breach"),
	Label("Overdue"),
	Label("Missing"),
	Label("Unsigned"),
	Label("Due Soon"),
)
KINDS = (BREACH, OVERDUE, MISSING, UNSIGNED, SOON)


@dataclass
class Gap:
	"""One thing to mend. Without `name` the paper is still to be begun, with `values` filled in.

	`specialist` is the staff record of whoever mends it; `turn` names roles where nobody in person is meant.
	"""

	what: str
	doctype: str
	name: str | None = None
	values: dict = field(default_factory=dict)
	learner: str | None = None
	subject: str = ""
	specialist: str | None = None
	turn: str = ""
	since: date | None = None
	due: date | None = None
	clause: str = ""
	kind: str = ""


@dataclass(frozen=True)
class Check:
	"""One question to the papers of a year; `find` yields its gaps in a fixed number of statements."""

	clause: str
	kind: str
	find: Callable[[Ledger], Iterator[Gap]]


def check(clause: str, kind: str):
	"""Make a function the check of a clause; a gap may name a clause or kind of its own."""
	return partial(Check, clause, kind)


def gaps(frame: Frame, checks: Iterable[Check]) -> list[Gap]:
	"""Ask the checks; return what is to be mended and the reader may know of, in the order of the clauses, the worst first."""
	frame = under_order_92(frame)
	if not frame.schools:
		return []
	ledger = Ledger(frame)
	found = [completed(gap, one, ledger) for one in checks for gap in one.find(ledger)]
	return sorted(within_scope(found, frame), key=order)


def completed(gap: Gap, one: Check, ledger: Ledger) -> Gap:
	gap.clause = gap.clause or one.clause
	gap.kind = gap.kind or one.kind
	if gap.learner:
		gap.subject = gap.subject or ledger.name_of(gap.learner)
	if gap.specialist in ledger.staff:
		gap.turn = ledger.staff[gap.specialist].full_name
	return gap


def within_scope(found: list[Gap], frame: Frame) -> list[Gap]:
	"""Leaders see every gap; a specialist sees the own ones and those of children in the own cases."""
	if reader_leads():
		return found
	own = facts.specialist_of_user()
	children = set(frappe.get_list("PPSS Support Case", frame.this_year, pluck="learner", limit=0))
	return [gap for gap in found if gap.learner in children or (not gap.learner and gap.specialist == own)]


def order(gap: Gap) -> tuple:
	"""Clause 9 comes before clause 10, and digits before letters."""
	parts = re.findall(r"\d+|[a-z]", gap.clause)
	numbers = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]
	return numbers, KINDS.index(gap.kind), str(gap.due or gap.since or ""), sort_key(gap.subject or "")
