from dataclasses import replace

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import roles, states
from ppss_support.controllers.decisions import executed_by, taken_by
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding
from ppss_support.summary import support_given


class PPSSReferral(Paper):
	"""Referral of a learner or parent to a Psychological Support Centre (KZ92-15.1, KZ92-15.2)."""

	FEATURE = "order92_documents"
	AGENDA = (states.DRAFT, states.ON_AGENDA)
	DECIDE = (states.ON_AGENDA, states.WITH_ADMINISTRATION)
	REJECT = (states.ON_AGENDA, states.NOT_SUPPORTED)
	SEND = (states.WITH_ADMINISTRATION, states.SENT)
	RETURN = (states.WITH_ADMINISTRATION, states.RETURNED)
	RESUBMIT = (states.RETURNED, states.WITH_ADMINISTRATION)
	ACCEPT = (states.SENT, states.ACCEPTED)
	DECLINE = (states.SENT, states.DECLINED_BY_CENTRE)
	RESULT = (states.ACCEPTED, states.RESULT_RECEIVED)
	CLOSE = ((states.RESULT_RECEIVED, states.CLOSED), (states.DECLINED_BY_CENTRE, states.CLOSED))
	RECALL = (states.SENT, states.CANCELLED)

	GUARDS = {
		AGENDA: ("consent_given", "addressed_to_centre", "support_described"),
		DECIDE: ("decided",),
		REJECT: ("decided_against",),
		RESUBMIT: ("decided", "support_described"),
		# Decision and addressee are asked again: the administration still writes in it.
		SEND: (
			"consent_still_given",
			"decided",
			"addressed_to_centre",
			"support_described",
			"sent_by_administration",
			"representative_agreed",
			"take_number",
		),
		ACCEPT: ("answered",),
		DECLINE: ("answered",),
		RESULT: ("result_recorded",),
		**dict.fromkeys(CLOSE, ("followed_up",)),
	}
	EFFECTS = {
		**dict.fromkeys((DECIDE, REJECT, RESUBMIT), ("decision_taken",)),
		SEND: ("decision_executed",),
	}
	REASONS = frozenset({REJECT, RETURN, RECALL})
	STEP_FIELDS = {
		states.ON_AGENDA: frozenset({"meeting", "decision_no"}),
		states.WITH_ADMINISTRATION: frozenset({"number", "date", "representative_agreed_on"}),
	}
	OPEN_FIELDS = frozenset(
		{
			"answered_on",
			"answer_text",
			"result_date",
			"result_text",
			"recommendations",
			"follow_up",
			"archive_index",
			"print_language",
		}
	)

	def set_defaults(self):
		super().set_defaults()
		self.support_case = self.support_case or facts.case_of(self.learner, self.school_year)
		self.consent = self.consent or facts.consent_paper(self.learner)
		language = self.print_language or "kk"
		self.support_given = self.support_given or support_given(self.learner, self.school_year, language)

	def check_always(self) -> list[Finding]:
		before = self.get_doc_before_save()
		if before and before.docstatus:
			return []
		return (
			rules.referral_subject(self.subject, self.reason, bool(self.representative))
			+ self.representative_of_the_child()
		)

	def representative_of_the_child(self) -> list[Finding]:
		if not self.representative:
			return []
		kin = facts.kinship(self.learner, self.representative)
		name = facts.full_name("PPSS Representative", self.representative)
		return rules.representative(
			name, kin.relation, bool(kin.is_legal_representative), kin.authority_document
		)

	def consent_given(self) -> list[Finding]:
		return rules.consent_on(facts.consents_of(self.learner), getdate(), self.learner_name)

	def consent_still_given(self) -> list[Finding]:
		return rules.consent_to_continue(facts.consents_of(self.learner), getdate(), self.learner_name)

	def addressed_to_centre(self) -> list[Finding]:
		centre = frappe.get_cached_doc("PPSS Support Centre", self.centre)
		return rules.referral_addressee(bool(centre.active), centre.local_executive_body)

	def decided(self) -> list[Finding]:
		return self.named_by(*facts.decision_of(self))

	def decided_against(self) -> list[Finding]:
		decision, adopted = facts.decision_of(self)
		against = decision and decision.outcome == "Rejected"
		return self.named_by(replace(decision, outcome="Adopted") if against else None, adopted)

	def named_by(self, decision: rules.Decision | None, adopted: bool) -> list[Finding]:
		return rules.referral_decision(
			self.subject,
			self.learner,
			self.representative,
			self.centre,
			decision,
			adopted,
			self.learner_name,
		)

	def support_described(self) -> list[Finding]:
		return rules.referral_support(self.support_given)

	def sent_by_administration(self) -> list[Finding]:
		sender = facts.specialist_of_user()
		self.date = self.date or getdate()
		may_sign = facts.may_sign_referrals(sender, self.organisation, getdate(self.date))
		self.sent_by, self.sent_on = sender, getdate()
		return rules.referral_sender(roles.HEAD in frappe.get_roles(), may_sign)

	def representative_agreed(self) -> list[Finding]:
		agreed = getdate(self.representative_agreed_on) if self.representative_agreed_on else None
		return rules.representative_agreed(self.subject, agreed)

	def take_number(self) -> list[Finding]:
		"""The register gives the number unless the registrar has written the outgoing one."""
		self.number = self.number or facts.next_number("referral", self.organisation, self.school_year)
		other = facts.referral_with_number(self)
		return [Finding.of("A06", self.number, self.school_year, other)] if other else []

	def answered(self) -> list[Finding]:
		return rules.reason_given(self.answered_on and self.answer_text)

	def result_recorded(self) -> list[Finding]:
		day = getdate(self.result_date) if self.result_date else None
		return rules.centre_result(day, self.result_text, self.recommendations)

	def followed_up(self) -> list[Finding]:
		return rules.reason_given(self.follow_up)

	def decision_taken(self):
		taken_by(self)

	def decision_executed(self):
		executed_by(self)
