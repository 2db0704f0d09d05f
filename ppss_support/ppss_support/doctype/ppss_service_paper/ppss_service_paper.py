from frappe.utils import getdate

from ppss_support import facts, service_facts
from ppss_support.answers import answer
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import activities, service_papers
from ppss_support.regulation.finding import Finding, Label

PERIOD = ("period_from", "period_to")


class PPSSServicePaper(Paper):
	"""A paper of the service itself; none but the plan of help names a child.

	ALM-5.1, ALM-5.3, ALM-5.4, ALM-19.6, KG-1.5, KG-2.2d, KG-6.1.2, KG-6.1.5.
	"""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	SEND = ((states.DRAFT, states.SENT), (states.RETURNED, states.SENT))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RECORD_ACT = (states.SENT, states.APPROVED)
	RETURNS = ((states.WITH_HEAD, states.RETURNED), (states.SENT, states.RETURNED))
	COMPLETE = (states.APPROVED, states.COMPLETED)
	CANCEL = (states.APPROVED, states.CANCELLED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("goes_to_head", "stated_fully", "several_professions", "whole_period")),
		**dict.fromkeys(SEND, ("goes_to_authority", "stated_fully")),
		APPROVE: ("considered_by_council",),
		RECORD_ACT: ("act_recorded",),
		COMPLETE: ("outcome_stated",),
	}
	REASONS = frozenset({*RETURNS, CANCEL})
	STEP_FIELDS = {states.SENT: frozenset({"act_no", "act_date"})}
	OPEN_FIELDS = frozenset({"outcome", "archive_index", "print_language"})
	# The steps of an approved plan of help are carried out (KG-7.3).
	OPEN_COLUMNS = {"steps": frozenset({"done", "result"})}
	CLOSED_IN = {states.COMPLETED: frozenset({"outcome", "steps"})}

	def set_defaults(self):
		super().set_defaults()
		self.author = self.author or facts.specialist_of_user()

	def complete(self):
		self.check_kind()
		super().complete()
		self.drop_what_is_not_of_the_kind()
		if self.is_new() and self.kind == service_papers.ELABORATION:
			body = facts.authorised_body(self.organisation, self.regulation_profile)
			self.approving_body = self.approving_body or body
		if self.kind == service_papers.PASSPORT and self.docstatus == 0:
			self.count_children()

	def check_kind(self):
		if self.kind not in service_papers.KINDS:
			answer([Finding.of("A28", Label(self.kind), Label("Kind"))])

	def drop_what_is_not_of_the_kind(self):
		for field in service_papers.FIELDS_OF_KINDS - self.table.fields:
			if self.get(field):
				self.set(field, [] if isinstance(self.get(field), list) else None)

	def count_children(self):
		"""The passport counts children by the reasons of their open cases; nobody writes its figures (KG-6.1.2)."""
		rows = service_facts.children_by_reason(self.organisation, self.school_year)
		self.set("counts", [{"category": code, "children": number} for code, number in rows.items()])

	@property
	def table(self) -> service_papers.Kind:
		return service_papers.KINDS[self.kind]

	def belongs(self) -> bool:
		return self.uses(self.table.feature)

	def check_always(self) -> list[Finding]:
		first, last = (getdate(self.get(field)) if self.get(field) else None for field in PERIOD)
		due = [(row.action, getdate(row.due)) for row in self.steps if row.due]
		return (
			activities.periods(("Period from", "Period to"), first, last)
			+ service_papers.steps_within(due, first, last)
			+ service_papers.steps_reported([(bool(row.done), row.result) for row in self.steps])
		)

	# ---- guards

	def goes_to_head(self) -> list[Finding]:
		return service_papers.way(self.kind, service_papers.HEAD)

	def goes_to_authority(self) -> list[Finding]:
		return service_papers.way(self.kind, service_papers.AUTHORITY)

	def stated_fully(self) -> list[Finding]:
		values = {df.fieldname: self.get(df.fieldname) for df in self.meta.fields}
		names = {df.fieldname: df.label for df in self.meta.fields}
		return service_papers.complete(self.kind, values, names)

	def several_professions(self) -> list[Finding]:
		return service_papers.several_professions(self.kind, [row.role for row in self.team])

	def whole_period(self) -> list[Finding]:
		grades = [row.grade for row in self.rows]
		return service_papers.whole_period(self.kind, self.grade_from, self.grade_to, grades)

	def considered_by_council(self) -> list[Finding]:
		return service_papers.considered(self.kind, self.council_protocol)

	def outcome_stated(self) -> list[Finding]:
		return service_papers.outcome_stated(self.outcome)

	def act_recorded(self) -> list[Finding]:
		found = service_papers.act_recorded(self.act_no, self.act_date)
		if self.act_date and getdate(self.act_date) > getdate():
			found.append(Finding.of("A14", Label("Act Date"), getdate(self.act_date)))
		return found
