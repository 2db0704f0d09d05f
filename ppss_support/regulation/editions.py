"""Editions of acts and values of norms by date: what holds on a day, and how a value may change (order No 92, pt. 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ppss_support.regulation.finding import Finding

OPEN = "…"


@dataclass(frozen=True)
class Validity:
	"""Days between which a value holds, both included; None leaves that side open."""

	first: date | None = None
	last: date | None = None

	def meets(self, other: "Validity") -> bool:
		return begins_by(self.first, other.last) and begins_by(other.first, self.last)


def begins_by(first: date | None, last: date | None) -> bool:
	return first is None or last is None or first <= last


def consistent(code: str, least: float | None, greatest: float | None, validity: Validity) -> list[Finding]:
	"""A norm does not contradict itself: bounds and days are in order; 0 or None is no upper bound (section C)."""
	bounds = greatest and (least or 0) > greatest
	return [Finding.of("A48", code)] if bounds or not begins_by(validity.first, validity.last) else []


def one_value_a_day(code: str, own: Validity, others: Iterable[Validity]) -> list[Finding]:
	"""On each day a norm has one value (section C)."""
	return [Finding.of("A49", code, *days(other)) for other in others if own.meets(other)]


def days(validity: Validity) -> tuple:
	return validity.first or OPEN, validity.last or OPEN


def day_before(first: date) -> date:
	return first - timedelta(days=1)


def day_after(last: date) -> date:
	return last + timedelta(days=1)


def not_relied_on(code: str, papers: int, latest: date | None) -> list[Finding]:
	"""A value papers rely on is not changed; the change is a new row with its own first day (section C)."""
	return [Finding.of("A50", code, papers, latest)] if papers else []


def effective_day(published: date, full_days: int) -> date:
	"""Return the first day of effect: that many full calendar days pass after publication (KZ92-0.5)."""
	return published + timedelta(days=full_days + 1)
