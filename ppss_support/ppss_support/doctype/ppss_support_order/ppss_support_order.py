from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers import citations
from ppss_support.controllers.dependants import stage_two_documents
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding

LIQUIDATE = "Liquidate"


class PPSSSupportOrder(Paper):
	"""The head's order creating the service, its composition or its end (KZ92-14.1.1a, KZ92-14.1.1b, KG-1.6)."""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	ISSUE = (states.WITH_HEAD, states.IN_FORCE)
	RETURN = (states.WITH_HEAD, states.RETURNED)
	CANCEL = (states.IN_FORCE, states.CANCELLED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("lawful_composition", "basis_in_force")),
		ISSUE: ("numbered_and_dated", "only_order_in_force", "lawful_composition", "basis_in_force"),
		CANCEL: ("nothing_depends",),
	}
	EFFECTS = {ISSUE: ("supersede_earlier",)}
	REASONS = frozenset({RETURN, CANCEL})
	STEP_FIELDS = {states.WITH_HEAD: frozenset({"order_no", "order_date", "in_force_from"})}
	OPEN_COLUMNS = {"members": frozenset({"acknowledged_on"})}
	OPEN_FIELDS = frozenset({"signed_copy", "archive_index", "print_language"})

	def complete(self):
		super().complete()
		if self.in_force_by_its_date():
			self.in_force_from = None
		self.in_force_from = self.in_force_from or self.order_date

	def in_force_by_its_date(self) -> bool:
		"""Tell whether the first day was the day of the order until now: it stays so when the head dates it anew."""
		before = self.get_doc_before_save()
		kept = before and self.day("in_force_from") == before.day("in_force_from")
		return bool(kept and before.day("in_force_from") == before.day("order_date"))

	def day(self, field: str):
		return getdate(self.get(field)) if self.get(field) else None

	def paper_date(self):
		return getdate(self.order_date)

	def basis_in_force(self) -> list[Finding]:
		return citations.basis_in_force(self, self.basis_text)

	def lawful_composition(self) -> list[Finding]:
		"""Asked of who forms the service; what ends it forms nothing (KG-1.6, F.5)."""
		if self.order_kind == LIQUIDATE:
			return []
		members, lawful = self.member_facts(), facts.service_roles(self.regulation_profile)
		found = rules.inactive_members(members) + rules.roles_held(members)
		if self.uses("six_role_composition"):
			absences = {row.role for row in self.absent_roles if row.reason}
			return found + rules.composition(members, lawful, absences)
		return found + (rules.structure(members, lawful) if self.uses("four_role_structure") else [])

	def member_facts(self) -> list[rules.Member]:
		held = facts.roles_by_specialist([row.specialist for row in self.members])
		return [
			rules.Member(
				row.full_name or row.specialist,
				row.role_in_service,
				bool(row.is_coordinator),
				facts.is_active(row.specialist),
				row.role_in_service in held.get(row.specialist, ()),
			)
			for row in self.members
		]

	def numbered_and_dated(self) -> list[Finding]:
		days = self.day("order_date"), self.day("in_force_from"), getdate()
		return rules.order_identity(self.order_no, *days) + self.number_is_free()

	def number_is_free(self) -> list[Finding]:
		other = self.order_no and self.order_date and facts.order_with_number(self)
		return [Finding.of("A06", self.order_no, getdate(self.order_date).year, other)] if other else []

	def only_order_in_force(self) -> list[Finding]:
		return rules.one_order_in_force(facts.orders_in_force(self.organisation), self.supersedes)

	def nothing_depends(self) -> list[Finding]:
		return rules.depends("M61", stage_two_documents(self.organisation))

	def supersede_earlier(self):
		if not self.supersedes:
			return
		earlier = facts.paper("PPSS Support Order", self.supersedes)
		if earlier.workflow_state == states.IN_FORCE:
			earlier.db_set("in_force_to", add_days(getdate(self.in_force_from), -1))
			earlier.advance(states.SUPERSEDED, self.name)
