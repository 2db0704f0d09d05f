import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.controllers.one_at_a_time import OneAtATime
from ppss_support.controllers.remarks import judge, write_down
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label


class PPSSSupportCase(OneAtATime):
	"""All of one child's support in one school year, and who works with the child (KZ92-2.4, KZ92-14.0)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.school_year = self.school_year or facts.school_year_on(getdate())
		self.responsible = self.responsible or facts.specialist_of_user()
		self.add_class_teacher()

	def validate(self):
		self.check_one_case_a_year()
		self.add_responsible()
		self.date_members()
		self.check_closing()
		judge(self, rules.unacknowledged(self.unacknowledged()))
		self.stage = self.current_stage()

	def on_update(self):
		write_down(self)

	def unacknowledged(self) -> list[str]:
		people = {row.specialist for row in self.members}
		return facts.unacknowledged(people, self.organisation)

	def onload(self):
		self.remind_reader()
		from ppss_support.path import path_of
		from ppss_support.summary import summary_of

		self.set_onload("path", path_of(self))
		self.set_onload("summary", summary_of(self))

	def remind_reader(self):
		"""Whoever opens a child's case has acknowledged ethics and confidentiality (KZ92-5.1, KZ92-5.5)."""
		reader = facts.specialist_of_user()
		own = facts.unacknowledged({reader}, self.organisation) if reader else []
		self.set_onload("unacknowledged", own)
		answer(rules.unacknowledged(own))

	def check_one_case_a_year(self):
		other = facts.case_of(self.learner, self.school_year)
		if other and other != self.name:
			answer(
				[Finding.of("A11", facts.full_name("PPSS Learner", self.learner), self.school_year, other)]
			)

	def add_responsible(self):
		"""Whoever is responsible is a member: membership gives the right to read."""
		if self.responsible and self.responsible not in {row.specialist for row in self.members}:
			role = next(iter(sorted(facts.roles_of(self.responsible) - {"HEAD", "ADM", "ACC"})), None)
			self.append("members", {"specialist": self.responsible, "role": role})

	def add_class_teacher(self):
		"""The class teacher links school and family (KZ92-14.1.3a)."""
		school_class = frappe.db.get_value("PPSS Learner", self.learner, "school_class")
		teacher = school_class and frappe.db.get_value("PPSS Class", school_class, "class_teacher")
		if teacher and teacher not in {row.specialist for row in self.members}:
			self.append("members", {"specialist": teacher, "role": "CLS"})

	def date_members(self):
		"""A membership gives the right to read from its first to its last day (KZ92-5.5)."""
		for row in self.members:
			row.from_date = getdate(row.from_date)
			if row.role == "AST" and not row.to_date:
				row.to_date = facts.quarter_end(self.school_year, row.from_date)
			if row.to_date and getdate(row.to_date) < row.from_date:
				answer([Finding.of("A05", Label("To Date"), Label("From Date"))])

	def check_closing(self):
		if self.status == "Closed":
			if not self.closing_result:
				answer([Finding.of("M42")])
			self.closed_on = self.closed_on or getdate()

	def current_stage(self) -> str:
		"""Stage 2 opens with a concluded assessment or a verified PMPC paper; what is over keeps its own (KZ92-14.2.1a)."""
		_first, last = facts.school_year_dates(self.school_year)
		if not self.is_new() and (self.status == "Closed" or last < getdate()):
			return self.stage
		return "2" if self.learner in facts.based_in_year([self.learner], self.school_year) else "1"
