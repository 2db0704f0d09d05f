"""The annual plan of the service by the five directions (order No 92, cl. 3, 4, 6, 23)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ppss_support.regulation import journals
from ppss_support.regulation.finding import Finding, Label

YEAR, CALENDAR, MONTH, WEEK = "Year", "Calendar", "Month", "Week"
# Plans of the year's work: the calendar plan of the Almaty rules is the service's plan as the annual one is (ALM-5.2).
WHOLE = (YEAR, CALENDAR)
OVERVIEW_TASKS = ("OT1", "OT2", "OT3", "OT4", "OT5")
# Sections of the psychologist's plan in school No 95: diagnostics, consultations, correction (KG-6.2.1).
OF_PSYCHOLOGIST = ("KDIR3", "KDIR5", "KDIR4")
CONSULTATION = "KDIR5"
CONSULTED = ("Learners", "Pedagogues", "Parents and Representatives")


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
	kind: str | None = None
	count: int = 1


@dataclass(frozen=True)
class Held:
	"""Entries or lessons of one kind recorded on one day; `kind` is that of the entry or the form of the lesson."""

	direction: str
	kind: str
	day: date
	count: int = 1


@dataclass(frozen=True)
class Execution:
	"""What the plan promises in a direction, what is recorded there, and how much of that the plan names."""

	direction: str
	planned: int
	held: int
	by_plan: int


def every_direction(rows: Sequence[PlanRow], directions: Sequence[str]) -> list[Finding]:
	"""Warn of each direction without work (KZ92-6)."""
	named = {row.direction for row in rows}
	return [Finding.warn("A40", Label(code)) for code in directions if code not in named]


def lawful_directions(rows: Sequence[PlanRow], directions: Collection[str]) -> list[Finding]:
	"""Work is of the directions the regulation knows (KZ92-6)."""
	strange = dict.fromkeys(row.direction for row in rows if row.direction not in directions)
	return [Finding.of("A08", Label(code), code, Label("Direction")) for code in strange]


def objectives_fit(levels: Sequence[tuple[str | None, str | None]]) -> list[Finding]:
	"""An objective is one of the level of its row or of the child (KZ92-3.1, KZ92-3.2, KZ92-3.3, KZ92-3.4).

	`levels` holds for each row the level of education and the level its objective belongs to, None where not named.
	"""
	return [
		Finding.of("A41", number)
		for number, (level, of_objective) in enumerate(levels, 1)
		if level and of_objective and level != of_objective
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


def considered(protocol: str | None) -> list[Finding]:
	"""What the director approves has been considered by the pedagogical council (KG-1.5, KG-6.4)."""
	return [] if (protocol or "").strip() else [Finding.of("M51")]


def discussed(records: int) -> list[Finding]:
	"""A year is closed when its results were discussed, with minutes (KG-6.4)."""
	return [] if records else [Finding.warn("A125")]


def one_plan(approved: Sequence[str], supersedes: str | None, school_year: str) -> list[Finding]:
	"""No second plan for a year, unless it supersedes the first (KZ92-4.5)."""
	return [Finding.of("A39", name, school_year) for name in approved if name != supersedes]


def executed(rows: Sequence[PlanRow]) -> list[Finding]:
	"""A plan is executed when each row is done, or its result says why not (KZ92-6)."""
	return [Finding.of("A43", n) for n, row in enumerate(rows, 1) if not (row.done or row.result)]


def fulfilled(rows: Sequence[PlanRow], held: Sequence[Held]) -> list[int]:
	"""Return how many of the planned times of each row were held.

	What is held counts once, for a row of its direction, period and kind that is still wanted: first for one
	that names the kind, of several for the one that ends first.
	"""
	left = [row.count for row in rows]
	order = sorted(range(len(rows)), key=lambda n: (rows[n].kind is None, rows[n].last))
	for one in sorted(held, key=lambda one: one.day):
		count = one.count
		for number in order:
			if fits(rows[number], one):
				taken = min(count, left[number])
				left[number] -= taken
				count -= taken
	return [row.count - rest for row, rest in zip(rows, left, strict=True)]


def fits(row: PlanRow, one: Held) -> bool:
	return (
		row.direction == one.direction and row.first <= one.day <= row.last and row.kind in (None, one.kind)
	)


def execution(directions: Sequence[str], rows: Sequence[PlanRow], held: Sequence[Held]) -> list[Execution]:
	"""Return planned against held by direction (KZ92-6, KZ92-4.5, KZ92-23.2)."""
	done = fulfilled(rows, held)
	return [
		Execution(
			code,
			sum(row.count for row in rows if row.direction == code),
			sum(one.count for one in held if one.direction == code),
			sum(times for row, times in zip(rows, done, strict=True) if row.direction == code),
		)
		for code in directions
	]


# ---- plans for a part of the year, plans of one owner


def period_of(kind: str, day: date, year: tuple[date, date]) -> tuple[date, date]:
	"""Return first and last day of the month or week of a day, as far as it lies in the school year (OVR-F3)."""
	if kind == WEEK:
		first = day - timedelta(days=day.weekday())
		last = first + timedelta(days=6)
	else:
		first = day.replace(day=1)
		last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
	return max(first, year[0]), min(last, year[1])


def period_fits(kind: str, first: date, last: date) -> list[Finding]:
	"""A plan for a month lies in one month, for a week in one week from Monday to Sunday (OVR-F3)."""
	same = {
		MONTH: (first.year, first.month) == (last.year, last.month),
		WEEK: first - timedelta(days=first.weekday()) == last - timedelta(days=last.weekday()),
	}
	return [] if first <= last and same.get(kind, True) else [Finding.of("A133", Label(kind), first, last)]


def period_in_year(first: date, last: date, year_first: date, year_last: date, year: str) -> list[Finding]:
	"""A plan for a part of the year lies in its school year (ALM-5.2, OVR-F3)."""
	return [] if year_first <= first and last <= year_last else [Finding.of("A75", first, last, year)]


def of_breadth(kind: str) -> tuple[str, ...]:
	"""Return the kinds of plan of which one alone is in force for a day: those of the year, or those of a month or week."""
	return WHOLE if kind in WHOLE else (kind,)


def share_days(one: tuple[date, date], other: tuple[date, date]) -> bool:
	return one[0] <= other[1] and other[0] <= one[1]


def drawn_from(kind: str, plan: str | None, approved: Collection[str]) -> list[Finding]:
	"""Month and week are planned by the approved annual plan (OVR-F3)."""
	return [Finding.of("A135")] if kind in (MONTH, WEEK) and plan not in approved else []


def directions_of(owner_role: str | None, directions: Sequence[str]) -> list[str]:
	"""Return the directions a plan has work in: of one person's plan those the regulation names for it (KG-6.2.1)."""
	if not owner_role:
		return list(directions)
	return [code for code in OF_PSYCHOLOGIST if owner_role == journals.PSYCHOLOGIST and code in directions]


def everybody_consulted(owner_role: str | None, rows: Sequence[tuple[str, str | None]]) -> list[Finding]:
	"""The psychologist of school No 95 consults pupils, teachers and parents (KG-6.2.1)."""
	own = [row for row in rows if row[0] in OF_PSYCHOLOGIST]
	if owner_role != journals.PSYCHOLOGIST or not own:
		return []
	consulted = {audience for direction, audience in own if direction == CONSULTATION}
	return [Finding.warn("A136", Label(audience)) for audience in CONSULTED if audience not in consulted]


def direction_like(overview: str | None, directions: Sequence[str]) -> str | None:
	"""Return the regulation's direction for one of the overview; None: for organisational work.

	Prevention and enlightenment are one where the regulation has only one of them.
	"""
	near = {journals.PREVENTION: journals.ENLIGHTENMENT, journals.ENLIGHTENMENT: journals.PREVENTION}
	for wanted in (overview, near.get(overview or "", journals.COUNSELLING)):
		like = [code for code in directions if journals.DIRECTION_OF.get(code) == wanted]
		if like:
			return like[0]
	return None
