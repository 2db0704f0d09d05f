"""Creates a site with nothing but the framework."""

import json
import sys

import frappe
from frappe.installer import _new_site

given = json.load(sys.stdin)
frappe.init(site=given["site"], new_site=True)
_new_site(
	None,
	given["site"],
	db_root_username="root",
	db_root_password=given["root_password"],
	admin_password=given["admin_password"],
	install_apps=[],
	force=True,
	db_type="mariadb",
)

# The wizard would stand before the Desk; what it asks for, the app or its demo school brings.
frappe.db.set_default("desktop:home_page", "workspace")
frappe.db.set_single_value("System Settings", "setup_complete", 1)
# The wizard would also let the scheduler work: without it no job of the calendar runs on this site.
frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
frappe.db.commit()
