"""The annual plan of the service by the five directions (order No 92, cl. 3, 4, 6, 23)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label


@dataclass(frozen=True)
class PlanRow:
	"""A row of the plan; `objective_level` is the level of education its objective belongs to."""

	direction: str
	first: date
	last: date
	level: str | None = None
	objective_level: str | None = None
	done: bool = False
	result: str | None = None


@dataclass(frozen=True)
class Execution:
	"""What the plan promises in a direction and what is recorded of it."""

	direction: str
	planned: int
	held: int


def every_direction(rows: Sequence[PlanRow], directions: Sequence[str]) -> list[Finding]:
	"""Warn of each direction without work (KZ92-6)."""
	named = {row.direction for row in rows}
	return [Finding.warn("A40", Label(code)) for code in directions if code not in named]


def lawful_directions(rows: Sequence[PlanRow], directions: Collection[str]) -> list[Finding]:
	"""Work is of the directions the regulation knows (KZ92-6)."""
	strange = dict.fromkeys(row.direction for row in rows if row.direction not in directions)
	return [Finding.of("A08", Label(code), code, Label("Direction")) for code in strange]


def objectives_fit(rows: Sequence[PlanRow]) -> list[Finding]:
	"""An objective is one of the row's level (KZ92-3.1, KZ92-3.2, KZ92-3.3, KZ92-3.4)."""
	return [
		Finding.of("A41", number)
		for number, row in enumerate(rows, 1)
		if row.level and row.objective_level and row.level != row.objective_level
	]


def within_year(rows: Sequence[PlanRow], year_first: date, year_last: date) -> list[Finding]:
	"""The plan is of one school year (KZ92-4.5)."""
	return [
		Finding.of("A42", number, row.first, row.last)
		for number, row in enumerate(rows, 1)
		if not year_first <= row.first <= row.last <= year_last
	]


def in_organisation_plan(reference: str | None) -> list[Finding]:
	"""The service's activity is reflected in the organisation's plan of educational work (KZ92-23.2)."""
	return [] if reference else [Finding.of("A21", Label("Section in the Organisation's Plan"))]


def one_plan(approved: Sequence[str], supersedes: str | None, school_year: str) -> list[Finding]:
	"""No second plan for a year, unless it supersedes the first (KZ92-4.5)."""
	return [Finding.of("A39", name, school_year) for name in approved if name != supersedes]


def executed(rows: Sequence[PlanRow]) -> list[Finding]:
	"""A plan is executed when each row is done, or its result says why not (KZ92-6)."""
	return [Finding.of("A43", n) for n, row in enumerate(rows, 1) if not (row.done or row.result)]


def execution(
	directions: Sequence[str], planned: Mapping[str, int], held: Sequence[Mapping[str, int]]
) -> list[Execution]:
	"""Return planned against held by direction; `held` has one count for each kind of record (KZ92-6)."""
	return [
		Execution(code, planned.get(code, 0), sum(counts.get(code, 0) for counts in held))
		for code in directions
	]
