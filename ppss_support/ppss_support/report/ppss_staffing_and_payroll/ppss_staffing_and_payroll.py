"""RP8: who holds which units, hours held and assignments of the period (KZ92-4.5, KZ92-21.2, ALM-4). No child, no category."""

import frappe
from frappe import _

from ppss_support.names import sort_key
from ppss_support.payroll import inputs
from ppss_support.print_helpers import short_date
from ppss_support.regulation import pay
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("position", _("Position"), width=240),
		column("role", _("Role"), width=170),
		column("units", _("Staff Units"), "Float", 100, precision=2),
		column("employee", _("Employee"), width=220),
		column("kind", _("Kind"), width=130),
		column("from_date", _("From Date"), "Date", 110),
		column("to_date", _("To Date"), "Date", 110),
		column("hours", _("Hours Held"), "Float", 110, precision=2),
		column("assignments", _("Assigned to a Child"), width=260),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each appointment; hours and assignments of a person stand in the first of theirs."""
	held = [row for row in appointments(frame) if frame.keeps(specialist=row.specialist)]
	people = list({row.specialist for row in held})
	minutes = inputs.minutes_held(people, frame.first, frame.last)
	assigned = inputs.assignments(people, frame.first, frame.last)
	labels, seen, found = reads.term_labels("Role"), set(), []
	for row in sorted(held, key=lambda one: (sort_key(one.specialist_name), one.from_date)):
		first = row.specialist not in seen
		seen.add(row.specialist)
		found.append(
			{
				"position": row.title,
				"role": labels.get(row.role, row.role),
				"units": row.units,
				"employee": row.specialist_name,
				"kind": _(row.kind),
				"from_date": row.from_date,
				"to_date": row.to_date,
				"hours": sum(minutes[row.specialist].values()) / 60 if first else None,
				"assignments": "; ".join(map(dates, assigned[row.specialist])) if first else "",
			}
		)
	return found


def appointments(frame: Frame) -> list[frappe._dict]:
	"""Return the appointments that hold on some days of the period."""
	rows = frappe.get_all(
		inputs.APPOINTMENT,
		{**frame.here, "from_date": ("<=", frame.last)},
		[
			"name",
			"specialist",
			"specialist_name",
			"position.title as title",
			"position.role as role",
			"units",
			"kind",
			"from_date",
			"to_date",
		],
		order_by="from_date, name",
	)
	return [row for row in rows if not row.to_date or row.to_date >= frame.first]


def dates(days: pay.Days) -> str:
	return f"{short_date(days.first)}–{short_date(days.last)}"
