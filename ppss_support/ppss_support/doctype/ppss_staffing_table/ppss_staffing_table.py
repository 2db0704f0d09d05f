from frappe.utils import add_days, add_years, getdate

from ppss_support import facts, staffing_facts
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import staffing
from ppss_support.regulation.editions import Validity
from ppss_support.regulation.finding import Finding, Label
from ppss_support.reporting import gap


class PPSSStaffingTable(Paper):
	"""How many units of each position an organisation has between two days (KZ92-4.5, ALM-4)."""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RETURN = (states.WITH_HEAD, states.RETURNED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("only_table", "what_is_held_fits")),
		APPROVE: ("only_table", "what_is_held_fits"),
	}
	EFFECTS = {APPROVE: ("supersede_earlier",)}
	REASONS = frozenset({RETURN})
	STEP_FIELDS = {states.WITH_HEAD: frozenset({"number"})}
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def set_defaults(self):
		super().set_defaults()
		first = facts.school_year_dates(self.school_year)[0] if self.school_year else getdate()
		self.from_date = self.from_date or first
		self.to_date = self.to_date or add_days(add_years(getdate(self.from_date), 1), -1)

	def paper_date(self):
		return getdate(self.from_date)

	def complete(self):
		super().complete()
		self.total_units = float(sum(staffing.units_of(row.units) for row in self.rows))

	def check_always(self) -> list[Finding]:
		if self.docstatus != 0:
			return []
		step = staffing_facts.unit_step(self.regulation_profile, self.paper_date())
		found = [f for row in self.rows for f in staffing.in_steps(staffing.units_of(row.units), step)]
		if getdate(self.to_date) < getdate(self.from_date):
			found.append(Finding.of("A34", Label("Valid to"), Label("Valid from")))
		return found

	@property
	def days(self) -> Validity:
		return staffing_facts.days_of(self)

	def onload(self):
		super().onload()
		if not self.is_new():
			self.set_onload("gap", gap.of_table(self))

	# ---- guards

	def only_table(self) -> list[Finding]:
		others = staffing_facts.tables(self.organisation, besides=(self.name, self.supersedes))
		return staffing.one_table_a_day(self.days, others.items())

	def what_is_held_fits(self) -> list[Finding]:
		given: dict[str, list[staffing.Part]] = {}
		for row in self.rows:
			given.setdefault(row.position, []).append(staffing.Part(staffing.units_of(row.units), self.days))
		holdings: dict[str, list[staffing.Part]] = {}
		for row in staffing_facts.held(self.organisation):
			holdings.setdefault(row.position, []).append(row.part)
		titles = staffing_facts.titles(list(holdings))
		return [
			finding
			for position, parts in sorted(holdings.items())
			for finding in staffing.within_ceiling(
				titles[position], parts, given.get(position, []), [self.days]
			)
		]

	# ---- effects

	def supersede_earlier(self):
		"""The earlier table holds until the day before; what it gave on its own days stays on record."""
		if self.supersedes not in staffing_facts.tables(self.organisation):
			return
		earlier = facts.paper(self.doctype, self.supersedes)
		last = add_days(getdate(self.from_date), -1)
		if last < getdate(earlier.to_date):
			earlier.db_set("to_date", last)
		earlier.advance(states.SUPERSEDED, self.name)
