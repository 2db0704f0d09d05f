"""Staffing tables and who holds their units, read as plain values for rules, reports and pay."""

from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import getdate

from ppss_support import facts, norm_facts
from ppss_support.answers import label_text
from ppss_support.regulation.editions import Validity
from ppss_support.regulation.finding import Label
from ppss_support.regulation.staffing import Part, units_of

TABLE, ROW, APPOINTMENT = "PPSS Staffing Table", "PPSS Staffing Row", "PPSS Appointment"


def days_of(row) -> Validity:
	return Validity(row.from_date and getdate(row.from_date), row.to_date and getdate(row.to_date))


def tables(organisation: str, besides: tuple[str | None, ...] = ()) -> dict[str, Validity]:
	"""Return the days of each table that holds or has held; one superseded from its first day has none."""
	filters = {
		"organisation": organisation,
		"docstatus": 1,
		"name": ("not in", [b or "" for b in besides] or [""]),
	}
	rows = frappe.get_all(TABLE, filters, ["name", "from_date", "to_date"], order_by="from_date")
	return {row.name: days_of(row) for row in rows if row.from_date <= row.to_date}


def ceilings(days: dict[str, Validity]) -> dict[str, list[Part]]:
	"""Return what these tables give of each position."""
	rows = frappe.get_all(
		ROW, {"parenttype": TABLE, "parent": ("in", list(days) or [""])}, ["parent", "position", "units"]
	)
	found: dict[str, list[Part]] = {}
	for row in rows:
		found.setdefault(row.position, []).append(Part(units_of(row.units), days[row.parent]))
	return found


def held(organisation: str, besides: str | None = None, **filters) -> list[frappe._dict]:
	"""Return the appointments of an organisation, each with its `part`; read under lock for a decision."""
	rows = frappe.db.get_values(
		APPOINTMENT,
		{"organisation": organisation, "name": ("!=", besides or ""), **filters},
		["name", "specialist", "position", "units", "kind", "from_date", "to_date"],
		as_dict=True,
		for_update=True,
	)
	return [row.update({"part": part_of(row)}) for row in rows or []]


def part_of(row) -> Part:
	return Part(units_of(row.units), days_of(row), row.kind == "Main")


def norm_value(code: str, profile: str | None, day: date, field: str) -> Decimal | None:
	norm = norm_facts.norm(code, profile, day)
	return units_of(norm[field]) if norm and norm[field] else None


def unit_step(profile: str | None, day: date) -> Decimal | None:
	return norm_value("STAFF_UNIT_STEP", profile, day, "value_min")


def units_per_person(profile: str | None, day: date) -> Decimal | None:
	return norm_value("STAFF_UNITS_PER_PERSON", profile, day, "value_max")


def titles(codes: list[str]) -> dict[str, str]:
	rows = frappe.get_all("PPSS Position", {"name": ("in", codes or [""])}, ["name", "title"], as_list=True)
	return dict(rows)


def catalogue(codes) -> list[frappe._dict]:
	"""Return the positions with these codes in the order of the act."""
	return frappe.get_all(
		"PPSS Position",
		{"name": ("in", list(codes) or [""])},
		["name", "title", "points", "role", "number"],
		order_by="number",
	)


def role_label(role: str | None) -> str:
	return label_text(Label(role)) if role else ""


# Chapters of order No 338 that describe a kind of organisation.
PRESCHOOL, SCHOOL, SPECIAL = 2, 3, 5


def usual_positions(organisation: str) -> dict[str, str]:
	"""Return the position by which each role of the service stands in this kind of organisation.

	A role with several positions, as deputy head, has no usual one; what a chapter lacks the school chapter gives.
	"""
	own = facts.organisation(organisation)
	levels = {row.term for row in own.levels}
	chapter = SPECIAL if own.is_special else PRESCHOOL if levels == {"L0"} else SCHOOL
	rows = frappe.get_all(
		"PPSS Position",
		{"is_service_position": 1, "chapter": ("in", (SCHOOL, chapter)), "role": ("!=", "DEP")},
		["name", "role", "chapter"],
		order_by="number",
	)
	usual = {row.role: row.name for row in rows if row.chapter == SCHOOL}
	return usual | {row.role: row.name for row in rows if row.chapter == chapter}
