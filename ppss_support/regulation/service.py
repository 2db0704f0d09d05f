"""Length of service: periods of work added up without counting a day twice (order No 338)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_OF_MONTH = 30


@dataclass(frozen=True, order=True)
class Length:
	"""Whole years, months and days; a month made of odd days of several stretches has thirty."""

	years: int = 0
	months: int = 0
	days: int = 0


@dataclass(frozen=True)
class Period:
	"""Work between two days, both included; without a last day it goes on.

	role: term of the post held ("SOC"); organisation: type of the organisation; rural: None where not recorded.
	"""

	first: date
	last: date | None = None
	pedagogical: bool = False
	in_speciality: bool = False
	managing: bool = False
	role: str | None = None
	organisation: str | None = None
	rural: bool | None = None


def merged(periods: Iterable[Period], day: date) -> list[tuple[date, date]]:
	"""Return the stretches of work up to the day: overlapping and adjoining periods are one."""
	found: list[tuple[date, date]] = []
	spans = ((one.first, min(one.last or day, day)) for one in periods)
	for first, last in sorted(span for span in spans if span[0] <= span[1]):
		if found and first <= found[-1][1] + timedelta(days=1):
			found[-1] = found[-1][0], max(last, found[-1][1])
		else:
			found.append((first, last))
	return found


def length(periods: Iterable[Period], day: date) -> Length:
	"""Return how long the work took in all up to the day."""
	parts = [months_and_days(first, last) for first, last in merged(periods, day)]
	months, days = (sum(part[n] for part in parts) for n in (0, 1))
	# Thirty days of one month of 31 are no month yet; odd days of several stretches add up to some.
	if len(parts) > 1:
		months, days = months + days // DAYS_OF_MONTH, days % DAYS_OF_MONTH
	return Length(months // 12, months % 12, days)


def months_and_days(first: date, last: date) -> tuple[int, int]:
	"""Return the whole months of a stretch and the days left over, both ends included."""
	end = last + timedelta(days=1)
	months = (end.year - first.year) * 12 + end.month - first.month
	if months_later(first, months) > end:
		months -= 1
	return months, (end - months_later(first, months)).days


def months_later(day: date, months: int) -> date:
	"""Return the same day so many months later, the last of the month where it has no such day."""
	year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
	following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
	return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def worked_through(periods: Iterable[Period], years: int, day: date) -> bool:
	"""Tell whether the last so many years up to the day were worked without a break."""
	begin = months_later(day + timedelta(days=1), -12 * years)
	return any(first <= begin and last >= day for first, last in merged(periods, day))
