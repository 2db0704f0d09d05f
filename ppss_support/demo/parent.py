"""The one parent of the demo who signs in."""

import frappe
from frappe.utils.password import update_password

from ppss_support.constants import roles, states
from ppss_support.demo import logins
from ppss_support.demo.school import SHORT_NAME
from ppss_support.demo.staff import DOMAIN

PARENT = f"parent@{DOMAIN}"


def hand_out(password: str) -> dict:
	"""Give the parents' page to whoever gave the consent for a child with a running programme and lessons to come."""
	name = parent_with_much_to_read()
	full_name = frappe.db.get_value("PPSS Representative", name, "full_name")
	if not frappe.db.exists("User", PARENT):
		logins.write(PARENT, roles.PARENT, "Website User", language="kk", first_name=full_name)
		# The field is closed to every hand but the button's, which would send a mail.
		frappe.db.set_value("PPSS Representative", name, "user", PARENT)
	update_password(PARENT, password)
	login = {"role": roles.PARENT, "user": PARENT, "password": password, "name": full_name}
	return {**login, "organisation": SHORT_NAME}


def parent_with_much_to_read() -> str:
	known = frappe.db.get_value("PPSS Representative", {"user": PARENT})
	if known:
		return known
	own = {"organisation": SHORT_NAME}
	planned = frappe.get_all("PPSS Session", {**own, "workflow_state": states.PLANNED}, pluck="name")
	taught = frappe.get_all("PPSS Attendance", {"parent": ("in", planned)}, pluck="learner")
	running = {**own, "workflow_state": states.IN_IMPLEMENTATION, "learner": ("in", taught)}
	learner = frappe.db.get_value("PPSS Programme", running, "learner", order_by="name")
	given = {"learner": learner, "workflow_state": states.SIGNED}
	return frappe.db.get_value("PPSS Consent", given, "representative")
