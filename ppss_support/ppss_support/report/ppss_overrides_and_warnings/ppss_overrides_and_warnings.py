"""RP16: warnings shown, rules decided against and settings changed: what, by whom, when and why (requirements 0.5)."""

from frappe import _

from ppss_support import registers
from ppss_support.reporting.frame import Frame, column, frame_of, label_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("at", _("When"), "Datetime", 160),
		column("kind_label", _("Kind"), width=150),
		column("rule", _("Rule"), width=70),
		column("clause", _("Clause"), width=130),
		column("message", _("Message"), width=420),
		column("person", _("Who"), width=190),
		column("position", _("Position"), width=170),
		column("reason", _("Reason"), width=240),
		column("paper", _("Paper"), width=180),
		column(
			"document", _("Number"), width=180, opens={"doctype_field": "document_type", "by": "document"}
		),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the register of the schools within the days of the frame, the latest first."""
	asked = {"kind": frame.chosen.kind, "rule": frame.chosen.rule}
	found = registers.overrides({**asked, "from_date": frame.first, "to_date": frame.last})
	return [
		{**row, "kind_label": label_of(row.kind), "paper": label_of(row.document_type)}
		for row in found
		if row.organisation in frame.schools
	]
