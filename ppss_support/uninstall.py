"""Takes away what the framework does not know to be ours."""

import frappe

from ppss_support.constants import roles
from ppss_support.setup import workflows


def before_uninstall():
	"""Remove workflows, roles, user permissions and running numbers; the framework drops DocTypes and tables."""
	definitions = workflows.definitions()
	for definition in definitions:
		frappe.delete_doc("Workflow", definition["name"], ignore_missing=True, force=True)
	frappe.db.delete("Workflow Action", {"reference_doctype": ("like", "PPSS %")})
	frappe.db.delete("User Permission", {"allow": ("like", "PPSS %")})
	frappe.db.delete("Series", {"name": ("like", "PPSS%")})


def after_uninstall():
	"""Roles go last: until then DocTypes refer to them."""
	for role in roles.ALL:
		frappe.db.delete("Has Role", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True)
	drop_unused_masters()


def drop_unused_masters():
	"""Workflow states and actions we brought go, unless another workflow uses them."""
	used_states = set(frappe.get_all("Workflow Document State", pluck="state"))
	used_actions = set(frappe.get_all("Workflow Transition", pluck="action"))
	for definition in workflows.definitions():
		for state in {row["state"] for row in definition["states"]} - used_states - FRAMEWORK_STATES:
			frappe.delete_doc("Workflow State", state, ignore_missing=True, force=True)
		for action in {row["action"] for row in definition["transitions"]} - used_actions - FRAMEWORK_ACTIONS:
			frappe.delete_doc("Workflow Action Master", action, ignore_missing=True, force=True)


# Masters a fresh site has of its own.
FRAMEWORK_STATES = {"Pending", "Approved", "Rejected"}
FRAMEWORK_ACTIONS = {"Approve", "Reject", "Review"}
