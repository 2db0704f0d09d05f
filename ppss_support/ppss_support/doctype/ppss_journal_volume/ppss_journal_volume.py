from frappe.utils import getdate

from ppss_support import facts, journals
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import journals as rules
from ppss_support.regulation.finding import Finding


class PPSSJournalVolume(Paper):
	"""A volume of a journal: opened, its sheets counted and certified by the head, closed (ALM-5.8, OVR-F6).

	Opening it takes in what was recorded in the year and has no number yet; from then on entries come by themselves.
	"""

	CERTIFY = (states.OPEN, states.CERTIFIED)
	CLOSE = (states.CERTIFIED, states.CLOSED)

	GUARDS = {CERTIFY: ("sheets_counted", "seal"), CLOSE: ("put_away",)}
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	@property
	def FEATURE(self) -> str:
		return rules.feature_of(self.kind)

	def complete(self):
		super().complete()
		if self.is_new():
			self.number = facts.next_number("journal-volume", self.organisation, self.school_year, self.kind)

	def after_insert(self):
		journals.take_in_the_year(self)

	def check_always(self) -> list[Finding]:
		if not self.is_new():
			return []
		others = journals.volumes_not_closed(self.organisation, self.school_year, self.kind)
		first, last = facts.school_year_dates(self.school_year)
		return rules.one_volume([one.name for one in others], self.kind) + rules.opened_in_year(
			getdate(self.date), first, last, self.school_year
		)

	# ---- guards

	def sheets_counted(self) -> list[Finding]:
		return rules.sheets_counted(self.sheets)

	def seal(self) -> list[Finding]:
		self.sealed_by, self.sealed_on = facts.specialist_of_user(), getdate()
		return []

	def put_away(self) -> list[Finding]:
		self.closed_on = getdate()
		return []
