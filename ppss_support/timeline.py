"""What happened in a child's case, in order: papers and their steps, decisions, reviews, lessons, people (KZ92-2.4).

Each line is of a paper the reader may read; the number of statements does not grow with the papers.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from ppss_support import lesson_facts
from ppss_support.answers import label_text
from ppss_support.constants import states
from ppss_support.regulation.finding import Label

CASE, PROGRAMME, SESSION = "PPSS Support Case", "PPSS Programme", "PPSS Session"
MEETING, LIST = "PPSS Meeting", "PPSS Learner List"
# Papers of the child, and the columns shown beside their kind: names of terms, and others.
PAPERS = {
	"PPSS Consent": (),
	"PPSS PMPC Recommendation": ("number",),
	"PPSS Needs Assessment": (),
	PROGRAMME: ("kind", "number"),
	"PPSS Referral": ("number",),
	"PPSS Assistant Assignment": ("quarter",),
	"PPSS Activity": ("kind",),
	"PPSS Request": (),
}


@dataclass(frozen=True)
class Line:
	"""One event; `at` its moment, midnight where only the day is known."""

	at: datetime
	title: str
	text: str
	who: str = ""
	doctype: str = ""
	name: str = ""


@frappe.whitelist()
def of_case(name: str) -> list[dict]:
	"""Return the events of a case the reader may know of, the latest first."""
	case = frappe.get_doc(CASE, name)
	case.check_permission("read")
	found = [*people_of(case), *papers_of(case), *list_of(case), *decisions_of(case), *lessons_of(case)]
	return [asdict(line) for line in sorted(found, key=lambda line: line.at, reverse=True)]


def on(day) -> datetime:
	return datetime.combine(getdate(day), time.min)


# ---- the case itself


def people_of(case) -> Iterator[Line]:
	def line(day, title: str, text: str) -> Line:
		return Line(on(day), title, text, doctype=CASE, name=case.name)

	yield line(case.opened_on, _(CASE), _("Opened"))
	if case.closed_on:
		yield line(case.closed_on, _(CASE), _("Closed"))
	for row in case.members:
		who = f"{row.full_name or row.specialist} ({label_text(Label(row.role))})"
		if row.from_date and getdate(row.from_date) <= getdate():
			yield line(row.from_date, _("Begins to work on the case"), who)
		if row.to_date and getdate(row.to_date) < getdate():
			yield line(row.to_date, _("Works on the case for the last day"), who)


# ---- papers and their steps


def papers_of(case) -> Iterator[Line]:
	titles = {}
	for doctype, columns in PAPERS.items():
		for row in rows_of(case, doctype, columns):
			titles[doctype, row.name] = " ".join([_(doctype), *named(row, columns)])
			yield begun(doctype, row, titles[doctype, row.name])
			if row.get("review_date"):
				yield reviewed(row, titles[doctype, row.name])
	yield from steps_of(titles)


def rows_of(case, doctype: str, columns: tuple[str, ...]) -> list:
	if not frappe.has_permission(doctype):
		return []
	filters = {"learner": case.learner}
	if frappe.get_meta(doctype).has_field("school_year"):
		filters["school_year"] = case.school_year
	fields = ["name", "creation", *columns, *(("review_date",) if doctype == PROGRAMME else ())]
	return frappe.get_list(doctype, filters, fields, limit=0)


def named(row, columns: tuple[str, ...]) -> Iterator[str]:
	for column in columns:
		if value := row.get(column):
			yield label_text(Label(value)) if column == "kind" else f"№ {value}"


def begun(doctype: str, row, title: str) -> Line:
	return Line(get_datetime(row.creation), title, _("Begun"), doctype=doctype, name=row.name)


def reviewed(row, title: str) -> Line:
	return Line(on(row.review_date), title, _("Results reviewed"), doctype=PROGRAMME, name=row.name)


def steps_of(titles: dict[tuple[str, str], str]) -> Iterator[Line]:
	"""Return the steps of these papers: the framework's rights were asked when they were listed."""
	of_papers = {
		"parenttype": ("in", list({doctype for doctype, _name in titles}) or [""]),
		"parent": ("in", [name for _doctype, name in titles] or [""]),
	}
	fields = ["parenttype", "parent", "at", "to_state", "person", "position", "reason"]
	for row in frappe.get_all("PPSS Transition", of_papers, fields, order_by="parent, idx"):
		title = titles.get((row.parenttype, row.parent))
		if title:
			text = ". ".join(filter(None, (_(row.to_state), row.reason)))
			who = ", ".join(filter(None, (row.person, row.position)))
			yield Line(get_datetime(row.at), title, text, who, row.parenttype, row.parent)


# ---- papers about several children


def list_of(case) -> Iterator[Line]:
	"""Return the steps of the lists of the year with this child: an approval decides about it (KZ92-14.2.1c)."""
	if not frappe.has_permission(LIST):
		return
	rows = frappe.get_all(
		"PPSS Learner List Row", {"learner": case.learner, "parenttype": LIST}, pluck="parent"
	)
	of_year = {"name": ("in", rows or [""]), "school_year": case.school_year}
	lists = frappe.get_list(LIST, of_year, ["name", "number"], limit=0)
	titles = {(LIST, row.name): " ".join([_(LIST), *named(row, ("number",))]) for row in lists}
	yield from steps_of(titles)


def decisions_of(case) -> Iterator[Line]:
	"""Return what adopted minutes decide about the child, for whoever reads decisions."""
	level = frappe.get_meta(MEETING).get_field("decisions").permlevel
	if level not in frappe.get_meta(MEETING).get_permlevel_access("read"):
		return
	about = {"learner": case.learner, "parenttype": MEETING, "docstatus": 1}
	rows = frappe.get_all("PPSS Meeting Decision", about, ["parent", "idx", "kind", "outcome"])
	of_year = {"name": ("in", [row.parent for row in rows] or [""]), "school_year": case.school_year}
	found = frappe.get_list(MEETING, of_year, ["name", "number", "date"], limit=0)
	meetings = {one.name: one for one in found}
	for row in rows:
		if meeting := meetings.get(row.parent):
			title = _("Decision {0} of the minutes No {1}").format(row.idx, meeting.number)
			text = f"{label_text(Label(row.kind))}. {_(row.outcome)}"
			yield Line(on(meeting.date), title, text, doctype=MEETING, name=meeting.name)


# ---- lessons


def lessons_of(case) -> Iterator[Line]:
	if not frappe.has_permission(SESSION):
		return
	with_child = {"learner": case.learner, "parenttype": SESSION}
	present = dict(frappe.get_all("PPSS Attendance", with_child, ["parent", "present"], as_list=True))
	held = {
		"name": ("in", list(present) or [""]),
		"school_year": case.school_year,
		"workflow_state": states.HELD,
	}
	fields = ["name", "date", "start", "form", "provider.full_name as provider_name"]
	for row in frappe.get_list(SESSION, held, fields, limit=0):
		text = _("Present") if present[row.name] else _("Absent")
		title = f"{_('Lesson')} ({label_text(Label(row.form))})"
		yield Line(moment(row.date, row.start), title, text, row.provider_name or "", SESSION, row.name)


def moment(day: date, start) -> datetime:
	minute = lesson_facts.minute_of(start)
	return datetime.combine(getdate(day), time(minute // 60, minute % 60))
