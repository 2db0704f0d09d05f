"""Takes away what the framework does not know to be ours."""

import os
from contextlib import suppress

import frappe

from ppss_support.archive import register, store
from ppss_support.constants import roles
from ppss_support.setup import payroll_fields, workflows

# Framework tables that point at our DocTypes, and the column that names them.
TRACES = {
	"Comment": "reference_doctype",
	"Custom DocPerm": "parent",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Global Search DocType": "document_type",
	"List Filter": "reference_doctype",
	"Notification Log": "document_type",
	"Property Setter": "doc_type",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"User Permission": "allow",
	"Version": "ref_doctype",
	"View Log": "reference_doctype",
	"Workflow Action": "reference_doctype",
}
OURS = ("like", "PPSS %")
# The block of our workspaces; it belongs to no module.
WORK_LIST = "PPSS Work List"
# Masters a fresh site has of its own.
FRAMEWORK_STATES = {"Pending", "Approved", "Rejected"}
FRAMEWORK_ACTIONS = {"Approve", "Reject", "Review"}


def before_uninstall():
	"""Remove workflows, attachments, traces and running numbers; the framework drops DocTypes and tables."""
	for definition in workflows.definitions():
		frappe.delete_doc("Workflow", definition["name"], ignore_missing=True, force=True)
	for name in frappe.get_all("Kanban Board", {"reference_doctype": OURS}, pluck="name"):
		# The framework keeps boards of DocTypes that are gone.
		frappe.delete_doc("Kanban Board", name, force=True)
	for name in frappe.get_all("File", {"attached_to_doctype": OURS}, pluck="name"):
		# The whole app goes, whoever may uninstall it.
		frappe.delete_doc("File", name, force=True, ignore_permissions=True)
	remove_archive()
	payroll_fields.remove()
	frappe.delete_doc("Custom HTML Block", WORK_LIST, ignore_missing=True, force=True)
	for doctype, column in TRACES.items():
		frappe.db.delete(doctype, {column: OURS})
	frappe.db.delete("Series", {"name": ("like", "PPSS%")})
	frappe.db.delete("__global_search", {"doctype": OURS})


def remove_archive():
	"""The archive is about children: it does not stay behind on a site without the app that guards it."""
	for url in set(frappe.get_all(register.DOCTYPE, {"file_url": ("is", "set")}, pluck="file_url")):
		frappe.db.delete("File", {"file_url": url})
		with suppress(FileNotFoundError):
			os.remove(store.path_of(url))


def after_uninstall():
	"""Roles and masters go last: until then DocTypes and workflows refer to them."""
	for role in (*roles.ALL, roles.PARENT):
		frappe.db.delete("Has Role", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True)
	drop_unused_masters()
	frappe.db.delete("Scheduled Job Type", {"method": ("like", "ppss_support.%")})
	for column in ("deleted_doctype", "deleted_name"):
		frappe.db.delete("Deleted Document", {column: OURS})
	# The framework has committed before this hook and does not after it.
	frappe.db.commit()


def drop_unused_masters():
	"""Workflow states and actions we brought go, unless another workflow uses them."""
	used_states = set(frappe.get_all("Workflow Document State", pluck="state")) | FRAMEWORK_STATES
	used_actions = set(frappe.get_all("Workflow Transition", pluck="action")) | FRAMEWORK_ACTIONS
	for definition in workflows.definitions():
		for state in {row["state"] for row in definition["states"]} - used_states:
			frappe.delete_doc("Workflow State", state, ignore_missing=True, force=True)
		for action in {row["action"] for row in definition["transitions"]} - used_actions:
			frappe.delete_doc("Workflow Action Master", action, ignore_missing=True, force=True)
