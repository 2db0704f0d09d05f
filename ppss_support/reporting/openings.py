"""Who looked at the papers of children: forms opened, papers printed, files downloaded, reports exported."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import frappe

from ppss_support.regulation.finding import Label

LEARNER, LOG = "PPSS Learner", "Access Log"
OPENED, PRINTED = Label("Opened"), Label("Printed")
DOWNLOADED, EXPORTED = Label("Downloaded"), Label("Exported")
SEEN = ["viewed_by as user", "reference_doctype as doctype", "reference_name as name", "ppss_ip as address"]
TAKEN = ["user", "export_from as doctype", "reference_document as name", "filters", "ppss_ip as address"]
REPORT = ["user", "report_name", "filters", "ppss_ip as address"]


def openings(first: date, last: date) -> list[frappe._dict]:
	"""Return what was opened, printed, downloaded or exported on these days, the latest first (KZ92-5.5).

	A row has: at, user, address, deed, doctype and name of the paper; of an export no name but the filters, of a
	report report_name.
	"""
	days = {"creation": ("between", (first, last))}
	papers = papers_of_children()
	ours = {"export_from": ("in", papers)}
	rows = [
		*noted(OPENED, "View Log", {**days, "reference_doctype": ("in", papers)}, SEEN),
		*noted(PRINTED, LOG, {**days, **ours, "reference_document": ("is", "set")}, TAKEN),
		*noted(EXPORTED, LOG, {**days, **ours, "reference_document": ("is", "not set")}, TAKEN),
		*noted(EXPORTED, LOG, {**days, "report_name": ("like", "PPSS %")}, REPORT),
		*attachments(noted(DOWNLOADED, LOG, {**days, "export_from": "File"}, TAKEN), papers),
	]
	return sorted(rows, key=lambda row: row.at, reverse=True)


def noted(deed: str, doctype: str, filters: dict, fields: list[str]) -> list[frappe._dict]:
	rows = frappe.get_all(doctype, filters, ["creation as at", *fields])
	return [row.update({"deed": deed}) for row in rows]


def attachments(rows: list[frappe._dict], papers: list[str]) -> list[frappe._dict]:
	"""Name the paper each downloaded file hangs on; files of other papers are left out."""
	files = {"name": ("in", [row.name for row in rows]), "attached_to_doctype": ("in", papers)}
	fields = ["name", "attached_to_doctype", "attached_to_name"]
	hangs_on = {name: paper for name, *paper in frappe.get_all("File", files, fields, as_list=True)}
	ours = [row for row in rows if row.name in hangs_on]
	return [row.update(zip(("doctype", "name"), hangs_on[row.name], strict=True)) for row in ours]


def papers_of_children() -> list[str]:
	"""Return the DocTypes whose openings are noted."""
	return frappe.get_all("DocType", {"module": "PPSS Support", "track_views": 1}, pluck="name")


def children_of(rows: Iterable[frappe._dict]) -> dict[tuple[str, str], set[str]]:
	"""Return the learners each paper is about, in a number of statements that depends on the kinds of paper alone."""
	names = defaultdict(set)
	for row in rows:
		names[row.doctype].add(row.name)
	found = defaultdict(set)
	for doctype, own in names.items():
		for name, learner in children_in(doctype, list(own)):
			found[doctype, name].add(learner)
	return found


def children_in(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""Return (paper, learner) by the field of the paper and by the rows of its tables."""
	if doctype == LEARNER:
		return [(name, name) for name in names]
	meta, found = frappe.get_meta(doctype), []
	if meta.has_field("learner"):
		own = {"name": ("in", names), "learner": ("is", "set")}
		found += frappe.get_all(doctype, own, ["name", "learner"], as_list=True)
	for table in meta.get_table_fields():
		if frappe.get_meta(table.options).has_field("learner"):
			own = {"parent": ("in", names), "parenttype": doctype, "learner": ("is", "set")}
			found += frappe.get_all(table.options, own, ["parent", "learner"], as_list=True)
	return found


def schools_of(rows: Iterable[frappe._dict]) -> dict[tuple[str, str], str]:
	"""Return the organisation of each paper that is still there."""
	names = defaultdict(set)
	for row in rows:
		names[row.doctype].add(row.name)
	return {
		(doctype, name): organisation
		for doctype, own in names.items()
		for name, organisation in frappe.get_all(
			doctype, {"name": ("in", list(own))}, ["name", "organisation"], as_list=True
		)
	}
