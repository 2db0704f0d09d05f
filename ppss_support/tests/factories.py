"""Makes what a test needs, through the app's own rules: a school, its people, and papers in any state."""

from contextlib import contextmanager

import frappe
from frappe.model.workflow import WorkflowTransitionError
from frappe.utils import add_days, add_months, get_datetime, getdate, today

from ppss_support import facts
from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.regulation.rules import PART_OF

ROLE_TERMS = ("HEAD", "DEP", "PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH", "ADM", "ACC")
MEMBERS = ("DEP", "PSY", "SOC", "SPE", "AST", "CAR")
SCAN = "/private/files/scan.pdf"
# How many days ago a programme was decided, unless a test says otherwise.
DECIDED = 100


@contextmanager
def acting_as(user: str):
	"""Run the block as this user."""
	before = frappe.session.user
	become(user)
	try:
		yield
	finally:
		become(before)


def become(user: str):
	"""Change the user and keep what was read of the site: it is the same for all, and costs a seventh of a test."""
	known = frappe.local.cache
	frappe.set_user(user)
	frappe.local.cache = known


def make(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def take(doc, action: str, reason: str | None = None, **values):
	"""Fill `values`, then take the step of this button; return the document as it stands after it.

	Role and rules are asked as at the button (`Paper.take_step`); the button itself reads the document twice more.
	"""
	doc = as_it_stands(doc)
	if values:
		doc.update(values)
		doc.save()
	states = [t.next_state for t in doc.workflow.transitions if step_of(t) == (doc.workflow_state, action)]
	if not states:
		raise WorkflowTransitionError(f"{doc.doctype}: {doc.workflow_state}: {action}")
	try:
		doc.take_step(states[0], reason)
	except (frappe.ValidationError, frappe.PermissionError):
		doc.reload()
		raise
	return doc


def step_of(transition) -> tuple[str, str]:
	return transition.state, transition.action


def as_it_stands(doc):
	"""Return the document itself, or another reading of it if it was changed meanwhile."""
	kept = frappe.db.get_value(doc.doctype, doc.name, "modified")
	return doc if kept == get_datetime(doc.modified) else frappe.get_doc(doc.doctype, doc.name)


def make_login(email: str, *roles: str) -> str:
	"""Insert a user as it would stand in the table: a save empties every cache, and a school has eleven logins."""
	user = frappe.new_doc("User")
	user.update({"name": email, "email": email, "first_name": email.partition(".")[0].upper(), "enabled": 1})
	user.update({"language": "en", "user_type": "System User"})
	user.extend("roles", [{"role": role} for role in roles])
	user.set_full_name()
	user.set_parent_in_children()
	for row in (user, *user.roles):
		row.db_insert()
	return user.name


class School:
	"""A school with a person for each role; `users[term]` and `staff[term]` give login and staff record."""

	def __init__(self, tag: str | None = None):
		self.tag = tag or frappe.generate_hash(length=6)
		self.users, self.staff, self.keep = {}, {}, {}
		self.year = self.make_year()
		self.organisation = make(
			"PPSS Organisation",
			short_name=f"Мектеп {self.tag}",
			name_kk=f"№ {self.tag} жалпы білім беретін мектеп",
			name_ru=f"Общеобразовательная школа № {self.tag}",
			regulation_profile="KZ92",
			profile_from="2025-09-01",
			place_kk="Алматы қаласы",
			place_ru="город Алматы",
		).name
		for term in ROLE_TERMS:
			self.add_person(term)
		self.school_class = make(
			"PPSS Class",
			title="7 Ә",
			organisation=self.organisation,
			school_year=self.year,
			level="L2",
			class_teacher=self.staff["CLS"],
		).name

	@staticmethod
	def make_year() -> str:
		"""Return the school year around today, in four quarters of equal length."""
		known = frappe.db.get_value(
			"PPSS School Year", {"from_date": ("<=", today()), "to_date": (">=", today())}
		)
		if known:
			return known
		first = add_days(getdate(), -120)
		quarters = [
			{"quarter": n + 1, "from_date": add_days(first, n * 65), "to_date": add_days(first, n * 65 + 60)}
			for n in range(4)
		]
		title = f"{first.year}-{first.year + 1}"
		return make(
			"PPSS School Year", title=title, from_date=first, to_date=add_days(first, 270), quarters=quarters
		).name

	@staticmethod
	def year_that_ended() -> str:
		"""Return a school year of the past, one for all tests: no two years share a day."""
		first = add_days(getdate(), -1200)
		known = facts.school_years_between(first, add_days(first, 700), besides=None)
		if known:
			return known[0][0]
		quarters = [
			{"quarter": n + 1, "from_date": add_days(first, n * 25), "to_date": add_days(first, n * 25 + 20)}
			for n in range(4)
		]
		dates = {"from_date": first, "to_date": add_days(first, 100)}
		return make("PPSS School Year", title=f"{first.year}", **dates, quarters=quarters).name

	def add_person(self, term: str, key: str | None = None) -> str:
		key = key or term
		user = make_login(f"{key.lower()}.{self.tag}@example.com", ROLE_OF_TERM[term])
		self.users[key] = user
		self.staff[key] = make(
			"PPSS Specialist",
			full_name=f"{key} Тегі {self.tag}",
			position=f"Лауазым {key}",
			organisation=self.organisation,
			user=user,
			roles=[{"term": term}],
		).name
		return self.staff[key]

	def acting(self, key: str):
		return acting_as(self.users[key])

	# ---- child

	def add_learner(self, relation: str = "Parent", **values):
		"""Make a learner with one legal representative; `authority` is the paper of a guardian or trustee."""
		parent = make(
			"PPSS Representative",
			full_name=f"Ата-ана {frappe.generate_hash(length=5)}",
			organisation=self.organisation,
		)
		return make(
			"PPSS Learner",
			organisation=self.organisation,
			surname="Әлиев",
			given_name=frappe.generate_hash(length=6).upper(),
			birth_date=add_months(today(), -150),
			school_class=values.pop("school_class", self.school_class),
			representatives=[
				{
					"representative": parent.name,
					"relation": relation,
					"is_legal_representative": values.pop("is_legal", 1),
					"authority_document": values.pop("authority", None),
				}
			],
			**values,
		)

	def child(self, consent: bool = True, **values):
		"""Return a learner with an open case and, unless told otherwise, a signed consent."""
		learner = self.add_learner(**values)
		self.open_case(learner)
		if consent:
			self.consent(learner)
		return learner

	def kept(self, key: str, maker):
		"""Return what `maker` made for this key the first time: for what tests only read."""
		if key not in self.keep:
			self.keep[key] = maker(self)
		return self.keep[key]

	def assessed_child(self, **values):
		learner = self.child()
		self.assessment(learner, **values)
		return learner

	def listed_child(self):
		"""Return a child of this school's approved list, the same for every caller."""
		learner = self.kept("listed child", School.assessed_child)
		if not facts.list_row_of(learner.name, self.year, ("Approved",)):
			self.put_on_list(learner)
		return learner

	def make_listed_child(self):
		learner = self.assessed_child()
		self.put_on_list(learner)
		return learner

	def put_on_list(self, learner):
		self.learner_list([learner], amends=self.approved_list())

	def approved_list(self) -> str | None:
		return frappe.db.get_value(
			"PPSS Learner List", {"organisation": self.organisation, "workflow_state": "Approved"}
		)

	def open_case(self, learner, *members: str):
		"""Open the case; without members named, with everyone, so that scope is not what a test trips over."""
		keys = members or ("PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH")
		members = [{"specialist": self.staff[key], "role": key.rstrip("0123456789")} for key in keys]
		return make(
			"PPSS Support Case",
			organisation=self.organisation,
			learner=learner.name,
			school_year=self.year,
			responsible=self.staff[keys[0]],
			members=members,
		)

	# ---- papers: `…_values` is what a client would send, the plain name makes the paper and moves it on

	def order_values(self, **values) -> dict:
		return {
			"organisation": self.organisation,
			"order_kind": "Create",
			"subject": "Қызметті құру туралы",
			"basis_text": "№ 92 бұйрық",
			"head": self.staff["HEAD"],
			"order_no": frappe.generate_hash(length=5),
			"order_date": day(-60),
			"members": self.member_rows(*MEMBERS),
			**values,
		}

	def member_rows(self, *terms: str, coordinator: str | None = "DEP", **values) -> list[dict]:
		return [
			{
				"specialist": self.staff[term],
				"position": term,
				"role_in_service": term,
				"is_coordinator": int(term == coordinator),
				**values,
			}
			for term in terms
		]

	def order(self, state: str = "In force", **values):
		with self.acting("DEP"):
			order = make("PPSS Support Order", **self.order_values(**values))
		return self.move(order, state, ("DEP", "Submit to Head"), ("HEAD", "Issue"))

	def consent_values(self, learner, **values) -> dict:
		return {
			"organisation": self.organisation,
			"learner": learner.name,
			"representative": learner.representatives[0].representative,
			**values,
		}

	def consent(self, learner, state: str = "Signed", made_by: str = "CLS", **values):
		signed = {"date_signed": day(-50), "is_signed": 1, "signed_paper": SCAN}
		with self.acting(made_by):
			consent = make("PPSS Consent", **self.consent_values(learner, **{**signed, **values}))
		return self.move(consent, state, (made_by, "Register Signature"))

	def withdraw(self, consent, **values):
		stated = {"withdrawn_on": today(), "withdrawal_statement": SCAN, **values}
		with self.acting("DEP"):
			return take(consent, "Withdraw", "Ата-ананың өтініші", **stated)

	def pmpc_values(self, learner, **values) -> dict:
		return {
			"organisation": self.organisation,
			"learner": learner.name,
			"pmpc_name": "№ 1 ПМПК",
			"number": "15",
			"date": day(-40),
			"conclusion": "Қорытынды",
			"recommendations": [{"advice": "Special Pedagogue", "text": "Ұсыным"}],
			"file": SCAN,
			**values,
		}

	def pmpc(self, learner, state: str = "Verified", made_by: str = "SPE", **values):
		with self.acting(made_by):
			pmpc = make("PPSS PMPC Recommendation", **self.pmpc_values(learner, **values))
		return self.move(pmpc, state, ("DEP", "Confirm"))

	def assessment_values(self, learner, categories: tuple[str, ...] = ("C1",), **values) -> dict:
		limited = "C3" in categories
		return {
			"organisation": self.organisation,
			"learner": learner.name,
			"support_case": facts.case_of(learner.name, self.year),
			"reason": "Үлгерімі төмен",
			"team": self.team("PSY", "CLS"),
			"difficulties": [{"area": "Learning", "description": "Оқуда қиындық"}],
			"categories": [{"term": c} for c in categories],
			"impairments": [{"term": "IM2"}] if limited else [],
			"c3_status": "Proposed" if limited else "None",
			"need_duration": "ND1",
			"special_conditions": [{"condition": "SC8", "description": "Қолдау"}],
			"conclusion": "Қорытынды",
			"recommendations": "Ұсынымдар",
			**values,
		}

	def team(self, *terms: str) -> list[dict]:
		"""Return team rows, the first of them the leader."""
		return [
			{"specialist": self.staff[t], "role": t, "part": PART_OF[t], "is_leader": int(t == terms[0])}
			for t in terms
		]

	def assessment(self, learner, state: str = "Concluded", made_by: str = "PSY", **values):
		with self.acting(made_by):
			assessment = make("PPSS Needs Assessment", **self.assessment_values(learner, **values))
		if state == "Draft":
			return assessment
		assessment = self.move(assessment, "Team working", ("DEP", "Open Assessment"))
		if state == "Team working":
			return assessment
		self.sign_parts(assessment)
		leader = next(key for key, name in self.staff.items() if name == assessment.team[0].specialist)
		return self.move(assessment, state, (leader, "Hand Over"), ("DEP", "Confirm"))

	def sign_parts(self, assessment):
		for name, specialist in frappe.get_all(
			"PPSS Assessment Part", {"assessment": assessment.name}, ["name", "specialist"], as_list=True
		):
			part = frappe.get_doc("PPSS Assessment Part", name)
			with acting_as(frappe.db.get_value("PPSS Specialist", specialist, "user")):
				part.update({"findings": "Байқалды", "signed": 1})
				part.save()

	def list_values(self, *learners, **values) -> dict:
		rows = [{"learner": one.name, "responsible": self.staff["PSY"], "needs_idp": 1} for one in learners]
		return {
			"organisation": self.organisation,
			"school_year": self.year,
			"prepared_by": self.staff["DEP"],
			"rows": rows,
			**values,
		}

	def learner_list(self, learners, state: str = "Approved", **values):
		with self.acting("DEP"):
			learner_list = make("PPSS Learner List", **self.list_values(*learners, **values))
		return self.move(learner_list, state, ("DEP", "Submit to Head"), ("HEAD", "Approve"))

	def programme_values(self, learner, **values) -> dict:
		return {
			"organisation": self.organisation,
			"school_year": self.year,
			"kind": "IDP",
			"learner": learner.name,
			"period_from": day(-10),
			"period_to": day(60),
			"goals": [{"objective": "Мақсат", "indicator": "Көрсеткіш", "expected": "Нәтиже"}],
			"contents": [content_row("CT3")],
			"weekly_individual": 2,
			"minutes_individual": 30,
			**values,
		}

	def programme(
		self, learner, state: str = "Approved", made_by: str = "PSY", days_ago: int = DECIDED, **values
	):
		with self.acting(made_by):
			programme = make("PPSS Programme", **self.programme_values(learner, **values))
		steps = ((made_by, "Hand Over"), ("DEP", "Submit to Head"), ("HEAD", "Approve"), (made_by, "Start"))
		return date_back(self.move(programme, state, *steps), days_ago)

	def meeting_values(self, decisions: tuple[dict, ...] = ({},), **values) -> dict:
		plain = {"kind": "DK9", "text": "Назарға алынсын", "responsible": self.staff["PSY"]}
		return {
			"organisation": self.organisation,
			"school_year": self.year,
			"date": day(-5),
			"chair": self.staff["DEP"],
			"secretary": self.staff["SOC"],
			"attendees": [{"specialist": self.staff[t], "present": 1} for t in MEMBERS],
			"agenda": [{"question": "Қолдау туралы", "reporter": self.staff["PSY"]}],
			"decisions": [{**plain, **one} for one in decisions],
			**values,
		}

	def meeting(self, state: str = "Adopted", recorded_by: str = "SOC", **values):
		with self.acting("DEP"):
			meeting = make("PPSS Meeting", **self.meeting_values(**values))
		return self.move(meeting, state, (recorded_by, "Record Minutes"), ("DEP", "Adopt Decision"))

	@staticmethod
	def centre(title: str = "Психологиялық қолдау орталығы", **values) -> str:
		if not frappe.db.exists("PPSS Support Centre", title):
			body = "Алматы қаласының Білім басқармасы"
			make("PPSS Support Centre", title=title, **{"local_executive_body": body, **values})
		return title

	def referral_values(self, learner, **values) -> dict:
		return {
			"organisation": self.organisation,
			"school_year": self.year,
			"support_case": facts.case_of(learner.name, self.year),
			"subject": "Learner",
			"learner": learner.name,
			"centre": self.centre(),
			"reason": "Терең қолдау қажет",
			"support_given": "Жеке сабақтар",
			**values,
		}

	def referral(self, learner, state: str = "Draft", made_by: str = "PSY", **values):
		values = self.referral_values(learner, **values)
		with self.acting(made_by):
			referral = make("PPSS Referral", **values)
		if state == "Draft":
			return referral
		referral = self.move(referral, "On meeting agenda", ("DEP", "Put on Agenda"))
		if state == "On meeting agenda":
			return referral
		self.decide_referral(referral)
		return self.move(frappe.get_doc(referral.doctype, referral.name), state, ("HEAD", "Send"))

	def decide_referral(self, referral, **values):
		"""Adopt a decision that names whoever is referred; a referral on the agenda moves on by it."""
		names = {field: referral.get(field) for field in ("learner", "representative", "centre")}
		return self.meeting(decisions=({"kind": "DK2", **names, **values},))

	def write_decision(self, referral, **values):
		"""Put a draft on the agenda and write in the decision of a meeting adopted before."""
		meeting = self.decide_referral(referral, **values)
		referral = frappe.get_doc(referral.doctype, referral.name)
		referral = self.move(referral, "On meeting agenda", ("DEP", "Put on Agenda"))
		with self.acting("DEP"):
			referral.update({"meeting": meeting.name, "decision_no": 1})
			return referral.save()

	def staffing_values(self, units: dict[str, float] | None = None, **values) -> dict:
		"""Return a table from half a year ago on; `units` by position."""
		return {
			"organisation": self.organisation,
			"school_year": self.year,
			"from_date": day(-180),
			"to_date": day(180),
			"rows": [
				{"position": position, "units": number} for position, number in (units or {"3.9": 1}).items()
			],
			**values,
		}

	def staffing_table(self, units: dict[str, float] | None = None, state: str = "Draft", **values):
		with self.acting("DEP"):
			table = make("PPSS Staffing Table", **self.staffing_values(units, **values))
		return self.move(table, state, ("DEP", "Submit to Head"), ("HEAD", "Approve"))

	def appointment_values(self, key: str = "PSY", **values) -> dict:
		return {
			"organisation": self.organisation,
			"specialist": self.staff[key],
			"position": "3.9",
			"units": 1,
			"kind": "Main",
			"from_date": day(-60),
			"basis_order_no": "12-к",
			"basis_order_date": day(-61),
			**values,
		}

	def appointment(self, key: str = "PSY", **values):
		with self.acting("DEP"):
			return make("PPSS Appointment", **self.appointment_values(key, **values))

	def move(self, paper, state: str, *steps: tuple[str, str]):
		"""Press the buttons one after another, each by its person, until the paper stands in the state."""
		for key, action in steps:
			if paper.workflow_state == state:
				break
			with self.acting(key):
				paper = take(paper, action)
		assert paper.workflow_state == state, (paper.workflow_state, state)
		return paper


def date_back(paper, days_ago: int):
	"""Let a paper have taken its steps so many days ago: lessons of past days rest on it."""
	at = get_datetime(day(-days_ago))
	frappe.db.set_value("PPSS Transition", {"parent": paper.name}, "at", at, update_modified=False)
	for step in paper.history:
		step.at = at
	return paper


def day(offset: int) -> str:
	return add_days(today(), offset)


def content_row(content: str, condition: str | None = "SC8", **values) -> dict:
	"""Return a row of a programme that meets a condition the assessment named."""
	return {
		"content": content,
		"description": "Жеке жұмыс",
		"provider_role": "PSY",
		"source_condition": condition,
		**values,
	}
