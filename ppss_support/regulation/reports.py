"""Periods of the analytical report: quarter, half-year, year (ALM-5.9, OVR-F4)."""

from collections.abc import Sequence
from datetime import date

QUARTER, HALF_YEAR, YEAR = "RT1", "RT2", "RT3"
Days = tuple[date, date]


def periods(kind: str, quarters: Sequence[Days], year: Days) -> list[Days]:
	"""Return first and last day of each period of this kind in the school year, by its quarters in their order."""
	if kind == QUARTER:
		return list(quarters)
	if kind == HALF_YEAR:
		pairs = zip(quarters[::2], quarters[1::2], strict=False)
		return [(first[0], last[1]) for first, last in pairs]
	return [year]


def period_around(kind: str, day: date, quarters: Sequence[Days], year: Days) -> Days | None:
	"""Return the period a day lies in, on holidays the one before; None before the first begins."""
	begun = [one for one in periods(kind, quarters, year) if one[0] <= day]
	return begun[-1] if begun else None
