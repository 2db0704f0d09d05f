"""The help of a form: the clauses behind a paper, its steps with those who take them, and the guide of the reader's role."""

import re
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import md_to_html

from ppss_support import facts, worklist
from ppss_support.constants import roles
from ppss_support.regulation.worklist import cited

GUIDES = Path(__file__).parents[1] / "docs" / "guide"
# Pictures lie beside the guide in the sources, and are not sent to the Desk.
PICTURE = re.compile(r"^!\[.*\n?", re.MULTILINE)


@frappe.whitelist()
def about(doctype: str) -> dict:
	"""Return {"clauses", "steps", "guides"} of a DocType of ours: texts, rows of the workflow, and roles with a guide.

	Raises PermissionError where the user may not read such papers.
	"""
	if not frappe.has_permission(doctype):
		raise frappe.PermissionError
	profile = facts.profile_of(facts.organisation_of_user())
	return {
		"clauses": [worklist.citation_text(one) for one in cited(doctype, profile)],
		"steps": steps_of(doctype),
		"guides": [{"role": role, "label": _(role)} for role in own_guides()],
	}


def steps_of(doctype: str) -> list[dict]:
	workflow = frappe.get_meta(doctype).get_workflow()
	rows: dict[tuple, list[str]] = {}
	for t in frappe.get_cached_doc("Workflow", workflow).transitions if workflow else ():
		rows.setdefault((t.state, t.action, t.next_state), []).append(_(t.allowed))
	return [
		{"state": _(state), "action": _(action), "next_state": _(next_state), "who": ", ".join(who)}
		for (state, action, next_state), who in rows.items()
	]


@frappe.whitelist()
def guide(role: str) -> str:
	"""Return the guide of a role as HTML, Kazakh or else Russian. DoesNotExistError: no such role, or no guide here."""
	path = guide_of(role) if role in roles.ALL else None
	if not path or not path.exists():
		raise frappe.DoesNotExistError
	return md_to_html(PICTURE.sub("", path.read_text(encoding="utf-8")))


def own_guides() -> list[str]:
	"""Return the user's roles that have a guide; the administrator reads them all."""
	own = set(frappe.get_roles())
	return [role for role in roles.ALL if ({role, "System Manager"} & own) and guide_of(role).exists()]


def guide_of(role: str) -> Path:
	language = "kk" if frappe.local.lang == "kk" else "ru"
	return GUIDES / f"{frappe.scrub(role.removeprefix('PPSS ')).replace('_', '-')}.{language}.md"
