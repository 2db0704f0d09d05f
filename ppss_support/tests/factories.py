"""Makes what a test needs, through the app's own rules: a school, its people, and papers in any state."""

from contextlib import contextmanager

import frappe
from frappe.utils import add_days, add_months, getdate, today

from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.controllers.steps import apply_workflow

ROLE_TERMS = ("HEAD", "DEP", "PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH", "ADM", "ACC")
MEMBERS = ("DEP", "PSY", "SOC", "SPE", "AST", "CAR")
SCAN = "/private/files/scan.pdf"


@contextmanager
def acting_as(user: str):
	"""Run the block as this user."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def make(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def take(doc, action: str, reason: str | None = None, **values):
	"""Fill `values`, then press the button; return the document as it stands after the step."""
	if values:
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.update(values)
		doc.save()
	return apply_workflow({"doctype": doc.doctype, "name": doc.name, "transition_reason": reason}, action)


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
		self.users, self.staff = {}, {}
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
		known = frappe.db.get_value("PPSS School Year", {"from_date": ("<=", today()), "to_date": (">=", today())})
		if known:
			return known
		first = add_days(getdate(), -120)
		quarters = [
			{"quarter": n + 1, "from_date": add_days(first, n * 65), "to_date": add_days(first, n * 65 + 60)} for n in range(4)
		]
		title = f"{first.year}-{first.year + 1}"
		return make("PPSS School Year", title=title, from_date=first, to_date=add_days(first, 270), quarters=quarters).name

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
		parent = make("PPSS Representative", full_name=f"Ата-ана {frappe.generate_hash(length=5)}", organisation=self.organisation)
		return make(
			"PPSS Learner",
			organisation=self.organisation,
			surname="Әлиев",
			given_name=frappe.generate_hash(length=6).upper(),
			birth_date=add_months(getdate(), -150),
			school_class=values.pop("school_class", self.school_class),
			representatives=[{"representative": parent.name, "relation": relation, "is_legal_representative": 1}],
			**values,
		)

	def open_case(self, learner):
		"""Open the case with everyone of the service as member, so that scope is not what a test trips over."""
		members = [{"specialist": self.staff[t], "role": t} for t in ("PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH")]
		return make(
			"PPSS Support Case",
			organisation=self.organisation,
			learner=learner.name,
			school_year=self.year,
			responsible=self.staff["PSY"],
			members=members,
		)

	# ---- papers

	def order(self, state: str = "In force", **values):
		defaults = {
			"organisation": self.organisation,
			"order_kind": "Create",
			"subject": "Қызметті құру туралы",
			"basis_text": "№ 92 бұйрық",
			"head": self.staff["HEAD"],
			"order_no": frappe.generate_hash(length=5),
			"order_date": add_days(getdate(), -60),
			"members": [
				{"specialist": self.staff[t], "position": t, "role_in_service": t, "is_coordinator": t == "DEP", "may_sign_referrals": 0}
				for t in MEMBERS
			],
		}
		with self.acting("DEP"):
			order = make("PPSS Support Order", **{**defaults, **values})
			if state != "Draft":
				order = take(order, "Submit to Head")
		if state == "In force":
			with self.acting("HEAD"):
				order = take(order, "Issue")
		return order

	def consent(self, learner, state: str = "Signed", **values):
		with self.acting("CLS"):
			consent = make(
				"PPSS Consent",
				organisation=self.organisation,
				learner=learner.name,
				representative=learner.representatives[0].representative,
				**values,
			)
			if state == "Signed":
				signed = {"date_signed": add_days(getdate(), -50), "is_signed": 1, "signed_paper": SCAN}
				consent = take(consent, "Register Signature", **signed)
		return consent

	def pmpc(self, learner, state: str = "Verified", **values):
		defaults = {
			"organisation": self.organisation,
			"learner": learner.name,
			"pmpc_name": "№ 1 ПМПК",
			"number": "15",
			"date": add_days(getdate(), -40),
			"conclusion": "Қорытынды",
			"recommendations": [{"advice": "Special Pedagogue", "text": "Ұсыным"}],
			"file": SCAN,
		}
		with self.acting("DEP"):
			pmpc = make("PPSS PMPC Recommendation", **{**defaults, **values})
			return take(pmpc, "Confirm") if state == "Verified" else pmpc

	def assessment(self, learner, state: str = "Concluded", categories: tuple[str, ...] = ("C1",), **values):
		team = [
			{"specialist": self.staff["PSY"], "role": "PSY", "part": "Psychological", "is_leader": 1},
			{"specialist": self.staff["CLS"], "role": "CLS", "part": "Pedagogical"},
		]
		defaults = {
			"organisation": self.organisation,
			"learner": learner.name,
			"reason": "Үлгерімі төмен",
			"team": team,
			"difficulties": [{"area": "Learning", "description": "Оқуда қиындық"}],
			"categories": [{"term": c} for c in categories],
			"impairments": [{"term": "IM2"}] if "C3" in categories else [],
			"c3_status": "Proposed" if "C3" in categories else "None",
			"need_duration": "ND1",
			"special_conditions": [{"condition": "SC8", "description": "Қолдау"}],
			"conclusion": "Қорытынды",
			"recommendations": "Ұсынымдар",
		}
		with self.acting("PSY"):
			assessment = make("PPSS Needs Assessment", **{**defaults, **values})
		return self.move_assessment(assessment, state)

	def move_assessment(self, assessment, state: str):
		if state == "Draft":
			return assessment
		with self.acting("DEP"):
			assessment = take(assessment, "Open Assessment")
		if state == "Team working":
			return assessment
		self.sign_parts(assessment)
		with self.acting("PSY"):
			assessment = take(assessment, "Hand Over")
		if state == "With deputy head":
			return assessment
		with self.acting("DEP"):
			return take(assessment, "Confirm")

	def sign_parts(self, assessment):
		for name, specialist in frappe.get_all(
			"PPSS Assessment Part", {"assessment": assessment.name}, ["name", "specialist"], as_list=True
		):
			part = frappe.get_doc("PPSS Assessment Part", name)
			with acting_as(frappe.db.get_value("PPSS Specialist", specialist, "user")):
				part.update({"findings": "Байқалды", "signed": 1})
				part.save()

	def learner_list(self, learners, state: str = "Approved", **values):
		with self.acting("DEP"):
			rows = [{"learner": learner.name, "responsible": self.staff["PSY"], "needs_idp": 1} for learner in learners]
			learner_list = make(
				"PPSS Learner List", **{"organisation": self.organisation, "school_year": self.year, "rows": rows, **values}
			)
			if state != "Draft":
				learner_list = take(learner_list, "Submit to Head")
		if state == "Approved":
			with self.acting("HEAD"):
				learner_list = take(learner_list, "Approve")
		return learner_list

	def programme(self, learner, state: str = "Approved", **values):
		defaults = {
			"organisation": self.organisation,
			"school_year": self.year,
			"kind": "IDP",
			"learner": learner.name,
			"period_from": add_days(getdate(), -10),
			"period_to": add_days(getdate(), 60),
			"goals": [{"objective": "Мақсат", "indicator": "Көрсеткіш", "expected": "Нәтиже"}],
			"contents": [{"content": "CT3", "description": "Жеке жұмыс", "provider_role": "PSY", "source_condition": "SC8"}],
			"weekly_individual": 2,
			"minutes_individual": 30,
		}
		with self.acting("PSY"):
			programme = make("PPSS Programme", **{**defaults, **values})
		return self.move_programme(programme, state)

	def move_programme(self, programme, state: str):
		steps = (
			("PSY", "Hand Over", "With deputy head"),
			("DEP", "Submit to Head", "With head"),
			("HEAD", "Approve", "Approved"),
			("PSY", "Start", "In implementation"),
		)
		for key, action, reached in steps:
			if programme.workflow_state == state:
				break
			with self.acting(key):
				programme = take(programme, action)
			assert programme.workflow_state == reached
		return programme

	def meeting(self, state: str = "Adopted", decisions: tuple[dict, ...] = (), **values):
		defaults = {
			"organisation": self.organisation,
			"school_year": self.year,
			"date": add_days(getdate(), -5),
			"chair": self.staff["DEP"],
			"secretary": self.staff["SOC"],
			"attendees": [{"specialist": self.staff[t], "present": 1} for t in MEMBERS],
			"agenda": [{"question": "Қолдау туралы", "reporter": self.staff["PSY"]}],
			"decisions": [{"kind": "DK9", "text": "Назарға алынсын", "responsible": self.staff["PSY"]}],
		}
		if decisions:
			defaults["decisions"] = [{"responsible": self.staff["PSY"], "text": "Шешілді", **d} for d in decisions]
		with self.acting(values.pop("called_by", "DEP")):
			meeting = make("PPSS Meeting", **{**defaults, **values})
		if state in ("Held", "Adopted"):
			with self.acting("SOC"):
				meeting = take(meeting, "Record Minutes")
		if state == "Adopted":
			with self.acting("DEP"):
				meeting = take(meeting, "Adopt Decision")
		return meeting

	@staticmethod
	def centre() -> str:
		title = "Психологиялық қолдау орталығы"
		if not frappe.db.exists("PPSS Support Centre", title):
			make("PPSS Support Centre", title=title, local_executive_body="Алматы қаласының Білім басқармасы")
		return title

	def referral(self, learner, state: str = "Draft", **values):
		defaults = {
			"organisation": self.organisation,
			"school_year": self.year,
			"subject": "Learner",
			"learner": learner.name,
			"centre": self.centre(),
			"reason": "Терең қолдау қажет",
			"support_given": "Жеке сабақтар",
		}
		with self.acting("PSY"):
			referral = make("PPSS Referral", **{**defaults, **values})
		if state == "Draft":
			return referral
		with self.acting("DEP"):
			referral = take(referral, "Put on Agenda")
		if state == "On meeting agenda":
			return referral
		decision = {"kind": "DK2", "learner": learner.name, "representative": referral.representative, "centre": referral.centre}
		meeting = self.meeting(decisions=(decision,))
		with self.acting("DEP"):
			referral = take(referral, "Decision Made", meeting=meeting.name, decision_no=1)
		if state == "Sent":
			with self.acting("HEAD"):
				referral = take(referral, "Send")
		return referral
