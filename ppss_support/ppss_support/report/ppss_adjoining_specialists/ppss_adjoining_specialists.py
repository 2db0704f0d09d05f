"""What came of the work with adjoining specialists and interested bodies, above all on urgent help (ALM-14.3)."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import cint, date_diff

from ppss_support.print_helpers import paper_language, term_label
from ppss_support.regulation import activities
from ppss_support.regulation.finding import Label
from ppss_support.reporting.frame import Frame, column, frame_of, opening

ACTIVITY, PARTNER = "PPSS Activity", "PPSS Partner Organisation"
KINDS = (activities.ADJOINING, activities.APPEAL)
ANSWERED, WAITING = Label("Answered"), Label("Waiting")
FIELDS = ["name", "date", "kind", "detail", "addressee", "partner", "learner", "learner_name", "urgent"]
RESULTS = ["problem", "topic", "answer", "answered_on"]


def execute(filters=None):
	found = rows(frame_of(filters))
	return columns(), found, None, None, summary(found)


def columns() -> list[dict]:
	return [
		opening("name", _("Entry"), ACTIVITY, 150),
		column("date", _("Date"), "Date", 100),
		column("with_whom", _("With Whom"), width=190),
		column("partner_title", _("Partner Organisation"), width=200),
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("question", _("Question"), width=230),
		column("urgent_text", _("Urgent"), width=90),
		column("standing_text", _("State"), width=110),
		column("answered_on", _("Answered on"), "Date", 110),
		column("days", _("Days to the Answer"), "Int", 110),
		column("answer", _("Answer"), width=260),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the entries the reader may read, urgent ones first; one statement for entries, names and terms each."""
	stands = {**frame.here, "docstatus": 1, "kind": ("in", KINDS)}
	stands["date"] = ("between", (frame.first, frame.last))
	if frame.chosen.only_urgent:
		stands["urgent"] = 1
	found = frappe.get_list(ACTIVITY, stands, FIELDS + RESULTS, order_by="urgent desc, date desc", limit=0)
	lang = paper_language()
	labels = {code: term_label(code, lang) for code in {row.detail for row in found if row.detail}}
	named = {"name": ("in", [row.partner for row in found if row.partner] or [""])}
	partners = dict(frappe.get_all(PARTNER, named, ["name", "title"], as_list=True))
	return [row_of(row, labels, partners) for row in found if frame.keeps(standing=standing_of(row))]


def standing_of(row: frappe._dict) -> str:
	return ANSWERED if row.answer or row.answered_on else WAITING


def row_of(row: frappe._dict, labels: dict, partners: dict) -> frappe._dict:
	row.with_whom = row.addressee or labels.get(row.detail)
	row.partner_title = partners.get(row.partner)
	row.question = row.problem or row.topic
	row.urgent_text = _("Yes") if row.urgent else ""
	row.standing = standing_of(row)
	row.standing_text = _(row.standing)
	row.days = date_diff(row.answered_on, row.date) if row.answered_on else None
	return row


def summary(found: Iterable[frappe._dict]) -> list[dict]:
	"""Return the figures of what is shown; days are counted where the day of the answer is known."""
	rows = list(found)
	took = [row.days for row in rows if row.days is not None]
	figures = {
		_("Entries"): len(rows),
		_("Urgent"): sum(cint(row.urgent) for row in rows),
		_("Answered"): sum(row.standing == ANSWERED for row in rows),
		_("Waiting"): sum(row.standing == WAITING for row in rows),
		_("Days to the Answer, on Average"): round(sum(took) / len(took), 1) if took else 0,
	}
	return [{"label": label, "value": value, "datatype": "Float"} for label, value in figures.items()]
