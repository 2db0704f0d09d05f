"""Gives entries of the log their numbers in the journals: in the transaction of the entry, under the organisation's lock.

A journal is kept in a year once a volume of it is open; what has no line yet is taken in when the next volume is opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import getdate, now

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation import journals as rules
from ppss_support.regulation.journals import Tags, Volume, Work
from ppss_support.reporting import reads

VOLUME, LINE = "PPSS Journal Volume", "PPSS Journal Line"
ACTIVITY, SESSION, REQUEST = "PPSS Activity", "PPSS Session", "PPSS Request"
COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"organisation",
	"school_year",
	"journal",
	"number",
	"volume",
	"date",
	"work_kind",
	"document_type",
	"document",
	"strikes",
)


@dataclass(frozen=True)
class Place:
	"""An entry on its way into the journals it belongs to; `strikes` is the number a correction strikes out."""

	document_type: str
	document: str
	day: date
	work_kind: str
	journals: tuple[str, ...]
	strikes: int = 0


# ---- what the guards of the log ask


def volumes_not_closed(
	organisation: str, school_year: str | None, journal: str | None = None
) -> list[Volume]:
	own = {"organisation": organisation, "school_year": school_year, "docstatus": ("<", 2)}
	own |= {"workflow_state": ("!=", states.CLOSED), **({"kind": journal} if journal else {})}
	rows = frappe.db.get_values(VOLUME, own, ["name", "kind", "workflow_state"], as_dict=True) or []
	return [Volume(row.name, row.kind, row.workflow_state == states.CERTIFIED) for row in rows]


# ---- entering


def enter(paper, place: Place):
	"""Write the lines of an entry that was recorded just now."""
	write(paper.organisation, paper.school_year, [place])


def strike(paper):
	"""Write the row that strikes out an entry into each journal the entry stands in; the row struck out stays (D-20)."""
	lines = frappe.get_all(
		LINE,
		{"document_type": paper.doctype, "document": paper.name, "strikes": 0},
		["journal", "number", "work_kind"],
	)
	places = [
		Place(paper.doctype, paper.name, getdate(), line.work_kind, (line.journal,), line.number)
		for line in lines
	]
	write(paper.organisation, paper.school_year, places)


def stands(paper) -> bool:
	"""Tell whether a paper has a number in some journal."""
	return bool(frappe.db.exists(LINE, {"document_type": paper.doctype, "document": paper.name}))


def take_in_the_year(volume):
	"""Number what was recorded in the year and stands in no volume of this journal yet, in the order of the days."""
	year = {"organisation": volume.organisation, "school_year": volume.school_year}
	known = frappe.get_all(
		LINE, {**year, "journal": volume.kind, "strikes": 0}, ["document_type", "document"], as_list=True
	)
	known = set(map(tuple, known))
	places = [
		one
		for one in (*activities_of(year), *lessons_of(year), *requests_of(year))
		if volume.kind in one.journals and (one.document_type, one.document) not in known
	]
	order = sorted(places, key=lambda one: (one.day, one.document))
	write_lines(volume.organisation, volume.school_year, {volume.kind: volume.name}, order)


def write(organisation: str, school_year: str | None, places: Iterable[Place]):
	places = [place for place in places if place.journals]
	if not places:
		return
	kept = {volume.journal: volume.name for volume in volumes_not_closed(organisation, school_year)}
	write_lines(organisation, school_year, kept, places)


def write_lines(organisation: str, school_year: str | None, kept: dict[str, str], places: Sequence[Place]):
	"""Write the lines in one statement; `kept` maps each journal to its volume. Numbers are taken with the lines."""
	waiting = defaultdict(list)
	for place in places:
		for journal in place.journals:
			if journal in kept:
				waiting[journal].append(place)
	stamp, user = now(), frappe.session.user
	rows = []
	for journal, own in sorted(waiting.items()):
		last = facts.next_number("journal", organisation, school_year, journal, count=len(own))
		for number, place in enumerate(own, last - len(own) + 1):
			where = (organisation, school_year, journal, number, kept[journal])
			what = (place.day, place.work_kind, place.document_type, place.document, place.strikes)
			rows.append((frappe.generate_hash(length=10), stamp, stamp, user, user, *where, *what))
	if rows:
		frappe.db.bulk_insert(LINE, list(COLUMNS), rows)


# ---- what an entry is for the journals


def place_of_activity(entry) -> Place:
	"""Return the place of an entry of the log; whoever is no psychologist keeps no journal."""
	psychologist = rules.PSYCHOLOGIST in facts.roles_of(entry.provider)
	groups = frozenset(row.term for row in entry.work_groups)
	tags = Tags(entry.overview_direction, entry.work_form, groups, entry.work_kind)
	chosen = rules.journals_of(tags) if psychologist else ()
	return Place(ACTIVITY, entry.name, getdate(entry.date), entry.work_kind, chosen)


def place_of_lesson(lesson) -> Place:
	day = getdate(lesson.date)
	if rules.PSYCHOLOGIST not in facts.roles_of(lesson.provider):
		return Place(SESSION, lesson.name, day, rules.DEVELOPING, ())
	programmes = [row.programme for row in lesson.attendance if row.programme]
	kinds = frappe.get_all("PPSS Programme", {"name": ("in", programmes or [""])}, pluck="kind")
	work_kind = kind_of_lesson(kinds)
	return Place(SESSION, lesson.name, day, work_kind, rules.journals_of(lesson_tags(lesson.form, work_kind)))


def place_of_request(request) -> Place:
	asked = facts.roles_of(request.to_person) if request.to_person else {request.to_role}
	return Place(
		REQUEST, request.name, getdate(request.date), rules.REQUEST, rules.journals_of_request(asked)
	)


def kind_of_lesson(programmes: Iterable[str]) -> str:
	return next(
		(rules.WORK_OF_PROGRAMME[one] for one in programmes if one in rules.WORK_OF_PROGRAMME),
		rules.DEVELOPING,
	)


def lesson_tags(form: str, work_kind: str) -> Tags:
	return Tags(rules.CORRECTION, rules.FORM_OF[form], frozenset({rules.PUPILS}), work_kind)


def work_of(entry) -> Work:
	"""Return what an entry of the log says of itself."""
	present = [row for row in entry.participants if row.present]
	people = {
		group
		for field, group in (("representative", rules.PARENTS), ("specialist", rules.TEACHERS))
		if any(row.get(field) for row in present)
	}
	return Work(
		entry.kind,
		entry.direction,
		entry.form,
		entry.client_type,
		entry.audience,
		entry.problem_theme,
		bool(entry.school_class),
		len(entry.clients),
		frozenset(people),
	)


# ---- what was recorded in a year, for a volume opened later


def psychologists(organisation: str) -> list[str]:
	"""Return the psychologists of the organisation, those who have left included."""
	own = {"organisation": organisation, "name": ("in", list(reads.holders_of(rules.PSYCHOLOGIST)) or [""])}
	return frappe.get_all("PPSS Specialist", own, pluck="name")


def activities_of(year: dict) -> list[Place]:
	fields = ["name", "date", "overview_direction", "work_form", "work_kind"]
	stands = {**year, "docstatus": 1, "provider": ("in", psychologists(year["organisation"]) or [""])}
	entries = frappe.get_all(ACTIVITY, {**stands, "work_form": ("is", "set")}, fields)
	groups = terms_by_parent(year)
	return [
		Place(
			ACTIVITY,
			row.name,
			getdate(row.date),
			row.work_kind,
			rules.journals_of(
				Tags(row.overview_direction, row.work_form, frozenset(groups[row.name]), row.work_kind)
			),
		)
		for row in entries
	]


def terms_by_parent(year: dict) -> dict[str, set[str]]:
	"""Return the work groups of the entries of the year."""
	item, entry = frappe.qb.DocType("PPSS Term Item"), frappe.qb.DocType(ACTIVITY)
	rows = (
		frappe.qb.from_(item)
		.join(entry)
		.on(entry.name == item.parent)
		.where((item.parenttype == ACTIVITY) & (item.parentfield == "work_groups"))
		.where((entry.organisation == year["organisation"]) & (entry.school_year == year["school_year"]))
		.select(item.parent, item.term)
	).run()
	found = defaultdict(set)
	for parent, term in rows:
		found[parent].add(term)
	return found


def lessons_of(year: dict) -> list[Place]:
	stands = {**year, "docstatus": 1, "workflow_state": states.HELD}
	stands["provider"] = ("in", psychologists(year["organisation"]) or [""])
	lessons = frappe.get_all(SESSION, stands, ["name", "date", "form"])
	kinds = programmes_of(year)
	return [
		Place(
			SESSION,
			row.name,
			getdate(row.date),
			kind_of_lesson(kinds[row.name]),
			rules.journals_of(lesson_tags(row.form, kind_of_lesson(kinds[row.name]))),
		)
		for row in lessons
	]


def programmes_of(year: dict) -> dict[str, list[str]]:
	"""Return the kinds of programmes the lessons of the year were given by."""
	row, programme = frappe.qb.DocType("PPSS Attendance"), frappe.qb.DocType("PPSS Programme")
	rows = (
		frappe.qb.from_(row)
		.join(programme)
		.on(programme.name == row.programme)
		.where(
			(programme.organisation == year["organisation"]) & (programme.school_year == year["school_year"])
		)
		.select(row.parent, programme.kind)
		.distinct()
	).run()
	found = defaultdict(list)
	for parent, kind in rows:
		found[parent].append(kind)
	return found


def requests_of(year: dict) -> list[Place]:
	asked = reads.holders_of(rules.PSYCHOLOGIST)
	rows = frappe.get_all(REQUEST, year, ["name", "date", "to_role", "to_person"])
	return [
		Place(
			REQUEST,
			row.name,
			getdate(row.date),
			rules.REQUEST,
			rules.journals_of_request(
				{rules.PSYCHOLOGIST} if row.to_person in asked or row.to_role == rules.PSYCHOLOGIST else ()
			),
		)
		for row in rows
	]
