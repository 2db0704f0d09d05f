"""What a new school does first, in five steps; each is done when what it makes is there (KZ92-4.2, KZ92-20)."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import roles, states

# Who sets a school up, and who sees how far that is.
SHOWN_TO = {roles.HEAD, roles.DEPUTY, roles.REGISTRAR, "System Manager"}


def open_steps() -> list[dict] | None:
	"""Return the steps as {"label", "help", "route", "done"}, None when all are done or the user sets no school up.

	Done is told by what the user may read: whoever works in one school of several sees that school's steps.
	"""
	if not SHOWN_TO & set(frappe.get_roles()):
		return None
	steps = [organisation(), year(), people(), order(), classes()]
	return None if all(step["done"] for step in steps) else steps


def organisation() -> dict:
	text = _("Enter the name of the school, its regulation, and who heads it.")
	return step(_("Organisation"), text, "PPSS Organisation", there("PPSS Organisation"))


def year() -> dict:
	text = _(
		"Enter the school year with its four quarters and days off: the terms of papers are counted by them."
	)
	own = facts.school_year_on(getdate())
	return step(_("School year and quarters"), text, "PPSS School Year", bool(own and facts.quarters_of(own)))


def people() -> dict:
	text = _("Enter the deputy head, the specialists and the class teachers, each with a login and roles.")
	done = len(frappe.get_list("PPSS Specialist", {"active": 1, "user": ("is", "set")}, limit=2)) > 1
	return step(_("People"), text, "PPSS Specialist", done)


def order() -> dict:
	text = _("Write the order creating the service with its composition; the head issues it.")
	done = there("PPSS Support Order", {"workflow_state": states.IN_FORCE})
	return step(_("Order creating the service"), text, "PPSS Support Order", done)


def classes() -> dict:
	text = _("Enter the classes and their children, one by one or from a file.")
	return step(_("Class list"), text, "PPSS Learner", there("PPSS Learner"))


def there(doctype: str, filters: dict | None = None) -> bool:
	"""Tell whether the user reads a row of this kind; whoever reads none is not held up by it."""
	# In no order: a site of many schools is not sorted to find one row.
	return not frappe.has_permission(doctype) or bool(
		frappe.get_list(doctype, filters, order_by=None, limit=1)
	)


def step(label: str, text: str, doctype: str, done: bool) -> dict:
	return {"label": label, "help": text, "route": ["List", doctype], "done": done}
