"""Requests to the service, what was decided on each, and in how many days (KG-3.4, KG-8.1, OVR-J6)."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support.regulation import requests
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening

REQUEST = "PPSS Request"
FIELDS = [
	"name",
	"kind",
	"date",
	"asker_name",
	"to_role",
	"due",
	"decision",
	"within_competence",
	"passed_to",
]
NAMES = ["from_person.full_name as asked_by", "to_person.full_name as asked"]
DATES = ["considered_on", "answered_on", "workflow_state"]


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("name", _("Request"), REQUEST, 170),
		column("date", _("Received on"), "Date", 110),
		column("kind", _("Kind"), width=110),
		column("asker", _("Who Asks"), width=190),
		column("whom", _("Person Asked"), width=190),
		column("due", _("Due on"), "Date", 110),
		column("considered_on", _("Considered on"), "Date", 120),
		column("decision", _("Decision on the Request"), width=240),
		column("competence", _("Within the Competence of the Service"), width=150),
		column("passed_to", _("Passed on to"), width=190),
		column("answered_on", _("Answered on"), "Date", 120),
		column("days", _("Days until the Answer"), "Int", 120),
		column("state", _("State"), width=150),
	]


def rows(frame: Frame) -> list[frappe._dict]:
	"""Return the requests of the year the reader may read; one not answered counts its days until today."""
	found = frappe.get_list(
		REQUEST, frame.this_year, [*FIELDS, *NAMES, *DATES], order_by="date, name", limit=0
	)
	roles = reads.term_labels("Role")
	return [row_of(row, roles) for row in found if frame.keeps(kind=row.kind, state=row.workflow_state)]


def row_of(row: frappe._dict, roles: dict[str, str]) -> frappe._dict:
	settled = getdate(row.answered_on) if row.answered_on else None
	row.days = requests.days_between(getdate(row.date), settled, getdate())
	row.asker = row.asker_name or row.asked_by
	row.whom = row.asked or roles.get(row.to_role, "")
	row.competence, row.kind, row.state = map(label_of, (row.within_competence, row.kind, row.workflow_state))
	return row
