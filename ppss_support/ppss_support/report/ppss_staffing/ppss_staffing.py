"""RP8: positions needed, approved, held and paid, who holds them, and what the tables gave before (KZ92-4.5, KZ92-21).

No child is named and no category of a child: the accountant reads it. What is paid is for those who read pay sheets.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import getdate

from ppss_support import qualification_facts, staffing_facts
from ppss_support.constants import states
from ppss_support.names import sort_key
from ppss_support.payroll import figures, inputs
from ppss_support.regulation.finding import Label
from ppss_support.regulation.staffing import total_on
from ppss_support.reporting import needs, reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of


def execute(filters=None):
	frame = frame_of(filters)
	view = VIEWS.get(frame.chosen.view or "", by_position)
	return view(frame)


# ---- positions on the last day of the period, today unless it is over


def by_position(frame: Frame) -> tuple[list[dict], list[dict]]:
	return position_columns(), [row for school in frame.schools for row in positions_of(school, frame)]


def position_columns() -> list[dict]:
	paid = [
		column("paid", _("Units Paid"), width=130, align="right"),
		column("paid_month", _("Paid for the Month"), width=130),
	]
	return [
		column("organisation", _("Organisation"), width=150),
		column("title", _("Position"), width=380),
		column("points", _("Points of Order No 338"), width=110),
		column("role", _("Role in Support"), width=150),
		column("children", _("Counted for the Need"), width=180, align="right"),
		column("needed", _("Units Needed"), width=150, align="right"),
		column("approved", _("Units Approved"), "Float", 150, precision=2),
		column("held", _("Units Held"), "Float", 150, precision=2),
		column("vacant", _("Vacant Units"), "Float", 130, precision=2),
		column("missing", _("Missing in the Table"), width=170, align="right"),
		*(paid if reads_pay() else ()),
	]


def reads_pay() -> bool:
	return bool(frappe.has_permission(inputs.SHEET, "read"))


def positions_of(school: str, frame: Frame) -> list[dict]:
	"""Return a row for each position the school gives, holds or needs, in the order of the act."""
	day = min(frame.last, getdate())
	given = staffing_facts.ceilings(staffing_facts.tables(school))
	held = defaultdict(list)
	for row in reads.appointments(frame, day, day):
		if row.organisation == school:
			held[row.position].append(staffing_facts.part_of(row))
	wanted = needs.needed(school, frame, day)
	month, paid = units_paid(school, frame.first, day) if reads_pay() else (None, {})
	catalogue = {row.name: row for row in staffing_facts.catalogue({*given, *held, *wanted, *paid})}
	return [
		{
			**position_row(
				school, one, units_on(given.get(name, []), day), units_on(held[name], day), wanted.get(name)
			),
			"paid": number_text(paid.get(name, Decimal(0)) if month else None),
			"paid_month": f"{month:%m.%Y}" if month else "",
		}
		for name, one in catalogue.items()
		if name in wanted or name in paid or units_on([*given.get(name, []), *held[name]], day)
	]


def units_paid(school: str, first: date, day: date) -> tuple[date | None, dict[str, Decimal]]:
	"""Return the last closed month of these days and the units it pays by position; no month, where none is closed."""
	closed = {"organisation": school, "kind": inputs.MONTHLY, "workflow_state": states.CLOSED}
	sheets = frappe.get_all(
		inputs.SHEET,
		{**closed, "from_date": ("<=", day), "to_date": (">=", first)},
		["name", "from_date"],
		order_by="from_date desc",
		limit=1,
	)
	if not sheets:
		return None, {}
	rows = frappe.get_all("PPSS Pay Row", {"parent": sheets[0].name}, ["position", "explanation"])
	return sheets[0].from_date, figures.units_paid(rows)


def units_on(parts: list, day) -> float:
	return float(total_on(parts, day))


def position_row(school: str, position, approved, held, need) -> dict:
	return {
		"organisation": school,
		"title": position.title,
		"points": position.points,
		"role": staffing_facts.role_label(position.role),
		"children": number_text(need and need.counted),
		"needed": number_text(need and need.units),
		"approved": approved,
		"held": held,
		"vacant": max(0, approved - held),
		"missing": number_text(need and max(0, need.units - approved)),
		"late": held > approved,
	}


def number_text(value: float | Decimal | None) -> str:
	"""Return the number as text: the framework shows a number that is not there as nought, which a need is not."""
	return "" if value is None else f"{float(value):g}"


# ---- people in the period


def by_person(frame: Frame) -> tuple[list[dict], list[dict]]:
	columns = [
		column("specialist", _("Specialist"), width=220),
		column("title", _("Position"), width=330),
		column("category", _("Qualification Category"), width=170),
		column("units", _("Staff Units"), "Float", 100, precision=2),
		column("kind", _("Kind of Employment"), width=130),
		column("from_date", _("From Date"), "Date", 110),
		column("to_date", _("To Date"), "Date", 110),
		column("basis", _("Order"), width=150),
		column("hours", _("Hours Held"), "Float", 110, precision=1),
	]
	return columns, people(frame)


def people(frame: Frame) -> list[dict]:
	found = [
		row
		for row in reads.appointments(frame, frame.first, frame.last)
		if frame.keeps(specialist=row.specialist)
	]
	titles = staffing_facts.titles([row.position for row in found])
	held_by = {row.specialist for row in found}
	categories = qualification_facts.categories_on(held_by, min(frame.last, getdate()))
	labels, hours = reads.term_labels("Qualification Category"), hours_held(frame)
	return [
		{
			"specialist": row.specialist_name,
			"title": titles[row.position],
			"category": labels.get(categories.get(row.specialist), ""),
			"units": row.units,
			"kind": label_of(row.kind),
			"from_date": row.from_date,
			"to_date": row.to_date,
			"basis": order_text(row.basis_order_no, row.basis_order_date),
			"hours": hours.get(row.specialist, 0) if row.kind == "Main" else None,
		}
		for row in sorted(found, key=lambda row: (sort_key(row.specialist_name), row.from_date))
	]


def hours_held(frame: Frame) -> dict[str, float]:
	"""Return the hours of lessons each specialist has held in the period."""
	lesson = frappe.qb.DocType("PPSS Session")
	query = (
		frappe.qb.from_(lesson)
		.where(lesson.organisation.isin(list(frame.schools)))
		.where(lesson.date[frame.first : frame.last])
		.where(lesson.workflow_state == states.HELD)
		.groupby(lesson.provider)
		.select(lesson.provider, Sum(lesson.actual_minutes))
	)
	return {specialist: (minutes or 0) / 60 for specialist, minutes in query.run()}


def order_text(number: str | None, day) -> str:
	return f"№ {number}, {getdate(day):%d.%m.%Y}" if number and day else number or ""


# ---- what the tables gave, the latest first


def by_table(frame: Frame) -> tuple[list[dict], list[dict]]:
	columns = [
		column("organisation", _("Organisation"), width=150),
		column("table", _("Staffing Table"), width=150),
		column("state", _("State"), width=130),
		column("from_date", _("Valid from"), "Date", 110),
		column("to_date", _("Valid to"), "Date", 110),
		column("title", _("Position"), width=380),
		column("units", _("Units Approved"), "Float", 110, precision=2),
		column("note", _("Structural Note"), width=200),
	]
	return columns, table_rows(frame)


def table_rows(frame: Frame) -> list[dict]:
	fields = ["name", "organisation", "workflow_state", "from_date", "to_date"]
	tables = frappe.get_all(
		staffing_facts.TABLE, {**frame.here, "docstatus": 1}, fields, order_by="from_date desc, name desc"
	)
	rows = reads.rows_of(
		staffing_facts.ROW,
		[table.name for table in tables],
		["position", "units", "note"],
		parenttype=staffing_facts.TABLE,
	)
	titles = staffing_facts.titles([row.position for many in rows.values() for row in many])
	return [
		{
			"organisation": table.organisation,
			"table": table.name,
			"state": label_of(table.workflow_state),
			"from_date": table.from_date,
			"to_date": table.to_date,
			"title": titles[row.position],
			"units": row.units,
			"note": row.note,
		}
		for table in tables
		for row in rows[table.name]
	]


VIEWS = {Label("People"): by_person, Label("History"): by_table}
