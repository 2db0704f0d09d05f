import frappe
from frappe.utils import getdate

from ppss_support import activity_facts, facts, journals, service_facts
from ppss_support.answers import answer
from ppss_support.constants import roles, states
from ppss_support.controllers import citations
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import activities, lessons, reports, rules, service_papers
from ppss_support.regulation import journals as journal_rules
from ppss_support.regulation.finding import Finding, Label
from ppss_support.reporting import analytical

PEOPLE = {
	"learner": "PPSS Learner",
	"representative": "PPSS Representative",
	"specialist": "PPSS Specialist",
}


class PPSSActivity(Paper):
	"""One entry of the activity log, from which journals and reports are drawn (KZ92-6, D-20).

	Recorded entries are not changed: a wrong one is struck out with its reason, and the one that corrects it names it.
	"""

	RECORD = (states.DRAFT, states.RECORDED)
	STRIKE_OUT = (states.RECORDED, states.STRUCK_OUT)

	GUARDS = {
		RECORD: (
			"not_to_come",
			"stated_fully",
			"methods_usable",
			"studied_together",
			"basis_in_force",
			"rests_on_approved",
			"journals_kept",
			"figures_drawn",
			"form_approved",
		)
	}
	EFFECTS = {RECORD: ("enter_journals",), STRIKE_OUT: ("strike_in_journals",)}
	REASONS = frozenset({STRIKE_OUT})
	# What was asked for comes back when the entry is long recorded.
	OPEN_FIELDS = frozenset({"answer", "answered_on", "archive_index", "print_language"})
	WAITS_FOR_OTHERS = False

	def onload(self):
		super().onload()
		self.set_onload("offers_request", self.offers_request)

	def set_defaults(self):
		super().set_defaults()
		self.provider = self.provider or facts.specialist_of_user()

	def name_authorised_body(self):
		"""The body in education coordinates the service: it approves the form of the report and is sent it (ALM-6, ALM-16)."""
		if not self.is_new() or self.kind != activities.ANALYSIS:
			return
		body = facts.authorised_body(self.organisation, self.regulation_profile)
		self.form_approved_by = self.form_approved_by or body
		self.addressee = self.addressee or body

	def complete(self):
		self.check_kind()
		super().complete()
		self.drop_what_is_not_of_the_kind()
		self.school_year = facts.school_year_on(getdate(self.date))
		self.direction = activities.direction_of(
			self.kind, self.regulation_profile, self.direction or activity_facts.parent_term(self.kind)
		)
		self.function = activities.function_of(self.kind, self.regulation_profile)
		if self.uses(activities.ORDER_92):
			self.content = self.content or self.table.content
		self.name_authorised_body()
		self.name_participants()
		self.keep_to_report_period()
		self.keep_crisis_decision()
		if self.workflow_state == states.RECORDED and not self.docstatus_before:
			self.tag()

	def check_kind(self):
		if self.kind not in activities.KINDS:
			answer([Finding.of("A28", Label(self.kind), Label("Kind"))])

	def drop_what_is_not_of_the_kind(self):
		"""What the form does not show must not be recorded unseen, as after a change of the kind."""
		for field in activities.FIELDS_OF_KINDS - self.table.fields:
			if self.get(field):
				self.set(field, [] if isinstance(self.get(field), list) else None)

	def keep_to_report_period(self):
		"""Report and marks are of a quarter, half-year or year of the school calendar (ALM-5.9, KZ92-14.1.4b)."""
		# What is recorded keeps its days when the calendar is changed.
		if not self.report_period or not self.school_year or self.docstatus_before:
			return
		days = facts.quarters_of(self.school_year), facts.school_year_dates(self.school_year)
		found = reports.period_around(self.report_period, getdate(self.period_from or self.date), *days)
		self.period_from, self.period_to = found or (None, None)

	def name_participants(self):
		for field, doctype in PEOPLE.items():
			names = activity_facts.full_names(
				doctype, [row.get(field) for row in self.participants if row.get(field)]
			)
			for row in self.participants:
				row.full_name = names.get(row.get(field)) or row.full_name
		for row in self.participants:
			row.full_name = row.other_name or row.full_name

	def tag(self):
		"""What the journals choose an entry by, and whoever records it has not said, follows from the rest (OVR-W1)."""
		tags = journal_rules.tags_of(journals.work_of(self))
		self.overview_direction = self.overview_direction or tags.direction
		self.work_form = self.work_form or tags.form
		self.work_kind = self.work_kind or tags.work_kind
		if not self.work_groups:
			self.set("work_groups", [{"term": code} for code in sorted(tags.groups)])

	@property
	def docstatus_before(self) -> int:
		before = self.get_doc_before_save()
		return before.docstatus if before else 0

	def keep_crisis_decision(self):
		"""A deputy head decides on a consultation without consent: for this client, for this reason (D-13)."""
		if not self.crisis:
			self.crisis_by = None
		elif roles.DEPUTY in frappe.get_roles():
			self.crisis_by = self.crisis_by or facts.specialist_of_user()
		elif not self.as_decided():
			self.crisis_by = None

	def as_decided(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before and before.clients == self.clients and before.crisis_reason == self.crisis_reason)

	def belongs(self) -> bool:
		"""A kind is used where the profile, or the organisation within it, uses one of its features (F.5)."""
		return not self.table.features or any(map(self.uses, self.table.features))

	@property
	def table(self) -> activities.Kind:
		return activities.KINDS[self.kind]

	@property
	def offers_request(self) -> bool:
		"""A difficulty found by monitoring may be taken to a specialist (KZ92-14.1.4b)."""
		return bool(self.kind == activities.ACHIEVEMENT and self.difficulty_found and self.docstatus == 1)

	@property
	def clients(self) -> dict[str, str]:
		"""Return the names of the learners who took part, by learner."""
		own = {self.learner: self.learner_name} if self.learner else {}
		return own | {row.learner: row.full_name for row in self.participants if row.learner and row.present}

	# ---- in every state until it is recorded

	def check_always(self) -> list[Finding]:
		before = self.get_doc_before_save()
		if before and before.docstatus:
			return activities.answered_once(before.answer, self.answer)
		return (
			activities.participants_named([self.persons_in(row) for row in self.participants])
			+ self.terms_fit()
			+ activities.periods(("Period from", "Period to"), self.day("period_from"), self.day("period_to"))
			+ self.given_lawfully()
			+ self.told_in_confidence()
			+ self.consents_hold()
			+ self.corrects_struck_out()
		)

	@staticmethod
	def persons_in(row) -> int:
		return sum(bool(row.get(field)) for field in (*PEOPLE, "other_name"))

	def day(self, field: str):
		return getdate(self.get(field)) if self.get(field) else None

	def terms_fit(self) -> list[Finding]:
		found = activities.detail_fits(self.kind, self.detail, self.regulation_profile)
		found += activities.partner_fits(self.kind, activity_facts.partner_kind(self.partner))
		if self.learner and self.content and self.content != self.table.content:
			found += rules.contents_fit([self.content], facts.categories_of(self.learner))
		return found

	def given_lawfully(self) -> list[Finding]:
		name, active = activity_facts.name_and_activity(self.provider)
		own = facts.roles_of(self.provider)
		found = activities.provider(self.kind, name, own, active, self.uses("order92_documents"))
		found += activities.card_keeper(self.kind, name, own)
		if not self.uses("qualification_block"):
			return found
		variant, diploma = activity_facts.qualification(self.provider)
		return found + activities.qualified(self.kind, name, own, variant, diploma)

	def told_in_confidence(self) -> list[Finding]:
		if self.kind != activities.NOTICE:
			return []
		kin = facts.kinship(self.learner, self.representative)
		entitled = kin.is_legal_representative or activity_facts.works_with(self.recipient, self.learner)
		return activities.told_in_confidence(self.learner, bool(entitled))

	def consents_hold(self) -> list[Finding]:
		bound = self.uses("consent_required") and activities.under_consent(self.kind, self.client_type)
		clients = self.clients if bound else {}
		consents = facts.consents_by_learner(list(clients)) if clients else {}
		by_name = {name: consents.get(learner, ()) for learner, name in clients.items()}
		found = lessons.consents_on_the_day(by_name, getdate(self.date))
		if not self.crisis:
			return found
		allowed = bool(facts.organisation(self.organisation).crisis_consultation)
		return activities.in_crisis(found, self.kind, allowed, self.crisis_by, self.crisis_reason)

	def corrects_struck_out(self) -> list[Finding]:
		if not self.amended_from or activity_facts.struck_out(self.amended_from):
			return []
		return [Finding.of("A28", self.amended_from, Label("Corrects"))]

	# ---- guards

	def not_to_come(self) -> list[Finding]:
		day = getdate(self.date)
		return [Finding.of("A14", Label("Date"), day)] if day > getdate() else []

	def stated_fully(self) -> list[Finding]:
		values = {df.fieldname: self.get(df.fieldname) for df in self.meta.fields}
		values["purposes"] = [row.term for row in self.purposes]
		names = {df.fieldname: df.label for df in self.meta.fields}
		return activities.entry_complete(self.kind, values, names, self.regulation_profile)

	def methods_usable(self) -> list[Finding]:
		return activities.methods_in_use(*activity_facts.methods_unfit([row.method for row in self.methods]))

	def rests_on_approved(self) -> list[Finding]:
		if not self.service_paper:
			return []
		return service_papers.usable(*service_facts.kind_and_approval(self.service_paper))

	def studied_together(self) -> list[Finding]:
		if self.kind != activities.SOCIAL_STUDY:
			return []
		return activities.social_study(
			"CLS" in facts.roles_of(self.class_teacher), "SOC" in facts.roles_of(self.social_pedagogue)
		)

	def basis_in_force(self) -> list[Finding]:
		return citations.basis_in_force(self, self.basis)

	def journals_kept(self) -> list[Finding]:
		"""The psychologist's work stands in journals: certified where the regulation says so, after the plan (ALM-5.8, OVR-S2)."""
		if journal_rules.PSYCHOLOGIST not in facts.roles_of(self.provider):
			return []
		volumes = journals.volumes_not_closed(self.organisation, self.school_year)
		nine = any(volume.journal != journal_rules.REGISTRATION for volume in volumes)
		planned = nine and bool(facts.approved_plans(self.organisation, self.school_year))
		demanded = self.uses(journal_rules.CERTIFIED_JOURNAL)
		return journal_rules.certified_first(demanded, volumes) + journal_rules.planned_first(
			nine, planned, self.school_year
		)

	def figures_drawn(self) -> list[Finding]:
		"""What an analytical report counted stays as it was when the report was recorded (RP12)."""
		if self.kind == activities.ANALYSIS and self.report_period and self.period_from:
			found = analytical.figures(
				[self.organisation], getdate(self.period_from), getdate(self.period_to)
			)
			self.figures = frappe.as_json(found, indent=None)
		return []

	def form_approved(self) -> list[Finding]:
		wanted = self.uses("authorised_body_approval")
		return activities.form_approved(self.kind, wanted, self.form_approved_by)

	# ---- effects

	def enter_journals(self):
		journals.enter(self, journals.place_of_activity(self))

	def strike_in_journals(self):
		journals.strike(self)
