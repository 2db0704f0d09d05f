from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.decisions import executed_for_list
from ppss_support.controllers.dependants import running_on_list
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding


class PPSSLearnerList(Paper):
	"""The list of children for support, approved by the head once a school year (KZ92-14.2.1c)."""

	FEATURE = "two_stage_gating"
	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RETURN = (states.WITH_HEAD, states.RETURNED)
	CANCEL = (states.APPROVED, states.CANCELLED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("rows_stand",)),
		APPROVE: ("rows_stand", "only_list_of_year", "take_number"),
		CANCEL: ("nothing_runs",),
	}
	EFFECTS = {APPROVE: ("supersede_amended", "decisions_executed")}
	REASONS = frozenset({RETURN, CANCEL})
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def set_defaults(self):
		super().set_defaults()
		self.prepared_by = self.prepared_by or facts.specialist_of_user()

	def complete(self):
		super().complete()
		before = self.get_doc_before_save()
		being_written = not before or before.workflow_state in (states.DRAFT, states.RETURNED)
		for row in self.rows:
			if being_written:
				row.consent = row.consent or facts.consent_paper(row.learner)
				row.basis_doc = row.basis_doc or facts.basis_of(row.basis_doctype, row.learner)
			categories = facts.categories_by(row.basis_doctype, row.basis_doc)
			row.categories = ", ".join(sorted(categories))
			row.section = "Special Needs" if categories & rules.SPECIAL_NEEDS else "Other"

	def rows_stand(self) -> list[Finding]:
		return rules.list_rows([self.row_fact(row) for row in self.rows], getdate())

	def row_fact(self, row) -> rules.ListRow:
		return rules.ListRow(
			learner=row.learner,
			name=row.learner_name or row.learner,
			categories=frozenset(filter(None, (row.categories or "").split(", "))),
			basis_holds=facts.basis_holds(row.basis_doctype, row.basis_doc, row.learner),
			basis_named=bool(row.basis_doc),
			basis_renewed=facts.basis_renewed(row.basis_doctype, row.basis_doc, self.school_year),
			consents=facts.consents_of(row.learner),
		)

	def only_list_of_year(self) -> list[Finding]:
		others = facts.approved_lists(self.organisation, self.school_year)
		return [Finding.of("A16", number, self.school_year) for name, number in others if name != self.amends]

	def take_number(self) -> list[Finding]:
		self.number = facts.next_number("list", self.organisation, self.school_year)
		return []

	def nothing_runs(self) -> list[Finding]:
		return rules.depends("M61", running_on_list(self))

	def supersede_amended(self):
		if self.amends:
			amended = facts.paper(self.doctype, self.amends)
			if amended.workflow_state == states.APPROVED:
				amended.advance(states.SUPERSEDED, self.name)

	def decisions_executed(self):
		executed_for_list(self)
