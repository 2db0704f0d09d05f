"""The door of the workflow button: the framework's own, with our refusals in place of its generic ones."""

import frappe
from frappe.model import workflow as framework

from ppss_support.controllers.paper import Paper, refuse_unless_allowed


@frappe.whitelist()
def apply_workflow(doc, action):
	"""Take the step `action` on a document; `transition_reason` of the given document is kept as the reason.

	Raises StepNotAllowed (M04, A02) when the user's roles do not take this step, RuleRefused when a guard refuses.
	"""
	given = frappe.parse_json(doc)
	paper = without_tables(given.get("doctype"), given.get("name"))
	if isinstance(paper, Paper):
		paper.check_permission("read")
		check_action(paper, action)
		frappe.flags.transition_reason = given.get("transition_reason")
	return framework.apply_workflow(doc, action)


def without_tables(doctype: str, name: str):
	"""Return the document without its tables: they cost most of a step, and the framework reads them again anyway."""
	row = frappe.db.get_value(doctype, name, "*", as_dict=True)
	return frappe.get_doc({**row, "doctype": doctype}) if row else frappe.get_doc(doctype, name)


def check_action(paper: Paper, action: str):
	rows = [t for t in paper.workflow.transitions if (t.state, t.action) == (paper.workflow_state, action)]
	if rows:
		step, allowed = (rows[0].state, rows[0].next_state), {t.allowed for t in rows}
		refuse_unless_allowed(step, allowed, paper.get("regulation_profile"))
