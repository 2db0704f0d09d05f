"""What every report shares: the reader's schools, the year and days it looks at, and the shape of a column."""

from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.permissions import LEADERS

SETTINGS = [
	"name",
	"regulation_profile",
	"is_special",
	"special_pedagogue_cap",
	"group_size_binds_all",
	"deputy_overrides_size",
	"lesson_minutes_tolerance",
	"weeks_without_lessons",
	"assessment_days",
	"answer_days",
]


@dataclass(frozen=True)
class Frame:
	"""What a report is about; `schools` maps each organisation the reader belongs to to its settings."""

	schools: dict[str, frappe._dict]
	year: str
	first: date
	last: date
	chosen: frappe._dict

	@property
	def here(self) -> dict:
		"""Filters that keep a DocType to the schools."""
		return {"organisation": ("in", list(self.schools))}

	@property
	def this_year(self) -> dict:
		return {**self.here, "school_year": self.year}

	def keeps(self, **values) -> bool:
		"""Tell whether a row with these values passes the filters chosen; a filter left empty passes all."""
		return all(not self.chosen.get(name) or self.chosen[name] == value for name, value in values.items())


def frame_of(filters: dict | None) -> Frame:
	"""Read the filters of a report. PermissionError: a school of others, or a column added by who may not."""
	refuse_added_columns()
	chosen = frappe._dict(filters or {})
	year = chosen.school_year or facts.school_year_on(getdate())
	if not year:
		frappe.throw(_("Choose the school year."))
	first, last = facts.school_year_dates(year)
	return Frame(
		schools=schools_of_reader(chosen.organisation),
		year=year,
		first=getdate(chosen.from_date) if chosen.from_date else first,
		last=getdate(chosen.to_date) if chosen.to_date else last,
		chosen=chosen,
	)


def schools_of_reader(wanted: str | None) -> dict[str, frappe._dict]:
	"""Return the organisations the reader may see, or the one asked for."""
	rows = frappe.get_list("PPSS Organisation", fields=SETTINGS, limit=0)
	schools = {row.name: row for row in rows}
	if not wanted:
		return schools
	if wanted not in schools:
		frappe.throw(_("This organisation is not yours."), frappe.PermissionError)
	return {wanted: schools[wanted]}


def under_order_92(frame: Frame) -> Frame:
	"""Return the frame with the schools whose profile goes by the two stages of order No 92 (F.5)."""
	schools = {
		name: settings
		for name, settings in frame.schools.items()
		if "two_stage_gating" in facts.features_on(name, settings.regulation_profile)
	}
	return replace(frame, schools=schools)


def refuse_added_columns():
	"""The framework fills a column added in the browser past all rights; only those who see everything add any."""
	added = frappe.parse_json(frappe.form_dict.get("custom_columns") or "[]")
	if added and not reader_leads():
		frappe.throw(_("Columns are added by heads and deputy heads only."), frappe.PermissionError)


def reader_leads() -> bool:
	return frappe.session.user == "Administrator" or bool(LEADERS & set(frappe.get_roles()))


# ---- columns


def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 130, **more) -> dict:
	"""Return a column; `label` is already translated. Words stay left where the framework takes them for numbers."""
	if fieldtype == "Data":
		more.setdefault("align", "left")
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}


def opening(fieldname: str, label: str, doctype: str, width: int = 200, by: str = "name") -> dict:
	"""Return a column whose cells open the document that the row names in its field `by`."""
	return column(fieldname, label, width=width, opens={"doctype": doctype, "by": by})


def label_of(value: str | None) -> str:
	return _(value) if value else ""
