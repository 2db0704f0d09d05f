"""The two small schools of the demo, one under each of the other regulations: what both are made of.

People, children, papers and a year of the log stand in a file of data. A day there is MM-DD of the school year before the
running one, or a number: so many days ago.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.demo import logins
from ppss_support.demo.calendar import Calendar, SchoolYear
from ppss_support.demo.hands import acting_as, become, make, take, write
from ppss_support.demo.names import Name
from ppss_support.demo.plans import quarters
from ppss_support.demo.school import years_on
from ppss_support.demo.story import Story

FOLDER = Path(__file__).parent / "data"
REGISTRAR, HEAD, NEED = "ADM1", "HEAD1", "Need"
# Who presses what until a paper of the service has the state; the author is named by an empty key, and an empty action
# is no button: the author enters what came of the work.
SUBMIT, APPROVE = ("", "Submit to Head"), (HEAD, "Approve")
SEND = ("", "Send to the Authorised Body")
CARRY_OUT = ("", "")
STEPS = {
	"Draft": (),
	"With head": (SUBMIT,),
	"Returned": (SUBMIT, (HEAD, "Return")),
	"Approved": (SUBMIT, APPROVE),
	"Under way": (SUBMIT, APPROVE, CARRY_OUT),
	"Completed": (SUBMIT, APPROVE, CARRY_OUT, ("", "Complete")),
	"Cancelled": (SUBMIT, APPROVE, (HEAD, "Cancel")),
	"Sent": (SEND,),
	"Returned by body": (SEND, (REGISTRAR, "Return")),
	"Approved by act": (SEND, (REGISTRAR, "Record Approval")),
}
WITH_REASON = ("Return", "Cancel")
# What a row of the data says besides the fields of its document.
NOT_FIELDS = frozenset(
	{"who", "on", "key", "state", "reason", "came_back", "struck", "draft", "outcome", "act_no", "act_on"}
)
DAYS = frozenset({"period_from", "period_to", "follow_up"})
PEOPLE = frozenset({"requested_by", "recipient", "class_teacher", "social_pedagogue"})
TERMS = frozenset({"purposes", "spheres", "disciplines_involved"})


@dataclass(frozen=True)
class Member:
	"""One of the staff; the first letters of the key are the term code of the role."""

	key: str
	name: Name
	position: str
	position_ru: str
	login: str | None
	language: str
	domain: str

	@property
	def signature(self) -> str:
		"""Return initials and surname."""
		initials = [f"{part[0]}." for part in (self.name.given_name, self.name.patronymic) if part]
		return " ".join([*initials, self.name.surname])

	@property
	def term(self) -> str:
		return self.key.rstrip("0123456789")

	@property
	def role(self) -> str | None:
		return ROLE_OF_TERM.get(self.term)

	@property
	def email(self) -> str | None:
		return self.login and f"{self.login}@{self.domain}"


class SmallSchool:
	"""A school made of its file of data; what it has so far is kept by the keys of the file."""

	def __init__(self, story: str):
		self.told = json.loads((FOLDER / f"{story}.json").read_text(encoding="utf-8"))
		self.organisation = self.told["organisation"]["short_name"]
		self.people = {row[0]: self.member(*row) for row in self.told["people"]}
		self.staff: dict[str, str] = {}
		self.children: dict[str, str] = {}
		self.parents: dict[str, str] = {}
		self.grades: dict[str, int] = {}
		self.classes: dict[str, str] = {}
		self.partners: dict[str, str] = {}
		self.methods: list[str] = []
		self.papers: dict[str, object] = {}

	def member(
		self, key: str, full_name: str, position: str, position_ru: str, login, language: str
	) -> Member:
		name = Name(*full_name.split(" ", 2))
		return Member(key, name, position, position_ru, login, language, self.told["domain"])

	def acting(self, key: str):
		return acting_as(self.people[key].email)

	# ---- founding

	def found(self) -> "SmallSchool":
		"""Make the organisation with its years, staff, classes, children and partners."""
		self.read_years()
		about = self.told["organisation"]
		make("PPSS Organisation", **about | {"levels": [{"term": level} for level in about["levels"]]})
		for member in self.people.values():
			logins.add(member)
			self.staff[member.key] = self.specialist(member)
		head = {"head": self.staff[HEAD]}
		frappe.get_doc("PPSS Organisation", self.organisation).update(head).save()
		with self.acting(REGISTRAR):
			for row in self.told["classes"]:
				self.add_class(*row)
			for row in self.told["children"]:
				self.add_child(*row)
			for row in self.told["partners"]:
				self.add_partner(*row)
		return self

	def read_years(self):
		self.year, self.last_year = years_on(Calendar(getdate()))
		self.calendar = Calendar(getdate(), SchoolYear(*facts.school_year_dates(self.year)))
		self.past = SchoolYear(*facts.school_year_dates(self.last_year))

	def specialist(self, member: Member) -> str:
		return make(
			"PPSS Specialist",
			full_name=str(member.name),
			signature_name=member.signature,
			position=member.position,
			position_ru=member.position_ru,
			organisation=self.organisation,
			user=member.email,
			roles=[{"term": member.term}],
			ethics_acknowledged_on=self.past.first,
		).name

	def add_class(self, key: str, grade: int, letter: str, level: str, language: str, teacher: str):
		made = make(
			"PPSS Class",
			title=f"{grade} {letter}",
			organisation=self.organisation,
			school_year=self.year,
			level=level,
			language=language,
			class_teacher=self.staff[teacher],
		)
		self.classes[key], self.grades[key] = made.name, grade

	def add_child(
		self, key: str, surname: str, given_name: str, patronymic, of_class: str, born: str, parent
	):
		month, day = map(int, born.split("-"))
		year = self.calendar.year.first.year - 6 - self.grades[of_class] - (month > 8)
		parent = self.parent(parent)
		kin = {"representative": parent, "relation": "Parent", "is_legal_representative": 1}
		made = make(
			"PPSS Learner",
			surname=surname,
			given_name=given_name,
			patronymic=patronymic,
			organisation=self.organisation,
			school_class=self.classes[of_class],
			birth_date=date(year, month, day),
			representatives=[kin],
		)
		self.children[key], self.parents[key] = made.name, parent

	def parent(self, full_name: str) -> str:
		"""Return the parent of that name: brothers and sisters share one."""
		own = {"full_name": full_name, "organisation": self.organisation}
		return frappe.db.get_value("PPSS Representative", own) or make("PPSS Representative", **own).name

	def add_partner(self, key: str, title: str, kind: str, terms: str):
		made = make(
			"PPSS Partner Organisation", organisation=self.organisation, title=title, kind=kind, terms=terms
		)
		self.partners[key] = made.name

	def add_methods(self, by: str):
		with self.acting(by):
			for title, author, edition, grounding, purpose, youngest, oldest in self.told["methods"]:
				made = make(
					"PPSS Method",
					organisation=self.organisation,
					title=title,
					author=author,
					edition=edition,
					grounding=grounding,
					purposes=[{"term": purpose}],
					age_from=youngest,
					age_to=oldest,
				)
				self.methods.append(made.name)

	# ---- days

	def day(self, told: str | int) -> date:
		if isinstance(told, int):
			return self.calendar.ago(told)
		return min(max(self.past.day(*map(int, told.split("-"))), self.past.first), self.past.last)

	def year_of(self, told: str | int) -> str:
		return self.year if isinstance(told, int) else self.last_year

	def rows(self, part: str, year: str) -> list[dict]:
		"""Return the rows of a part of the file that lie in the year, in the order of their days."""
		own = [row for row in self.told[part] if self.year_of(row["on"]) == year]
		return sorted(own, key=lambda row: self.day(row["on"]))

	# ---- papers of the service and plans

	def add_papers(self, year: str):
		for row in self.rows("papers", year):
			self.papers[row["key"]] = self.paper(row)

	def paper(self, row: dict):
		with self.acting(row["who"]):
			own = {"organisation": self.organisation, "school_year": self.year_of(row["on"])}
			paper = make("PPSS Service Paper", **own, date=self.day(row["on"]), **self.paper_values(row))
		for key, action in STEPS[row["state"]]:
			paper = self.step(paper, row, key or row["who"], action)
		return paper

	def paper_values(self, row: dict) -> dict:
		found = self.values(row)
		found["rows"] = [
			dict(zip(("theme", "hours", "grade"), one, strict=False)) for one in row.get("rows", ())
		]
		found["team"] = [
			{"specialist": self.staff[key], "role": self.people[key].term} for key in row.get("team", ())
		]
		found["steps"] = [
			{"action": action, "responsible": self.staff[who], "due": self.day(due)}
			for action, who, due, _result in row.get("steps", ())
		]
		return found | ({"file": Story.scan()} if "file" in row else {})

	def step(self, paper, row: dict, key: str, action: str):
		act = {}
		if action == "Record Approval":
			act = {"act_no": row["act_no"], "act_date": self.day(row["act_on"])}
		with self.acting(key):
			if not action:
				return self.carry_out(paper, row)
			return take(paper, action, row["reason"] if action in WITH_REASON else None, **act)

	@staticmethod
	def carry_out(paper, row: dict):
		"""Enter what came of each step that was taken, and of the whole where it is over."""
		for step, (*_told, result) in zip(paper.steps, row.get("steps", ()), strict=True):
			step.update({"done": int(bool(result)), "result": result})
		return write(paper, outcome=row.get("outcome"))

	def plan(self, year: str, by: str, work: list, **values):
		"""Write a plan; rows: direction, work, form, audience, first and last quarter, who."""
		terms = quarters(year)
		with self.acting(by):
			paper = make(
				"PPSS Annual Plan",
				organisation=self.organisation,
				school_year=year,
				date=terms[1][0],
				rows=[self.plan_row(terms, *row) for row in work],
				**values,
			)
		return paper

	def plan_row(
		self, terms: dict, direction: str, work: str, form: str, audience: str, first, last, who
	) -> dict:
		days = {"period_from": terms[first][0], "period_to": terms[last][1]}
		what = {"direction": direction, "activity": work, "form": form, "audience": audience}
		return {**what, **days, "responsible": self.staff[who]}

	def submit(self, plan, by: str):
		with self.acting(by):
			return take(plan, "Submit to Head")

	def approve(self, plan, by: str):
		plan = self.submit(plan, by)
		with self.acting(HEAD):
			return take(plan, "Approve")

	def execute(self, plan, by: str, done: str):
		for row in plan.rows:
			row.update({"done": 1, "result": done})
		with self.acting(by):
			plan.save()
			take(plan, "Mark Executed")

	# ---- the log

	def record(self, year: str):
		"""Enter what was done in the year, each entry by its person, in the order of the days."""
		with acting_as(frappe.session.user):
			for row in self.rows("log", year):
				become(self.people[row["who"]].email)
				(self.ask if row["kind"] == NEED else self.enter)(row)

	def enter(self, row: dict):
		entry = make(
			"PPSS Activity",
			organisation=self.organisation,
			provider=self.staff[row["who"]],
			date=self.day(row["on"]),
			**self.values(row),
		)
		if row.get("draft"):
			return
		entry = take(entry, "Record")
		if "came_back" in row:
			day, answer = row["came_back"]
			write(entry, answer=answer, answered_on=self.day(day))
		if "struck" in row:
			take(entry, "Strike Out", row["struck"])

	def ask(self, row: dict):
		"""What pupils, parents and teachers ask of the service is a row of its journal as well (ALM-5.8, OVR-J6)."""
		need = make(
			"PPSS Request",
			organisation=self.organisation,
			kind=NEED,
			date=self.day(row["on"]),
			asker_group=row["group"],
			asker_name=row["asker"],
			to_person=self.staff[row["to"]],
			question=row["question"],
		)
		if row["state"] == "New":
			return
		answer = {"within_competence": "Yes", "answer": row["answer"], "decision": row.get("decision")}
		with self.acting(row["to"]):
			need = take(take(need, "Take Up"), "Give Answer", **answer)
		take(need, "Close")

	def values(self, row: dict) -> dict:
		found = {}
		for field, told in row.items():
			if field not in NOT_FIELDS:
				found.update(self.value(field, told))
		return found

	def value(self, field: str, told) -> dict:
		"""Return a field and its value, where the data names what stands on the site by its key."""
		if field in TERMS:
			return {field: [{"term": term} for term in told]}
		if field in DAYS:
			return {field: self.day(told)}
		if field in PEOPLE:
			return {field: self.staff[told]}
		named = {
			"child": lambda: {"learner": self.children[told]},
			"parent": lambda: {"representative": self.parents[told]},
			"class": lambda: {"school_class": self.classes[told]},
			"partner": lambda: {"partner": self.partners[told]},
			"paper": lambda: {"service_paper": self.papers[told].name},
			"methods": lambda: {"methods": [{"method": self.methods[number]} for number in told]},
			"participants": lambda: {"participants": [self.participant(one) for one in told]},
		}
		return named[field]() if field in named else {field: told}

	def participant(self, told: str) -> dict:
		if told in self.children:
			return {"learner": self.children[told], "present": 1}
		if told in self.staff:
			return {"specialist": self.staff[told], "present": 1}
		return {"other_name": told, "present": 1}
