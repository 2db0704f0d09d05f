"""A short random walk on a real site: whoever presses whatever, state, docstatus and consent never disagree."""

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
	RuleBasedStateMachine,
	initialize,
	invariant,
	rule,
	run_state_machine_as_test,
)

from ppss_support.exceptions import RuleRefused
from ppss_support.tests.factories import take

KEYS = ("PSY", "DEP", "HEAD", "SOC")
REFUSED = (RuleRefused, WorkflowTransitionError, WorkflowPermissionError, frappe.PermissionError)
HOLDS = {"Approved": 1, "In implementation": 1, "Suspended": 1, "Discontinued": 1, "Cancelled": 2}


class ProgrammeOnSite(RuleBasedStateMachine):
	"""One programme and the consent it stands on; nothing of the walk is committed."""

	def __init__(self, school, learner):
		super().__init__()
		self.school, self.learner = school, learner

	@initialize()
	def begin(self):
		frappe.db.rollback()
		self.programme = self.school.programme(self.learner, "Draft")
		self.consents = [frappe.get_doc("PPSS Consent", {"learner": self.learner.name})]

	def teardown(self):
		frappe.db.rollback()

	@rule(key=st.sampled_from(KEYS), choice=st.integers(0, 9))
	def press_what_is_shown(self, key, choice):
		actions = sorted({t.action for t in self.programme.workflow.transitions if t.state == self.state})
		if actions:
			self.press(key, actions[choice % len(actions)])

	@rule()
	def move_on(self):
		"""Press the button of the lawful way, each by its person."""
		way = {
			"Draft": ("PSY", "Hand Over"),
			"Returned": ("PSY", "Hand Over"),
			"With deputy head": ("DEP", "Submit to Head"),
			"With head": ("HEAD", "Approve"),
			"Approved": ("PSY", "Start"),
			"Suspended": ("DEP", "Resume"),
		}
		if self.state in way:
			self.press(*way[self.state])

	def press(self, key: str, action: str):
		before = self.state
		try:
			with self.school.acting(key):
				take(self.programme, action, "Тексеру")
		except REFUSED:
			assert self.state == before

	@rule()
	def withdraw(self):
		for consent in self.consents:
			self.school.withdraw(consent)
		self.consents = []

	@rule()
	def sign_again(self):
		if not self.consents:
			self.consents.append(self.school.consent(self.learner, date_signed=frappe.utils.today()))

	@property
	def state(self) -> str:
		return frappe.db.get_value("PPSS Programme", self.programme.name, "workflow_state")

	@invariant()
	def state_and_docstatus_agree(self):
		docstatus = frappe.db.get_value("PPSS Programme", self.programme.name, "docstatus")
		assert docstatus == HOLDS.get(self.state, 0), self.state

	@invariant()
	def nothing_is_carried_out_without_consent(self):
		assert self.consents or self.state != "In implementation"


@pytest.mark.clause("KZ92-11.1", "KZ92-14.2.1b")
def test_no_walk_leads_a_programme_astray(school):
	learner = school.listed_child()
	frappe.db.commit()
	frappe.flags.mute_messages = True
	run_state_machine_as_test(
		lambda: ProgrammeOnSite(school, learner),
		settings=settings(
			max_examples=6,
			stateful_step_count=12,
			deadline=None,
			suppress_health_check=list(HealthCheck),
			database=None,
		),
	)
	frappe.flags.mute_messages = False
