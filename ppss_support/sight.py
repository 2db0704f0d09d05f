"""Rows of the framework's own that name our papers or people: seen by those who read the paper, or work at the school.

The framework shows tags with the titles of what they hang on, followers, open steps and logins to everybody who has
logged in.
"""

import frappe

from ppss_support.attachments import OURS, rows_seen

# The fields that name the paper.
NAMED_BY = {
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Tag Link": ("document_type", "document_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
}


def document_follow_query(user=None) -> str:
	return rows_of("Document Follow", user)


def energy_point_query(user=None) -> str:
	return rows_of("Energy Point Log", user)


def tag_link_query(user=None) -> str:
	return rows_of("Tag Link", user)


def workflow_action_query(user=None) -> str:
	return rows_of("Workflow Action", user)


def rows_of(doctype: str, user: str | None) -> str:
	"""Return the SQL condition for lists: rows about papers the user reads, and those about none of ours."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	field = NAMED_BY[doctype][0]
	kind, name = (f"`tab{doctype}`.`{column}`" for column in NAMED_BY[doctype])
	kinds = frappe.get_all(doctype, {field: ("like", f"{OURS}%")}, pluck=field, distinct=True)
	seen = [
		f"({kind} = {frappe.db.escape(one)} and {name} in ({rows}))"
		for one in kinds
		if (rows := rows_seen(one, user))
	]
	return "(" + " or ".join([f"ifnull({kind}, '') not like '{OURS}%%'", *seen]) + ")"


def has_permission(doc, ptype=None, user=None) -> bool | None:
	paper, name = (str(doc.get(field) or "") for field in NAMED_BY[doc.doctype])
	if not paper.startswith(OURS):
		return None
	there = frappe.db.exists(paper, name) and frappe.has_permission(paper, "read", name, user=user)
	return None if there else False


def user_query(user=None) -> str:
	"""Logins are offered to choose from: neither the staff of other schools nor parents."""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return ""
	staff = "from `tabPPSS Specialist` s where ifnull(s.user, '') != ''"
	own = f"select o.organisation from `tabPPSS Specialist` o where o.user = {frappe.db.escape(user)}"
	elsewhere = f"select s.user {staff} and s.organisation not in ({own})"
	parents = (
		"select r.user from `tabPPSS Representative` r"
		f" where ifnull(r.user, '') != '' and r.user not in (select s.user {staff})"
	)
	return f"(`tabUser`.`name` not in ({elsewhere}) and `tabUser`.`name` not in ({parents}))"
