"""RP12: what the service did in a quarter, half-year or year, by direction, kind of work, audience and form."""

from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.print_helpers import paper_language, term_label
from ppss_support.regulation import reports
from ppss_support.reporting import analytical
from ppss_support.reporting.frame import Frame, column, frame_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("section", _("Section"), width=200),
		column("item", _("Item"), width=420),
		column("count", _("Number of measures"), "Int", 160),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the figures of the period, the latest begun where only its kind is chosen (ALM-5.9, OVR-F4)."""
	found = analytical.figures(frame.schools, *days(frame))
	lang = paper_language()
	return forms(frame) + [
		{"section": _(section), "item": worded(code, lang), "code": code, "count": count}
		for section, counts in found.items()
		for code, count in counts.items()
	]


def forms(frame: Frame) -> list[dict]:
	"""Return which education body approved the form, where the act wants it named, so that it leaves with the figures (ALM-6)."""
	bodies = {
		school: facts.authorised_body(school, settings.regulation_profile)
		for school, settings in frame.schools.items()
	}
	return [
		{"section": _("Reporting Form Approved by"), "item": body, "code": "", "school": school}
		for school, body in bodies.items()
		if body
	]


def days(frame: Frame):
	if not frame.chosen.report_period:
		return frame.first, frame.last
	calendar = facts.quarters_of(frame.year), facts.school_year_dates(frame.year)
	day = min(getdate(frame.chosen.from_date or getdate()), frame.last)
	return reports.period_around(frame.chosen.report_period, day, *calendar) or (frame.first, frame.last)


def worded(code: str, lang: str) -> str:
	label = term_label(code, lang)
	return _(code) if label == code else label
