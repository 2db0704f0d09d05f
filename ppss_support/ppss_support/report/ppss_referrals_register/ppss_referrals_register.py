"""RP10: referrals to the Psychological Support Centre and its answers (KZ92-15.1, KZ92-15.2)."""

import frappe
from frappe import _
from frappe.utils import cint

from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening

REFERRAL = "PPSS Referral"
FIELDS = ["name", "number", "date", "subject", "learner", "learner_name", "representative"]
NAMES = ["representative.full_name as representative_name", "sent_by.full_name as sender", "centre"]
DATES = ["sent_on", "answered_on", "result_date", "workflow_state"]


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("title", _("Referral"), REFERRAL, 170),
		column("date", _("Date"), "Date", 110),
		column("subject", _("Who is Referred"), width=170),
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("representative_name", _("Representative"), width=190),
		column("centre", _("Support Centre"), width=230),
		column("sender", _("Sent by"), width=180),
		column("sent_on", _("Sent on"), "Date", 110),
		column("answered_on", _("Answered on"), "Date", 120),
		column("result_date", _("Result of"), "Date", 110),
		column("state", _("State"), width=170),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the referrals of the year in the order of their numbers, those without a number last."""
	wanted = {**frame.this_year, "docstatus": ("<", 2)}
	found = frappe.get_all(REFERRAL, wanted, [*FIELDS, *NAMES, *DATES])
	kept = [row_of(row) for row in found if frame.keeps(state=row.workflow_state, centre=row.centre)]
	return sorted(kept, key=lambda row: (not row.number, cint(row.number), row.name))


def row_of(row: frappe._dict) -> frappe._dict:
	row.title = row.number or row.name
	row.subject = label_of(row.subject)
	row.state = _(row.workflow_state)
	return row
