"""Pay of the staff from dated parameters: every figure with its factors and the parameters behind them (ALM-21).

No act that the app carries sets a rate or a coefficient: all of them are data the accountant enters, with their first
day and their basis. Money is tenge in exact decimals. It is rounded, half up, to a tyiyn at two places and nowhere
else: the official salary (base rate x coefficient), and the month's total of each component for a person in a position.
The parts of a component, by days with the same terms, share out that total by the largest remainder: they add up to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import groupby

from ppss_support.regulation.finding import Finding, Label

BASE = "Base Rate"
COEFFICIENT = "Coefficient"
CATEGORY_SURCHARGE = "Category Surcharge"
OF_SALARY = "Surcharge of Salary"
OF_BASE = "Surcharge of Base Rate"
COMBINATION = "Share for Combination"
HOURS = "Hours per Unit"
BY_ASSIGNMENT = "Paid by Assignments"
DAYS_A_WEEK = "Working Days a Week"
WORKING_DAY = "Working Day"
PERCENT_KINDS = frozenset({CATEGORY_SURCHARGE, OF_SALARY, OF_BASE, COMBINATION})
SWITCHES = frozenset({BY_ASSIGNMENT, WORKING_DAY})

SALARY = "Official Salary"
# In the order of a sheet.
COMPONENTS = (SALARY, CATEGORY_SURCHARGE, OF_SALARY, OF_BASE)

TYIYN = Decimal("0.01")
HUNDRED, MINUTES = Decimal(100), Decimal(60)
EXACT = Context(prec=60)
ONE_DAY = timedelta(days=1)
# Terms of the five categories of order No 338, from the lowest to the highest.
CATEGORIES = ("QC1", "QC2", "QC3", "QC4", "QC5")


# ---- what is given


@dataclass(frozen=True)
class Parameter:
	"""A value and its first day; an empty condition holds for everybody, a value of 0 ends what was before.

	value: tenge, a coefficient, percent, hours a month, days a week, or 1/0 for a switch. service: whole years.
	"""

	kind: str
	value: Decimal
	first: date
	position: str = ""
	education: str = ""
	category: str = ""
	service: int = 0
	title: str = ""
	name: str = ""
	basis: str = ""

	@property
	def conditions(self) -> tuple:
		return self.position, self.education, self.category, self.service

	@property
	def weight(self) -> tuple[int, int]:
		"""How closely the parameter describes a person: conditions named, then years of service."""
		return sum(1 for condition in self.conditions if condition), self.service


@dataclass(frozen=True)
class Days:
	"""Days of an assignment; both belong to it."""

	first: date
	last: date


@dataclass(frozen=True)
class CategoryHeld:
	"""A qualification category and the days it is valid; None: no last day."""

	category: str
	first: date
	last: date | None = None


@dataclass(frozen=True)
class Appointment:
	"""Part of a position a person holds; `last` None: still held. `combined`: besides the own position."""

	specialist: str
	position: str
	units: Decimal
	first: date
	last: date | None = None
	combined: bool = False


@dataclass(frozen=True)
class Person:
	"""What pay depends on besides the appointments.

	service: the days from which so many full years of service are complete. held: minutes of lessons by day.
	"""

	specialist: str
	name: str = ""
	education: str = ""
	service: tuple[tuple[date, int], ...] = ()
	categories: tuple[CategoryHeld, ...] = ()
	assigned: tuple[Days, ...] = ()
	held: Mapping[date, int] = field(default_factory=dict)

	def category_on(self, day: date) -> str:
		"""Return the highest category valid on the day, "" when all have expired."""
		valid = [c.category for c in self.categories if c.first <= day and (c.last is None or day <= c.last)]
		return max(valid, key=CATEGORIES.index, default="")

	def service_on(self, day: date) -> int:
		"""Return full years of service."""
		return max((years for first, years in self.service if first <= day), default=0)


# ---- what comes out


@dataclass(frozen=True)
class Part:
	"""A figure: what is paid for these days under these terms, and how it is computed.

	factors: what is multiplied, in order, by worked / norm; both are working days, or minutes of lessons where
	`by_hours` (the norm then also holds the units that share the lessons). salary: of one unit.
	"""

	specialist: str
	position: str
	combined: bool
	component: str
	title: str
	first: date
	last: date
	units: Decimal
	salary: Decimal
	factors: tuple[Decimal, ...]
	worked: Decimal
	norm: Decimal
	by_hours: bool
	parameters: tuple[Parameter, ...]
	amount: Decimal = Decimal(0)

	@property
	def exact(self) -> tuple[Decimal, Decimal]:
		"""Return dividend and divisor, both without loss."""
		with localcontext(EXACT):
			dividend = self.worked
			for factor in self.factors:
				dividend *= factor
			return dividend, self.norm

	@property
	def group(self) -> tuple:
		return self.specialist, self.position, self.combined, self.component, self.title


@dataclass(frozen=True)
class Result:
	"""Figures of a month or of a tariff list, and why some could not be computed."""

	parts: tuple[Part, ...]
	findings: tuple[Finding, ...] = ()

	@property
	def total(self) -> Decimal:
		return sum((part.amount for part in self.parts), Decimal(0))

	def totals_by(self, *fields: str) -> dict[tuple, Decimal]:
		found: dict[tuple, Decimal] = defaultdict(Decimal)
		for part in self.parts:
			found[tuple(getattr(part, name) for name in fields)] += part.amount
		return dict(found)


# ---- choosing parameters


class Ambiguous(Exception):
	"""Two parameters describe the same person equally closely."""

	def __init__(self, *rivals: Parameter):
		super().__init__(rivals)
		self.rivals = rivals


@dataclass(frozen=True)
class Case:
	"""Whom a parameter is chosen for, on one day."""

	position: str = ""
	education: str = ""
	category: str = ""
	service: int = 0

	def meets(self, parameter: Parameter) -> bool:
		return (
			parameter.position in ("", self.position)
			and parameter.education in ("", self.education)
			and parameter.category in ("", self.category)
			and parameter.service <= self.service
		)


def chosen(parameters: Iterable[Parameter], day: date, case: Case) -> Parameter | None:
	"""Return the parameter in force that describes the case most closely; None where none does or its value is 0.

	Of several with the same conditions the latest holds. Raises Ambiguous when two are equally close.
	"""
	latest: dict[tuple, Parameter] = {}
	for parameter in parameters:
		if parameter.first <= day and case.meets(parameter):
			before = latest.get(parameter.conditions)
			if not before or before.first < parameter.first:
				latest[parameter.conditions] = parameter
	ranked = sorted(latest.values(), key=lambda one: one.weight, reverse=True)
	if len(ranked) > 1 and ranked[0].weight == ranked[1].weight:
		raise Ambiguous(*ranked[:2])
	return ranked[0] if ranked and ranked[0].value else None


class Book:
	"""The parameters by kind and, for surcharges, by title."""

	def __init__(self, parameters: Iterable[Parameter]):
		self.by_kind: dict[str, list[Parameter]] = defaultdict(list)
		for parameter in parameters:
			self.by_kind[parameter.kind].append(parameter)
		self.days_off = {p.first: bool(p.value) for p in self.by_kind[WORKING_DAY]}

	def one(self, kind: str, day: date, case: Case = Case()) -> Parameter | None:
		return chosen(self.by_kind[kind], day, case)

	def surcharges(self, kind: str, day: date, case: Case) -> list[Parameter]:
		"""Return one parameter for each title."""
		titles = dict.fromkeys(p.title for p in self.by_kind[kind])
		found = [chosen([p for p in self.by_kind[kind] if p.title == title], day, case) for title in titles]
		return [one for one in found if one]

	def is_working(self, day: date) -> bool:
		"""A day the accountant entered as working or not; else by the days a week from Monday on."""
		if day in self.days_off:
			return self.days_off[day]
		week = self.one(DAYS_A_WEEK, day)
		return bool(week) and day.weekday() < week.value

	def working_days(self, first: date, last: date) -> list[date]:
		return [day for day in days_between(first, last) if self.is_working(day)]


def days_between(first: date, last: date) -> list[date]:
	return [first + n * ONE_DAY for n in range((last - first).days + 1)]


# ---- terms of a stretch of days


@dataclass(frozen=True)
class Terms:
	"""What holds for an appointment on each of some days."""

	base: Parameter
	coefficient: Parameter
	category: Parameter | None
	of_salary: tuple[Parameter, ...]
	of_base: tuple[Parameter, ...]
	combination: Parameter | None
	hours: Parameter | None
	by_assignment: Parameter | None

	@property
	def salary(self) -> Decimal:
		"""Return the official salary of one unit: base rate x coefficient, to a tyiyn."""
		return to_tyiyn(self.base.value * self.coefficient.value)


def terms_on(book: Book, person: Person, appointment: Appointment, day: date) -> Terms | Finding:
	"""Return what holds on the day, or what is missing (A111, A112) or contradictory (A113)."""
	category = person.category_on(day)
	case = Case(appointment.position, person.education, category, person.service_on(day))
	try:
		base = book.one(BASE, day, case)
		coefficient = book.one(COEFFICIENT, day, case)
		if not base:
			return Finding.of("A111", Label(BASE), day)
		if not coefficient:
			return Finding.of("A112", person.name or person.specialist, Label(COEFFICIENT), day)
		combined = appointment.combined
		return Terms(
			base,
			coefficient,
			book.one(CATEGORY_SURCHARGE, day, case) if category else None,
			tuple(book.surcharges(OF_SALARY, day, case)),
			tuple(book.surcharges(OF_BASE, day, case)),
			book.one(COMBINATION, day, case) if combined else None,
			book.one(HOURS, day, case),
			book.one(BY_ASSIGNMENT, day, case),
		)
	except Ambiguous as doubt:
		kinds = {rival.kind for rival in doubt.rivals}
		return Finding.of("A113", person.name or person.specialist, Label(kinds.pop()), day)


def turning_days(book: Book, person: Person, own: Iterable[Appointment], held: Days) -> list[date]:
	"""Return the days on which terms may change, the first among them; `own` are all appointments of the person."""
	days = {p.first for kind, rows in book.by_kind.items() if kind != WORKING_DAY for p in rows}
	for one in (*person.categories, *own):
		days |= {one.first, *([one.last + ONE_DAY] if one.last else [])}
	days |= {first for first, _years in person.service}
	return sorted({held.first, *(day for day in days if held.first < day <= held.last)})


def stretches(days: Sequence[date], last: date) -> list[Days]:
	return [Days(day, after - ONE_DAY) for day, after in zip(days, [*days[1:], last + ONE_DAY], strict=True)]


# ---- the month


@dataclass(frozen=True)
class Month:
	"""First and last day of the month paid for."""

	first: date
	last: date

	@classmethod
	def of(cls, day: date) -> "Month":
		first = day.replace(day=1)
		return cls(first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY)

	def clipped(self, first: date, last: date | None) -> Days | None:
		begin, end = max(first, self.first), min(last or self.last, self.last)
		return Days(begin, end) if begin <= end else None


def monthly(
	month: Month,
	people: Mapping[str, Person],
	appointments: Sequence[Appointment],
	parameters: Iterable[Parameter],
) -> Result:
	"""Compute the pay of a month (ALM-21). Each part says days, factors and parameters; all parts add up to the total."""
	book, parts, findings = Book(parameters), [], []
	norm = len(book.working_days(month.first, month.last))
	if appointments and not norm:
		return Result((), (Finding.of("A111", Label(DAYS_A_WEEK), month.first),))
	hourly = hourly_units(book, month, people, appointments)
	for appointment in appointments:
		held = month.clipped(appointment.first, appointment.last)
		person = people[appointment.specialist]
		own = [one for one in appointments if one.specialist == appointment.specialist]
		for stretch in stretches(turning_days(book, person, own, held), held.last) if held else ():
			terms = terms_on(book, person, appointment, stretch.first)
			if isinstance(terms, Finding):
				findings.append(terms)
			else:
				worked = worked_in(book, person, appointment, stretch, terms, Decimal(norm), hourly)
				parts += parts_of(person, appointment, stretch, terms, *worked)
	return Result(tuple(rounded(merged(parts))), tuple(dict.fromkeys(findings)))


def hourly_units(
	book: Book, month: Month, people: Mapping[str, Person], appointments: Sequence[Appointment]
) -> dict[tuple[str, date], Decimal]:
	"""Return the units paid by hours of a person on each day with lessons: the hours are shared by them."""
	units: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
	for appointment in appointments:
		held = month.clipped(appointment.first, appointment.last)
		person = people[appointment.specialist]
		for day in person.held if held else ():
			if held.first <= day <= held.last:
				terms = terms_on(book, person, appointment, day)
				if isinstance(terms, Terms) and terms.hours:
					units[person.specialist, day] += appointment.units
	return units


def worked_in(book, person, appointment, stretch: Days, terms: Terms, norm: Decimal, hourly) -> tuple:
	"""Return (worked, norm, by hours): minutes held of those a unit has, else days held of the month's working days."""
	if terms.hours:
		days = [day for day in person.held if stretch.first <= day <= stretch.last]
		sharing = next((hourly[person.specialist, day] for day in days), appointment.units)
		minutes = Decimal(sum(person.held[day] for day in days))
		return minutes, terms.hours.value * MINUTES * sharing, True
	days = book.working_days(stretch.first, stretch.last)
	if terms.by_assignment:
		days = [day for day in days if any(a.first <= day <= a.last for a in person.assigned)]
	return Decimal(len(days)), norm, False


def tariff(
	day: date,
	people: Mapping[str, Person],
	appointments: Sequence[Appointment],
	parameters: Iterable[Parameter],
) -> Result:
	"""Compute what a full month is worth under the terms of the day: the figures of a tariff list (ALM-21)."""
	book, parts, findings = Book(parameters), [], []
	for appointment in appointments:
		if not appointment.first <= day <= (appointment.last or day):
			continue
		person = people[appointment.specialist]
		terms = terms_on(book, person, appointment, day)
		if isinstance(terms, Finding):
			findings.append(terms)
		else:
			parts += parts_of(person, appointment, Days(day, day), terms, Decimal(1), Decimal(1), False)
	return Result(tuple(rounded(parts)), tuple(dict.fromkeys(findings)))


def parts_of(person, appointment, stretch: Days, terms: Terms, worked, norm, by_hours) -> list[Part]:
	"""Return the components of a stretch: salary, category, surcharges of the salary and of the base rate."""
	used = [terms.base, terms.coefficient]
	factors = [terms.salary, appointment.units]
	if terms.combination:
		factors.append(percent(terms.combination))
		used.append(terms.combination)
	used += [p for p in (terms.hours, terms.by_assignment) if p]
	salary = Part(
		person.specialist,
		appointment.position,
		appointment.combined,
		SALARY,
		"",
		stretch.first,
		stretch.last,
		appointment.units,
		terms.salary,
		tuple(factors),
		worked,
		norm,
		by_hours,
		tuple(used),
	)
	more = [p for p in (terms.category, *terms.of_salary) if p]
	parts = [salary] + [surcharge(salary, p, salary.factors, salary.parameters) for p in more]
	share = tuple(factors[1:])
	base = [p for p in used if p is not terms.coefficient]
	# Its figures do not depend on the salary: a change of the coefficient must not divide them.
	of_base = replace(salary, salary=terms.base.value)
	parts += [surcharge(of_base, p, (terms.base.value, *share), tuple(base)) for p in terms.of_base]
	return [part for part in parts if part.worked or part.component == SALARY]


def surcharge(salary: Part, parameter: Parameter, factors: tuple, used: tuple) -> Part:
	return replace(
		salary,
		component=parameter.kind,
		title=parameter.title,
		factors=(*factors, percent(parameter)),
		parameters=(*used, parameter),
	)


def percent(parameter: Parameter) -> Decimal:
	return parameter.value / HUNDRED


def merged(parts: Iterable[Part]) -> list[Part]:
	"""Join neighbouring stretches that a turning day divided though the terms of the figure went on."""
	ordered = sorted(parts, key=lambda part: (*part.group, part.first, part.units))
	joined: list[Part] = []
	for part in ordered:
		before = joined[-1] if joined else None
		if before and continues(before, part):
			joined[-1] = replace(before, last=part.last, worked=before.worked + part.worked)
		else:
			joined.append(part)
	return joined


def continues(before: Part, part: Part) -> bool:
	same = replace(part, first=before.first, last=before.last, worked=before.worked) == before
	return same and before.last + ONE_DAY == part.first


# ---- rounding


def to_tyiyn(amount: Decimal) -> Decimal:
	return amount.quantize(TYIYN, ROUND_HALF_UP)


def rounded(parts: Iterable[Part]) -> list[Part]:
	"""Round the total of each component and share it out among its parts by the largest remainder."""
	found: list[Part] = []
	for _group, members in groupby(sorted(parts, key=lambda part: part.group), key=lambda part: part.group):
		rows = list(members)
		found += [replace(row, amount=amount) for row, amount in zip(rows, shared_out(rows), strict=True)]
	return found


def shared_out(rows: Sequence[Part]) -> list[Decimal]:
	with localcontext(EXACT):
		dividends: dict[Decimal, Decimal] = defaultdict(Decimal)
		for row in rows:
			dividend, divisor = row.exact
			dividends[divisor] += dividend
		# One division for all parts of one divisor: a third and two thirds are a whole again.
		total = to_tyiyn(sum((above / below for below, above in dividends.items()), Decimal(0)))
		exact = [above / below for above, below in (row.exact for row in rows)]
		amounts = [one.quantize(TYIYN, ROUND_DOWN) for one in exact]
		left = int((total - sum(amounts)) / TYIYN)
		by_remainder = sorted(range(len(rows)), key=lambda n: (amounts[n] - exact[n], n))
		for n in by_remainder[:left]:
			amounts[n] += TYIYN
	return amounts


# ---- what changed, and what may change


def differences(before: Mapping[tuple, Decimal], after: Mapping[tuple, Decimal]) -> dict[tuple, Decimal]:
	"""Return by how much each total of a recalculation differs from the earlier version."""
	keys = dict.fromkeys((*before, *after))
	found = {key: after.get(key, Decimal(0)) - before.get(key, Decimal(0)) for key in keys}
	return {key: value for key, value in found.items() if value}


def in_closed_month(what: str, first: date, last: date | None, closed: Iterable[Month]) -> list[Finding]:
	"""Days of a closed month are not changed; the head reopens its sheet first (A110)."""
	return [
		Finding.of("A110", what, f"{month.first:%m.%Y}")
		for month in sorted(closed, key=lambda one: one.first)
		if first <= month.last and (last is None or month.first <= last)
	]


def days_touched(before: Appointment | None, after: Appointment | None) -> Days | None:
	"""Return the days on which a change of an appointment changes anything, None where it changes none.

	A last day of date.max stands for an appointment still held.
	"""
	ends = [(one, one.last or date.max) for one in (before, after) if one]
	if len(ends) < 2 or replace(before, first=after.first, last=after.last) != after:
		return Days(min(one.first for one, _last in ends), max(last for _one, last in ends))
	moved = []
	if before.first != after.first:
		moved.append(Days(min(before.first, after.first), max(before.first, after.first) - ONE_DAY))
	(_, ended), (_, ends_now) = ends
	if ended != ends_now:
		moved.append(Days(min(ended, ends_now) + ONE_DAY, max(ended, ends_now)))
	return Days(min(d.first for d in moved), max(d.last for d in moved)) if moved else None


def value_sound(parameter: Parameter) -> list[Finding]:
	"""A value its kind can have: nothing negative, a switch 0 or 1, at most 7 days a week (A119)."""
	value = parameter.value
	bad = value < 0 or (parameter.kind in SWITCHES and value not in (0, 1))
	bad = bad or (parameter.kind == DAYS_A_WEEK and value > 7)
	untitled = parameter.kind in (OF_SALARY, OF_BASE) and not parameter.title
	uncategorised = parameter.kind == CATEGORY_SURCHARGE and not parameter.category
	return [Finding.of("A119", Label(parameter.kind))] if bad or untitled or uncategorised else []
