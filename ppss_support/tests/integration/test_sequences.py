"""A short random walk on a real site: whoever presses whatever, state, docstatus and consent never disagree."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError
from frappe.utils import add_days
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
	RuleBasedStateMachine,
	initialize,
	invariant,
	rule,
	run_state_machine_as_test,
)

from ppss_support import facts, tasks
from ppss_support.exceptions import RuleRefused
from ppss_support.tests import support
from ppss_support.tests.factories import day, take

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
	walk(lambda: ProgrammeOnSite(school, learner), examples=6, steps=12)


def walk(machine, examples: int, steps: int):
	frappe.db.commit()
	frappe.flags.mute_messages = True
	run_state_machine_as_test(
		machine,
		settings=settings(
			max_examples=examples,
			stateful_step_count=steps,
			deadline=None,
			suppress_health_check=list(HealthCheck),
			database=None,
			# Each step is a save on a real site: looking for a shorter walk would take minutes.
			phases=(Phase.generate,),
		),
	)
	frappe.flags.mute_messages = False


# ---- the stage a case stores


class StageOnSite(RuleBasedStateMachine):
	"""Papers of a child come and go in any order: the stage its case stores is the one they open (KZ92-14.2.1a)."""

	def __init__(self, school):
		super().__init__()
		self.school = school

	@initialize()
	def begin(self):
		frappe.db.rollback()
		self.learner = self.school.child()
		self.assessment = self.school.assessment(self.learner, school_year=self.school.year_that_ended())
		self.pmpc = None

	def teardown(self):
		frappe.db.rollback()
		frappe.clear_document_cache("PPSS Organisation", self.school.organisation)

	@rule(key=st.sampled_from(("DEP", "PSY", "HEAD")), confirmed=st.booleans())
	def confirm_for_this_year(self, key, confirmed):
		with self.school.acting(key), suppress(*REFUSED):
			paper = frappe.get_doc("PPSS Needs Assessment", self.assessment.name)
			paper.stands_for = self.school.year if confirmed else None
			paper.save()

	@rule()
	def assess_anew(self):
		self.assessment = self.school.assessment(self.learner)

	@rule(key=st.sampled_from(("DEP", "PSY")))
	def cancel_assessment(self, key):
		with self.school.acting(key), suppress(*REFUSED):
			take(frappe.get_doc("PPSS Needs Assessment", self.assessment.name), "Cancel", "Қате")

	@rule(state=st.sampled_from(("Recorded", "Verified")))
	def record_pmpc(self, state):
		if not (self.pmpc and self.state_of(self.pmpc) == "Verified"):
			self.pmpc = self.school.pmpc(self.learner, state)

	@rule(action=st.sampled_from(("Confirm", "Cancel")))
	def decide_on_pmpc(self, action):
		if self.pmpc:
			with self.school.acting("DEP"), suppress(*REFUSED):
				take(self.pmpc, action, "Қате")

	@rule()
	def let_pmpc_expire(self):
		if self.pmpc:
			frappe.db.set_value("PPSS PMPC Recommendation", self.pmpc.name, "valid_to", day(-1))
			tasks.expire_pmpc_papers(nullcontext)

	@rule(renewed=st.integers(0, 1))
	def choose_whether_assessments_are_renewed(self, renewed):
		with self.school.acting("HEAD"):
			settings_of = frappe.get_doc("PPSS Organisation", self.school.organisation)
			settings_of.update({"assessment_renewed": renewed, "settings_reason": "Кеңес шешімі"})
			settings_of.save()

	@rule(key=st.sampled_from(("PSY", "DEP")))
	def save_the_case(self, key):
		with self.school.acting(key), suppress(*REFUSED):
			frappe.get_doc("PPSS Support Case", {"learner": self.learner.name}).save()

	@staticmethod
	def state_of(paper) -> str:
		return frappe.db.get_value(paper.doctype, paper.name, "workflow_state")

	@invariant()
	def stage_is_what_the_papers_open(self):
		"""Said again in other words than the facts use."""
		if not hasattr(self, "assessment"):
			return
		kept = frappe.get_doc("PPSS Needs Assessment", self.assessment.name)
		renewed = frappe.db.get_value("PPSS Organisation", self.school.organisation, "assessment_renewed")
		assessed = kept.workflow_state == "Concluded" and (
			not renewed or self.school.year in (kept.school_year, kept.stands_for)
		)
		verified = self.pmpc and self.state_of(self.pmpc) == "Verified"
		stage = frappe.db.get_value("PPSS Support Case", {"learner": self.learner.name}, "stage")
		assert stage == ("2" if assessed or verified else "1")


@pytest.mark.clause("KZ92-14.0", "KZ92-14.2.1a")
def test_no_walk_leaves_a_stage_stale(school):
	school.year_that_ended()
	walk(lambda: StageOnSite(school), examples=3, steps=8)


# ---- writing into a paper on its way


@dataclass(frozen=True)
class Course:
	"""How a paper is made, who moves it on from each state, who writes in it, and values the norms forbid."""

	make: Callable
	way: dict
	writers: tuple[str, ...]
	values: Callable


class RewrittenOnSite(RuleBasedStateMachine):
	"""A paper into which people write lawful and unlawful values, before its steps and together with them."""

	def __init__(self, school, course: Course):
		super().__init__()
		self.school, self.course = school, course

	@initialize()
	def begin(self):
		frappe.db.rollback()
		made = self.course.make(self.school)
		self.key = made.doctype, made.name
		self.lawful = {field: made.get(field) for field in self.course.values(self.school)}

	def teardown(self):
		self.finish()
		frappe.db.rollback()

	def finish(self):
		"""Whatever was written before: with lawful values the paper is decided in the end."""
		for key, _action in self.course.way.values():
			self.save(key, self.lawful)
			self.step({})
		assert self.paper.docstatus == 1

	@property
	def paper(self):
		return frappe.get_doc(*self.key)

	def forbidden(self, choice: int) -> dict:
		field, value = sorted(self.course.values(self.school).items())[choice % len(self.lawful)]
		return {field: value}

	@rule(choice=st.integers(0, 9), writer=st.integers(0, 9))
	def write(self, choice, writer):
		self.save(self.course.writers[writer % len(self.course.writers)], self.forbidden(choice))

	@rule(writer=st.integers(0, 9))
	def write_back(self, writer):
		self.save(self.course.writers[writer % len(self.course.writers)], self.lawful)

	@rule()
	def move_on(self):
		self.step({})

	@rule(choice=st.integers(0, 9))
	def move_on_and_write(self, choice):
		self.step(self.forbidden(choice))

	def step(self, values: dict):
		paper = self.paper
		if paper.workflow_state in self.course.way:
			key, action = self.course.way[paper.workflow_state]
			state = next(
				t.next_state
				for t in paper.workflow.transitions
				if (t.state, t.action) == (paper.workflow_state, action)
			)
			self.save(key, {**values, "workflow_state": state, "docstatus": paper.docstatus_in(state)})

	def save(self, key: str, values: dict):
		"""Save as this person; what is refused is refused before anything is written."""
		paper = self.paper
		with self.school.acting(key), suppress(*REFUSED):
			paper.update(values)
			paper.save()

	@invariant()
	def nothing_forbidden_is_decided(self):
		paper = self.paper
		if paper.docstatus == 1:
			for field, value in self.course.values(self.school).items():
				assert seen(paper.get(field)) != seen(value), field


def seen(value) -> object:
	return [row.get("learner") for row in value] if isinstance(value, list) else str(value)


PROGRAMME_WAY = {
	"Draft": "Hand Over",
	"With deputy head": "Submit to Head",
	"With head": "Approve",
	"Approved": "Start",
}


def course_of_programme(author: str, make: Callable, **values) -> Course:
	hands = (author, "DEP", "HEAD", author)
	way = {state: (key, action) for (state, action), key in zip(PROGRAMME_WAY.items(), hands, strict=True)}
	return Course(make, way, (author, "DEP", "HEAD"), lambda _school: {"period_to": day(900), **values})


def listed_special(school):
	child = support.special_children(school, 1)[0]
	if not facts.list_row_of(child.name, school.year, ("Approved",)):
		support.put_on_list(school, child)
	return child


def lesson_over(school):
	paper = support.session(school, support.special_children(school, 1))
	return support.take_in(paper, actual_minutes=30, content="Сабақ")


def unlawful_lesson(school) -> dict:
	children = [{"learner": one.name, "present": 1} for one in support.special_children(school, 2)]
	return {"planned_minutes": 45, "form": "SF2", "attendance": children}


def appointment(school):
	child = school.kept("child to accompany", support.limited_child)
	assistant = support.another_assistant(school)
	return support.write_decision(school, support.assignment(school, child, assistant=assistant))


def unlawful_appointment(school) -> dict:
	_number, first, last = support.quarter(school)
	other = school.kept("child without limits", lambda s: s.assessed_child())
	return {"to_date": add_days(last, 1), "from_date": add_days(first, -1), "learner": other.name}


COURSES = {
	"IDP": course_of_programme(
		"PSY",
		lambda s: s.programme(s.listed_child(), "Draft"),
		minutes_individual=45,
		weekly_individual=0,
	),
	"CDP": course_of_programme(
		"SPE",
		lambda s: support.cdp(s, listed_special(s), "Draft", weekly_small_group=0),
		minutes_individual=20,
		weekly_individual=0,
		correction_component_hours=0,
	),
	"lesson": Course(lesson_over, {"Planned": ("SPE", "Record Lesson")}, ("SPE", "DEP"), unlawful_lesson),
	"assistant": Course(
		appointment, {"On meeting agenda": ("DEP", "Appoint")}, ("DEP",), unlawful_appointment
	),
}


@pytest.mark.clause("KZ92-14.2.6b", "KZ92-16.1", "KZ92-16.4", "KZ92-17.4", "KZ92-20")
@pytest.mark.parametrize("name", COURSES)
def test_no_sequence_of_writing_and_steps_decides_what_the_norms_forbid(school, name):
	COURSES[name].values(school)
	COURSES[name].make(school)
	walk(lambda: RewrittenOnSite(school, COURSES[name]), examples=3, steps=6)
