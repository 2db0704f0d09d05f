"""Units and diplomas leave the staff record, which every colleague reads, for appointments and files of qualification."""

import frappe
from frappe.utils import getdate

from ppss_support import staffing_facts

SPECIALIST = "PPSS Specialist"
OLD = ("units", "qualification_variant", "diploma_no", "diploma_date", "diploma_file")


def execute():
	if not frappe.db.has_column(SPECIALIST, "units"):
		return
	for person in records():
		appoint(person)
		open_file(person)


def records() -> list[frappe._dict]:
	"""Return what the records still say in columns the DocType no longer has."""
	table = frappe.qb.DocType(SPECIALIST)
	fields = ("name", "organisation", "active", "creation", *OLD)
	return frappe.qb.from_(table).select(*fields).run(as_dict=True)


def appoint(person):
	"""Who has units and one role of the service holds its usual position since the record was made; the order is to be entered."""
	usual = staffing_facts.usual_positions(person.organisation)
	own = {"parent": person.name, "parenttype": SPECIALIST, "parentfield": "roles"}
	roles = [role for role in frappe.get_all("PPSS Term Item", own, pluck="term") if role in usual]
	known = frappe.db.exists("PPSS Appointment", {"specialist": person.name})
	if not (person.active and person.units and len(roles) == 1) or known:
		return
	appointment = frappe.get_doc(
		{
			"doctype": "PPSS Appointment",
			"organisation": person.organisation,
			"specialist": person.name,
			"position": usual[roles[0]],
			"units": person.units,
			"kind": "Main",
			"from_date": getdate(person.creation),
		}
	)
	# What stood in the record was never judged by these rules, and it names no order.
	appointment.flags.ignore_validate = appointment.flags.ignore_mandatory = True
	# The migration runs whoever starts it.
	appointment.insert(ignore_permissions=True)


def open_file(person):
	if not any((person.qualification_variant, person.diploma_no, person.diploma_date, person.diploma_file)):
		return
	if frappe.db.exists("PPSS Qualification", {"specialist": person.name}):
		return
	file = frappe.get_doc(
		{
			"doctype": "PPSS Qualification",
			"specialist": person.name,
			"qualification_variant": person.qualification_variant,
			"education": [
				{
					"diploma_no": person.diploma_no,
					"diploma_date": person.diploma_date,
					"evidence": person.diploma_file,
				}
			],
		}
	)
	# The level of the education is not known; whoever keeps the staff enters it.
	file.flags.ignore_mandatory = True
	# The migration runs whoever starts it.
	file.insert(ignore_permissions=True)
	scan = {
		"attached_to_doctype": SPECIALIST,
		"attached_to_field": "diploma_file",
		"attached_to_name": person.name,
	}
	moved = {"attached_to_doctype": file.doctype, "attached_to_name": file.name, "attached_to_field": None}
	frappe.db.set_value("File", scan, moved)
