"""Loads the workflows from their files; a rival active workflow of our papers is switched off, not deleted."""

import json
from pathlib import Path

import frappe

FOLDER = Path(__file__).parents[1] / "ppss_support" / "workflow"


def definitions() -> list[dict]:
	"""Return every workflow of the app as its file says."""
	return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*/*.json"))]


def load():
	for definition in definitions():
		add_masters(definition)
		deactivate_rivals(definition)
		write(definition)


def add_masters(definition: dict):
	"""States and actions must exist before the workflow: fixtures come later than the first load."""
	for state in definition["states"]:
		add_master("Workflow State", "workflow_state_name", state["state"])
	for row in definition["transitions"]:
		add_master("Workflow Action Master", "workflow_action_name", row["action"])
		# Roles of staff come with the DocTypes; the one of parents has a right to none and opens no Desk.
		add_master("Role", "role_name", row["allowed"], desk_access=0)


def add_master(doctype: str, field: str, name: str, **values):
	if not frappe.db.exists(doctype, name):
		# Setup runs whoever migrates.
		frappe.get_doc({"doctype": doctype, field: name, **values}).insert(ignore_permissions=True)


def deactivate_rivals(definition: dict):
	rivals = {
		"document_type": definition["document_type"],
		"name": ("!=", definition["name"]),
		"is_active": 1,
	}
	for name in frappe.get_all("Workflow", rivals, pluck="name"):
		frappe.db.set_value("Workflow", name, "is_active", 0)


def write(definition: dict):
	if frappe.db.exists("Workflow", definition["name"]):
		workflow = frappe.get_doc("Workflow", definition["name"])
		workflow.set("states", [])
		workflow.set("transitions", [])
		workflow.update({k: v for k, v in definition.items() if k not in ("doctype", "name")})
		# Setup runs whoever migrates.
		workflow.save(ignore_permissions=True)
	else:
		# Setup runs whoever migrates.
		frappe.get_doc(definition).insert(ignore_permissions=True)
