"""A journal of the psychological service over all its volumes of the year, as its reader may read it (OVR-F6, ALM-5.8)."""

from ppss_support.print_helpers import paper_language
from ppss_support.regulation import journals as rules
from ppss_support.reporting import journal_rows
from ppss_support.reporting.frame import Frame, column, frame_of

# Pixels of the screen for a percent of the sheet.
SCALE = 14


def execute(filters=None):
	frame = frame_of(filters)
	journal = frame.chosen.journal or rules.JOURNALS[0]
	return columns(journal), rows(frame, journal)


def columns(journal: str) -> list[dict]:
	number, *others = journal_rows.columns(journal)
	opens = {"doctype_field": "document_type", "by": "document"}
	return [
		column(number[0], number[1], width=number[2] * SCALE, opens=opens),
		*(column(field, head, width=width * SCALE) for field, head, width in others),
	]


def rows(frame: Frame, journal: str) -> list[dict]:
	"""Return the rows of the journal by their numbers, school by school."""
	lines = journal_rows.lines_of(**frame.this_year, journal=journal)
	return [row._asdict() for row in journal_rows.rows_of(lines, paper_language())]
