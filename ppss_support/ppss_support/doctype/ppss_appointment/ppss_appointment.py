import frappe
from frappe.utils import getdate

from ppss_support import facts, staffing_facts
from ppss_support.answers import answer
from ppss_support.controllers.one_at_a_time import OneAtATime
from ppss_support.regulation import staffing
from ppss_support.regulation.finding import Finding, Label


class PPSSAppointment(OneAtATime):
	"""Who holds which part of a position between which days, and by what order (KZ92-4.5, ALM-4)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(self.of_this_organisation() + self.in_order())
		answer(self.within_table() + self.within_person())

	def of_this_organisation(self) -> list[Finding]:
		name, own = frappe.db.get_value("PPSS Specialist", self.specialist, ["full_name", "organisation"])
		return [] if own == self.organisation else [Finding.of("A09", name, own, self.organisation)]

	def in_order(self) -> list[Finding]:
		step = staffing_facts.unit_step(self.profile, getdate(self.from_date))
		found = staffing.in_steps(self.part.units, step)
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			found.append(Finding.of("A34", Label("To Date"), Label("From Date")))
		return found

	def within_table(self) -> list[Finding]:
		tables = staffing_facts.tables(self.organisation)
		given = staffing_facts.ceilings(tables).get(self.position, [])
		others = staffing_facts.held(self.organisation, self.name, position=self.position)
		holdings = [self.part, *(row.part for row in others)]
		title = staffing_facts.titles([self.position]).get(self.position)
		days = list(tables.values())
		return staffing.within_ceiling(title, holdings, given, days) + staffing.under_a_table(
			self.part.days, days
		)

	def within_person(self) -> list[Finding]:
		own = staffing_facts.held(self.organisation, self.name, specialist=self.specialist)
		parts = [row.part for row in own]
		limit = staffing_facts.units_per_person(self.profile, getdate(self.from_date))
		name = facts.full_name("PPSS Specialist", self.specialist)
		return staffing.within_limit(name, [self.part, *parts], limit) + staffing.one_main(
			name, self.part, parts
		)

	@property
	def part(self) -> staffing.Part:
		return staffing_facts.part_of(self)

	@property
	def profile(self) -> str | None:
		return facts.profile_on(self.organisation, getdate(self.from_date))
