"""A closed month stays as it is at every door; only the head's reopening lets it be changed."""

import frappe
from frappe.utils import getdate

from ppss_support.answers import answer
from ppss_support.payroll import inputs
from ppss_support.regulation import pay
from ppss_support.regulation.finding import Finding


def appointment_validate(doc, method=None):
	before = doc.get_doc_before_save()
	refuse_change(doc, before and inputs.appointment_of(before), inputs.appointment_of(doc))


def appointment_on_trash(doc, method=None):
	refuse_change(doc, inputs.appointment_of(doc), None)


def refuse_change(doc, before: pay.Appointment | None, after: pay.Appointment | None):
	days = pay.days_touched(before, after)
	if days:
		name = frappe.db.get_value("PPSS Specialist", doc.specialist, "full_name")
		answer(pay.in_closed_month(name, days.first, days.last, inputs.closed_months(doc.organisation)))


def session_before_cancel(doc, method=None):
	"""A lesson whose hours were paid is not corrected behind the sheet's back (B.11)."""
	day = getdate(doc.date)
	closed = inputs.closed_months(doc.organisation)
	answer(pay.in_closed_month(doc.name, day, day, closed) if is_paid(doc, closed) else [])


def is_paid(doc, closed: list[pay.Month]) -> bool:
	"""Tell whether the closed sheet of the day has this person in it."""
	month = next((one for one in closed if one.first <= getdate(doc.date) <= one.last), None)
	return bool(month) and bool(
		frappe.get_all(
			"PPSS Pay Row",
			{"parent": ("in", sheets_of(doc.organisation, month)), "specialist": doc.provider},
			limit=1,
		)
	)


def sheets_of(organisation: str, month: pay.Month) -> list[str]:
	own = {"organisation": organisation, "kind": inputs.MONTHLY, "docstatus": 1, "from_date": month.first}
	return frappe.get_all(inputs.SHEET, own, pluck="name")


def closed_sheet_with(parameter: str) -> list[Finding]:
	"""Refuse when a closed sheet rests on this parameter (A114)."""
	row, sheet = frappe.qb.DocType("PPSS Pay Row"), frappe.qb.DocType(inputs.SHEET)
	found = (
		frappe.qb.from_(row)
		.join(sheet)
		.on(sheet.name == row.parent)
		.where(sheet.docstatus == 1)
		.where(row.explanation.like(f'%"{parameter}"%'))
		.select(sheet.from_date)
		.limit(1)
		.run()
	)
	return [Finding.of("A114", f"{getdate(found[0][0]):%m.%Y}")] if found else []
