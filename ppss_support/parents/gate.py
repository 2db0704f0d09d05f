"""What a login of a parent reaches besides the page: the framework's own pages of the login, and nothing else.

The framework lets every website user read a good number of its own DocTypes, logins and tags among them.
"""

import frappe

from ppss_support.constants import roles

# Roles every login has.
COMMON = {"All", "Guest"}
METHODS = {
	"login",
	"logout",
	"web_logout",
	"frappe.core.doctype.user.user.test_password_strength",
	"frappe.core.doctype.user.user.update_password",
}
CLOSED = {"api", "app", "backups", "desk", "list", "printpreview", "printview", "private"}


def keep_to_page():
	"""Refuse whatever else a login asks for that has the role of parents and no other; an auth_hook of every request."""
	if frappe.session.user == "Guest" or set(frappe.get_roles()) - COMMON != {roles.PARENT}:
		return
	path = frappe.request.path.strip("/").removesuffix(".html")
	asked = {frappe.form_dict.cmd} - {None, ""}
	# The name of a DocType is an address of the framework as well: of a list.
	if path.partition("/")[0] in CLOSED or frappe.db.exists("DocType", path):
		asked.add(path.removeprefix("api/method/"))
	if asked - METHODS:
		raise frappe.PermissionError
