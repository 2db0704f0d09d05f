from dataclasses import replace

import frappe
from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.decisions import executed_by, taken_by
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import assistants, rules
from ppss_support.regulation.finding import Finding


class PPSSAssistantAssignment(Paper):
	"""A pedagogue-assistant for one child and one quarter (KZ92-14.2.5a, KZ92-14.2.6b, KZ92-21.2)."""

	FEATURE = "order92_documents"
	AGENDA = (states.PROPOSED, states.ON_AGENDA)
	APPOINT = (states.ON_AGENDA, states.APPOINTED)
	DECLINE = (states.ON_AGENDA, states.DECLINED)
	WITHDRAW = (states.ON_AGENDA, states.PROPOSED)
	SUSPEND = (states.APPOINTED, states.SUSPENDED)
	RESUME = (states.SUSPENDED, states.APPOINTED)
	ENDS = ((states.APPOINTED, states.ENDED), (states.SUSPENDED, states.ENDED))
	CANCEL = (states.APPOINTED, states.CANCELLED)

	GUARDS = {
		AGENDA: (
			"consent_given",
			"within_quarter",
			"free_in_the_period",
			"only_assistant",
			"further_need_determined",
		),
		# Asked again: what lies on the agenda is still written in.
		APPOINT: (
			"consent_still_given",
			"appointed_by_decision",
			"within_quarter",
			"free_in_the_period",
			"further_need_determined",
		),
		DECLINE: ("declined_by_decision",),
		RESUME: ("consent_still_given",),
		**dict.fromkeys(ENDS, ("end_explained",)),
		CANCEL: ("not_begun",),
	}
	EFFECTS = {
		APPOINT: ("decision_executed",),
		DECLINE: ("decision_taken",),
		**dict.fromkeys(ENDS, ("leave_case",)),
	}
	REASONS = frozenset({DECLINE, WITHDRAW, SUSPEND, CANCEL})
	STEP_FIELDS = {states.ON_AGENDA: frozenset({"meeting", "decision_no"})}
	OPEN_COLUMNS = {"skills": frozenset({"level_now", "noted_on"})}
	OPEN_FIELDS = frozenset(
		{"skills", "pmpc_further_need", "end_reason", "ended_on", "archive_index", "print_language"}
	)
	CLOSED_IN = {states.ENDED: frozenset({"ended_on", "end_reason"})}

	def set_defaults(self):
		super().set_defaults()
		self.support_case = self.support_case or facts.case_of(self.learner, self.school_year)
		self.pmpc = self.pmpc or facts.verified_pmpc(self.learner)

	def complete(self):
		super().complete()
		self.date_skills()

	def date_skills(self):
		"""A level that is noted anew without a day of its own is noted today (KZ92-14.2.5a)."""
		before = self.get_doc_before_save()
		known = {row.name: row for row in before.skills} if before else {}
		for row in self.skills:
			old = known.get(row.name) or frappe._dict()
			dated = row.noted_on and (not old or getdate(old.noted_on) != getdate(row.noted_on))
			if row.level_now and row.level_now != old.level_now and not dated:
				row.noted_on = getdate()

	def paper_date(self):
		return getdate(self.from_date)

	def check_always(self) -> list[Finding]:
		noted = [getdate(row.noted_on) for row in self.skills if row.noted_on]
		return assistants.skills_noted(noted, self.period.first, getdate()) + self.lawful_until_appointed()

	def lawful_until_appointed(self) -> list[Finding]:
		before = self.get_doc_before_save()
		if before and before.docstatus:
			return []
		categories = facts.categories_of(self.learner)
		recommended = facts.pmpc_advises(self.learner, "Pedagogue-Assistant")
		return (
			assistants.assistant_basis(categories, recommended, self.learner_name)
			+ assistants.assistant_role(facts.roles_of(self.assistant), self.assistant_name())
			+ self.load_respected()
		)

	def assistant_name(self) -> str:
		return facts.full_name("PPSS Specialist", self.assistant)

	def load_respected(self) -> list[Finding]:
		"""An assistant has no more hours than the child's learning load: a warning (KZ92-21.2, D-4)."""
		load, hours = self.learner_load_hours or 0, self.assistant_hours_week or 0
		return [Finding.warn("A22", hours, load)] if load and hours > load else []

	@property
	def period(self) -> assistants.Period:
		return assistants.Period(
			getdate(self.from_date), getdate(self.to_date), self.learner, self.learner_name
		)

	def consent_given(self) -> list[Finding]:
		return rules.consent_on(facts.consents_of(self.learner), getdate(), self.learner_name)

	def consent_still_given(self) -> list[Finding]:
		return rules.consent_to_continue(facts.consents_of(self.learner), getdate(), self.learner_name)

	def within_quarter(self) -> list[Finding]:
		quarter = facts.quarter_dates(self.school_year, self.quarter)
		if not quarter:
			return [Finding.of("M28", self.period.first, self.period.last, self.quarter)]
		return assistants.within_quarter(self.period, *quarter, str(self.quarter))

	def free_in_the_period(self) -> list[Finding]:
		others = facts.assistant_periods({"assistant": self.assistant}, besides=self.name)
		allowed = self.override_reason and facts.organisation(self.organisation).second_learner_allowed
		return assistants.one_child_at_a_time(self.period, others, bool(allowed))

	def only_assistant(self) -> list[Finding]:
		own = facts.assistant_periods({"learner": self.learner}, besides=self.name)
		return assistants.one_assistant_at_a_time(self.period, own)

	def overridden(self) -> dict[str, str]:
		return {"M29": self.override_reason} if self.override_reason else {}

	def further_need_determined(self) -> list[Finding]:
		earlier = facts.earlier_assignment(self)
		return assistants.further_need(earlier, facts.assistant_determinations(self.learner))

	def appointed_by_decision(self) -> list[Finding]:
		return self.named_by(*facts.decision_of(self))

	def declined_by_decision(self) -> list[Finding]:
		decision, adopted = facts.decision_of(self)
		against = decision and decision.outcome == "Rejected"
		return self.named_by(replace(decision, outcome="Adopted") if against else None, adopted)

	def named_by(self, decision: rules.Decision | None, adopted: bool) -> list[Finding]:
		return assistants.appointed_by_decision(
			decision, adopted, self.learner, self.assistant, self.quarter, self.assistant_name()
		)

	def end_explained(self) -> list[Finding]:
		self.ended_on = self.ended_on or getdate()
		found = rules.reason_given(self.end_reason)
		if not getdate(self.from_date) <= getdate(self.ended_on) <= getdate(self.to_date):
			found.append(Finding.of("M28", self.period.first, getdate(self.ended_on), self.quarter))
		return found

	def not_begun(self) -> list[Finding]:
		begun = getdate(self.from_date) <= getdate()
		return rules.depends("M62", [self.learner_name]) if begun else []

	def decision_taken(self):
		taken_by(self)

	def decision_executed(self):
		executed_by(self)

	def leave_case(self):
		"""With the appointment ends what the assistant reads of the child (KZ92-5.5)."""
		frappe.db.set_value(
			"PPSS Case Membership",
			{"parent": self.support_case, "specialist": self.assistant, "role": "AST"},
			"to_date",
			add_days(self.ended_on, -1),
		)
