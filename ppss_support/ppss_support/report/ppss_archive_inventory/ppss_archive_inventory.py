"""PF19: what entered the archive in the year, one line a paper, by case (KZ92-14.1.2c)."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support.archive import events, register
from ppss_support.permissions import papers_withheld
from ppss_support.reporting.frame import Frame, column, frame_of, opening

FIELDS = ["document_type", "document", "print_format", "language", "version", "pages", "decided_at", "sha256"]
KEEPING = ["case_index.case_number", "case_index.title as case_title", "retention", "legal_hold"]


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("line", "№", "Int", 60),
		column("case_number", _("Case Index"), width=100),
		column("case_title", _("Title of the Case"), width=220),
		column("title", _("Document"), width=240),
		column(
			"document", _("Number"), width=190, opens={"doctype_field": "document_type", "by": "document"}
		),
		column("day", _("Date"), "Date", 110),
		column("version", _("Version"), "Int", 110),
		column("pages", _("Pages"), "Int", 120),
		column("archive_index", _("Archive Index"), width=130),
		column("retention", _("Retention Period"), width=150),
		opening("entry", _("Row of the Register"), register.DOCTYPE, 120, by="name"),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the latest frozen version of each paper, in its own language; without a case they come last."""
	register.check_reader()
	found = frappe.get_all(
		register.DOCTYPE,
		{
			**frame.here,
			"event": events.FROZEN,
			"document_type": ("not in", [*papers_withheld(frappe.session.user), ""]),
			"decided_at": ("between", (frame.first, frame.last)),
			**({"case_index": frame.chosen.case_index} if frame.chosen.case_index else {}),
		},
		["name", "number as entry", *FIELDS, *KEEPING],
		order_by="version desc, number",
	)
	papers = {}
	for row in found:
		papers.setdefault((row.document_type, row.document), row)
	indexes = archive_indexes(frame)
	lines = sorted(papers.values(), key=lambda row: (not row.case_number, row.case_number or "", row.entry))
	return [line_of(row, number, indexes) for number, row in enumerate(lines, 1)]


def line_of(row, number: int, indexes: dict) -> dict:
	index = indexes.get((row.document_type, row.document))
	return {
		**row,
		"line": number,
		"title": _(row.print_format),
		"day": getdate(row.decided_at),
		"archive_index": index,
	}


def archive_indexes(frame: Frame) -> dict[tuple[str, str], str]:
	"""Return where the signed sheet lies, by the last scan of each paper."""
	scans = {**frame.here, "event": events.SCANNED, "archive_index": ("is", "set")}
	found = frappe.get_all(
		register.DOCTYPE, scans, ["document_type", "document", "archive_index"], order_by="number"
	)
	return {(row.document_type, row.document): row.archive_index for row in found}
