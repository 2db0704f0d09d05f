"""Staff units: what a staffing table gives, who holds which part from when, what children call for (KZ92-4.5, ALM-4).

Units are exact decimals, days are whole: a part that ends today is held today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from ppss_support.regulation.editions import Validity
from ppss_support.regulation.finding import Finding

NONE = Decimal(0)


@dataclass(frozen=True)
class Part:
	"""So many units between two days; without a last day, until further notice."""

	units: Decimal
	days: Validity
	main: bool = True


def units_of(value: float | str | None) -> Decimal:
	"""Return the units as entered, to the hundredth."""
	return Decimal(str(value or 0)).quantize(Decimal("0.01"))


def covers(days: Validity, day: date) -> bool:
	return days.meets(Validity(day, day))


def total_on(parts: Iterable[Part], day: date) -> Decimal:
	return sum((part.units for part in parts if covers(part.days, day)), NONE)


def turns(*stretches: Iterable[Validity]) -> list[date]:
	"""Return the days on which something begins, or has ended the day before, in order."""
	every = [one for many in stretches for one in many]
	found = {one.first for one in every if one.first}
	found |= {one.last + timedelta(days=1) for one in every if one.last}
	return sorted(found)


def in_steps(units: Decimal, step: Decimal | None) -> list[Finding]:
	"""Units are given in equal steps, and never as nothing (ALM-4)."""
	return [Finding.of("A100", units, step or "0.01")] if units <= 0 or (step and units % step) else []


def within_ceiling(
	title: str, held: list[Part], ceilings: list[Part], tables: list[Validity]
) -> list[Finding]:
	"""On no day under a staffing table is more of a position held than the table gives; the first such day is named."""
	for day in turns((part.days for part in (*held, *ceilings)), tables):
		has, may = total_on(held, day), total_on(ceilings, day)
		if has > may and any(covers(table, day) for table in tables):
			return [Finding.of("A101", title, day, has, may)]
	return []


def within_limit(name: str, held: list[Part], limit: Decimal | None) -> list[Finding]:
	"""On no day does one person hold more than the norm allows."""
	for day in turns(part.days for part in held):
		if limit is not None and total_on(held, day) > limit:
			return [Finding.of("A102", name, day, total_on(held, day), limit)]
	return []


def one_main(name: str, own: Part, others: Iterable[Part]) -> list[Finding]:
	"""A person has one main position at a time; what is held beside it is held by combination."""
	taken = [one for one in others if own.main and one.main and one.days.meets(own.days)]
	return [Finding.of("A105", name, taken[0].days.first)] if taken else []


def under_a_table(own: Validity, tables: list[Validity]) -> list[Finding]:
	"""A position is held under an approved staffing table; the first day without one is warned of."""
	for day in turns([own], tables):
		if covers(own, day) and not any(covers(table, day) for table in tables):
			return [Finding.warn("A104", day)]
	return []


def one_table_a_day(own: Validity, others: Iterable[tuple[str, Validity]]) -> list[Finding]:
	"""On each day one staffing table holds; the one named as superseded is not among the others."""
	return [Finding.of("A103", name) for name, days in others if days.meets(own)]


def needed_units(counted: int, per_unit: float, step: float | None) -> float:
	"""Return the units for so many learners at so many to a unit, rounded up to the step."""
	share = Decimal(counted) / Decimal(str(per_unit))
	size = Decimal(str(step or 1))
	return float(ceil(share / size) * size)
