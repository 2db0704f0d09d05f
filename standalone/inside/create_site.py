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
