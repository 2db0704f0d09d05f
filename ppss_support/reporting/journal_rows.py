"""What a journal prints, row by row: each entry as its reader may read it, in a number of statements that does not grow.

Numbers have no gaps, so an entry out of the reader's reach keeps its row with number and day, and neither it nor anybody is
named. What is confidential for all, the entry of the log says itself: the journal gives its name (D-20, OVR-P1).
"""

from collections import defaultdict
from datetime import date
from functools import cache, partial
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import journals
from ppss_support.constants import states
from ppss_support.paper_view import readable
from ppss_support.print_helpers import signature_name, term_label
from ppss_support.regulation import journals as rules

OF_ACTIVITY = [
	"name",
	"kind",
	"detail",
	"learner",
	"learner_name",
	"school_class",
	"audience",
	"attendance",
	"topic",
	"object",
	"description",
	"form",
	"work_form",
	"result",
	"conclusion",
	"recommendation",
	"provider",
	"crisis",
	"problem_theme",
]
OF_LESSON = ["name", "form", "theme", "provider"]
OF_REQUEST = [
	"name",
	"from_person",
	"asker_group",
	"asker_name",
	"question",
	"answer",
	"answered_on",
	"learner_name",
]
STRIKING = (states.STRUCK_OUT, states.CANCELLED)


# A list of more names than this costs the database more than all entries of the year.
MANY = 5000


class Row(NamedTuple):
	"""A row of a journal, its texts in the reader's language; `struck` tells that a later row strikes it out."""

	number: int
	day: str
	who: str = ""
	what: str = ""
	how: str = ""
	result: str = ""
	person: str = ""
	work_kind: str = ""
	answered: str = ""
	struck: bool = False
	document_type: str = ""
	document: str = ""


def columns(journal: str) -> list[tuple[str, str, int]]:
	"""Return (field of the row, heading, share of the width in percent) of each column (PF14, PF15)."""
	if journal == rules.NEEDS:
		return [
			("number", "№", 6),
			("day", _("Date"), 12),
			("who", _("Who asked"), 18),
			("what", _("Need"), 28),
			("result", _("Action"), 24),
			("answered", _("Date of the answer"), 12),
		]
	kind = journal == rules.REGISTRATION
	return [
		("number", "№", 5),
		("day", _("Date"), 11),
		*([("work_kind", _("Kind of work"), 16)] if kind else []),
		("who", _("Class or group, participants"), 15 if kind else 20),
		("what", _("Theme, content"), 15 if kind else 21),
		("how", _("Method or form"), 10 if kind else 14),
		("result", _("Result, recommendation"), 16 if kind else 17),
		("person", _("Signature"), 12),
	]


class Line(NamedTuple):
	"""A line of a journal: the number an entry of the log has in it."""

	organisation: str
	school_year: str
	number: int
	date: date
	work_kind: str
	document_type: str
	document: str
	strikes: int


def lines_of(**filters) -> list[Line]:
	"""Return the lines of a journal in the order of their numbers."""
	order = "organisation, number"
	rows = frappe.get_all(journals.LINE, filters, list(Line._fields), order_by=order, as_list=True)
	return [Line(*row) for row in rows]


def rows_of(lines: list[Line], lang: str) -> list[Row]:
	return Reading(lines, lang).rows()


class Reading:
	"""The entries behind the lines, each read once for all."""

	def __init__(self, lines: list[Line], lang: str):
		self.lines = lines
		# A year has thousands of rows, and a few dozen words and names between them.
		self.term = cache(partial(term_label, lang=lang))
		self.signature = cache(signature_name)
		self.word = cache(_)
		self.foreign = _("Entry of another specialist")
		self.elsewhere = _("See the entry {0}")
		self.day = cache(lambda day: getdate(day).strftime("%d.%m.%Y"))
		self.names = defaultdict(list)
		for line in lines:
			self.names[line.document_type].append(line.document)
		self.activities = self.read(journals.ACTIVITY, OF_ACTIVITY)
		self.lessons = self.read(journals.SESSION, OF_LESSON)
		self.requests = self.read(journals.REQUEST, OF_REQUEST)
		self.people = self.present(journals.ACTIVITY, "participants", "full_name")
		self.children = self.present(journals.SESSION, "attendance", "learner_name")
		self.ways = (
			(self.activities, self.activity),
			(self.lessons, self.lesson),
			(self.requests, self.request),
		)
		self.classes = self.class_titles()
		self.reasons = self.reasons_of_strikes()
		self.struck = {(line.organisation, line.strikes) for line in lines if line.strikes}

	def among(self, doctype: str) -> list:
		"""Return the filters that hold all entries of this kind."""
		if len(self.names[doctype]) <= MANY:
			return [["name", "in", self.names[doctype] or [""]]]
		return [
			[key, "in", {getattr(line, key) for line in self.lines}]
			for key in ("organisation", "school_year")
		]

	def read(self, doctype: str, fields: list[str]) -> dict[str, frappe._dict]:
		return {row.name: row for row in readable(doctype, self.among(doctype), fields, "name")}

	def present(self, doctype: str, table: str, field: str) -> dict[str, list[str]]:
		"""Return the names of those present at each entry, also at those the reader does not read."""
		child = frappe.get_meta(doctype).get_field(table).options
		filters = [*self.among(doctype), [child, "present", "=", 1]]
		rows = frappe.get_all(
			doctype, filters, ["name", f"{table}.{field}"], order_by=f"`tab{child}`.parent, `tab{child}`.idx"
		)
		found = defaultdict(list)
		for row in rows:
			found[row.name].append(row[field] or "")
		return found

	def class_titles(self) -> dict[str, str]:
		"""Return the class of each child and the title of each class named in what is read."""
		learners = {row.learner for row in self.activities.values() if row.learner}
		own = {row.school_class for row in self.activities.values() if row.school_class}
		of_children = frappe.get_all(
			"PPSS Learner", {"name": ("in", learners or [""])}, ["name", "school_class.title"], as_list=True
		)
		titles = frappe.get_all("PPSS Class", {"name": ("in", own or [""])}, ["name", "title"], as_list=True)
		return {**dict(of_children), **dict(titles)}

	def reasons_of_strikes(self) -> dict[str, str]:
		read = {line.document for line in self.lines if line.strikes} & {*self.activities, *self.lessons}
		steps = {"parent": ("in", read or [""]), "to_state": ("in", STRIKING)}
		return dict(frappe.get_all("PPSS Transition", steps, ["parent", "reason"], as_list=True))

	# ---- rows

	def rows(self) -> list[Row]:
		return [self.row(line) for line in self.lines]

	def row(self, line) -> Row:
		own = next((way for way in self.ways if line.document in way[0]), None)
		head = {
			"number": line.number,
			"day": self.day(line.date),
			"work_kind": self.term(line.work_kind),
			"struck": (line.organisation, line.number) in self.struck,
			"document_type": line.document_type,
			"document": line.document if own else "",
		}
		if line.strikes:
			return Row(**head, what=self.strike(line))
		if not own:
			return Row(**head, what=self.foreign)
		known, say = own
		return Row(**head, **say(known[line.document]))

	def strike(self, line) -> str:
		text = _("Row {0} is struck out.").format(line.strikes)
		reason = self.reasons.get(line.document)
		return f"{text} {reason}" if reason else text

	def reference(self, document: str) -> str:
		return self.elsewhere.format(document)

	def activity(self, row) -> dict:
		closed = rules.by_reference(row.kind, bool(row.crisis), row.problem_theme)
		found = [] if closed else [row.result or row.conclusion or row.description, row.recommendation]
		return {
			"who": "" if rules.nobody_named(row.problem_theme) else self.who(row),
			"what": self.subject(row),
			"how": self.term(row.form) or self.word(row.work_form or ""),
			"result": self.reference(row.name) if closed else "\n".join(filter(None, found)),
			"person": self.signature(row.provider),
		}

	def who(self, row) -> str:
		child = ", ".join(filter(None, (row.learner_name, self.classes.get(row.learner))))
		present = (
			f"{self.term(row.audience)}: {row.attendance}" if row.attendance else self.term(row.audience)
		)
		parts = (self.classes.get(row.school_class), child, *self.people[row.name], present)
		return "; ".join(filter(None, parts))

	def subject(self, row) -> str:
		named = self.term(row.detail) or self.term(row.kind)
		theme = self.term(row.problem_theme)
		words = theme if rules.nobody_named(row.problem_theme) else row.topic or row.object or theme
		return ". ".join(filter(None, (named[:1].upper() + named[1:], words)))

	def lesson(self, row) -> dict:
		theme = self.term(row.theme) or _("Lesson")
		return {
			"who": "; ".join(filter(None, self.children[row.name])),
			"what": theme[:1].upper() + theme[1:],
			"how": self.term(row.form),
			"result": self.reference(row.name),
			"person": self.signature(row.provider),
		}

	def request(self, row) -> dict:
		about = f"{row.learner_name}: " if row.learner_name else ""
		return {
			"who": self.asker(row),
			"what": f"{about}{row.question or ''}",
			"result": row.answer or "",
			"answered": self.day(row.answered_on) if row.answered_on else "",
		}

	def asker(self, row) -> str:
		if not row.asker_name:
			return self.signature(row.from_person)
		return ": ".join(filter(None, (self.term(row.asker_group), row.asker_name)))
