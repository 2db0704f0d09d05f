"""What several reports read, each in a number of statements that does not grow with the rows."""

from collections import defaultdict
from datetime import date

import frappe
from frappe.utils import getdate

from ppss_support import norm_facts
from ppss_support.constants import states
from ppss_support.names import sort_key
from ppss_support.reporting.frame import Frame

# A child is counted from the moment the programme lies with the head (requirements D-3).
COUNTED = (states.WITH_HEAD, *states.RUNNING_PROGRAMME)
HELD = ("specialist", "organisation", "position", "units", "kind", "from_date", "to_date")
CASELOAD = "SPECIAL_PEDAGOGUE_CASELOAD"


def children(frame: Frame) -> dict[str, frappe._dict]:
	"""Return the learners of the schools by name, in the order of the register."""
	fields = ["name", "full_name", "organisation", "school_class", "school_class.title as class_title"]
	# The class, read beside them, has a key of its own.
	order = "`tabPPSS Learner`.sort_key, `tabPPSS Learner`.name"
	fields += ["level", "age_group", "leaving_date"]
	rows = frappe.get_all("PPSS Learner", frame.here, fields, order_by=order)
	return {row.name: row for row in rows}


def present(pupils: dict[str, frappe._dict], frame: Frame) -> dict[str, frappe._dict]:
	"""Return those who have not left and pass the filter of the class."""
	return {
		name: row
		for name, row in pupils.items()
		if frame.keeps(school_class=row.school_class)
		and (not row.leaving_date or getdate(row.leaving_date) > getdate())
	}


def staff(frame: Frame) -> dict[str, frappe._dict]:
	fields = ["name", "full_name", "position", "organisation", "user", "active"]
	rows = frappe.get_all("PPSS Specialist", frame.here, fields)
	return {row.name: row for row in sorted(rows, key=lambda row: sort_key(row.full_name))}


def holders_of(role: str) -> set[str]:
	"""Return the specialists with this role of the service."""
	return set(
		frappe.get_all("PPSS Term Item", {"parenttype": "PPSS Specialist", "term": role}, pluck="parent")
	)


def appointments(frame: Frame, first: date, last: date) -> list[frappe._dict]:
	"""Return who holds which part of a position on any of these days; no child stands behind it."""
	rows = frappe.get_all(
		"PPSS Appointment",
		{**frame.here, "from_date": ("<=", last)},
		[*HELD, "position.role", "specialist_name", "basis_order_no", "basis_order_date"],
		order_by="from_date",
	)
	return [row for row in rows if not row.to_date or getdate(row.to_date) >= first]


def units_today(frame: Frame, role: str) -> dict[str, float]:
	"""Return the units each specialist holds today of the positions with this role."""
	units: dict[str, float] = defaultdict(float)
	for row in appointments(frame, getdate(), getdate()):
		if row.role == role:
			units[row.specialist] += row.units
	return units


def term_labels(*kinds: str) -> dict[str, str]:
	"""Return the wording of each term of these kinds in the reader's language."""
	lang = frappe.local.lang if frappe.local.lang in ("kk", "ru", "ky") else None
	own = f"label_{lang}" if lang else "title"
	rows = frappe.get_all("PPSS Term", {"kind": ("in", kinds)}, ["code", "title", f"{own} as own"])
	return {row.code: row.own or row.title for row in rows}


def caseloads(frame: Frame) -> dict[str, set[str]]:
	"""Return the learners whose CDP each special pedagogue answers for (KZ92-21.1)."""
	rows = frappe.get_all(
		"PPSS Programme",
		{**frame.this_year, "kind": "CDP", "workflow_state": ("in", COUNTED)},
		["responsible_special_pedagogue", "learner"],
		as_list=True,
	)
	loads = defaultdict(set)
	for specialist, learner in rows:
		loads[specialist].add(learner)
	return loads


def rows_of(doctype: str, parents: list[str], fields: list[str], **filters) -> dict[str, list[frappe._dict]]:
	"""Return the rows of a table by their parent."""
	rows = frappe.get_all(
		doctype, {"parent": ("in", parents), **filters}, ["parent", *fields], order_by="parent, idx"
	)
	by_parent = defaultdict(list)
	for row in rows:
		by_parent[row.parent].append(row)
	return by_parent


def listed(frame: Frame, *list_states: str) -> dict[str, frappe._dict]:
	"""Return the row of each learner on the lists of the year that stand in one of the states."""
	lists = frappe.get_all(
		"PPSS Learner List",
		{**frame.this_year, "workflow_state": ("in", list_states)},
		["name", "workflow_state", "date"],
		order_by="docstatus, creation",
	)
	fields = ["learner", "needs_idp", "needs_cdp", "needs_icp", "needs_assistant", "responsible"]
	rows = rows_of("PPSS Learner List Row", [one.name for one in lists], fields)
	return {
		row.learner: row.update({"list": one.name, "state": one.workflow_state, "date": one.date})
		for one in lists
		for row in rows[one.name]
	}


class Norms:
	"""All norms of the site, read once; `on` gives the one in force on a day."""

	def __init__(self):
		fields = ["regulation_profile", "norm_code", "value_min", "value_max", "enforcement"]
		rows = frappe.get_all(
			"PPSS Norm", fields=[*fields, "valid_from", "valid_to"], order_by="valid_from desc"
		)
		self.rows = defaultdict(list)
		for row in rows:
			self.rows[row.regulation_profile, row.norm_code].append(row)

	def on(self, code: str, profile: str, day: date) -> frappe._dict | None:
		return norm_facts.norm_in_force(self.rows[profile, code], day)
