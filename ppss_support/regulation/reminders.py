"""On which day somebody is reminded, and when it is the same reminder again."""

from collections.abc import Collection
from datetime import date


def days_reached(last_day: date, today: date, days_before: Collection[int]) -> int | None:
	"""Return the latest of the days before a last day that has come, None before the first and after the last day.

	A day the job has missed is made up for on the next one (KZ92-14.2.6c).
	"""
	left = (last_day - today).days
	return min((days for days in days_before if days >= left), default=None) if left >= 0 else None


def times_due(since: date, today: date, after: int, every: int) -> int | None:
	"""Return how often it is told by now of what stands since a day: 0 for the first time, None as long as not at all.

	after: days until the first time. every: days between two times; 0 for once only.
	"""
	over = (today - since).days - after
	if over < 0:
		return None
	return over // every if every > 0 else 0
