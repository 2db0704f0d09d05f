"""The number of appointments of today."""

import frappe
from frappe.utils import getdate


@frappe.whitelist()
def count(filters=None) -> int:
	"""Return how many appointments the user may read hold today. A card's filters know no "or", so it asks here.

	`filters` is what the framework sends with every card, and is not used.
	"""
	begun = {"from_date": ("<=", getdate())}
	ended_or_not = {"to_date": ("is", "not set")}, {"to_date": (">=", getdate())}
	return sum(counted({**begun, **ended}) for ended in ended_or_not)


def counted(filters: dict) -> int:
	return len(frappe.get_list("PPSS Appointment", filters, pluck="name", limit=0))
