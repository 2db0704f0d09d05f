"""RP14: children with limited abilities who took part in no leisure or extracurricular event (KZ92-14.2.2d)."""

from frappe import _

from ppss_support.reporting.frame import Frame, column, frame_of, opening
from ppss_support.reporting.ledger import Ledger
from ppss_support.reporting.participation import quarter_of, without_participation


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("learner_name", _("Learner"), "PPSS Learner", 240, by="learner"),
		column("class_title", _("Class"), width=90),
		column("quarter", _("Quarter"), "Int", 100),
		column("from_date", _("From Date"), "Date", 120),
		column("to_date", _("To Date"), "Date", 120),
		column("last", _("Last Took Part on"), "Date", 160),
		column("responsible", _("Responsible"), width=220),
	]


def rows(frame: Frame) -> list[dict]:
	ledger, quarter = Ledger(frame), quarter_of(frame)
	if not quarter:
		return []
	responsible = {case.learner: case.responsible for case in ledger.cases}
	found = []
	for learner, last in without_participation(ledger, quarter):
		person = ledger.staff.get(responsible.get(learner))
		found.append(
			{
				"learner": learner,
				"learner_name": ledger.name_of(learner),
				"class_title": ledger.pupils[learner].class_title,
				"quarter": quarter.number,
				"from_date": quarter.first,
				"to_date": quarter.last,
				"last": last,
				"responsible": person and person.full_name,
			}
		)
	return found
