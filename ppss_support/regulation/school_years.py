"""The school year and its quarters: one calendar for all organisations of a site (order No 92, cl. 14, 20)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Span:
	"""Days from the first to the last, both included."""

	first: date
	last: date

	def holds(self, other: "Span") -> bool:
		return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True)
class Standing:
	"""A paper in force and its days; `quarter` is the number of the one it is for, None: the whole year."""

	name: str
	days: Span
	quarter: int | None = None


def four_quarters(numbers: Iterable[int]) -> list[Finding]:
	"""Warn of a year without its four quarters: an assistant is appointed for one of them (KZ92-14.2.6b, D-5)."""
	return [] if tuple(sorted(numbers)) == QUARTERS else [Finding.warn("A78")]


def one_year_a_day(others: Sequence[tuple[str, date, date]]) -> list[Finding]:
	"""No day belongs to two school years; rows are (title, first day, last day) of those that share one (KZ92-20)."""
	return [Finding.of("A77", *other) for other in others]


def papers_stay_inside(papers: Sequence[Standing], year: Span, quarters: Mapping[int, Span]) -> list[Finding]:
	"""What runs stays within its year, an appointment within its quarter (KZ92-20, KZ92-14.2.6b)."""
	outside = [paper.name for paper in papers if not stays_inside(paper, year, quarters)]
	return [Finding.of("M61", ", ".join(outside))] if outside else []


def stays_inside(paper: Standing, year: Span, quarters: Mapping[int, Span]) -> bool:
	own = quarters.get(paper.quarter) if paper.quarter else year
	return bool(own and own.holds(paper.days))
