"""Figures of a sheet as rows, one for a person in a position, each with the parts that explain it."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import frappe

from ppss_support.names import sort_key
from ppss_support.regulation import pay
from ppss_support.staffing_facts import titles

ROW_KEY = ("specialist", "position", "combined")


def rows_of(result: pay.Result, people: dict[str, pay.Person], last: date) -> list[dict]:
	"""Return the rows in the order of the names, by the Kazakh alphabet."""
	positions = titles(list({part.position for part in result.parts}))
	ordered = sorted(result.parts, key=place_of)
	rows = [
		row_of(people[parts[0].specialist], parts, positions, last)
		for parts in (
			list(members)
			for _key, members in groupby(
				ordered, key=lambda part: tuple(getattr(part, name) for name in ROW_KEY)
			)
		)
	]
	return sorted(rows, key=lambda row: (sort_key(row["full_name"]), row["combined"], row["position_title"]))


def place_of(part: pay.Part) -> tuple:
	component = pay.COMPONENTS.index(part.component)
	return part.specialist, part.position, part.combined, component, part.title, part.first


def row_of(person: pay.Person, parts: list[pay.Part], positions: dict[str, str], last: date) -> dict:
	salaries = [part for part in parts if part.component == pay.SALARY]
	latest = max(salaries, key=lambda part: part.last)
	base, coefficient = latest.parameters[:2]
	earned = total_of(salaries)
	category = total_of([part for part in parts if part.component == pay.CATEGORY_SURCHARGE])
	total = total_of(parts)
	return {
		"specialist": person.specialist,
		"full_name": person.name,
		"position": latest.position,
		"position_title": positions.get(latest.position, latest.position),
		"combined": int(latest.combined),
		"units": float(sum(part.units for part in salaries if part.last == latest.last)),
		"worked_days": int(max(days_of(salaries))),
		"hours": float(sum(person.held.values()) / 60),
		**particulars(person, last),
		"base_rate": float(base.value),
		"coefficient": float(coefficient.value),
		"official_salary": float(latest.salary),
		"earned": float(earned),
		"category_surcharge": float(category),
		"surcharges": float(total - earned - category),
		"total": float(total),
		"explanation": json.dumps([packed(part) for part in parts], ensure_ascii=False),
	}


def particulars(person: pay.Person, day: date) -> dict:
	category = person.category_on(day)
	return {
		"education": person.education,
		"qualification_category": category or None,
		"category_until": next(
			(
				one.last
				for one in person.categories
				if one.category == category and one.last and one.last >= day
			),
			None,
		),
		"service_years": person.service_on(day),
	}


def days_of(salaries: list[pay.Part]) -> list[Decimal]:
	"""Return the days worked by the units of each size; parts held side by side are not added up."""
	found: dict[tuple, Decimal] = {}
	for part in salaries:
		if not part.by_hours:
			found[part.first, part.last] = part.worked
	spans = sorted(found)
	whole, reached = Decimal(0), date.min
	for first, last in spans:
		if first > reached:
			whole += found[first, last]
			reached = last
	return [whole]


def total_of(parts: list[pay.Part]) -> Decimal:
	return sum((part.amount for part in parts), Decimal(0))


def units_paid(rows) -> dict[str, Decimal]:
	"""Return the units a sheet pays, by position: each part of a salary by its share of the month."""
	found: dict[str, Decimal] = {}
	for row in rows:
		for part in unpacked(row):
			if part.component == pay.SALARY:
				share = Decimal(part.worked) / Decimal(part.norm)
				found[row.position] = found.get(row.position, Decimal(0)) + Decimal(part.units) * share
	return {position: units.quantize(Decimal("0.01"), ROUND_HALF_UP) for position, units in found.items()}


# ---- explanation


def packed(part: pay.Part) -> dict:
	"""Return a part as it is kept: numbers as text, so that nothing is lost."""
	return {
		"component": part.component,
		"title": part.title,
		"from": part.first.isoformat(),
		"to": part.last.isoformat(),
		"units": str(part.units),
		"salary": str(part.salary),
		"worked": str(part.worked),
		"norm": str(part.norm),
		"by_hours": part.by_hours,
		"amount": str(part.amount),
		"parameters": [
			{
				"name": one.name,
				"kind": one.kind,
				"title": one.title,
				"value": str(one.value),
				"from": one.first.isoformat(),
				"basis": one.basis,
			}
			for one in part.parameters
		],
	}


def unpacked(row) -> list[frappe._dict]:
	return [frappe._dict(part) for part in json.loads(row.explanation or "[]")]


def totals(rows) -> dict[tuple, Decimal]:
	"""Return each component of each person, exact, as it is kept in the rows."""
	found: dict[tuple, Decimal] = {}
	for row in rows:
		for part in unpacked(row):
			key = row.specialist, row.position, part.component, part.title
			found[key] = found.get(key, Decimal(0)) + Decimal(part.amount)
	return found
