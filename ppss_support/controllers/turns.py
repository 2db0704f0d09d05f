"""Whose turn it is with a paper: the framework's Workflow Action, one row by roles.

The framework writes that row too, but only after it has asked every user of these roles, on the whole site, for
rights to the paper. With the row in place it does not ask, so a step costs the same for one school and for a city.
"""

import frappe
from frappe.model.workflow import is_transition_condition_satisfied


def pass_on(paper):
	"""Close the turn of those who acted and list the paper for the roles of the next steps."""
	if not paper.WAITS_FOR_OTHERS:
		return note_nobody_waits(paper)
	open_turns = {"reference_doctype": paper.doctype, "reference_name": paper.name, "status": "Open"}
	frappe.db.set_value(
		"Workflow Action", open_turns, {"status": "Completed", "completed_by": frappe.session.user}
	)
	roles = {
		t.allowed
		for t in paper.workflow.transitions
		if t.state == paper.workflow_state and is_transition_condition_satisfied(t, paper)
	}
	if roles:
		write_turn(paper, sorted(roles))


def note_nobody_waits(paper):
	"""An entry of one's own is nobody's turn: a closed row keeps the framework from listing it for a whole role."""
	row = {"reference_doctype": paper.doctype, "reference_name": paper.name}
	state = {"workflow_state": paper.workflow_state, "status": "Completed"}
	# The framework's own list: nobody has a right to write there, nor has the framework when it does so itself.
	frappe.get_doc({"doctype": "Workflow Action", **row, **state}).insert(ignore_permissions=True)


def write_turn(paper, roles: list[str]):
	"""Insert the row as the framework would, its roles in one statement."""
	turn = frappe.new_doc("Workflow Action")
	turn.update({"reference_doctype": paper.doctype, "reference_name": paper.name, "status": "Open"})
	turn.workflow_state = paper.workflow_state
	turn.extend("permitted_roles", [{"role": role} for role in roles])
	turn.set_user_and_timestamp()
	turn.set_new_name()
	turn.set_parent_in_children()
	turn.db_insert()
	rows = [row.get_valid_dict() for row in turn.permitted_roles]
	columns = list(rows[0])
	frappe.db.bulk_insert("Workflow Action Permitted Role", columns, [list(row.values()) for row in rows])
