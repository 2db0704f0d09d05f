"""What pay is computed from, read in a number of statements that does not grow with the school. No child is read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import frappe
from frappe.query_builder.functions import Sum
from frappe.utils import getdate

from ppss_support import facts, qualification_facts
from ppss_support.constants import states
from ppss_support.regulation import pay, service

PARAMETER, APPOINTMENT, SHEET = "PPSS Pay Parameter", "PPSS Appointment", "PPSS Pay Sheet"
MONTHLY, TARIFF_LIST = "Monthly Pay Sheet", "Tariff List"
# From the lowest to the highest.
EDUCATION = ("Secondary", "Vocational", "Postsecondary", "Higher", "Postgraduate")
ACCOMPANYING = (states.APPOINTED, states.SUSPENDED, states.ENDED)
# The columns hold six decimals at most; a float carries them without loss, and is never added up.
PLACES = 6


def decimal_of(value) -> Decimal:
	return Decimal(str(round(value or 0, PLACES)))


def parameters(organisation: str) -> list[pay.Parameter]:
	rows = frappe.get_all(PARAMETER, {"organisation": organisation}, ["*"], order_by="from_date, name")
	return [parameter_of(row) for row in rows]


def parameter_of(row) -> pay.Parameter:
	return pay.Parameter(
		kind=row.kind,
		value=decimal_of(row.value),
		first=getdate(row.from_date),
		position=row.position or "",
		education=row.education or "",
		category=row.qualification_category or "",
		service=row.service_years or 0,
		title=row.title or "",
		name=row.name or "",
		basis=row.basis or "",
	)


def appointments(organisation: str, first: date, last: date) -> list[pay.Appointment]:
	"""Return the appointments that hold on some of these days."""
	rows = frappe.get_all(
		APPOINTMENT,
		{"organisation": organisation, "from_date": ("<=", last)},
		["specialist", "position", "units", "kind", "from_date", "to_date"],
		order_by="from_date, name",
	)
	return [appointment_of(row) for row in rows if not row.to_date or getdate(row.to_date) >= first]


def appointment_of(row) -> pay.Appointment:
	return pay.Appointment(
		row.specialist,
		row.position,
		decimal_of(row.units),
		getdate(row.from_date),
		getdate(row.to_date) if row.to_date else None,
		row.kind != "Main",
	)


def people(specialists: Iterable[str], first: date, last: date) -> dict[str, pay.Person]:
	"""Return what pay of these days depends on, for each of the specialists."""
	wanted = list(dict.fromkeys(specialists))
	names = dict(
		frappe.get_all("PPSS Specialist", {"name": ("in", wanted)}, ["name", "full_name"], as_list=True)
	)
	files = qualification_facts.files(wanted)
	assigned, held = assignments(wanted, first, last), minutes_held(wanted, first, last)
	return {
		one: pay.Person(
			specialist=one,
			name=names[one],
			education=education_of(files.get(one), last),
			service=service_of(files.get(one), first, last),
			categories=categories_of(files.get(one)),
			assigned=tuple(assigned[one]),
			held=held[one],
		)
		for one in wanted
	}


def education_of(file, day: date) -> str:
	"""Return the highest education of a file by the day."""
	levels = [one.level for one in qualification_facts.record_of(file, day).education]
	return max(levels, key=EDUCATION.index, default="")


def service_of(file, first: date, last: date) -> tuple[tuple[date, int], ...]:
	"""Return the full years of pedagogical service on the first day, and the days on which another is complete."""
	periods = [one for one in qualification_facts.record_of(file, last).service if one.pedagogical]
	steps: list[tuple[date, int]] = []
	for day in pay.days_between(first, last) if periods else ():
		years = service.length(periods, day).years
		if years and (not steps or steps[-1][1] != years):
			steps.append((day, years))
	return tuple(steps)


def categories_of(file) -> tuple[pay.CategoryHeld, ...]:
	return tuple(
		pay.CategoryHeld(
			row.qualification_category, getdate(row.from_date), getdate(row.to_date) if row.to_date else None
		)
		for row in (file.categories if file else ())
		if row.qualification_category in pay.CATEGORIES
	)


def assignments(specialists: list[str], first: date, last: date) -> dict[str, list[pay.Days]]:
	"""Return the days each assistant is assigned to a child, whoever the child is (KZ92-14.2.6b)."""
	rows = frappe.get_all(
		"PPSS Assistant Assignment",
		{
			"assistant": ("in", specialists),
			"docstatus": 1,
			"workflow_state": ("in", ACCOMPANYING),
			"from_date": ("<=", last),
			"to_date": (">=", first),
		},
		["assistant", "workflow_state", "from_date", "to_date", "ended_on"],
		order_by="from_date",
	)
	found = defaultdict(list)
	for row in rows:
		found[row.assistant].append(pay.Days(getdate(row.from_date), facts.last_day_of(row)))
	return found


def minutes_held(specialists: list[str], first: date, last: date) -> dict[str, dict[date, int]]:
	"""Return the minutes of the lessons held, by specialist and day (KZ92-17)."""
	lesson = frappe.qb.DocType("PPSS Session")
	rows = (
		frappe.qb.from_(lesson)
		.where(lesson.provider.isin(specialists or [""]))
		.where(lesson.date[first:last])
		.where(lesson.workflow_state == states.HELD)
		.groupby(lesson.provider, lesson.date)
		.select(lesson.provider, lesson.date, Sum(lesson.actual_minutes).as_("minutes"))
		.run(as_dict=True)
	)
	found = defaultdict(dict)
	for row in rows:
		found[row.provider][getdate(row.date)] = int(row.minutes or 0)
	return found


def closed_months(organisation: str) -> list[pay.Month]:
	filters = {"organisation": organisation, "kind": MONTHLY, "workflow_state": states.CLOSED}
	rows = frappe.get_all(SHEET, filters, ["from_date", "to_date"])
	return [pay.Month(getdate(row.from_date), getdate(row.to_date)) for row in rows]


def compute(organisation: str, kind: str, day: date) -> tuple[pay.Result, dict[str, pay.Person]]:
	"""Compute the month of the day, or the tariff list drawn up for it."""
	month = pay.Month.of(day)
	first, last = (month.first, month.last) if kind == MONTHLY else (day, day)
	held = appointments(organisation, first, last)
	staff = people([one.specialist for one in held], first, last)
	given = parameters(organisation)
	if kind == MONTHLY:
		return pay.monthly(month, staff, held, given), staff
	return pay.tariff(day, staff, held, given), staff
