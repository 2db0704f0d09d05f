"""Fields that join our documents and those of ERPNext and HRMS: they come with the other app and go with it."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from ppss_support.payroll import link, matching

EMPLOYEE_APP, PAYROLL_APP = "erpnext", "hrms"
# The asset a thing in a room is, on our own table: without ERPNext there is nothing to name (ALM-22.4).
ASSET_FIELD = "ppss_asset"
TITLES = {
	matching.PERSON_FIELD: "Specialist of the Support Service",
	matching.POSITION_FIELD: "Position of the Support Service",
	link.SHEET_FIELD: "Pay Sheet of the Support Service",
	ASSET_FIELD: "Asset",
}
FIELDS = {
	EMPLOYEE_APP: {
		"Employee": [
			{
				"fieldname": matching.PERSON_FIELD,
				"fieldtype": "Link",
				"label": TITLES[matching.PERSON_FIELD],
				"options": "PPSS Specialist",
				"insert_after": "user_id",
				"unique": 1,
				"no_copy": 1,
			}
		],
		"Designation": [
			{
				"fieldname": matching.POSITION_FIELD,
				"fieldtype": "Link",
				"label": TITLES[matching.POSITION_FIELD],
				"options": "PPSS Position",
				"insert_after": "designation_name",
				"no_copy": 1,
			}
		],
		"PPSS Room Item": [
			{
				"fieldname": ASSET_FIELD,
				"fieldtype": "Link",
				"label": TITLES[ASSET_FIELD],
				"options": "Asset",
				"insert_after": "inventory_no",
				"in_list_view": 1,
			}
		],
	},
	PAYROLL_APP: {
		link.ADDITIONAL: [
			{
				"fieldname": link.SHEET_FIELD,
				# No link: it would keep the head from reopening a sheet whose documents are submitted.
				"fieldtype": "Data",
				"label": TITLES[link.SHEET_FIELD],
				"insert_after": "ref_docname",
				"read_only": 1,
				"no_copy": 1,
			},
			{
				"fieldname": link.KEY,
				"fieldtype": "Data",
				"insert_after": link.SHEET_FIELD,
				"read_only": 1,
				"hidden": 1,
				"no_copy": 1,
				"search_index": 1,
			},
		]
	},
}


def add():
	"""Add what the apps of the site are for; safe to repeat."""
	for app, fields in FIELDS.items():
		if matching.installed(app):
			create_custom_fields(fields, ignore_validate=True)
	if matching.installed(PAYROLL_APP):
		add_components()


def add_components():
	for name, abbreviation in link.COMPONENTS.items():
		if not frappe.db.exists(link.COMPONENT, name):
			component = {"salary_component": name, "salary_component_abbr": abbreviation, "type": "Earning"}
			# Setup runs whoever installs.
			frappe.get_doc({"doctype": link.COMPONENT, **component}).insert(ignore_permissions=True)


def after_app_install(app: str):
	if app in FIELDS:
		add()


def before_app_uninstall(app: str):
	if app in FIELDS:
		remove((app,))


def remove(apps=tuple(FIELDS)):
	"""Take our fields away; documents made through them stay, as they belong to the other app."""
	for app in apps:
		for doctype, fields in FIELDS[app].items():
			for field in fields:
				filters = {"dt": doctype, "fieldname": field["fieldname"]}
				for name in frappe.get_all("Custom Field", filters, pluck="name"):
					# The app goes, whoever may uninstall it.
					frappe.delete_doc("Custom Field", name, force=True, ignore_permissions=True)
