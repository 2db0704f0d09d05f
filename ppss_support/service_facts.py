"""What the rules of the service's own papers need to know, read from the site: plain values, no judgement."""

import frappe

from ppss_support.constants import states
from ppss_support.regulation import service_papers


def children_by_reason(organisation: str, school_year: str) -> dict[str, int]:
	"""Return how many children with an open case each reason of the regulation has (KG-1.1b, KG-6.1.2)."""
	open_cases = {"organisation": organisation, "school_year": school_year, "status": "Open"}
	cases = frappe.get_all("PPSS Support Case", open_cases, pluck="name")
	chosen = {"parenttype": "PPSS Support Case", "parentfield": "reasons", "parent": ("in", cases or [""])}
	reasons = frappe.get_all("PPSS Term Item", chosen, pluck="term")
	known = frappe.get_all("PPSS Term", {"kind": "Case Reason", "active": 1}, pluck="name", order_by="name")
	return service_papers.counted(reasons, known)


def kind_and_approval(paper: str) -> tuple[str, bool]:
	"""Return the kind of a paper of the service and whether it stands approved; one completed was, and work is entered late."""
	kind, state = frappe.db.get_value("PPSS Service Paper", paper, ["kind", "workflow_state"])
	return kind, state in (states.APPROVED, states.COMPLETED)
