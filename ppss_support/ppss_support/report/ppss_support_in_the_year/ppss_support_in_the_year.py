"""RP15: all papers of one learner in a school year, or in all years, in the order of time (KZ92-6.1, KZ92-7.2, KZ92-14.0)."""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of


class Source(NamedTuple):
	"""A kind of paper: which fields date it, what tells it apart, and the table that names the learner."""

	doctype: str
	days: tuple[str, ...]
	detail: str = ""
	table: str = ""


SOURCES = (
	Source("PPSS Support Case", ("opened_on",)),
	Source("PPSS Consent", ("date_signed", "refused_on")),
	Source("PPSS PMPC Recommendation", ("date",), "number"),
	Source("PPSS Needs Assessment", ("start_date",)),
	Source("PPSS Assessment Part", ("completed_on",), "part"),
	Source("PPSS Learner List", ("date",), "number", "PPSS Learner List Row"),
	Source("PPSS Programme", ("period_from",), "kind"),
	Source("PPSS Session Group", ("valid_from",), "title", "PPSS Group Member"),
	Source("PPSS Session", ("date",), "form", "PPSS Attendance"),
	Source("PPSS Assistant Assignment", ("from_date",), "quarter"),
	Source("PPSS Meeting", ("date",), "number", "PPSS Meeting Decision"),
	Source("PPSS Referral", ("date", "sent_on"), "number"),
	Source("PPSS Activity", ("date",), "kind"),
	Source("PPSS Activity", ("date",), "kind", "PPSS Participant"),
	Source("PPSS Request", ("date",), "kind"),
	Source("PPSS Service Paper", ("date",), "kind"),
	Source("PPSS Provision", ("issued_on",), "code"),
)
DETAILS = (
	"Session Form",
	"Activity Kind",
	"Document",
	"Special Condition",
	"Content",
	"Material",
	"Accessibility",
)


def execute(filters=None):
	frame = frame_of(filters)
	if not frame.chosen.learner:
		return columns(), [], _("Choose the learner.")
	return columns(), rows(frame)


def columns() -> list[dict]:
	return [
		column("day", _("Date"), "Date", 110),
		column("paper", _("Paper"), width=260),
		column("detail", _("Detail"), width=200),
		column("state", _("State"), width=170),
		column("name", _("Number"), width=190, opens={"doctype_field": "doctype", "by": "name"}),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return what the reader may see: a kind without the right is left out, rows are the reader's own."""
	labels = reads.term_labels(*DETAILS)
	found = {
		(source.doctype, row.name): row_of(source, row, labels)
		for source in SOURCES
		if frappe.has_permission(source.doctype, "read")
		for row in papers(source, frame)
	}
	dated = [row for row in found.values() if frame.chosen.all_years or row["day"] <= frame.last]
	return sorted(dated, key=lambda row: (row["day"], row["paper"], row["name"]))


def papers(source: Source, frame: Frame) -> list[frappe._dict]:
	meta = frappe.get_meta(source.doctype)
	own = [f for f in ("workflow_state", "status", source.detail) if f and meta.has_field(f)]
	filters = [[source.table or source.doctype, "learner", "=", frame.chosen.learner]]
	filters += [[source.doctype, field, *rule] for field, rule in within(frame, meta).items()]
	fields = ["name", "creation", *source.days, *own]
	return frappe.get_list(source.doctype, filters, fields, distinct=True, limit=0)


def within(frame: Frame, meta) -> dict[str, tuple]:
	"""Return the rules that keep a kind to the schools and, where it belongs to one, to the school year."""
	rules = {"organisation": ("in", list(frame.schools))}
	if meta.has_field("school_year") and not frame.chosen.all_years:
		rules["school_year"] = ("=", frame.year)
	if meta.is_submittable:
		rules["docstatus"] = ("<", 2)
	return rules


def row_of(source: Source, row: frappe._dict, labels: dict[str, str]) -> dict:
	day = next((row[field] for field in source.days if row[field]), row.creation)
	detail = row.get(source.detail) if source.detail else None
	return {
		"day": getdate(day),
		"doctype": source.doctype,
		"paper": _(source.doctype),
		"detail": labels.get(detail) or (label_of(detail) if isinstance(detail, str) else detail),
		"state": label_of(row.get("workflow_state") or row.get("status")),
		"name": row.name,
	}
