import frappe
from frappe.utils import add_months, getdate

from ppss_support import facts
from ppss_support.constants import roles, states
from ppss_support.controllers.dependants import active_on_consent
from ppss_support.controllers.paper import Paper
from ppss_support.controllers.suspension import end_support
from ppss_support.parents.children import child_of
from ppss_support.regulation import parents, rules
from ppss_support.regulation.finding import Finding, Label


class PPSSConsent(Paper):
	"""Written consent of a parent or other legal representative on the annex form (KZ92-11.1, KZ92-11.2)."""

	SIGN = (states.PREPARED, states.SIGNED)
	REFUSE = (states.PREPARED, states.REFUSED)
	WITHDRAW = (states.SIGNED, states.WITHDRAWN)
	CANCEL = (states.SIGNED, states.CANCELLED)

	GUARDS = {
		SIGN: ("form_complete",),
		REFUSE: ("refusal_dated",),
		WITHDRAW: ("withdrawn_lawfully", "withdrawal_stated"),
		CANCEL: ("nothing_relies",),
	}
	EFFECTS = {WITHDRAW: ("end_support",)}
	REASONS = frozenset({REFUSE, WITHDRAW, CANCEL})
	OPEN_FIELDS = frozenset(
		{"signed_paper", "withdrawn_on", "withdrawal_statement", "archive_index", "print_language"}
	)
	CLOSED_IN = {states.WITHDRAWN: frozenset({"withdrawn_on", "withdrawal_statement"})}

	def set_defaults(self):
		super().set_defaults()
		self.prepared_by = self.prepared_by or facts.specialist_of_user()
		self.learner_full_name = self.learner_full_name or facts.full_name("PPSS Learner", self.learner)
		self.class_text = self.class_text or facts.class_title(self.learner)
		if not self.representative_full_name:
			self.representative_full_name = facts.full_name("PPSS Representative", self.representative)

	def complete(self):
		super().complete()
		self.relation = self.kinship.relation
		months = facts.organisation(self.organisation).consent_valid_months
		if self.docstatus == 0 and self.date_signed and months and not self.valid_to:
			self.valid_to = add_months(getdate(self.date_signed), months)

	def load_doc_before_save(self, **how):
		"""Whoever may take the step without a right to the paper may be asked about it as it was, too."""
		super().load_doc_before_save(**how)
		if before := self.get_doc_before_save():
			before.flags.ignore_permissions = self.flags.ignore_permissions

	def editors_in(self, state: str) -> set[str]:
		"""The representative fills in the own withdrawal, at that very step."""
		withdraws = self.get_step() == self.WITHDRAW and self.withdrawn_by_giver()
		return super().editors_in(state) | ({roles.PARENT} if withdraws else set())

	def paper_date(self):
		return getdate(self.date_signed or self.creation)

	@property
	def kinship(self):
		return facts.kinship(self.learner, self.representative)

	@property
	def evidence(self) -> dict[str, str | None]:
		lines = {"Scan of the Signed Paper or Archive Index": self.signed_paper or self.archive_index}
		return lines

	def check_always(self) -> list[Finding]:
		before = self.get_doc_before_save()
		if before and before.docstatus:
			# Scan and index may be put right, but one of them stands behind the signature.
			signed = self.workflow_state != states.REFUSED
			return rules.consent_form(self.evidence, None, getdate()) if signed else []
		kin = self.kinship
		name = self.representative_full_name or self.representative
		return rules.representative(
			name, kin.relation, bool(kin.is_legal_representative), kin.authority_document
		)

	def form_complete(self) -> list[Finding]:
		lines = {
			"Representative's Full Name": self.representative_full_name,
			"Child's Full Name": self.learner_full_name,
			"Class": self.class_text,
			"Signed on": self.date_signed,
			"Signed by Hand": self.is_signed,
			**self.evidence,
		}
		signed_on = getdate(self.date_signed) if self.date_signed else None
		return rules.consent_form(lines, signed_on, getdate())

	def refusal_dated(self) -> list[Finding]:
		lines = {"Refused on": self.refused_on, "Informed by": self.informed_by}
		return rules.consent_form(lines, getdate(self.refused_on) if self.refused_on else None, getdate())

	def withdrawn_by_giver(self) -> bool:
		child = child_of(frappe.session.user, self.learner)
		return bool(child and child.representative == self.representative)

	def withdrawn_lawfully(self) -> list[Finding]:
		"""The workflow names the roles; a parent's role is for the own consent only."""
		deciders = {t.allowed for t in self.workflow.transitions if (t.state, t.next_state) == self.WITHDRAW}
		decides = (deciders - {roles.PARENT}) & set(frappe.get_roles())
		return parents.withdrawn_by(self.withdrawn_by_giver(), bool(decides))

	def withdrawal_stated(self) -> list[Finding]:
		lines = {
			"Withdrawn on": self.withdrawn_on,
			"Written Statement of Withdrawal": self.withdrawal_statement,
		}
		found = rules.consent_form(lines, None, getdate())
		if self.withdrawn_on and getdate(self.withdrawn_on) > getdate():
			found.append(Finding.of("A14", Label("Withdrawn on"), getdate(self.withdrawn_on)))
		if self.withdrawn_on and getdate(self.withdrawn_on) < getdate(self.date_signed):
			found.append(Finding.of("A05", Label("Withdrawn on"), Label("Signed on")))
		return found

	def nothing_relies(self) -> list[Finding]:
		return rules.depends("M62", active_on_consent(self))

	def end_support(self):
		end_support(self)
