"""The one shape of every paper that is decided by workflow (requirements B.0).

A subclass names its guards, its reasons and its effects per step; this class makes them hold for every door:
workflow button, list action, import, REST and background job.
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.archive import outbox
from ppss_support.constants import roles
from ppss_support.controllers.one_at_a_time import OneAtATime
from ppss_support.controllers.remarks import judge, write_down
from ppss_support.controllers.turns import pass_on
from ppss_support.exceptions import StepNotAllowed
from ppss_support.exits import hidden
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import edition_in_force, reason_given
from ppss_support.texts import plain

Step = tuple[str, str]
MOVING_FIELDS = {"workflow_state", "transition_reason", "history", "amended_from"}


class Paper(OneAtATime):
	GUARDS: dict[Step, tuple[str, ...]] = {}
	EFFECTS: dict[Step, tuple[str, ...]] = {}
	REASONS: frozenset[Step] = frozenset()
	# Fields the deciding role fills at its step though the content is not its own.
	STEP_FIELDS: dict[str, frozenset[str]] = {}
	# Fields that stay open once the paper is approved.
	OPEN_FIELDS: frozenset[str] = frozenset()
	# Of those and of the tables below, what a state closes: the step into it rested on them.
	CLOSED_IN: dict[str, frozenset[str]] = {}
	# Columns that stay open in the rows of an approved table; the rows themselves stay as they are.
	OPEN_COLUMNS: dict[str, frozenset[str]] = {}
	# Feature of the regulation profile this paper belongs to (F.5); None: used in every profile.
	FEATURE: str | None = None
	# Steps a deputy head does not take on own papers unless the organisation allows it.
	NOT_OWN_STEPS: frozenset[Step] = frozenset()
	# Whether the next step is the turn of everybody with its role; an entry of one's own waits for nobody.
	WAITS_FOR_OTHERS: bool = True

	# ---- framework events

	def before_insert(self):
		self.set_defaults()

	def validate(self):
		self.restore_system_fields()
		self.fill_new_rows()
		self.complete()
		step = self.get_step()
		self.check_new_state()
		self.check_step(step)
		self.check_docstatus()
		self.check_editor()
		findings = self.check_profile(step) + self.check_always() + self.check_guards(step)
		self.record_step(step, judge(self, findings))

	def before_update_after_submit(self):
		self.validate()

	def before_cancel(self):
		# A decision names the paper that carries it out; whether the paper may go is decided by its own rules.
		self.ignore_linked_doctypes = ("PPSS Meeting",)
		self.validate()

	def on_update(self):
		self.run_effects()

	def on_update_after_submit(self):
		self.run_effects()

	def on_cancel(self):
		self.run_effects()

	def on_trash(self):
		"""Numbered and decided papers stay; one under way is struck out by those who may write in it."""
		if self.docstatus != 0 or self.get("number"):
			answer([Finding.of("A10")])
		editors = self.editors_in(self.workflow_state)
		if not editors & set(frappe.get_roles()):
			self.refuse_hand(self.workflow_state, editors)

	def onload(self):
		self.set_onload("reason_actions", self.reason_actions())

	def as_dict(self, *args, **kwargs):
		"""Keep what leaves to the reader's level also in the answer to a save: the framework does so where it reads."""
		values = super().as_dict(*args, **kwargs)
		return kept_to_level(self, values) if getattr(frappe.local, "request", None) else values

	# ---- what a subclass adds

	def set_defaults(self):
		"""Fill what the user need not: organisation, school year, the edition of the regulation."""
		self.organisation = self.organisation or facts.organisation_of_user()
		if self.meta.has_field("school_year") and not self.school_year:
			self.school_year = facts.school_year_on(getdate())

	def fill_new_rows(self):
		"""Give rows added later the defaults that the framework gives to the rows of a new paper alone."""
		if self.is_new():
			return
		for row in self.get_all_children():
			if row.is_new():
				row.update_if_missing(frappe.new_doc(row.doctype, as_dict=True))

	def complete(self):
		"""Compute what follows from the rest."""
		before = self.get_doc_before_save()
		# What was decided stays under the edition it was decided by.
		if not before or before.docstatus == 0:
			self.regulation_profile = facts.profile_on(self.organisation, self.paper_date())
		if self.is_new() and self.meta.has_field("print_language"):
			self.print_language = self.print_language or facts.language_of(self.regulation_profile)

	def check_always(self) -> list[Finding]:
		"""Return the findings of rules that hold in every state."""
		return []

	def overridden(self) -> dict[str, str]:
		"""Return the rules somebody decided against, by code, with the reason."""
		return {}

	def paper_date(self):
		"""Return the date by which the edition of the regulation is judged."""
		return getdate(self.get("date") or self.creation)

	# ---- steps

	def get_step(self) -> Step | None:
		"""Return (from, to) when this save moves the paper, else None."""
		before = self.get_doc_before_save()
		if before and before.workflow_state != self.workflow_state:
			return before.workflow_state, self.workflow_state
		return None

	def check_new_state(self):
		first = self.workflow.states[0].state
		self.workflow_state = self.workflow_state or first
		if self.is_new() and self.workflow_state != first:
			answer([Finding.of("A04", Label(first), Label(self.workflow_state))])

	def check_step(self, step: Step | None):
		if not step:
			return
		allowed = {t.allowed for t in self.workflow.transitions if (t.state, t.next_state) == step}
		refuse_unless_allowed(step, allowed, self.regulation_profile)
		own = step in self.NOT_OWN_STEPS and self.written_by() == frappe.session.user != "Administrator"
		if own and not facts.organisation(self.organisation).deputy_confirms_own:
			answer([Finding.of("A13")], StepNotAllowed)

	def check_docstatus(self):
		"""The state decides the document status; a bare submit or cancel is refused."""
		if self.docstatus_in(self.workflow_state) != int(self.docstatus):
			answer([Finding.of("A03", int(self.docstatus), Label(self.workflow_state))])

	def check_profile(self, step: Step | None) -> list[Finding]:
		"""A paper the profile does not know is refused when begun (M47); an act not in force warns at each step."""
		if self.is_new() and not self.belongs():
			return [Finding.of("M47", self.regulation_profile)]
		if not step:
			return []
		return edition_in_force(self.paper_date(), *facts.edition_dates(self.regulation_profile))

	def belongs(self) -> bool:
		"""Tell whether the profile, and the organisation within it, uses this paper (F.5)."""
		return not self.FEATURE or self.uses(self.FEATURE)

	def uses(self, feature: str) -> bool:
		return feature in facts.features_on(self.organisation, self.regulation_profile)

	def check_guards(self, step: Step | None) -> list[Finding]:
		if not step:
			return []
		found = reason_given(self.step_reason) if step in self.REASONS else []
		for guard in self.GUARDS.get(step, ()):
			found += getattr(self, guard)()
		return found

	def record_step(self, step: Step | None, warnings: list[str]):
		if not step:
			return
		self.append("history", transition(step, self.step_reason, warnings))
		self.transition_reason = None
		frappe.flags.transition_reason = None
		self.flags.step = step

	def run_effects(self):
		write_down(self, self.overridden())
		step = self.flags.pop("step", None)
		if step or self.flags.in_insert:
			pass_on(self)
		for effect in self.EFFECTS.get(step, ()):
			getattr(self, effect)()
		if step:
			outbox.note_step(self, step)

	@property
	def step_reason(self) -> str | None:
		return self.transition_reason or frappe.flags.transition_reason

	@property
	def workflow(self):
		workflow = self.meta.get_workflow()
		if not workflow:
			frappe.throw(
				_("No workflow is active for {0}. Run the migration of the app.").format(_(self.doctype))
			)
		return frappe.get_cached_doc("Workflow", workflow)

	def written_by(self) -> str | None:
		"""Return the user whose work a deputy head confirms."""
		return self.owner

	def reason_actions(self) -> list[str]:
		"""Return the buttons that ask for a reason from here."""
		return [
			t.action
			for t in self.workflow.transitions
			if t.state == self.workflow_state and (t.state, t.next_state) in self.REASONS
		]

	def advance(self, state: str, reason: str):
		"""Move by the system (superseded, suspended, expired): no role asks for it, so no role is checked."""
		step = (self.workflow_state, state)
		row = self.append("history", transition(step, reason, []))
		row.db_insert()
		# Not db_set: it reads the whole paper anew, table by table.
		frappe.db.set_value(self.doctype, self.name, "workflow_state", state)
		self.workflow_state = state
		pass_on(self)
		outbox.note_step(self, step)
		self.notify_update()

	def take_step(self, state: str, reason: str | None = None):
		"""Move as the acting user by a step of another paper: role and rules are asked as at the button."""
		self.workflow_state, self.transition_reason = state, reason
		self.docstatus = self.docstatus_in(state)
		self.save()

	def docstatus_in(self, state: str) -> int:
		return int(next((s.doc_status for s in self.workflow.states if s.state == state), 0))

	# ---- content

	def restore_system_fields(self):
		"""Read-only fields are the program's: what a client sends for them is dropped."""
		before = self.get_doc_before_save()
		for df in self.meta.fields:
			if not df.read_only or df.fetch_from or df.fieldname == "workflow_state":
				continue
			if before:
				self.set(df.fieldname, before.get(df.fieldname))
			elif df.fieldname != "amended_from":
				self.set(df.fieldname, df.default)

	def check_editor(self):
		"""Content is changed by those the state names; approved content by nobody (M43)."""
		before = self.get_doc_before_save()
		changed = self.changed_fields(before) if before else set()
		if not changed:
			return
		approved = before.docstatus == 1
		still_open = self.OPEN_FIELDS | self.tables_kept(before)
		if approved and changed - (still_open - self.CLOSED_IN.get(before.workflow_state, frozenset())):
			answer([Finding.of("M43")])
		editors = self.editors_in(before.workflow_state)
		decided_elsewhere = editors == {roles.HEAD} and not approved
		foreign = changed - self.STEP_FIELDS.get(before.workflow_state, frozenset())
		if foreign and (decided_elsewhere or not editors & set(frappe.get_roles())):
			self.refuse_hand(before.workflow_state, editors)

	def editors_in(self, state: str) -> set[str]:
		return {s.allow_edit for s in self.workflow.states if s.state == state}

	@staticmethod
	def refuse_hand(state: str, editors: set[str]):
		name = frappe.utils.get_fullname()
		answer([Finding.of("A01", Label(state), name, joined(editors))], StepNotAllowed)

	def changed_fields(self, before: Document) -> set[str]:
		return {df.fieldname for df in self.content_fields() if not same(df, self, before)}

	def tables_kept(self, before: Document) -> set[str]:
		"""Return the tables whose rows differ at most in columns that stay open."""
		return {
			table
			for table, columns in self.OPEN_COLUMNS.items()
			if table_values(self.get(table), columns) == table_values(before.get(table), columns)
		}

	def content_fields(self) -> list:
		return [
			df
			for df in self.meta.fields
			if (df.fieldtype not in no_value_fields or df.fieldtype in table_fields)
			and df.fieldname not in MOVING_FIELDS
			and not (df.read_only or df.fetch_from)
		]


def kept_to_level(paper: Document, values: dict) -> dict:
	above = hidden(paper.meta)
	for fields in (
		values,
		*(row for df in paper.meta.get_table_fields() for row in values.get(df.fieldname) or ()),
	):
		for field in above & fields.keys():
			del fields[field]
	return values


def refuse_unless_allowed(step: Step, allowed: set[str], profile: str | None = None):
	"""Refuse with M04 what only the head decides, with A02 what the user's roles do not decide."""
	if allowed & set(frappe.get_roles()):
		return
	if allowed == {roles.HEAD}:
		answer([Finding.of("M04")], StepNotAllowed, profile)
	answer([Finding.of("A02", Label(step[0]), Label(step[1]), joined(allowed) or "–")], StepNotAllowed)


def joined(names: set[str]) -> str:
	return ", ".join(sorted(_(name) for name in names))


def same(df, left: Document, right: Document) -> bool:
	if df.fieldtype in table_fields:
		return table_values(left.get(df.fieldname)) == table_values(right.get(df.fieldname))
	return comparable(df, left.get(df.fieldname)) == comparable(df, right.get(df.fieldname))


def table_values(rows, besides: frozenset[str] = frozenset()) -> list[dict]:
	return [
		{
			df.fieldname: comparable(df, row.get(df.fieldname))
			for df in row.meta.fields
			if df.fieldtype not in no_value_fields
			and not (df.read_only or df.fetch_from)
			and df.fieldname not in besides
		}
		for row in rows or []
	]


def comparable(df, value):
	return frappe.utils.cast(df.fieldtype, value) or None


def transition(step: Step, reason: str | None, warnings: list[str]) -> dict:
	person = facts.person_of_user(frappe.session.user)
	return {
		"at": now_datetime(),
		"from_state": step[0],
		"to_state": step[1],
		"user": frappe.session.user,
		"person": person.full_name,
		"position": person.position,
		"reason": plain(reason),
		"warnings": "\n".join(warnings),
		**facts.place_of_request(),
	}
