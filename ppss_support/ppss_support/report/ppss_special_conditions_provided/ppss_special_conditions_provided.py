"""RP13: conditions required and provided, gaps of accessibility, shortage of equipment.

KZ92-2.1, KZ92-13.4, KZ92-13.5a … KZ92-13.5d, KZ92-13.6, KZ92-18.
"""

from collections import defaultdict
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation.finding import Label
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of
from ppss_support.reporting.ledger import Ledger

ASSESSMENT, PROVISION, ROOM = "PPSS Needs Assessment", "PPSS Provision", "PPSS Room"
PROVIDED, NOT_PROVIDED, NOT_RECORDED = Label("Provided"), Label("Not provided"), Label("Not recorded")
PLANNED, SHORT = Label("Planned"), Label("Shortage")
OF_LEARNER, OF_PLACE, OF_ROOM = Label("Learner"), Label("Building or Place"), Label("Room")
STATE_OF = {"In Place": PROVIDED, "Planned": PLANNED, "Lacking": NOT_PROVIDED}


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("about", _("What It Concerns"), width=170),
		column("subject", _("Learner or Place"), width=220),
		column("class_title", _("Class"), width=80),
		column("item", _("Condition or Thing"), width=330),
		column("description", _("Description"), width=200),
		column("state", _("State"), width=170),
		column("wanted", _("Norm"), "Int", 80),
		column("had", _("Actual Quantity"), "Int", 110),
		column("from_date", _("From Date"), "Date", 110),
		column("to_date", _("To Date"), "Date", 110),
		column("name", _("Number"), width=180, opens={"doctype_field": "doctype", "by": "name"}),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return what is wanted of learners, of buildings and of rooms, those with gaps alone where that is asked."""
	ledger = Ledger(frame)
	provisions = frappe.get_all(
		PROVISION,
		frame.here,
		["name", "organisation", "code", "learner", "place", "status", "planned_date", "description"],
		order_by="place, code",
	)
	labels = reads.term_labels("Special Condition", "Content", "Material", "Accessibility")
	found = list(of_learners(ledger, provisions))
	if not frame.chosen.school_class:
		found += [*of_places(ledger, provisions), *of_rooms(frame)]
	return [
		finished(row, labels)
		for row in found
		if frame.keeps(about=row["about"], condition=row["item"])
		and not (frame.chosen.only_gaps and row["code"] == PROVIDED)
	]


def finished(row: dict, labels: dict[str, str]) -> dict:
	late = row["code"] in (NOT_PROVIDED, NOT_RECORDED, SHORT) and row.get("begun", True)
	item = labels.get(row["item"], row["item"])
	return {**row, "about": _(row["about"]), "item": item, "state": _(row["code"]), "late": late}


# ---- learners


def of_learners(ledger: Ledger, provisions: list) -> Iterator[dict]:
	"""Yield the conditions assessments name, and other things learners are to have, in the order of names."""
	wanted = defaultdict(list)
	for learner, row in conditions_named(ledger):
		wanted[learner].append(row)
	given = defaultdict(list)
	for one in provisions:
		given[one.learner].append(one)
	for learner, pupil in ledger.pupils.items():
		had = {one.code for one in given[learner] if one.status == "In Place"}
		who = {"about": OF_LEARNER, "subject": pupil.full_name, "class_title": pupil.class_title}
		for row in wanted[learner]:
			yield {**who, **condition_row(row, had), "learner": learner}
		named = {row.condition for row in wanted[learner]}
		for one in given[learner]:
			if one.code not in named:
				yield {**who, **provision_row(one), "learner": learner}


def conditions_named(ledger: Ledger) -> Iterator[tuple[str, frappe._dict]]:
	owners = {one.name: one.learner for one in ledger.assessments if one.workflow_state == states.CONCLUDED}
	fields = ["condition", "description", "from_date", "to_date", "provided"]
	for parent, table in reads.rows_of("PPSS Special Condition", list(owners), fields).items():
		for row in table:
			yield owners[parent], row


def condition_row(row: frappe._dict, had: set[str]) -> dict:
	return {
		"item": row.condition,
		"description": row.description,
		"code": PROVIDED if row.provided or row.condition in had else NOT_PROVIDED,
		"begun": not row.from_date or getdate(row.from_date) <= getdate(),
		"from_date": row.from_date,
		"to_date": row.to_date,
		"doctype": ASSESSMENT,
		"name": row.parent,
	}


def provision_row(one: frappe._dict) -> dict:
	return {
		"item": one.code,
		"description": one.description,
		"code": STATE_OF[one.status],
		"to_date": one.planned_date,
		"doctype": PROVISION,
		"name": one.name,
	}


# ---- buildings


def of_places(ledger: Ledger, provisions: list) -> Iterator[dict]:
	"""Yield what is recorded of places, and what the impairments of the learners want and nobody has recorded."""
	known = defaultdict(set)
	for one in provisions:
		if not one.learner:
			known[one.organisation].add(one.code)
			yield {"about": OF_PLACE, "subject": one.place, **provision_row(one)}
	for school, impairments in impairments_of(ledger).items():
		for code in frappe.get_all(
			"PPSS Term",
			{"kind": "Accessibility", "active": 1, "parent_term": ("in", list(impairments))},
			pluck="name",
			order_by="name",
		):
			if code not in known[school]:
				yield {"about": OF_PLACE, "subject": school, "item": code, "code": NOT_RECORDED}


def impairments_of(ledger: Ledger) -> dict[str, set[str]]:
	"""Return the impairments of the learners of each school."""
	found = defaultdict(set)
	for learner, own in facts.assessment_terms(list(ledger.pupils), "impairments").items():
		found[ledger.pupils[learner].organisation] |= own
	return found


# ---- rooms


def of_rooms(frame: Frame) -> Iterator[dict]:
	rooms = dict(frappe.get_all(ROOM, {**frame.here, "active": 1}, ["name", "title"], as_list=True))
	fields = ["item", "norm_qty", "actual_qty", "shortage", "norm_reference"]
	for room, items in reads.rows_of("PPSS Room Item", list(rooms), fields).items():
		for one in items:
			yield {
				"about": OF_ROOM,
				"subject": rooms[room],
				"item": one.item,
				"description": one.norm_reference,
				"code": SHORT if one.shortage else PROVIDED,
				"wanted": one.norm_qty,
				"had": one.actual_qty,
				"doctype": ROOM,
				"name": room,
			}
