"""Staff and positions found among the employees and designations of ERPNext: by login or identity number, else on a yes."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts, identity
from ppss_support.answers import answer
from ppss_support.payroll import inputs
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.matching import Matches, Someone, match

EMPLOYEE, PERSON = "Employee", "PPSS Specialist"
PERSON_FIELD, POSITION_FIELD = "ppss_specialist", "ppss_position"


def installed(app: str) -> bool:
	return app in frappe.get_installed_apps()


def has_employees() -> bool:
	"""Tell whether ERPNext is here, and our fields with it."""
	return installed("erpnext") and frappe.get_meta(EMPLOYEE).has_field(PERSON_FIELD)


def employees_noted(people) -> dict[str, frappe._dict]:
	"""Return the employee each of these is noted as."""
	fields = ["name", "company", f"{PERSON_FIELD} as specialist"]
	rows = frappe.get_all(EMPLOYEE, {PERSON_FIELD: ("in", list(people) or [""])}, fields)
	return {row.specialist: row for row in rows}


def note(specialist: str, employee: str):
	# What somebody is here is ours to write; the rest of the employee is not touched.
	frappe.db.set_value(EMPLOYEE, employee, PERSON_FIELD, specialist)


def note_sure(organisation: str, wanted=()) -> Matches:
	"""Note who is sure among the staff of today and those wanted besides; return what was found."""
	found = matches(organisation, wanted)
	for specialist, employee in found.sure.items():
		note(specialist, employee)
	return found


def matches(organisation: str, wanted=()) -> Matches:
	"""Match whoever is not noted yet with the active employees who are not: each is weighed against all others."""
	people = list(dict.fromkeys([*holders(organisation), *wanted]))
	known = employees_noted(people)
	return match(staff_known([one for one in people if one not in known]), employees_free(organisation))


def holders(organisation: str) -> dict[str, str]:
	"""Return name and full name of everybody who holds a position today, in the order of the names."""
	held = inputs.appointments(organisation, getdate(), getdate())
	wanted = {"name": ("in", [one.specialist for one in held] or [""])}
	return dict(frappe.get_all(PERSON, wanted, ["name", "full_name"], order_by="sort_key", as_list=True))


def staff_known(people: list[str]) -> list[Someone]:
	numbers = identity.numbers_of(PERSON, people)
	rows = frappe.get_all(PERSON, {"name": ("in", people or [""])}, ["name", "full_name", "user"])
	return [Someone(row.name, row.user or "", numbers.get(row.name, ""), row.full_name) for row in rows]


def employees_free(organisation: str) -> list[Someone]:
	"""Return the active employees nobody is noted as, with the number in the field the organisation names for it."""
	field = number_field(organisation)
	rows = frappe.get_all(
		EMPLOYEE,
		{"status": "Active", PERSON_FIELD: ("is", "not set")},
		["name", "employee_name", "user_id", *([field] if field else ())],
	)
	return [
		Someone(row.name, row.user_id or "", "".join((row.get(field) or "").split()), row.employee_name or "")
		for row in rows
	]


def number_field(organisation: str) -> str | None:
	"""Return the field of an employee that holds the identity number, None where there is no such field of text."""
	name = facts.organisation(organisation).employee_number_field
	field = name and frappe.get_meta(EMPLOYEE).get_field(name)
	return name if field and field.fieldtype == "Data" else None


def designation_of(position: str) -> str:
	"""Return the designation of a position, the one of the same name where none is matched; else a new one."""
	found = frappe.db.get_value("Designation", {POSITION_FIELD: position})
	if found:
		return found
	title = frappe.db.get_value("PPSS Position", position, "title")[:140]
	if not frappe.db.exists("Designation", title):
		# The catalogue of posts is the registrar's there; the accountant who passes a sheet on need not be that.
		frappe.get_doc({"doctype": "Designation", "designation_name": title}).insert(ignore_permissions=True)
	frappe.db.set_value("Designation", title, POSITION_FIELD, position)
	return title


# ---- the button


@frappe.whitelist(methods=["POST"])
def match_people(organisation: str) -> dict:
	"""Note who is sure, match positions with designations; return the names of the others, and proposals to confirm.

	Answer: `matched` maps full names to employees, `proposed` has specialist, names and employee, `unclear` and `missing`
	are full names.
	"""
	check_matcher(organisation)
	found, names = note_sure(organisation), holders(organisation)
	known = employees_noted(names)
	fill_designations(organisation, {one: employee.name for one, employee in known.items()})
	return {
		"matched": {names[one]: employee.name for one, employee in known.items()},
		"proposed": [proposal(one, names[one], employee) for one, employee in found.proposed.items()],
		"unclear": [name for one, name in names.items() if one in found.unclear],
		"missing": [
			name
			for one, name in names.items()
			if not (one in known or one in found.proposed or one in found.unclear)
		],
	}


@frappe.whitelist(methods=["POST"])
def confirm(organisation: str, specialist: str, employee: str):
	"""Note a proposal somebody has looked at; what is not, or no longer, proposed is refused (A108)."""
	check_matcher(organisation)
	if matches(organisation).proposed.get(specialist) != employee:
		answer([Finding.of("A108", facts.full_name(PERSON, specialist) or specialist, employee)])
	note(specialist, employee)
	fill_designations(organisation, {specialist: employee})


def check_matcher(organisation: str):
	frappe.has_permission("PPSS Organisation", "read", organisation, throw=True)
	frappe.has_permission(inputs.SHEET, "create", throw=True)
	if not has_employees():
		frappe.throw(_("Neither ERPNext nor HRMS is installed on this site."))
	named = facts.organisation(organisation).employee_number_field
	answer([Finding.of("A107", named)] if named and not number_field(organisation) else [])
	facts.take_turn(organisation)


def proposal(specialist: str, name: str, employee: str) -> dict[str, str]:
	row = frappe.db.get_value(EMPLOYEE, employee, ["employee_name", "company"], as_dict=True)
	return {"specialist": specialist, "name": name, "employee": employee, **row}


def fill_designations(organisation: str, employees: dict[str, str]):
	"""Give the matched employees who have no designation that of the position they hold; the main one first."""
	held = inputs.appointments(organisation, getdate(), getdate())
	for one in sorted(held, key=lambda one: one.combined):
		employee, designation = employees.get(one.specialist), designation_of(one.position)
		if employee and not frappe.db.get_value(EMPLOYEE, employee, "designation"):
			frappe.db.set_value(EMPLOYEE, employee, "designation", designation)
