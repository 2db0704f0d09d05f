"""Marks of a period name it as the analytical report does: one field for quarter, half-year and year."""

import frappe

from ppss_support.regulation import reports

ACTIVITY = "PPSS Activity"
TERMS = {"Quarter": reports.QUARTER, "Half-Year": reports.HALF_YEAR, "Year": reports.YEAR}


def execute():
	if not frappe.db.has_column(ACTIVITY, "period"):
		return
	for word, term in TERMS.items():
		named = {"name": ("in", records(word) or [""]), "report_period": ("is", "not set")}
		frappe.db.set_value(ACTIVITY, named, "report_period", term, update_modified=False)


def records(word: str) -> list[str]:
	"""Return the entries that still say the period in the column the DocType no longer has."""
	entry = frappe.qb.DocType(ACTIVITY)
	return frappe.qb.from_(entry).where(entry.period == word).select(entry.name).run(pluck=True)
