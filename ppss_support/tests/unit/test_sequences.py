"""No sequence of allowed actions reaches a state the norms forbid: papers by their workflows, a school by its rules."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import ppss_support.regulation
from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.regulation import assistants, lessons, series
from ppss_support.regulation.assistants import Period
from ppss_support.regulation.editions import Validity, consistent, day_before, one_value_a_day
from ppss_support.regulation.finding import split
from ppss_support.regulation.norms.order92 import NORMS
from ppss_support.regulation.rules import (
	ConsentFact,
	Decision,
	consent_on,
	consent_to_continue,
	lesson_minutes,
)
from ppss_support.tests.steps import WRITE, table

FILES = Path(ppss_support.regulation.__file__).parents[1] / "ppss_support" / "workflow"
WORKFLOWS = {
	row["document_type"]: row
	for row in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FILES.glob("*/*.json")))
}
NORM = {norm.code: norm for norm in NORMS}
FIRST = date(2026, 9, 1)
LAST = date(2027, 5, 25)
QUARTERS = [(FIRST + timedelta(days=66 * n), FIRST + timedelta(days=66 * n + 60)) for n in range(4)]
days = st.dates(FIRST, LAST)


def refused(findings) -> bool:
	return bool(split(findings)[0])


# ---- a paper


# Steps nobody takes: the app does, when another paper or the calendar asks for it.
BY_THE_APP = {
	"PPSS Consent": [("Signed", "Expired")],
	"PPSS PMPC Recommendation": [("Verified", "Expired")],
	"PPSS Support Order": [("In force", "Superseded")],
	"PPSS Learner List": [("Approved", "Superseded"), ("Approved", "Closed")],
	"PPSS Needs Assessment": [("Concluded", "Superseded")],
	"PPSS Programme": [(running, "Superseded") for running in ("Approved", "In implementation", "Suspended")],
	"PPSS Annual Plan": [("Approved", "Superseded")],
	"PPSS Staffing Table": [("Approved", "Superseded")],
	"PPSS Destruction Act": [("Approved", "Executed")],
}
# Who must have acted before a paper stands in a state.
WANTED = {
	("PPSS Support Order", "In force"): [{"PPSS Head"}],
	("PPSS Learner List", "Approved"): [{"PPSS Head"}],
	("PPSS Programme", "Approved"): [{"PPSS Deputy"}, {"PPSS Head"}],
	("PPSS Programme", "Completed"): [{"PPSS Deputy"}, {"PPSS Head"}],
	("PPSS Needs Assessment", "Concluded"): [
		{"PPSS Deputy"},
		{"PPSS Psychologist", "PPSS Special Pedagogue"},
	],
	("PPSS Assistant Assignment", "Appointed"): [{"PPSS Deputy"}],
	("PPSS Referral", "Sent"): [{"PPSS Deputy"}],
	("PPSS Meeting", "Adopted"): [{"PPSS Deputy"}],
	("PPSS Consent", "Withdrawn"): [{"PPSS Deputy", "PPSS Registrar", "PPSS Parent"}],
}
# A paper stands in the state only when it has stood in the other before.
BY_WAY_OF = {
	("PPSS Assistant Assignment", "Appointed"): "On meeting agenda",
	("PPSS Referral", "Sent"): "With administration",
	("PPSS Referral", "Closed"): "Sent",
	("PPSS Programme", "In implementation"): "Approved",
	("PPSS Programme", "Approved"): "With head",
	("PPSS Meeting", "Executed"): "Adopted",
	("PPSS Session", "Cancelled"): "Held",
	("PPSS Consent", "Withdrawn"): "Signed",
}


class PaperUnderWay(RuleBasedStateMachine):
	"""One paper, pushed on by whoever may."""

	@initialize(kind=st.sampled_from(sorted(WORKFLOWS)))
	def begin(self, kind):
		self.kind = kind
		self.state = WORKFLOWS[kind]["states"][0]["state"]
		self.visited = [self.state]
		self.hands = set()

	@rule(choice=st.integers(0, 99))
	def press(self, choice):
		steps = [t for t in WORKFLOWS[self.kind]["transitions"] if t["state"] == self.state]
		# Mostly on to where it has not been, so that a walk reaches the end of the law's way.
		onward = [t for t in steps if t["next_state"] not in self.visited]
		steps = onward if onward and choice < 80 else steps
		if steps:
			step = steps[choice % len(steps)]
			self.hands.add(step["allowed"])
			self.move(step["next_state"])

	@rule(choice=st.integers(0, 9))
	def by_the_app(self, choice):
		steps = [after for before, after in BY_THE_APP.get(self.kind, ()) if before == self.state]
		if steps:
			self.move(steps[choice % len(steps)])

	def move(self, state):
		before, after = docstatus(self.kind, self.state), docstatus(self.kind, state)
		assert (before, after) in {(0, 0), (0, 1), (1, 1), (1, 2)}, (self.kind, self.state, state)
		self.state = state
		self.visited.append(state)

	@invariant()
	def decided_by_those_the_order_names(self):
		for one_of in WANTED.get((self.kind, self.state), []):
			assert self.hands & one_of, (self.kind, self.state, self.hands)

	@invariant()
	def no_stage_is_skipped(self):
		needed = BY_WAY_OF.get((self.kind, self.state))
		assert not needed or needed in self.visited, (self.kind, self.state)


def docstatus(kind: str, state: str) -> int:
	found = {int(row["doc_status"]) for row in WORKFLOWS[kind]["states"] if row["state"] == state}
	assert len(found) == 1, (kind, state, found)
	return found.pop()


PaperUnderWay.TestCase.settings = settings(max_examples=100, stateful_step_count=20, deadline=None)
TestPaperUnderWay = PaperUnderWay.TestCase


def reachable(kind: str, without_state: str = "", without_roles: frozenset = frozenset()) -> set[str]:
	"""Return the states some sequence of steps reaches when a state or the hands of some roles are closed to it."""
	flow = WORKFLOWS[kind]
	steps = [(t["state"], t["next_state"]) for t in flow["transitions"] if t["allowed"] not in without_roles]
	steps += BY_THE_APP.get(kind, [])
	found, waiting = set(), [flow["states"][0]["state"]]
	while waiting:
		state = waiting.pop()
		if state not in found and state != without_state:
			found.add(state)
			waiting += [after for before, after in steps if before == state]
	return found


@pytest.mark.parametrize("kind", sorted(WORKFLOWS))
def test_every_state_is_reached_by_some_sequence(kind):
	assert {row["state"] for row in WORKFLOWS[kind]["states"]} == reachable(kind)


@pytest.mark.parametrize(("kind", "state"), sorted(BY_WAY_OF))
def test_no_way_leads_around_a_stage(kind, state):
	assert state in reachable(kind)
	assert state not in reachable(kind, without_state=BY_WAY_OF[kind, state])


@pytest.mark.parametrize(("kind", "state"), sorted(WANTED))
def test_no_way_leads_around_those_who_decide(kind, state):
	assert state in reachable(kind)
	for one_of in WANTED[kind, state]:
		assert state not in reachable(kind, without_roles=frozenset(one_of))


# ---- the table of steps


TABLE = table()
# Of two terms for one role the table names the first.
KEY_OF_ROLE = {role: key for key, role in reversed(ROLE_OF_TERM.items())}
PARENTS_OWN = ("PPSS Consent", "Withdraw", "PPSS Parent")


@pytest.mark.parametrize("kind", sorted({row.document for row in TABLE}))
def test_workflow_is_the_table_of_the_requirements(kind):
	"""No step, and nobody who takes it or writes, but those of tables B.1 to B.11 and the parent's own withdrawal."""
	flow, rows = WORKFLOWS[kind], [row for row in TABLE if row.document == kind]
	steps = {
		(t["state"], t["action"], t["next_state"], KEY_OF_ROLE[t["allowed"]])
		for t in flow["transitions"]
		if (kind, t["action"], t["allowed"]) != PARENTS_OWN
	}
	assert steps == {(r.state, r.action, r.to, key) for r in rows if r.action != WRITE for key in r.who}
	writers = defaultdict(set)
	for state in flow["states"]:
		if state["doc_status"] == "0":
			writers[state["state"]].add(KEY_OF_ROLE[state["allow_edit"]])
	# What the head decides, nobody rewrites meanwhile.
	named = {state: keys for state, keys in writers.items() if keys != {"HEAD"}}
	assert named == {r.state: set(r.who) for r in rows if r.action == WRITE}
	assert set(BY_THE_APP.get(kind, [])) <= {(r.state, r.to) for r in rows if not r.who}


# ---- a school


pupils = st.integers(0, 33)
specialists = st.sampled_from(["SPE1", "SPE2", "SPE3"])
# Few days and hours, so that lessons collide.
school_days = st.sampled_from([FIRST + timedelta(days=n) for n in range(4)])
places = st.tuples(
	school_days,
	st.builds(time, st.integers(9, 11), st.sampled_from([0, 20, 40])),
	st.sampled_from([20, 30, 40, 45]),
	specialists,
	st.sampled_from(["101", "102"]),
)


@dataclass
class Child:
	name: str
	age: str
	impairment: str
	consents: list = field(default_factory=list)


@dataclass
class Lesson:
	day: date
	start: time
	minutes: int
	provider: str
	room: str
	form: str
	children: tuple
	state: str = "Planned"

	def meets(self, other) -> bool:
		begins = max(self.begins, other.begins)
		return self.day == other.day and begins < min(
			self.begins + self.minutes, other.begins + other.minutes
		)

	@property
	def begins(self) -> int:
		return self.start.hour * 60 + self.start.minute

	def as_planned(self) -> series.Lesson:
		"""As the rules of a series know it."""
		who = {child.name: None for child in self.children}
		place = (self.form, self.provider, self.provider, self.room)
		return series.Lesson(self.day, self.begins, self.minutes, *place, who)


class SchoolUnderRules(RuleBasedStateMachine):
	"""A year of a school in which everything is done that the rules do not refuse."""

	@initialize()
	def begin(self):
		kinds = [("School", "IM1")] * 18 + [("School", "IM2")] * 9 + [("Preschool", "IM1")] * 7
		signed = [ConsentFact("Signed", FIRST)]
		self.pupils = [Child(str(n), *kind, list(signed)) for n, kind in enumerate(kinds)]
		self.cdp: dict[str, set[str]] = defaultdict(set)
		self.running: dict[str, str] = {}
		self.appointed: dict[str, list[Period]] = defaultdict(list)
		self.formed: list[tuple[str, tuple]] = []
		self.lessons: list[Lesson] = []
		self.held: list[tuple[Lesson, dict]] = []
		self.cap = 14
		for number in range(22):
			self.cdp["SPE1" if number < 12 else "SPE2"].add(self.pupils[number].name)
			self.running[self.pupils[number].name] = "Approved"

	def some(self, first: int, count: int) -> tuple:
		"""Return neighbours of the register: mostly alike, at its seams of two kinds."""
		return tuple(self.pupils[(first + n) % len(self.pupils)] for n in range(count))

	@rule(cap=st.integers(12, 14))
	def choose_cap(self, cap):
		# A lower cap takes no child away: it stops the next one.
		if all(len(taken) <= cap for taken in self.cdp.values()):
			self.cap = cap

	@rule(pupil=pupils, day=school_days)
	def sign(self, pupil, day):
		child = self.pupils[pupil]
		child.consents.append(ConsentFact("Signed", day))

	@rule(pupil=pupils, day=school_days)
	def withdraw(self, pupil, day):
		child = self.pupils[pupil]
		child.consents = [
			ConsentFact("Withdrawn", c.signed_on, c.ended_on or max(day, c.signed_on)) for c in child.consents
		]
		if self.running.get(child.name) == "In implementation":
			self.running[child.name] = "Suspended"

	@rule(first=pupils, count=st.integers(1, 16), specialist=specialists)
	def approve_programmes(self, first, count, specialist):
		for child in self.some(first, count):
			taken = self.cdp[specialist] | {child.name}
			elsewhere = any(child.name in names for key, names in self.cdp.items() if key != specialist)
			if not elsewhere and not refused(lessons.caseload(specialist, len(taken), self.cap, 12)):
				self.cdp[specialist] = taken
				self.running.setdefault(child.name, "Approved")

	@rule(pupil=pupils, day=school_days)
	def start_or_resume(self, pupil, day):
		child = self.pupils[pupil]
		waiting = self.running.get(child.name) in ("Approved", "Suspended")
		if waiting and not refused(consent_to_continue(child.consents, day, child.name)):
			self.running[child.name] = "In implementation"

	@rule(
		pupil=pupils,
		assistant=st.sampled_from(["AST1", "AST2"]),
		first=days,
		length=st.integers(0, 90),
		quarter=st.integers(0, 3),
	)
	def appoint(self, pupil, assistant, first, length, quarter):
		child = self.pupils[pupil]
		period = Period(first, first + timedelta(days=length), child.name)
		decision = Decision(1, "DK1", "x", learner=child.name, assistant=assistant, quarter=quarter)
		findings = (
			assistants.within_quarter(period, *QUARTERS[quarter], str(quarter))
			+ assistants.one_child_at_a_time(period, self.appointed[assistant])
			+ assistants.appointed_by_decision(decision, True, child.name, assistant, quarter, assistant)
		)
		if not refused(findings):
			self.appointed[assistant].append(period)

	@rule(kind=st.sampled_from(["SF2", "SF3"]), first=pupils, count=st.integers(1, 9))
	def form_group(self, kind, first, count):
		members = self.some(first, count)
		norm = NORM["SMALL_GROUP_SIZE" if kind == "SF2" else "GROUP_SIZE"]
		facts = [
			lessons.GroupMember(
				c.name, c.name, c.age, frozenset({"C3"}), frozenset({c.impairment}), self.running.get(c.name)
			)
			for c in members
		]
		findings = (
			lessons.group_size(kind, len(members), int(norm.value_min), int(norm.value_max))
			+ lessons.group_members(facts)
			+ lessons.group_sameness(facts, overridden=False)
		)
		if not refused(findings):
			self.formed.append((kind, members))

	@rule(choice=st.integers(0, 99), place=places)
	def plan_group_lesson(self, choice, place):
		if self.formed:
			self.plan(Lesson(*place, *self.formed[choice % len(self.formed)]))

	@rule(pupil=pupils, place=places)
	def plan_single_lesson(self, pupil, place):
		self.plan(Lesson(*place, "SF1", (self.pupils[pupil],)))

	def plan(self, lesson):
		norm = NORM[f"DURATION_{lesson.form}_{lesson.children[0].age.upper()}"]
		mine, others = lesson.as_planned(), [other.as_planned() for other in self.lessons]
		findings = (
			lessons.children_of_lesson(lesson.form, len(lesson.children))
			+ lesson_minutes(lesson.minutes, int(norm.value_min), int(norm.value_max))
			+ series.busy(mine, others, {child.name: child.name for child in lesson.children})
			+ series.room_taken(mine, others, lesson.room)
		)
		if not refused(findings):
			self.lessons.append(lesson)

	@rule(choice=st.integers(0, 10**6))
	def hold(self, choice):
		planned = [lesson for lesson in self.lessons if lesson.state == "Planned"]
		if planned:
			lesson = planned[choice % len(planned)]
			consents = {c.name: tuple(c.consents) for c in lesson.children}
			live = all(self.running.get(c.name) in lessons.LIVE_PROGRAMME for c in lesson.children)
			if live and not refused(lessons.consents_on_the_day(consents, lesson.day)):
				lesson.state = "Held"
				self.held.append((lesson, consents))

	# ---- what the norms forbid, said again in other words

	@invariant()
	def nobody_has_more_children_than_the_cap(self):
		assert all(len(names) <= 14 for names in self.cdp.values())
		assert all(len(names) <= self.cap for names in self.cdp.values())

	@invariant()
	def an_assistant_has_one_child_a_day_within_a_quarter(self):
		for periods in self.appointed.values():
			for period in periods:
				assert any(first <= period.first and period.last <= last for first, last in QUARTERS)
			met = defaultdict(set)
			for period in periods:
				for n in range((period.last - period.first).days + 1):
					met[period.first + timedelta(days=n)].add(period.learner)
			assert all(len(names) == 1 for names in met.values())

	@invariant()
	def groups_are_lawful(self):
		for kind, members in self.formed:
			assert len(members) in ((2, 3, 4) if kind == "SF2" else (6, 7, 8))
			assert len({c.name for c in members}) == len(members)
			assert len({c.age for c in members}) == len({c.impairment for c in members}) == 1

	@invariant()
	def nobody_is_in_two_places(self):
		for n, lesson in enumerate(self.lessons):
			for other in self.lessons[:n]:
				if lesson.meets(other):
					assert lesson.room != other.room and lesson.provider != other.provider
					assert not {c.name for c in lesson.children} & {c.name for c in other.children}

	@invariant()
	def lessons_last_as_long_as_the_order_says(self):
		for lesson in self.lessons:
			preschool = lesson.children[0].age == "Preschool"
			if lesson.form == "SF1":
				assert lesson.minutes == (20 if preschool else 30)
			else:
				assert 35 <= lesson.minutes <= 45 if preschool else lesson.minutes == 45

	@invariant()
	def held_lessons_had_consent_that_day(self):
		for lesson, consents in self.held:
			assert not any(refused(consent_on(given, lesson.day, name)) for name, given in consents.items())


SchoolUnderRules.TestCase.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
TestSchoolUnderRules = pytest.mark.clause(
	"KZ92-16.1", "KZ92-16.2", "KZ92-17.3", "KZ92-17.4", "KZ92-21.1", "KZ92-21.2"
)(SchoolUnderRules.TestCase)


# ---- the values of a norm


class NormOverTime(RuleBasedStateMachine):
	"""An administrator enters values of one norm in any order: each day has one, and past days keep theirs."""

	@initialize()
	def begin(self):
		self.rows: list[tuple[Validity, int]] = [(Validity(), 4)]

	@rule(first=days, length=st.none() | st.integers(-5, 100), value=st.integers(1, 9))
	def enter(self, first, length, value):
		own = Validity(first, first + timedelta(days=length) if length is not None else None)
		rows = [(row if own.last else closed(row, first), kept) for row, kept in self.rows]
		findings = consistent("X", value, value, own) + one_value_a_day("X", own, [row for row, _v in rows])
		if not refused(findings):
			before = {day: self.value_on(day) for day in sample_days() if day < first}
			self.rows = [*rows, (own, value)]
			assert all(self.value_on(day) == kept for day, kept in before.items())

	def value_on(self, day) -> list[int]:
		return [value for row, value in self.rows if (row.first or date.min) <= day <= (row.last or date.max)]

	@invariant()
	def each_day_has_one_value(self):
		assert all(len(self.value_on(day)) == 1 for day in sample_days())


def closed(row: Validity, first: date) -> Validity:
	"""An open value ends the day before a later one begins."""
	ends = row.last is None and (row.first is None or row.first < first)
	return Validity(row.first, day_before(first)) if ends else row


def sample_days() -> list[date]:
	return [FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days, 3)]


NormOverTime.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestNormOverTime = NormOverTime.TestCase
