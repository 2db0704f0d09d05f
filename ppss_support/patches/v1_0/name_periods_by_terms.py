"""Marks of a period name it as the analytical report does: one field for quarter, half-year and year."""

import frappe

from ppss_support.regulation import reports

ACTIVITY = "PPSS Activity"
TERMS = {"Quarter": reports.QUARTER, "Half-Year": reports.HALF_YEAR, "Year": reports.YEAR}


def execute():
	if not frappe.db.has_column(ACTIVITY, "period"):
		return
	entry = frappe.qb.DocType(ACTIVITY)
	for word, term in TERMS.items():
		named = (entry.period == word) & (entry.kind == "ACHIEVEMENT")
		frappe.qb.update(entry).set(entry.report_period, term).where(
			named & entry.report_period.isnull()
		).run()
