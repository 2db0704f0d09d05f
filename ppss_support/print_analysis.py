"""The analytical report on paper: figures of the period, analysis, recommendations (RP12, ALM-5.9, ALM-6, OVR-F4)."""

from frappe import _, parse_json
from frappe.utils import getdate

from ppss_support.print_work import ActivityView
from ppss_support.reporting import analytical


class AnalyticalView(ActivityView):
	"""The report of a quarter, half-year or year, with the figures of the day it was recorded."""

	TITLE = "Analytical report on the work of the service"

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Period"), self.term(doc.report_period)),
			(_("Dates"), f"{self.day(doc.period_from)} – {self.day(doc.period_to)}"),
			(_("Reporting Form Approved by"), doc.form_approved_by),
			(_("Addressee"), doc.addressee),
			(_("Disciplines Involved"), self.terms(doc.disciplines_involved)),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def sections(self) -> list[tuple[str, list[tuple[str, int]]]]:
		"""Return the figures by section; those of a draft are of today."""
		doc = self.doc
		if doc.figures:
			found = parse_json(doc.figures)
		elif doc.period_from and doc.period_to:
			found = analytical.figures([doc.organisation], getdate(doc.period_from), getdate(doc.period_to))
		else:
			found = {}
		return [
			(_(name), [(self.worded(code), count) for code, count in counts.items()])
			for name, counts in found.items()
			if counts
		]

	def worded(self, code: str) -> str:
		label = self.term(code)
		return _(code) if label == code else label[:1].upper() + label[1:]

	@property
	def texts(self) -> list[tuple[str, str]]:
		return [(_("Analysis"), self.doc.result or ""), (_("Recommendations"), self.doc.recommendation or "")]

	@property
	def author(self):
		return self.person(self.doc.provider)
