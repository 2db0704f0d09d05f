from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers import decisions
from ppss_support.controllers.dependants import papers_on_meeting
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label


class PPSSMeeting(Paper):
	"""A meeting of the service as a collegial body, its minutes and decisions (KZ92-4.1, KZ92-14.2.6b, KZ92-15.1)."""

	RECORD = (states.PLANNED, states.HELD)
	ADOPT = (states.HELD, states.ADOPTED)
	SKIP = (states.PLANNED, states.NOT_HELD)
	EXECUTE = (states.ADOPTED, states.EXECUTED)
	CANCEL = (states.ADOPTED, states.CANCELLED)

	GUARDS = {
		RECORD: ("attended_by_members", "already_held"),
		ADOPT: ("attended_by_members", "already_held", "decided", "quorum_reached", "take_number"),
		EXECUTE: ("executed",),
		CANCEL: ("nothing_relies",),
	}
	EFFECTS = {ADOPT: ("carry_out_decisions",)}
	REASONS = frozenset({SKIP, CANCEL})
	NOT_OWN_STEPS = frozenset({ADOPT})
	# Of an adopted decision only its execution may still be written.
	OPEN_COLUMNS = {"decisions": frozenset({"executed", "execution_note"})}
	OPEN_FIELDS = frozenset({"minutes_file", "archive_index", "print_language"})

	def set_defaults(self):
		super().set_defaults()
		day = getdate(self.date) if self.date else getdate()
		self.service_order = self.service_order or facts.order_on(self.organisation, day)
		self.place = self.place or facts.organisation(self.organisation).place_kk

	def complete(self):
		super().complete()
		self.keep_execution()

	def keep_execution(self):
		"""Which paper carries a decision out is found by the program, not written by hand."""
		before = self.get_doc_before_save()
		known = {row.name: row for row in before.decisions} if before else {}
		for row in self.decisions:
			own = known.get(row.name)
			row.execution_doctype = own and own.execution_doctype
			row.execution_doc = own and own.execution_doc

	def written_by(self) -> str | None:
		"""The minutes are the work of whoever recorded them, not of the deputy head who called the meeting."""
		return next((row.user for row in reversed(self.history) if row.to_state == states.HELD), None)

	def check_always(self) -> list[Finding]:
		if self.is_new() or self.has_value_changed("date"):
			return self.called_lawfully()
		return []

	def called_lawfully(self) -> list[Finding]:
		day = getdate(self.date)
		members = facts.members_on(self.organisation, day)
		people = {self.chair, self.secretary}
		found = [] if self.agenda else [Finding.of("A19", Label("Agenda"))]
		for person in people:
			found += rules.member_on(person, members, day, facts.full_name("PPSS Specialist", person))
		return found

	def attended_by_members(self) -> list[Finding]:
		members = facts.members_on(self.organisation, getdate(self.date))
		found = []
		for row in self.attendees:
			found += rules.member_on(
				row.specialist, members, getdate(self.date), row.full_name or row.specialist
			)
		return found or ([] if self.attendees else [Finding.of("A19", Label("Members"))])

	def already_held(self) -> list[Finding]:
		day = getdate(self.date)
		return [Finding.of("A14", Label("Date"), day)] if day > getdate() else []

	def decided(self) -> list[Finding]:
		return rules.decisions(self.decision_facts())

	def decision_facts(self) -> list[rules.Decision]:
		return [facts.decision_fact(row) for row in self.decisions]

	def quorum_reached(self) -> list[Finding]:
		percent = facts.organisation(self.organisation).quorum_percent or 0
		members = facts.members_on(self.organisation, getdate(self.date)) or set()
		present = {row.specialist for row in self.attendees if row.present}
		return rules.quorum(len(present & members), len(members), percent)

	def take_number(self) -> list[Finding]:
		self.number = facts.next_number("meeting", self.organisation, self.school_year)
		return []

	def executed(self) -> list[Finding]:
		return rules.decisions_executed(self.decision_facts())

	def nothing_relies(self) -> list[Finding]:
		return rules.depends("M62", papers_on_meeting(self.name))

	def carry_out_decisions(self):
		decisions.carry_out(self)
