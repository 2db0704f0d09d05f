import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import roles, states
from ppss_support.controllers.dependants import relying_on_basis
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label


class PPSSNeedsAssessment(Paper):
	"""Assessment of special educational needs by a team (KZ92-2.3, KZ92-14.1.2a)."""

	FEATURE = "two_stage_gating"
	OPEN = (states.DRAFT, states.TEAM_WORKING)
	HAND_OVER = ((states.TEAM_WORKING, states.WITH_DEPUTY), (states.RETURNED, states.WITH_DEPUTY))
	CONCLUDE = (states.WITH_DEPUTY, states.CONCLUDED)
	RETURN = (states.WITH_DEPUTY, states.RETURNED)
	CANCEL = (states.CONCLUDED, states.CANCELLED)
	CLOSE = (states.TEAM_WORKING, states.CLOSED_WITHOUT_NEED)

	GUARDS = {
		OPEN: ("service_exists", "consent_given", "team_complete"),
		**dict.fromkeys(
			HAND_OVER,
			(
				"handed_over_by_leader",
				"consent_still_given",
				"team_complete",
				"parts_signed",
				"concluded_fully",
			),
		),
		CONCLUDE: (
			"consent_still_given",
			"team_complete",
			"parts_signed",
			"concluded_fully",
			"confirmed_by_pmpc",
		),
		CANCEL: ("nothing_relies",),
	}
	EFFECTS = {CONCLUDE: ("supersede_earlier", "move_case"), CANCEL: ("move_case",)}
	REASONS = frozenset({RETURN, CANCEL, CLOSE})
	NOT_OWN_STEPS = frozenset({CONCLUDE})
	OPEN_COLUMNS = {"special_conditions": frozenset({"provided"})}
	OPEN_FIELDS = frozenset({"archive_index", "print_language", "stands_for"})

	def on_update(self):
		super().on_update()
		if self.workflow_state in (states.TEAM_WORKING, states.RETURNED):
			self.hand_out_parts()

	def on_update_after_submit(self):
		super().on_update_after_submit()
		if self.has_value_changed("stands_for"):
			self.move_case()

	def set_defaults(self):
		super().set_defaults()
		self.support_case = self.support_case or facts.case_of(self.learner, self.school_year)
		self.consent = self.consent or facts.consent_paper(self.learner)

	def complete(self):
		super().complete()
		if self.workflow_state == states.CONCLUDED and not self.end_date:
			self.end_date = getdate()
		self.note_who_confirmed()

	def note_who_confirmed(self):
		"""Whoever confirms that the assessment stands for another school year, stands behind it (KZ92-20, D-29)."""
		before = self.get_doc_before_save()
		if before and before.stands_for != self.stands_for:
			self.stands_by = facts.specialist_of_user() if self.stands_for else None
			self.stands_since = getdate() if self.stands_for else None

	def paper_date(self):
		return getdate(self.start_date or self.creation)

	def check_editor(self):
		super().check_editor()
		self.check_team_named_by_deputy()

	def check_team_named_by_deputy(self):
		"""Whoever writes in an assessment under way, its team is the deputy head's to name (KZ92-14.1.2a)."""
		before = self.get_doc_before_save()
		under_way = before and before.workflow_state in (states.TEAM_WORKING, states.RETURNED)
		if under_way and "team" in self.changed_fields(before) and roles.DEPUTY not in frappe.get_roles():
			self.refuse_hand(before.workflow_state, {roles.DEPUTY})

	def check_always(self) -> list[Finding]:
		"""C0 stands alone: a child either has special needs or not."""
		if "C0" in self.codes("categories") and len(self.categories) > 1:
			return [Finding.of("M10")]
		details = self.codes("category_details")
		parents = facts.parents_of_terms(details) if details else ()
		return rules.category_details(parents, self.codes("categories"))

	def codes(self, field: str) -> frozenset[str]:
		return frozenset(row.term for row in self.get(field))

	def service_exists(self) -> list[Finding]:
		if facts.members_on(self.organisation, getdate()) is None:
			return [Finding.of("M35", getdate(), self.learner_name)]
		return []

	def consent_given(self) -> list[Finding]:
		return rules.consent_on(facts.consents_of(self.learner), getdate(), self.learner_name)

	def consent_still_given(self) -> list[Finding]:
		return rules.consent_to_continue(facts.consents_of(self.learner), getdate(), self.learner_name)

	def team_complete(self) -> list[Finding]:
		held = facts.roles_by_specialist([row.specialist for row in self.team])
		team = [
			rules.TeamPart(row.role, row.part, holds_role=row.role in held.get(row.specialist, ()))
			for row in self.team
		]
		return rules.assessment_team(team, bool(self.c3_suspected))

	def handed_over_by_leader(self) -> list[Finding]:
		leaders = {row.specialist for row in self.team if row.is_leader}
		if frappe.session.user != "Administrator" and facts.specialist_of_user() not in leaders:
			return [Finding.of("M56", Label("Leader"))]
		return []

	def parts_signed(self) -> list[Finding]:
		written = facts.assessment_parts(self.name)
		blank = {(row.specialist, row.part): rules.TeamPart(row.role, row.part) for row in self.team}
		return rules.assessment_parts([written.get(key, part) for key, part in blank.items()])

	def concluded_fully(self) -> list[Finding]:
		return rules.conclusion(
			rules.Conclusion(
				difficulties=len(self.difficulties),
				none_found=bool(self.none_found),
				categories=self.codes("categories"),
				impairments=self.codes("impairments"),
				conditions=len(self.special_conditions),
				no_conditions_needed=bool(self.no_conditions_needed),
				need_duration=self.need_duration,
				review_date=self.review_date,
				c3_status=self.c3_status,
				text=self.conclusion,
				recommendations=self.recommendations,
			)
		)

	def confirmed_by_pmpc(self) -> list[Finding]:
		return rules.confirmed_by_pmpc(self.c3_status, facts.pmpc_verified(self.pmpc, self.learner))

	def nothing_relies(self) -> list[Finding]:
		return rules.depends("M62", relying_on_basis(self.doctype, self.name))

	def hand_out_parts(self):
		"""Each member writes in a sheet of their own, so that nobody reads more than their share."""
		for row in self.team:
			sheet = {
				"assessment": self.name,
				"specialist": row.specialist,
				"role": row.role,
				"part": row.part,
			}
			if not frappe.db.exists("PPSS Assessment Part", sheet):
				part = frappe.get_doc({"doctype": "PPSS Assessment Part", **sheet})
				# The member whose sheet it is has no right to create one; the deputy's step does it for them.
				part.insert(ignore_permissions=True)

	def supersede_earlier(self):
		for name in facts.concluded_assessments(self.learner, besides=self.name):
			facts.paper(self.doctype, name).advance(states.SUPERSEDED, self.name)

	def move_case(self):
		facts.refresh_stages(learner=self.learner)
