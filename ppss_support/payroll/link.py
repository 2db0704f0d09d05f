"""Passes closed months to the payroll app of the site, if there is one: HRMS, else ERPNext, else neither.

Neither app is imported: what is needed of them are their documents. With HRMS each component of each person becomes one
draft Additional Salary, found again by its key; with ERPNext alone people and posts are matched (payroll/matching.py).
Nothing is submitted by us, and what somebody has submitted is left as it is and named.
"""

from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe import _

from ppss_support import facts
from ppss_support.answers import text_of
from ppss_support.payroll import figures, matching
from ppss_support.payroll.explain import money
from ppss_support.regulation import pay
from ppss_support.regulation.finding import Finding

ADDITIONAL, COMPONENT = "Additional Salary", "Salary Component"
KEY, SHEET_FIELD = "ppss_pay_key", "ppss_pay_sheet"
# Our components among those of the site, and the abbreviation each must have there.
COMPONENTS = {
	"PPSS Official Salary": "PPSSOS",
	"PPSS Category Surcharge": "PPSSCS",
	"PPSS Surcharges": "PPSSSU",
}
COMPONENT_OF = {pay.SALARY: "PPSS Official Salary", pay.CATEGORY_SURCHARGE: "PPSS Category Surcharge"}
OTHERS = "PPSS Surcharges"


@dataclass(frozen=True)
class Due:
	"""What the payroll app is to hold of a sheet: one amount of one component for one employee."""

	key: str
	specialist: str
	component: str
	amount: Decimal


def is_linked() -> bool:
	"""Tell whether documents can be made: HRMS is here, and our fields with it."""
	return matching.installed("hrms") and frappe.get_meta(ADDITIONAL).has_field(KEY)


# ---- documents of a closed month


def dues(sheet) -> list[Due]:
	"""Return what is due for a sheet; the key names month and person, not the version of the sheet."""
	found: dict[tuple[str, str], Decimal] = {}
	for (specialist, _position, component, _title), amount in figures.totals(sheet.rows).items():
		key = specialist, COMPONENT_OF.get(component, OTHERS)
		found[key] = found.get(key, Decimal(0)) + amount
	month = f"{sheet.organisation}|{sheet.from_date}"
	return [
		Due(f"{month}|{person}|{component}", person, component, amount)
		for (person, component), amount in found.items()
		if amount
	]


def documents_of(keys: list[str]) -> dict[str, frappe._dict]:
	"""Return the documents with these keys that are not cancelled, by key."""
	rows = frappe.get_all(
		ADDITIONAL, {KEY: ("in", keys), "docstatus": ("<", 2)}, ["name", KEY, "docstatus", "amount"]
	)
	return {row[KEY]: row for row in rows}


@frappe.whitelist()
def pass_on(sheet: str) -> str:
	"""Make or mend the drafts of a closed sheet once more; safe to repeat."""
	doc = frappe.get_doc("PPSS Pay Sheet", sheet)
	doc.check_permission("write")
	# Two who press the button at once must not both find nothing there.
	facts.take_turn(doc.organisation)
	if doc.docstatus != 1 or not doc.is_monthly:
		frappe.throw(_("Only a closed month is passed to the payroll app."))
	lines = make_documents(doc)
	note(doc, lines)
	return "\n".join(lines)


def make_documents(sheet) -> list[str]:
	"""Bring the drafts of the payroll app to what the sheet says; return a line on each that could not be made."""
	if not is_linked():
		return []
	wanted = dues(sheet)
	known = documents_of([due.key for due in wanted])
	people = {due.specialist for due in wanted}
	matching.note_sure(sheet.organisation, people)
	employees = matching.employees_noted(people)
	lines, made = [], 0
	for due in wanted:
		employee, present = employees.get(due.specialist), known.get(due.key)
		if not employee:
			name = frappe.db.get_value("PPSS Specialist", due.specialist, "full_name")
			lines.append(_("{0}: no employee is matched.").format(name))
		elif present and present.docstatus == 1:
			lines += left_alone(present, due)
		else:
			problem = write(sheet, due, employee, present)
			lines += [problem] if problem else []
			made += not problem
	lines += remove_drafts(sheet, {due.key for due in wanted})
	return [_("Drafts in the payroll app: {0}.").format(made), *dict.fromkeys(lines)]


def left_alone(present: frappe._dict, due: Due) -> list[str]:
	"""A submitted document is not ours to change; say so where it differs."""
	there = Decimal(str(round(present.amount, 2)))
	if there == due.amount:
		return []
	text = _("{0} is submitted with {1}, the sheet says {2}.")
	return [text.format(present.name, money(there), money(due.amount))]


def write(sheet, due: Due, employee: frappe._dict, present: frappe._dict | None) -> str | None:
	"""Write one draft; what the payroll app refuses is returned as a line and stops none of the others."""
	doc = frappe.get_doc(ADDITIONAL, present.name) if present else frappe.new_doc(ADDITIONAL)
	doc.update(
		{
			"employee": employee.name,
			"company": employee.company,
			"salary_component": due.component,
			"payroll_date": sheet.to_date,
			"amount": float(due.amount),
			"overwrite_salary_structure_amount": 0,
			"currency": frappe.db.get_value("Company", employee.company, "default_currency"),
			KEY: due.key,
			SHEET_FIELD: sheet.name,
		}
	)
	frappe.db.savepoint("ppss_payroll")
	try:
		# The head who closes a month need not have rights in the payroll app; drafts are all that is made.
		doc.save(ignore_permissions=True)
	except frappe.ValidationError as refusal:
		facts.undo("ppss_payroll")
		frappe.clear_messages()
		name = frappe.db.get_value("PPSS Specialist", due.specialist, "full_name")
		return f"{name}: {frappe.utils.strip_html(str(refusal))}"
	return None


def remove_drafts(sheet, besides: set[str] = frozenset()) -> list[str]:
	"""Delete the month's drafts that are due no more; return a line on what is submitted."""
	month = f"{sheet.organisation}|{sheet.from_date}|%"
	filters = {KEY: ("like", month), "docstatus": ("<", 2)}
	rows = frappe.get_all(ADDITIONAL, filters, ["name", KEY, "docstatus"])
	over = [row for row in rows if row[KEY] not in besides]
	for row in over:
		if row.docstatus == 0:
			# A draft of ours goes with the sheet it was made from.
			frappe.delete_doc(ADDITIONAL, row.name, ignore_permissions=True)
	submitted = [row.name for row in over if row.docstatus == 1]
	return [text_of(Finding.warn("A118", ", ".join(submitted)))] if submitted else []


def remove_documents(sheet) -> list[str]:
	"""Take the drafts of a reopened sheet away (A118 names what is submitted)."""
	return remove_drafts(sheet) if is_linked() else []


def note(sheet, lines: list[str]):
	"""Write on the sheet what came of it, and show it."""
	if lines:
		sheet.db_set("payroll_note", "\n".join(lines))
		frappe.msgprint("<br>".join(map(frappe.utils.escape_html, lines)), alert=True)
