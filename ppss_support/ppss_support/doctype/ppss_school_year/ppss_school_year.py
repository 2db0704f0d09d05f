from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding, Label


class PPSSSchoolYear(Document):
	"""A school year and its quarters (KZ92-20, KZ92-14.2.6b)."""

	def validate(self):
		self.check_year()
		self.check_quarters()
		self.check_days_off()

	def check_year(self):
		if getdate(self.to_date) <= getdate(self.from_date):
			answer([Finding.of("A05", Label("Last Day"), Label("First Day"))])

	def check_quarters(self):
		"""Quarters lie inside the year, one after another."""
		end = None
		for row in sorted(self.quarters, key=lambda q: q.quarter):
			first, last = getdate(row.from_date), getdate(row.to_date)
			inside = getdate(self.from_date) <= first <= last <= getdate(self.to_date)
			if not inside or (end and first <= end):
				answer(
					[Finding.of("A07", row.quarter, Label("outside the school year or over another quarter"))]
				)
			end = last

	def check_days_off(self):
		"""Days off lie inside the year; a single day is one row."""
		for row in self.days_off:
			first, last = getdate(row.from_date), getdate(row.to_date)
			if not getdate(self.from_date) <= first <= last <= getdate(self.to_date):
				answer([Finding.of("A35", first, last)])
