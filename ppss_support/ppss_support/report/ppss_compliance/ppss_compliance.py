"""The compliance screen: by clause what is missing, overdue or unsigned, and where it is mended (KZ92-14.1.2c, KZ92-14.2.2a)."""

from collections import Counter

from frappe import _

from ppss_support.reporting import checks
from ppss_support.reporting.compliance import KINDS, Gap, gaps
from ppss_support.reporting.frame import Frame, column, frame_of
from ppss_support.reporting.reads import children

COLOURS = dict(zip(KINDS, ("Red", "Red", "Orange", "Blue", "Grey"), strict=True))


def execute(filters=None):
	frame = frame_of(filters)
	found = rows(frame)
	return columns(), found, None, None, summary(found)


def columns() -> list[dict]:
	mending = {"doctype_field": "doctype", "by": "name", "begins": "values"}
	return [
		column("clause", _("Clause"), width=85),
		column("kind_label", _("Kind"), width=150),
		column("subject", _("Learner or Paper"), width=210),
		column("class_title", _("Class"), width=75),
		column("what", _("What is Wrong"), width=400, opens=mending),
		column("mend", _("Mend"), width=190, opens=mending),
		column("turn", _("Whose Turn"), width=200),
		column("due", _("Due"), "Date", 105),
		column("since", _("Since"), "Date", 105),
	]


def rows(frame: Frame) -> list[dict]:
	pupils = children(frame)
	return [row_of(gap, pupils.get(gap.learner)) for gap in gaps(frame, checks.ALL) if wanted(gap, frame)]


def wanted(gap: Gap, frame: Frame) -> bool:
	"""A clause is asked for by its beginning: 14.2 stands for all of 14.2.1a … 14.2.6c."""
	of_clause = number_of(gap).startswith(frame.chosen.clause or "")
	of_class = gap.learner or not frame.chosen.school_class
	return bool(of_clause and of_class) and frame.keeps(kind=gap.kind, specialist=gap.specialist)


def number_of(gap: Gap) -> str:
	return gap.clause.partition("-")[2]


def row_of(gap: Gap, learner) -> dict:
	return {
		"clause": number_of(gap),
		"kind": gap.kind,
		"kind_label": _(gap.kind),
		"colour": COLOURS[gap.kind].lower(),
		"subject": gap.subject,
		"class_title": learner and learner.class_title,
		"what": gap.what,
		"turn": gap.turn,
		"since": gap.since,
		"due": gap.due,
		"mend": gap.name or _("New: {0}").format(_(gap.doctype)),
		"doctype": gap.doctype,
		"name": gap.name,
		"values": gap.values,
		"learner": gap.learner,
	}


def summary(found: list[dict]) -> list[dict]:
	"""Return how many gaps there are of each kind."""
	counts = Counter(row["kind"] for row in found)
	return [
		{"label": _(kind), "value": counts[kind], "datatype": "Int", "indicator": COLOURS[kind]}
		for kind in KINDS
	]
