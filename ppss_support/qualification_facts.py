"""What the files of staff say of education, courses, service and categories, read for many people at once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import frappe
from frappe.utils import getdate

from ppss_support.regulation.editions import Validity
from ppss_support.regulation.eligibility import Course, Education, Record, highest
from ppss_support.regulation.service import Period
from ppss_support.regulation.staffing import covers

FILE = "PPSS Qualification"
TABLES = {
	"categories": "PPSS Qualification Award",
	"education": "PPSS Education",
	"courses": "PPSS Retraining",
	"service": "PPSS Service Period",
	"verdicts": "PPSS Verdict",
}
EVIDENCED = ("categories", "education", "courses", "service")


@cache
def requirements() -> dict[str, dict]:
	"""Return what order No 338 asks, by position, as trees the rules weigh."""
	path = Path(__file__).parent / "data" / "eligibility.json"
	return json.loads(path.read_text(encoding="utf-8"))


def files(specialists: Iterable[str]) -> dict[str, frappe._dict]:
	"""Return the file of each specialist with the rows of its tables, in six statements."""
	wanted = {"specialist": ("in", list(specialists) or [""])}
	found = {row.name: row for row in frappe.get_all(FILE, wanted, ["name", "specialist", "organisation"])}
	for field, doctype in TABLES.items():
		for row in found.values():
			row[field] = []
		for row in frappe.get_all(doctype, {"parent": ("in", list(found) or [""])}, ["*"], order_by="idx"):
			found[row.parent][field].append(row)
	return {row.specialist: row for row in found.values()}


def record_of(file: frappe._dict | None, day: date) -> Record:
	"""Return what a file says on a day; a diploma or certificate dated later does not count yet."""
	if not file:
		return Record(day)
	return Record(
		day,
		tuple(
			Education(row.level, row.kind, row.education_direction)
			for row in file.education
			if begun(row.diploma_date, day)
		),
		tuple(
			Course(row.kind, row.education_direction) for row in file.courses if begun(row.finished_on, day)
		),
		tuple(map(period_of, file.service)),
		frozenset(row.qualification_category for row in awards_on(file, day)),
	)


def begun(first, day: date) -> bool:
	return not first or getdate(first) <= day


def period_of(row) -> Period:
	return Period(
		getdate(row.from_date),
		row.to_date and getdate(row.to_date),
		bool(row.pedagogical),
		bool(row.in_speciality),
		bool(row.managing),
		row.role,
		row.organisation_type,
		{"Rural": True, "Urban": False}.get(row.locality),
	)


def awards_on(file: frappe._dict, day: date) -> list[frappe._dict]:
	"""Return the categories in force on the day."""
	return [row for row in file.categories if covers(days_of(row), day)]


def days_of(award) -> Validity:
	return Validity(getdate(award.from_date), award.to_date and getdate(award.to_date))


def categories_on(specialists: Iterable[str], day: date) -> dict[str, str]:
	"""Return the highest category each specialist holds on the day; who holds none is left out."""
	held = {name: highest(record_of(file, day).categories) for name, file in files(specialists).items()}
	return {name: category for name, category in held.items() if category}


def expiring(day: date, days_before: dict[str, int]) -> list[frappe._dict]:
	"""Return the categories of those who work here that end within the days their organisation wants to be told before.

	A category that another one goes on from is not among them.
	"""
	last = frappe.utils.add_days(day, max(days_before.values(), default=0))
	rows = frappe.get_all(
		TABLES["categories"],
		{"parenttype": FILE, "to_date": ("between", (day, last))},
		["name as row", "parent", "qualification_category", "to_date"],
	)
	fields = ["name", "specialist", "specialist_name", "specialist.organisation", "specialist.active"]
	wanted = {"name": ("in", [row.parent for row in rows] or [""])}
	owners = {one.name: one for one in frappe.get_all(FILE, wanted, fields) if one.active}
	followed = later_awards(list(owners))
	return [
		row.update(owners[row.parent])
		for row in rows
		if row.parent in owners
		and max(followed[row.parent]) <= row.to_date
		and (row.to_date - day).days <= days_before.get(owners[row.parent].organisation, -1)
	]


def later_awards(parents: list[str]) -> dict[str, list[date]]:
	"""Return the last days of all categories by file; one without a last day is never over."""
	found = defaultdict(list)
	rows = frappe.get_all(TABLES["categories"], {"parent": ("in", parents or [""])}, ["parent", "to_date"])
	for row in rows:
		found[row.parent].append(getdate(row.to_date) if row.to_date else date.max)
	return found


def without_evidence(file: frappe._dict | None) -> int:
	"""Return how many rows of a file have no paper attached."""
	return sum(not row.evidence for field in EVIDENCED for row in file[field]) if file else 0
