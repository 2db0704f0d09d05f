import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.constants import states
from ppss_support.controllers.one_at_a_time import OneAtATime
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label

OPEN_STATES = (states.DRAFT, states.TEAM_WORKING, states.RETURNED)


class PPSSAssessmentPart(OneAtATime):
	"""One member's share of a needs assessment, on a sheet only they and the leaders see (KZ92-5.5)."""

	def before_insert(self):
		self.set_from_assessment()

	def validate(self):
		self.set_from_assessment()
		self.check_assessment_open()
		self.check_consent()
		self.check_signature()

	def set_from_assessment(self):
		fields = ["organisation", "learner", "learner_name"]
		self.update(frappe.db.get_value("PPSS Needs Assessment", self.assessment, fields, as_dict=True))

	def check_assessment_open(self):
		state = frappe.db.get_value("PPSS Needs Assessment", self.assessment, "workflow_state")
		if state not in OPEN_STATES:
			answer([Finding.of("M43")])

	def check_consent(self):
		"""Nothing more is found out about a child whose consent has ended (KZ92-11.1)."""
		answer(rules.consent_to_continue(facts.consents_of(self.learner), getdate(), self.learner_name))

	def check_signature(self):
		"""A part is signed by its author alone, complete, and not ahead of time."""
		if not self.signed:
			return
		user = frappe.session.user
		if user != "Administrator" and facts.specialist_of_user() != self.specialist:
			answer([Finding.of("A18", facts.full_name("PPSS Specialist", self.specialist))])
		self.completed_on = self.completed_on or getdate()
		if not self.findings:
			answer([Finding.of("M56", Label(self.part))])
		if getdate(self.completed_on) > getdate():
			answer([Finding.of("A14", Label("Completed on"), getdate(self.completed_on))])
