"""The change to the next school year: classes go up, leavers are closed, cases carried on as a person has decided (KZ92-20).

A row of the import is a class or a case with the decision about it. What has been done once is found done when it is repeated.
"""

from collections import Counter, defaultdict

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer, text_of
from ppss_support.entering import tables
from ppss_support.entering.attempts import CREATED, REFUSED, UNCHANGED, UPDATED, Outcome, attempt, need
from ppss_support.entering.classes import Classes
from ppss_support.entering.tables import ROW
from ppss_support.importing.values import class_key
from ppss_support.regulation import next_year, school_classes
from ppss_support.regulation.finding import Finding, Label
from ppss_support.texts import plain

CLASS, CASE, LEARNER = "PPSS Class", "PPSS Support Case", "PPSS Learner"
# An assistant is appointed for a quarter, and anew (KZ92-14.2.6b); the class teacher is that of the new class.
NOT_CARRIED = ("AST", "CLS")


# ---- what is proposed


def proposals(organisation: str, school_year: str) -> list[dict]:
	"""Return a row for each class and open case of the year before. A148: there is none."""
	before = facts.school_year_before(school_year)
	if not before:
		answer([Finding.of("A148", school_year, Label("Earlier School Year"))])
	own = {"organisation": organisation, "school_year": before}
	classes = frappe.get_list(CLASS, own, ["name", "title", "level"], limit=0)
	children = Counter(
		frappe.get_all(
			LEARNER, {"organisation": organisation, "leaving_date": ("is", "not set")}, pluck="school_class"
		)
	)
	rows, leaving = [], set()
	for row in sorted(classes, key=lambda one: order_of(one.title)):
		decision = next_year.of_class(class_key(row.title)[0], row.level)
		leaving |= {row.name} if decision == next_year.LEAVE else set()
		about = {"document_type": CLASS, "document": row.name, "title": f"{row.title} ({children[row.name]})"}
		rows.append({**about, "decision": decision})
	return rows + cases_of(own, leaving)


def order_of(title: str) -> tuple[int, str]:
	grade, rest = class_key(title)
	return (-1 if grade is None else grade, rest)


def cases_of(own: dict, leaving: set[str]) -> list[dict]:
	fields = ["name", "learner", "learner_name", "learner.school_class", "learner.sort_key"]
	cases = frappe.get_list(CASE, {**own, "status": "Open"}, fields, limit=0)
	programmes = {"learner": ("in", [case.learner for case in cases] or [""]), "next_year": ("is", "set")}
	reviews = defaultdict(list)
	of_year = {**programmes, "school_year": own["school_year"]}
	for learner, review in frappe.get_all("PPSS Programme", of_year, ["learner", "next_year"], as_list=True):
		reviews[learner].append(review)
	return [
		{
			"document_type": CASE,
			"document": case.name,
			"title": case.learner_name,
			"decision": next_year.of_case(case.school_class in leaving, reviews[case.learner]),
		}
		for case in sorted(cases, key=lambda one: one.sort_key or "")
	]


# ---- what was decided


class RowsOfYear:
	"""The rows of the import: a class with its children, or a case, in a transaction of its own."""

	together = 1

	def __init__(self, doc):
		self.doc, self.rows = doc, doc.rows
		self.before = facts.school_year_before(doc.school_year)
		self.classes = Classes(doc.organisation, doc.school_year, may_begin=True)

	def __len__(self) -> int:
		return len(self.rows)

	def begin(self):
		"""Forget what was said of the rows before."""
		frappe.db.set_value(
			ROW, {"parent": self.doc.name}, {"message": None, "severity": None}, update_modified=False
		)

	def undone(self):
		self.classes.undo()

	def enter(self, first: int, last: int) -> tuple[Counter, list[tuple[str, Outcome]]]:
		outcomes = [(row.name, self.enter_row(row)) for row in self.rows[first:last]]
		return Counter(outcome.kind for _row, outcome in outcomes), outcomes

	def enter_row(self, row) -> Outcome:
		work = self.change_class if row.document_type == CLASS else self.change_case
		outcome = attempt(lambda: work(row))
		if outcome.kind == REFUSED:
			self.classes.undo()
		return outcome

	@staticmethod
	def write_down(said: list[tuple[str, Outcome]]):
		for row, outcome in said:
			texts = [*(text_of(finding) for _field, finding in outcome.found), *outcome.said]
			if texts:
				severity = tables.REFUSED if outcome.kind == REFUSED else tables.WARNING
				values = {"message": plain("\n".join(texts)), "severity": severity}
				frappe.db.set_value(ROW, row, values, update_modified=False)

	# ---- classes

	def change_class(self, row) -> str:
		need("", next_year.decided(row.decision, next_year.OF_CLASS))
		school_class = frappe.get_doc(CLASS, row.document)
		children = frappe.get_all(
			LEARNER, {"school_class": row.document, "leaving_date": ("is", "not set")}, pluck="name"
		)
		if row.decision == next_year.LEAVE:
			reason = row.note or _("Finished class {0}").format(school_class.title)
			changes = {"leaving_date": facts.school_year_dates(self.before)[1], "leaving_reason": reason}
		else:
			known = len(self.classes.names)
			changes = {"school_class": self.class_after(school_class, row.decision)}
			if not children:
				return CREATED if len(self.classes.names) > known else UNCHANGED
		for name in children:
			child = frappe.get_doc(LEARNER, name)
			child.update(changes)
			child.save()
		return UPDATED if children else UNCHANGED

	def class_after(self, school_class, decision: str) -> str:
		"""Return the class of the next year, begun with the teacher and the language of this one."""
		grade, letter = class_key(school_class.title)
		same = decision == next_year.SAME_CLASS
		key = (grade, letter) if same else (grade + 1 if grade is not None else None, letter)
		active = frappe.db.get_value("PPSS Specialist", school_class.class_teacher or "", "active")
		values = {
			"language": school_class.language,
			"shift": school_class.shift,
			"class_teacher": school_class.class_teacher if active else None,
		}
		if grade is not None:
			values["level"] = school_classes.level_after(school_class.level, grade)
		if same:
			kept = {field: school_class.get(field) for field in ("title", "level", "is_preschool")}
			values |= kept
		found = self.classes.find(key, **values) if same or grade is not None else None
		title = school_classes.title_of(*key) if key[0] is not None else school_class.title
		need("", [] if found else [Finding.of("A148", title, Label("Class"))])
		return found

	# ---- cases

	def change_case(self, row) -> str:
		need("", next_year.decided(row.decision, next_year.OF_CASE))
		case = frappe.get_doc(CASE, row.document)
		outcome = UNCHANGED
		result = row.note
		if row.decision == next_year.CARRY_ON:
			outcome = self.carry_on(case)
			result = result or _("Carried on into the school year {0}").format(self.doc.school_year)
		if case.status == "Open":
			case.update({"status": "Closed", "closing_result": result})
			case.save()
			outcome = CREATED if outcome == CREATED else UPDATED
		return outcome

	def carry_on(self, case) -> str:
		left = frappe.db.get_value(LEARNER, case.learner, "leaving_date")
		need("", [Finding.of("A147", case.learner, getdate(left))] if left else [])
		if facts.case_of(case.learner, self.doc.school_year):
			return UNCHANGED
		first = max(facts.school_year_dates(self.doc.school_year)[0], getdate())
		active = self.active_of(case)
		team = [
			{"specialist": row.specialist, "role": row.role, "from_date": first}
			for row in case.members
			if row.role not in NOT_CARRIED and not row.to_date and row.specialist in active
		]
		values = {field: case.get(field) for field in ("organisation", "learner", "responsible", "reason")}
		reasons = [{"term": row.term} for row in case.reasons]
		of_year = {
			"school_year": self.doc.school_year,
			"opened_on": first,
			"members": team,
			"reasons": reasons,
		}
		frappe.get_doc({"doctype": CASE, **values, **of_year}).insert()
		return CREATED

	@staticmethod
	def active_of(case) -> set[str]:
		"""Return who of the case still works here. A148: whoever is responsible does not, and another is to be named first."""
		people = [name for name in (case.responsible, *(row.specialist for row in case.members)) if name]
		active = set(
			frappe.get_all("PPSS Specialist", {"name": ("in", people or [""]), "active": 1}, pluck="name")
		)
		gone = case.responsible and case.responsible not in active
		name = frappe.db.get_value("PPSS Specialist", case.responsible, "full_name") if gone else None
		need("", [Finding.of("A148", name, Label("Responsible Specialist"))] if gone else [])
		return active
