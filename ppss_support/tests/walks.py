"""Random walks over a paper: whoever presses, writes or does whatever around it, only what the order allows comes about.

What must come of each move is known from the table of steps (steps.py). A `Course` adds, for one kind of paper, when each
thing asked for is missing, said in other words than the rules, and how people bring that about.
"""

import random
from collections import Counter, deque
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import frappe
from frappe.utils import data

from ppss_support.controllers.steps import apply_workflow
from ppss_support.tests.factories import ROLE_TERMS
from ppss_support.tests.guards import FRAMEWORK, REASON
from ppss_support.tests.steps import WRITE, Step, table
from ppss_support.tests.support import counted

REFUSED = (frappe.ValidationError, frappe.PermissionError)
# Of a step somebody has no part in.
STRANGE = {"A02", "M04", "M33", FRAMEWORK}
WRITES = ("insert", "update", "delete", "replace", "truncate")
# Written before the refusal: a number, which the end of the request gives back, and what the framework empties of passwords.
BEFOREHAND = ("`tabSeries`", "`__Auth`")


@dataclass(frozen=True)
class Asked:
	"""A thing a step asks for: `lacks` returns the codes that refuse where it is missing.

	`spoil` and `mend` are values somebody writes into the paper, or something done around it; without them it hangs on who acts.
	"""

	lacks: Callable[["Walk"], str]
	spoil: dict | Callable | None = None
	mend: dict | Callable | None = None
	# Refused before anything else is asked.
	first: bool = False


@dataclass(frozen=True)
class Course:
	"""How one kind of paper is walked."""

	document: str
	# Commits to the site what each walk needs.
	ready: Callable
	# Makes the paper in its first state, by somebody who may.
	make: Callable
	asked: dict[str, Asked]
	# Content that anybody may try to write.
	scribble: dict
	# Returns what the norms forbid and is nevertheless so.
	forbidden: Callable[["Walk"], list[str]]
	# Whom the scope of rows keeps out, whatever their role.
	strangers: tuple[str, ...] = ()
	# What else happens around the paper.
	around: tuple[Callable, ...] = ()
	jobs: tuple[Callable, ...] = ()
	# Whether a refusal may come from another paper that the step moves on: then the request takes all back.
	carries: bool = False
	# What a walk goes for where another course walks the rest of these papers; else everything.
	only: tuple[str, ...] = ()


class Walk:
	"""One walk; every move is noted, so that a failure tells how to get there."""

	def __init__(self, course: Course, school, seed: int):
		self.course, self.school, self.seed = course, school, seed
		self.random = random.Random(seed)
		rows = [row for row in table() if row.document == course.document]
		self.steps = [row for row in rows if row.who and row.action != WRITE]
		self.writers = {row.state: row.who for row in rows if row.action == WRITE}
		self.lawful = {(row.state, row.to) for row in rows}
		self.taken, self.refused, self.tried = Counter(), Counter(), Counter()
		self.trail, self.goal, self.days = [], None, 0

	# ---- the way

	def run(self, most: int):
		"""Walk until each step was taken and each thing asked for was missed once."""
		moves = 0
		with self.clock():
			while self.missing() and moves < most:
				self.begin()
				for _n in range(30):
					moves += 1
					if self.move() is False:
						break
			frappe.db.rollback()
		assert not self.missing(), (self.seed, moves, self.missing())

	@contextmanager
	def clock(self):
		"""Let the days of the walk pass for everything that asks for the time."""
		now, commit = data.now_datetime, frappe.db.commit
		data.now_datetime = lambda: now() + timedelta(days=self.days)
		frappe.db.commit = self.no_commit
		try:
			yield
		except AssertionError as failure:
			raise AssertionError(f"seed {self.seed}: {' / '.join(self.trail)}") from failure
		finally:
			data.now_datetime, frappe.db.commit = now, commit

	@staticmethod
	def no_commit():
		raise AssertionError("a step committed")

	def begin(self):
		frappe.db.rollback()
		frappe.clear_document_cache("PPSS Organisation", self.school.organisation)
		self.days, self.goal, self.trail, self.log = 0, None, [], []
		made = self.course.make(self.school)
		self.key = made.doctype, made.name
		self.look()
		self.log = self.written_log()

	def look(self):
		self.doc = frappe.get_doc(*self.key)
		self.state = self.doc.workflow_state

	def missing(self) -> list[str]:
		"""Return the steps not yet taken and the things asked for not yet missed."""
		steps = [] if self.course.only else [s for s in self.steps if not self.taken[s]]
		names = {name for s in self.steps for name in s.asks if self.looks_for(name)}
		return [*(f"{s.state}: {s.action}" for s in steps), *sorted(names - set(self.refused))]

	def looks_for(self, name: str) -> bool:
		return name in self.course.only if self.course.only else name in (*self.course.asked, "reason")

	# ---- moves

	def move(self):
		"""Make one move; False when nothing is left to do with this paper."""
		roll = self.random.random()
		if roll < 0.72:
			return self.towards()
		if roll < 0.82:
			self.press(self.any_step(), self.random.choice(ROLE_TERMS), self.any_reason())
		elif roll < 0.88:
			thing = self.course.asked[self.random.choice(sorted(self.course.asked))]
			self.change(self.random.choice((thing.spoil, thing.mend)))
		elif roll < 0.93:
			self.scribble(self.random.choice(ROLE_TERMS))
		elif roll < 0.97:
			self.go_around(self.random.choice(ROLE_TERMS), self.random.choice((submit, jump, delete)))
		else:
			self.change(self.random.choice((*self.course.around, Walk.next_days)))
		return None

	def any_step(self) -> Step:
		"""Return any button of these papers, as the one it is here if it is one here."""
		action = self.random.choice(self.steps).action
		rows = [step for step in self.steps if step.action == action]
		return next((step for step in rows if step.state == self.state), rows[0])

	def any_reason(self) -> str | None:
		return self.random.choice((REASON, REASON, REASON, None, " "))

	def towards(self):
		"""Go on to what the walk has not yet seen: a step taken, or a thing asked for missing."""
		self.goal = self.goal or self.next_goal()
		if not self.goal:
			return False
		goal, missed = self.goal
		step = goal if self.state == goal.state else next(iter(self.way_to(goal.state)), None)
		if not step:
			return False
		for name in step.asks:
			thing = self.course.asked.get(name)
			if thing and thing.mend and thing.lacks(self) and not (step is goal and name == missed):
				self.change(thing.mend)
		wrong = self.course.asked.get(missed)
		there = step is goal or missed not in step.asks
		if wrong and wrong.spoil and there and not wrong.lacks(self):
			self.change(wrong.spoil)
		if step is goal:
			self.goal = None
		if step.state == self.state:
			reason = None if step is goal and missed == "reason" else REASON
			self.press(step, self.fitting(step, reason, wanted=step is goal and bool(missed)), reason)
		return None

	def next_goal(self) -> tuple[Step, str | None] | None:
		"""Return what was tried least and is nearest of what is not yet seen and can be reached from here."""
		within = [s for s in self.steps if s.state == self.state or self.way_to(s.state)]
		goals = [(s, None) for s in within if not (self.taken[s] or self.course.only)]
		goals += [
			(s, name) for s in within for name in s.asks if self.looks_for(name) and not self.refused[name]
		]
		chosen = min(
			goals, key=lambda goal: (self.tried[goal], len(self.way_to(goal[0].state))), default=None
		)
		self.tried[chosen] += 1
		return chosen

	def way_to(self, state: str) -> list[Step]:
		"""Return a shortest way of human steps to another state; empty when there is none."""
		waiting, seen = deque([(self.state, [])]), {self.state}
		while waiting:
			here, way = waiting.popleft()
			for step in self.steps:
				if step.state == here and step.to not in seen:
					if step.to == state:
						return [*way, step]
					seen.add(step.to)
					waiting.append((step.to, [*way, step]))
		return []

	def fitting(self, step: Step, reason: str | None, wanted: bool) -> str:
		"""Return somebody whose step it is, and who is refused exactly when that is wanted."""
		keys = [key for key in step.who if key not in self.course.strangers]
		fit = [key for key in keys if bool(self.refusals(step, key, reason)) == wanted]
		return self.random.choice(fit or keys)

	# ---- the model

	def refusals(self, step: Step, key: str, reason: str | None) -> dict[str, set[str]]:
		"""Return the codes that must refuse this step, by the thing asked for."""
		self.actor, found = key, {}
		for name in step.asks:
			thing = self.course.asked.get(name)
			codes = thing.lacks(self).split() if thing else []
			if name == "reason" and not (reason or "").strip():
				codes = ["M42"]
			if codes:
				found[name] = set(codes)
			if codes and thing and thing.first:
				return {name: set(codes)}
		return found

	# ---- each move and what must come of it

	def press(self, step: Step, key: str, reason: str | None):
		taken_here = step.state == self.state and key in step.who and key not in self.course.strangers
		refusals = self.refusals(step, key, reason) if taken_here else {"nobody's": STRANGE}
		self.note(f"{key} {step.action}{'' if reason and reason.strip() else ' (no reason)'}")
		codes = self.attempt(key, lambda: apply_workflow(self.given(reason), step.action))
		before = self.state
		self.look()
		if not refusals:
			assert codes is None, (step.action, key, codes)
			assert (before, self.state) == (step.state, step.to)
			self.log.append((step.state, step.to, self.school.users[key]))
			self.taken[step] += 1
		elif taken_here:
			assert codes == set().union(*refusals.values()), (step.action, key, codes, refusals)
			self.refused.update(list(refusals))
		else:
			assert codes and codes <= STRANGE, (step.action, key, codes)
		self.compare()

	def given(self, reason: str | None) -> dict:
		doctype, name = self.key
		return {"doctype": doctype, "name": name, "transition_reason": reason}

	def scribble(self, key: str):
		"""Somebody writes content: it stands where the table lets this person write, else nothing has changed."""
		self.note(f"{key} writes in {self.state}")
		may = key in self.writers.get(self.state, ()) and key not in self.course.strangers
		before = self.content()
		codes = self.attempt(key, lambda: self.written(self.course.scribble).save())
		self.look()
		# Without a word the framework drops what stands above the level of somebody's rights.
		assert codes is None if may else self.content() == before, (key, codes)
		self.compare()

	def content(self) -> dict[str, str]:
		return {name: str(self.doc.get(name)) for name in self.course.scribble}

	def go_around(self, key: str, how: Callable):
		"""Somebody tries to come to another state without its button: nobody does."""
		if how is delete and self.doc.docstatus == 0:
			return
		self.note(f"{key} tries to {how.__name__}")
		codes = self.attempt(key, lambda: how(self))
		assert codes, (key, how.__name__, self.state)
		self.look()
		self.compare()

	def written(self, values: dict):
		paper = frappe.get_doc(*self.key)
		paper.update({name: value(self) if callable(value) else value for name, value in values.items()})
		return paper

	def attempt(self, key: str, act: Callable) -> set[str] | None:
		"""Do it as this person; return None, or the codes of the refusal, after which nothing is other than before."""
		before, statements = self.fingerprint(), []
		frappe.db.savepoint("attempt")
		frappe.local.response.pop("ppss_codes", None)
		try:
			with self.school.acting(key), counted(statements):
				act()
			return None
		except REFUSED as refusal:
			self.trail.append(repr(refusal)[:90])
			codes = set(frappe.local.response.pop("ppss_codes", ())) or {FRAMEWORK}
		finally:
			frappe.flags.transition_reason = None
		if not self.course.carries:
			written = [one for one in statements if one.lstrip().lower().startswith(WRITES)]
			assert all(any(table in one for table in BEFOREHAND) for one in written), written
		back_to("attempt")
		assert self.fingerprint() == before
		return codes

	def fingerprint(self) -> list:
		"""Return the paper's row and the rows of its tables, as they stand."""
		doctype, name = self.key
		meta = frappe.get_meta(doctype)
		read = "select * from `tab{}` where {} = %s order by name"
		tables = dict.fromkeys(df.options for df in meta.get_table_fields())
		rows = [frappe.db.sql(read.format(doctype, "name"), name)]
		return rows + [frappe.db.sql(read.format(one, "parent"), name) for one in tables]

	def change(self, how: dict | Callable | None):
		"""Do something around the paper, or write values into it as one of those who may; refusals are no matter here."""
		if how is None or (isinstance(how, dict) and self.doc.docstatus == 2):
			return
		self.note(getattr(how, "__name__", None) or f"writes {', '.join(how)}")
		frappe.db.savepoint("around")
		try:
			if callable(how):
				how(self)
			else:
				may = [key for key in self.writers_here() if key not in self.course.strangers]
				with self.school.acting(self.random.choice(may)):
					self.written(how).save()
		except REFUSED:
			back_to("around")
			self.trail.append("refused")
		frappe.local.response.pop("ppss_codes", None)
		self.look()
		self.follow()
		self.compare()

	def writers_here(self) -> list[str]:
		"""Return those who write in this state; once it is decided, those who take its next step fill what that asks for."""
		own = self.writers.get(self.state) or [k for s in self.steps if s.state == self.state for k in s.who]
		return [*own] or ["DEP"]

	def next_days(self):
		"""Two days pass, and the daily jobs of these papers run."""
		self.days += 2
		for job in self.course.jobs:
			job(nullcontext)

	def follow(self):
		"""What moved the paper without its button is a step the table knows, and begins where the last one ended."""
		for before, after, user in self.written_log()[len(self.log) :]:
			assert (before, after) in self.lawful or before == after, (before, after)
			self.log.append((before, after, user))

	def written_log(self) -> list[tuple]:
		own = {"parent": self.key[1], "parenttype": self.key[0]}
		fields = ["from_state", "to_state", "user"]
		return [
			tuple(row) for row in frappe.get_all("PPSS Transition", own, fields, order_by="idx", as_list=True)
		]

	def compare(self):
		"""One row of the log for each step taken, in one chain; state and docstatus agree; nothing forbidden holds."""
		assert self.written_log() == self.log
		states = [row[0] for row in self.log] + [self.state]
		assert all(row[1] == after for row, after in zip(self.log, states[1:], strict=True)), self.log
		assert self.doc.docstatus == self.doc.docstatus_in(self.state), self.state
		assert not self.course.forbidden(self)

	def note(self, what: str):
		self.trail.append(f"[{self.state}] {what}")


def back_to(save_point: str):
	"""Undo to the mark; the framework then believes that nothing is written, and a turn taken would begin anew."""
	frappe.db.rollback(save_point=save_point)
	frappe.db.transaction_writes += 1


# ---- ways around the button


def submit(w: Walk):
	"""Send the next docstatus alone, as a client does that knows no workflow."""
	paper = frappe.get_doc(*w.key)
	paper.docstatus = min(2, paper.docstatus + 1)
	paper.save()


def jump(w: Walk):
	"""Write a state to which no step leads from here."""
	paper = frappe.get_doc(*w.key)
	near = {s.to for s in w.steps if s.state == w.state} | {w.state}
	paper.workflow_state = w.random.choice([s.to for s in w.steps if s.to not in near])
	paper.docstatus = paper.docstatus_in(paper.workflow_state)
	paper.save()


def delete(w: Walk):
	frappe.delete_doc(*w.key)


def uncovered(courses: list[Course]) -> list[str]:
	"""Return what the table asks for of the papers that are walked, and no course knows."""
	papers = {one.document for one in courses}
	walked = {(one.document, name) for one in courses for name in (*one.asked, "reason")}
	return [
		f"{row.document}: {name}"
		for row in table()
		for name in row.asks
		if row.document in papers and (row.document, name) not in walked
	]
