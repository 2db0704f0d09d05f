"""Needed, approved, held and paid, shown under the rows of a staffing table as the report of staff has them."""

from frappe import _
from frappe.utils import getdate

from ppss_support.ppss_support.report.ppss_staffing.ppss_staffing import position_columns, positions_of
from ppss_support.print_helpers import short_date
from ppss_support.reporting.frame import frame_of

SHOWN = ("title", "needed", "approved", "held", "vacant", "missing", "paid", "paid_month")


def of_table(table) -> dict:
	"""Return title, headings and rows for today, for the last day of a table that holds no more."""
	day = min(getdate(table.to_date), getdate())
	about = {"organisation": table.organisation, "school_year": table.school_year}
	days = {"from_date": str(min(getdate(table.from_date), day)), "to_date": str(day)}
	heads = {one["fieldname"]: one["label"] for one in position_columns()}
	shown = [name for name in SHOWN if name in heads]
	rows = positions_of(table.organisation, frame_of({**about, **days}))
	return {
		"title": _("Needed, approved, held and paid units as of {0}").format(short_date(day)),
		"heads": [heads[name] for name in shown],
		"rows": [[row[name] for name in shown] for row in rows],
	}
