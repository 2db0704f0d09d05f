"""Which norm and edition holds on a day, and which papers rely on it."""

from datetime import date

import frappe
from frappe.utils import getdate

from ppss_support.regulation.editions import Validity


def norm(code: str, profile: str | None, day: date) -> frappe._dict | None:
	"""Return the norm in force on the day (value_min, value_max, enforcement), None where the profile has none."""
	return norm_in_force(norms(code, profile), day)


def norm_in_force(rows: list, day: date) -> frappe._dict | None:
	"""Return the first of the norms whose dates hold the day."""
	for row in rows:
		if (not row.valid_from or getdate(row.valid_from) <= day) and (
			not row.valid_to or getdate(row.valid_to) >= day
		):
			return row
	return None


def norms(code: str, profile: str | None) -> list[frappe._dict]:
	"""Return the norm in each of its editions, the latest first."""
	return frappe.get_all(
		"PPSS Norm",
		{"norm_code": code, "regulation_profile": profile},
		["value_min", "value_max", "enforcement", "valid_from", "valid_to"],
		order_by="valid_from desc",
	)


# Papers that are judged by a norm: beginning of its code, kind of paper, its day, what else tells them apart.
JUDGED_BY = (
	("DURATION_SF1", "PPSS Session", "date", {"form": "SF1"}),
	("DURATION_SF2", "PPSS Session", "date", {"form": "SF2"}),
	("DURATION_SF3", "PPSS Session", "date", {"form": "SF3"}),
	("DURATION_", "PPSS Programme", "period_from", {"docstatus": 1}),
	("SMALL_GROUP_SIZE", "PPSS Session Group", "valid_from", {"kind": "SF2"}),
	("GROUP_SIZE", "PPSS Session Group", "valid_from", {"kind": "SF3"}),
	("SPECIAL_PEDAGOGUE_CASELOAD", "PPSS Programme", "period_from", {"kind": "CDP", "docstatus": 1}),
)


def papers_on_norm(code: str, profile: str, validity: Validity) -> tuple[int, date | None]:
	"""Return how many papers dated within the validity were judged by this norm, and the latest of their days."""
	users = frappe.get_all("PPSS Organisation", {"regulation_profile": profile}, pluck="name")
	users += frappe.get_all("PPSS Profile Period", {"regulation_profile": profile}, pluck="parent")
	found = []
	for beginning, doctype, field, others in JUDGED_BY:
		if code.startswith(beginning):
			filters = [[key, "=", value] for key, value in others.items()]
			filters += [["organisation", "in", users], [field, ">=", validity.first or date.min]]
			filters += [[field, "<=", validity.last or date.max], ["docstatus", "<", 2]]
			found += frappe.get_all(doctype, filters, pluck=field)
	return len(found), max(map(getdate, found), default=None)


def norm_rows(code: str, profile: str, besides: str | None) -> list[frappe._dict]:
	"""Return the other rows of a norm with the days between which each holds."""
	rows = frappe.get_all(
		"PPSS Norm",
		{"norm_code": code, "regulation_profile": profile, "name": ("!=", besides or "")},
		["name", "valid_from", "valid_to"],
	)
	for row in rows:
		row.validity = validity_of(row)
	return rows


def validity_of(row) -> Validity:
	return Validity(row.valid_from and getdate(row.valid_from), row.valid_to and getdate(row.valid_to))
