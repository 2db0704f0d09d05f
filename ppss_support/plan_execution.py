"""Planned against held: what the annual plan promises in each direction and what is recorded of it (KZ92-6, KZ92-23.2)."""

from collections.abc import Sequence

import frappe
from frappe.query_builder.functions import Count, Sum

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation.plans import Execution, execution

# Kinds of record that count: each has organisation, school_year and direction, and counts once it is submitted.
SOURCES = ("PPSS Session", "PPSS Activity")


def plan_execution(organisation: str, school_year: str, sources: Sequence[str] = SOURCES) -> list[Execution]:
	"""Return the directions of the organisation's regulation, with planned and held; one statement for each source."""
	directions = facts.directions(facts.profile_of(organisation))
	held = [recorded(doctype, organisation, school_year) for doctype in sources]
	return execution(directions, planned(organisation, school_year), held)


def planned(organisation: str, school_year: str) -> dict[str, int]:
	"""Return how often the plan in force wants work in each direction."""
	plan, row = frappe.qb.DocType("PPSS Annual Plan"), frappe.qb.DocType("PPSS Annual Plan Row")
	rows = (
		frappe.qb.from_(row)
		.join(plan)
		.on(plan.name == row.parent)
		.where((plan.organisation == organisation) & (plan.school_year == school_year))
		.where(plan.workflow_state.isin((states.APPROVED, states.EXECUTED)))
		.groupby(row.direction)
		.select(row.direction, Sum(row.planned_count))
	).run()
	return {direction: int(count) for direction, count in rows}


def recorded(doctype: str, organisation: str, school_year: str) -> dict[str, int]:
	table = frappe.qb.DocType(doctype)
	rows = (
		frappe.qb.from_(table)
		.where((table.organisation == organisation) & (table.school_year == school_year))
		.where(table.docstatus == 1)
		.groupby(table.direction)
		.select(table.direction, Count("*"))
	).run()
	return dict(rows)
