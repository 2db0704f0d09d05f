from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.controllers.remarks import judge, write_down
from ppss_support.regulation import school_years
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.school_years import Span


class PPSSSchoolYear(Document):
	"""A school year and its quarters, one calendar for all organisations of the site (KZ92-20, KZ92-14.2.6b)."""

	def validate(self):
		self.check_year()
		self.check_quarters()
		self.check_days_off()
		judge(self, self.only_year_of_its_days() + self.four_quarters() + self.papers_stay_inside())

	def on_update(self):
		write_down(self)

	@property
	def days(self) -> Span:
		return Span(getdate(self.from_date), getdate(self.to_date))

	@property
	def quarter_days(self) -> dict[int, Span]:
		return {row.quarter: Span(getdate(row.from_date), getdate(row.to_date)) for row in self.quarters}

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

	def only_year_of_its_days(self) -> list[Finding]:
		others = facts.school_years_between(self.days.first, self.days.last, besides=self.name)
		return school_years.one_year_a_day(others)

	def four_quarters(self) -> list[Finding]:
		return school_years.four_quarters(row.quarter for row in self.quarters)

	def papers_stay_inside(self) -> list[Finding]:
		"""Asked when days change: what was outside before, as under an older calendar, is not held against the year."""
		before = self.get_doc_before_save()
		if not before or (self.days, self.quarter_days) == (before.days, before.quarter_days):
			return []
		inside = [
			paper
			for paper in facts.standing_in_year(self.name)
			if school_years.stays_inside(paper, before.days, before.quarter_days)
		]
		return school_years.papers_stay_inside(inside, self.days, self.quarter_days)
