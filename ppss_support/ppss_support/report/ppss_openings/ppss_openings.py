"""Who opened, printed, downloaded or exported which papers of which child, and when (KZ92-5.5, KZ92-14.1.4d)."""

import frappe
from frappe import _

from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of
from ppss_support.reporting.openings import children_of, openings, schools_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("at", _("When"), "Datetime", 160),
		column("person", _("Who"), width=250),
		column("deed_label", _("Action"), width=120),
		column("paper", _("Paper"), width=180),
		column("name", _("Number"), width=170, opens={"doctype_field": "doctype", "by": "name"}),
		column("children", _("Children"), width=280),
		column("position", _("Position"), width=260),
		column("filters", _("Filters"), width=260),
		column("address", _("From Where"), width=140),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return what was looked at in the schools within the days of the frame, the latest first."""
	found = openings(frame.first, frame.last)
	papers = [row for row in found if row.name]
	schools, children = schools_of(papers), children_of(papers)
	people = {row.user: row for row in reads.staff(frame).values() if row.user}
	others = users_elsewhere(frame)
	shown = []
	for row in found:
		person = people.get(row.user)
		# An exported report has no paper to tell the school by: it is shown where its user belongs, or to all.
		here = schools.get((row.doctype, row.name)) in frame.schools if row.name else row.user not in others
		own = children[row.doctype, row.name]
		asked = not frame.chosen.learner or frame.chosen.learner in own
		if here and asked and frame.keeps(specialist=person and person.name, deed=row.deed):
			shown.append(row_of(row, person, own))
	return with_names(shown)


def users_elsewhere(frame: Frame) -> set[str]:
	elsewhere = {"organisation": ("not in", list(frame.schools)), "user": ("is", "set")}
	return set(frappe.get_all("PPSS Specialist", elsewhere, pluck="user"))


def row_of(row: frappe._dict, person: frappe._dict | None, children: set[str]) -> dict:
	return {
		"at": row.at,
		"user": row.user,
		"person": person.full_name if person else row.user,
		"position": person and person.position,
		"deed": row.deed,
		"deed_label": _(row.deed),
		"doctype": row.doctype,
		"paper": label_of(row.doctype or row.report_name),
		"name": row.name,
		"learners": sorted(children),
		"filters": row.filters,
		"address": row.address,
	}


def with_names(shown: list[dict]) -> list[dict]:
	"""Name the children of all rows in one statement."""
	wanted = {learner for row in shown for learner in row["learners"]}
	named = dict(
		frappe.get_all("PPSS Learner", {"name": ("in", list(wanted))}, ["name", "full_name"], as_list=True)
	)
	for row in shown:
		row["children"] = ", ".join(named.get(learner, learner) for learner in row["learners"])
	return shown
