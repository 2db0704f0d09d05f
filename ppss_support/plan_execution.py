"""Planned against held: what the annual plan promises in each direction and what is recorded of it (KZ92-6, KZ92-23.2)."""

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation.plans import WHOLE, Execution, Held, PlanRow, execution

# Kinds of record that count, with the field that says what kind of work it is; each counts once it is submitted.
SOURCES = {"PPSS Session": "form", "PPSS Activity": "kind"}


def plan_execution(organisation: str, school_year: str) -> list[Execution]:
	"""Return the directions of the organisation's regulation, with planned and held; one statement for each source."""
	directions = facts.directions(facts.profile_of(organisation))
	held = [one for source in SOURCES for one in recorded(source, organisation, school_year)]
	return execution(directions, planned(organisation, school_year), held)


def planned(organisation: str, school_year: str) -> list[PlanRow]:
	"""Return the rows of the plan in force."""
	plan, row = frappe.qb.DocType("PPSS Annual Plan"), frappe.qb.DocType("PPSS Annual Plan Row")
	rows = (
		frappe.qb.from_(row)
		.join(plan)
		.on(plan.name == row.parent)
		.where((plan.organisation == organisation) & (plan.school_year == school_year))
		.where(plan.plan_kind.isin(WHOLE))
		.where(plan.workflow_state.isin((states.APPROVED, states.EXECUTED)))
		.select(row.direction, row.period_from, row.period_to, row.kind, row.planned_count)
	).run(as_dict=True)
	return [
		PlanRow(
			one.direction,
			getdate(one.period_from),
			getdate(one.period_to),
			kind=one.kind or None,
			count=one.planned_count,
		)
		for one in rows
	]


def recorded(doctype: str, organisation: str, school_year: str) -> list[Held]:
	table = frappe.qb.DocType(doctype)
	kind = table[SOURCES[doctype]]
	rows = (
		frappe.qb.from_(table)
		.where((table.organisation == organisation) & (table.school_year == school_year))
		.where(table.docstatus == 1)
		.groupby(table.direction, kind, table.date)
		.select(table.direction, kind, table.date, Count("*"))
	).run()
	return [Held(direction, sort, getdate(day), count) for direction, sort, day, count in rows]
