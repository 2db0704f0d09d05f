import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import activity_facts, facts, journals
from ppss_support.answers import answer
from ppss_support.constants import roles, states
from ppss_support.controllers.paper import Paper
from ppss_support.notices import assign, close_assignments, tell
from ppss_support.regulation import activities, requests
from ppss_support.regulation.finding import Finding, Label

DECISION = ("decision", "within_competence", "passed_to")


class PPSSRequest(Paper):
	"""Advice a teacher asks of a specialist, a task on a difficulty found, or a need of pupils, parents or staff.

	KZ92-14.1.4e, KZ92-6.3b, KZ92-14.1.2b; OVR-J6; KG-8.1.
	"""

	TAKE_UP = (states.NEW, states.TAKEN_UP)
	ANSWER = (states.TAKEN_UP, states.ANSWERED)
	CLOSE = (states.ANSWERED, states.CLOSED)

	GUARDS = {
		TAKE_UP: ("taken_up_by_asked",),
		ANSWER: ("answered_by_asked", "answered"),
		CLOSE: ("closed_by_asker",),
	}
	# Whoever is asked has it on the to-do list or is told.
	WAITS_FOR_OTHERS = False
	EFFECTS = {TAKE_UP: ("hand_on",), ANSWER: ("tell_asker",)}

	def set_defaults(self):
		super().set_defaults()
		self.from_person = self.from_person or facts.specialist_of_user()

	def complete(self):
		super().complete()
		self.school_year = facts.school_year_on(getdate(self.date))
		if self.within_competence != requests.OUTSIDE:
			self.passed_to = None
		if self.decision and not self.considered_on:
			self.considered_on = getdate()

	def after_insert(self):
		self.call_on_asked()
		journals.enter(self, journals.place_of_request(self))

	def on_trash(self):
		"""What has a number in a journal stays, as its number does (OVR-F6)."""
		if journals.stands(self):
			answer([Finding.of("A10")])
		super().on_trash()

	def check_always(self) -> list[Finding]:
		return self.decided_by_asked() + (self.asked_fully() if self.workflow_state == states.NEW else [])

	def decided_by_asked(self) -> list[Finding]:
		"""What is decided on a request, nobody else enters (KG-8.1)."""
		before = self.get_doc_before_save()
		same = all((self.get(field) or "") == ((before and before.get(field)) or "") for field in DECISION)
		return [] if same else self.answered_by_asked()

	def asked_fully(self) -> list[Finding]:
		values = {df.fieldname: self.get(df.fieldname) for df in self.meta.fields}
		names = {df.fieldname: df.label for df in self.meta.fields}
		return (
			requests.giver(self.kind, facts.roles_of(self.from_person))
			+ requests.addressee(self.kind, self.to_role, facts.roles_of(self.to_person))
			+ requests.task_complete(self.kind, values, names)
			+ requests.need_complete(self.kind, values, names)
		)

	# ---- guards

	@property
	def actor_was_asked(self) -> bool:
		actor = facts.specialist_of_user()
		return actor == self.to_person if self.to_person else self.to_role in facts.roles_of(actor)

	def taken_up_by_asked(self) -> list[Finding]:
		found = requests.by_whom(self.actor_was_asked, self.asked_name)
		if not found:
			self.to_person = facts.specialist_of_user()
		return found

	def answered_by_asked(self) -> list[Finding]:
		return requests.by_whom(self.actor_was_asked, self.asked_name)

	def answered(self) -> list[Finding]:
		self.answered_on = getdate()
		labels = {df.fieldname: df.label for df in self.meta.fields}
		found = [] if self.answer else [Finding.of("A21", Label("Answer or Result"))]
		values, decided = {field: self.get(field) for field in DECISION}, self.uses(activities.SOCIAL_WORK)
		found += requests.considered(self.kind, values, labels, decided)
		return found + (
			requests.passed_on(self.kind, self.within_competence, self.passed_to) if decided else []
		)

	def closed_by_asker(self) -> list[Finding]:
		right = facts.specialist_of_user() == self.from_person or roles.DEPUTY in frappe.get_roles()
		return requests.by_whom(right, facts.full_name("PPSS Specialist", self.from_person))

	@property
	def asked_name(self) -> str | Label:
		return facts.full_name("PPSS Specialist", self.to_person) if self.to_person else Label(self.to_role)

	# ---- who hears of it

	def call_on_asked(self):
		"""A named person gets it on the to-do list; a role is told, so that one of them takes it up."""
		if self.to_person:
			assign(activity_facts.logins_of([self.to_person]), self, self.subject(), self.due)
		else:
			asked = activity_facts.holders_of(self.to_role, self.organisation)
			tell(activity_facts.logins_of(asked), self.doctype, self.name, self.subject)

	def hand_on(self):
		assign(activity_facts.logins_of([self.to_person]), self, self.subject(), self.due)

	def tell_asker(self):
		close_assignments(self)
		tell(activity_facts.logins_of([self.from_person]), self.doctype, self.name, self.answered_text)

	def answered_text(self, lang: str) -> str:
		return _("Request {0} is answered", lang).format(self.name)

	def subject(self, lang: str | None = None) -> str:
		asker = self.asker_name or facts.full_name("PPSS Specialist", self.from_person)
		return _("{0} asks: {1}", lang).format(asker, _(self.kind, lang))


# ---- requests that others offer: filled, not saved


@frappe.whitelist()
def advice_on_monitoring(source_name: str):
	"""Return a new request for advice on the difficulty a recorded monitoring found (KZ92-14.1.4b, KZ92-14.1.4e).

	Raises PermissionError when the user may not read the entry, RuleRefused when it found no difficulty.
	"""
	monitoring = frappe.get_doc("PPSS Activity", source_name)
	monitoring.check_permission("read")
	if not monitoring.offers_request:
		answer([Finding.of("A21", Label("Difficulty"))])
	return offered(
		kind=requests.ADVICE,
		organisation=monitoring.organisation,
		learner=monitoring.learner,
		learner_name=monitoring.learner_name,
		area="Learning",
		activity=monitoring.name,
		question=f"{monitoring.subject}: {monitoring.difficulty}",
	)


@frappe.whitelist()
def task_on_difficulty(source_name: str, row: str | None = None):
	"""Return a new task on one difficulty of a concluded assessment, its team as those who cooperate (KZ92-6.3b).

	`row` is the name of the difficulty's row. Raises PermissionError when the user may not read the assessment.
	"""
	assessment = frappe.get_doc("PPSS Needs Assessment", source_name)
	assessment.check_permission("read")
	row = row or (frappe.flags.args or {}).get("row")
	difficulty = next((one for one in assessment.difficulties if one.name == row), None)
	if assessment.workflow_state != states.CONCLUDED or not difficulty:
		answer([Finding.of("M12", assessment.learner_name)])
	team = [one for one in assessment.team if one.role in requests.COOPERATING]
	return offered(
		kind=requests.TASK,
		organisation=assessment.organisation,
		learner=assessment.learner,
		learner_name=assessment.learner_name,
		area=difficulty.area,
		assessment=assessment.name,
		question=difficulty.description,
		cooperating=[{"specialist": one.specialist, "role": one.role} for one in team],
	)


def offered(**values):
	request = frappe.new_doc("PPSS Request")
	request.update({"from_person": facts.specialist_of_user(), "date": str(getdate()), **values})
	return request
