"""Which records have had their time: everything of a kind is read in a few statements, and judged by plain rules."""

from collections.abc import Iterator
from datetime import date

import frappe
from frappe.utils import getdate

from ppss_support.archive import register
from ppss_support.constants import states
from ppss_support.regulation import retention

LEARNER = "PPSS Learner"
TERM, ACT, ROW = "PPSS Retention Term", "PPSS Destruction Act", "PPSS Destruction Row"
DONE = "Destroyed"
# Kinds with a term, by the field of their own date; none: the day they were entered.
DATES = {
	"PPSS Consent": "date_signed",
	"PPSS Needs Assessment": "end_date",
	"PPSS PMPC Recommendation": "date",
	"PPSS Support Case": "closed_on",
	"PPSS Programme": "period_to",
	"PPSS Referral": "date",
	"PPSS Assistant Assignment": "to_date",
	"PPSS Provision": "issued_on",
	"PPSS Activity": "date",
	"PPSS Request": "date",
	"PPSS Service Paper": "date",
	"PPSS Session": "date",
	"PPSS Session Group": "valid_from",
	"PPSS Learner List": "date",
	"PPSS Meeting": "date",
	"PPSS Data Request": "received_on",
	LEARNER: None,
}
# Papers that still carry something while the child is here.
RUNNING = {
	states.IN_FORCE,
	states.APPROVED,
	states.IN_IMPLEMENTATION,
	states.SUSPENDED,
	states.SIGNED,
	states.APPOINTED,
	states.TEAM_WORKING,
	states.WITH_DEPUTY,
	states.WITH_HEAD,
	states.PLANNED,
}


def terms_of(organisation: str) -> list[retention.Term]:
	fields = ["name", "document_type", "keep_years", "runs_from", "next_january", "from_date", "to_date"]
	rows = frappe.get_all(TERM, {"organisation": organisation, "permanent": 0}, fields)
	return [
		retention.Term(
			kind=row.document_type,
			years=row.keep_years,
			runs_from=row.runs_from,
			next_january=bool(row.next_january),
			first=getdate(row.from_date),
			last=getdate(row.to_date) if row.to_date else None,
			name=row.name,
		)
		for row in rows
	]


def permanent_kinds(organisation: str, day: date) -> set[str]:
	"""Return the kinds some term in force keeps for ever."""
	rows = frappe.get_all(
		TERM,
		{"organisation": organisation, "permanent": 1, "from_date": ("<=", day)},
		["document_type", "to_date"],
	)
	return {row.document_type for row in rows if not row.to_date or getdate(row.to_date) >= day}


def due(organisation: str, limit: int) -> list[dict]:
	"""Return what may be destroyed today as rows of an act: papers first, then the children nothing else is kept of."""
	today = getdate()
	terms = retention.in_force(terms_of(organisation), today)
	forever, school = permanent_kinds(organisation, today), School(organisation)
	rows = [
		row_of(kind, record, judged)
		for kind in DATES
		if kind != LEARNER and kind in terms and kind not in forever
		for record in school.records(kind)
		if not (judged := school.judge(kind, record, terms[kind], today)).kept
	]
	if LEARNER in terms and LEARNER not in forever:
		named = {(row["document_type"], row["document"]) for row in rows}
		children = [
			row_of(LEARNER, record, judged)
			for record in school.records(LEARNER)
			if not (judged := school.judge(LEARNER, record, terms[LEARNER], today)).kept
		]
		bound = school.learners_of_kept(named) if children else set()
		rows += [row for row in children if row["document"] not in bound]
	return rows[:limit]


def row_of(kind: str, record, judged: retention.Judged) -> dict:
	return {
		"document_type": kind,
		"document": record.name,
		"title": record.learner_title or record.name,
		"retention_term": judged.term.name,
		"begun_on": judged.begun,
		"due_on": judged.due,
	}


def pairs(doctype: str, filters: dict) -> set[tuple[str, str]]:
	return set(frappe.get_all(doctype, filters, ["document_type", "document"], as_list=True))


def why_kept(organisation: str, kind: str, name: str) -> str:
	"""Return what keeps a record that was due: a legal hold, a child that is back; or that it is not there."""
	school = School(organisation, kind, name)
	record = next(school.records(kind), None)
	if not record:
		return retention.NOT_THERE
	fact = school.fact(kind, record)
	return retention.HELD if fact.held else retention.IN_USE if fact.in_use else ""


class School:
	"""What judging the records of one organisation needs besides themselves, read once."""

	def __init__(self, organisation: str, kind: str | None = None, name: str | None = None):
		"""`kind` and `name`: read what one record needs instead of everything."""
		self.organisation = organisation
		self.one = {"name": name} if name else {}
		named = self.children_of(kind, name) if name else None
		own = {"organisation": organisation, **({"name": ("in", [*named, ""])} if named is not None else {})}
		fields = ["name", "full_name", "leaving_date", "legal_hold"]
		self.children = {row.name: row for row in frappe.get_all(LEARNER, own, fields)}
		held = {"organisation": organisation, "legal_hold": 1, **({"document": name} if name else {})}
		self.held = pairs(register.DOCTYPE, held)
		self.destroyed = pairs(ROW, {"status": DONE, **({"document": name} if name else {})})
		years = frappe.get_all("PPSS School Year", {}, ["name", "from_date", "to_date"], as_list=True)
		self.years = [(getdate(first), getdate(last), title) for title, first, last in years]

	def children_of(self, kind: str, name: str) -> set[str]:
		if kind == LEARNER:
			return {name}
		own = (
			{frappe.db.get_value(kind, name, "learner")}
			if frappe.get_meta(kind).has_field("learner")
			else set()
		)
		return own - {None, ""} | self.children_of_rows(kind).get(name, set())

	def records(self, kind: str) -> Iterator[frappe._dict]:
		"""Yield the records of a kind that are not destroyed, with what their judgement rests on."""
		meta = frappe.get_meta(kind)
		wanted = ("learner", "school_year", "workflow_state", "status", "organisation", DATES[kind] or "")
		fields = ["name", "creation", *(field for field in wanted if field and meta.has_field(field))]
		others = self.children_of_rows(kind)
		own = {"organisation": self.organisation, **self.one}
		for record in frappe.get_all(kind, own, fields, order_by="name"):
			if (kind, record.name) in self.destroyed:
				continue
			learner = record.name if kind == LEARNER else record.get("learner")
			record.children = {learner} - {None, ""} | others.get(record.name, set())
			child = self.children.get(learner)
			record.learner_title = child and child.full_name
			yield record

	def children_of_rows(self, kind: str) -> dict[str, set[str]]:
		"""Return the children the tables of a kind name, by record."""
		found: dict[str, set[str]] = {}
		for table in frappe.get_meta(kind).get_table_fields():
			if not frappe.get_meta(table.options).has_field("learner"):
				continue
			own = {"parenttype": kind, "learner": ("is", "set")}
			own |= {"parent": self.one["name"]} if self.one else {}
			for row in frappe.get_all(table.options, own, ["parent", "learner"]):
				found.setdefault(row.parent, set()).add(row.learner)
		return found

	def judge(self, kind: str, record, terms: list, today: date) -> retention.Judged:
		return retention.judge(self.fact(kind, record), terms, today)

	def fact(self, kind: str, record) -> retention.Record:
		children = [self.children[name] for name in record.children if name in self.children]
		made = getdate((DATES[kind] and record.get(DATES[kind])) or record.creation)
		here = any(not child.leaving_date for child in children)
		left = [getdate(child.leaving_date) for child in children if child.leaving_date]
		running = record.get("workflow_state") in RUNNING or record.get("status") == "Open"
		return retention.Record(
			starts={
				retention.MADE: made,
				retention.YEAR_ENDED: self.year_end(record.get("school_year"), made),
				retention.CHILD_LEFT: None if here or not left else max(left),
			},
			held=any(child.legal_hold for child in children) or (kind, record.name) in self.held,
			in_use=running and here,
		)

	def year_end(self, name: str | None, day: date) -> date | None:
		return next(
			(last for first, last, year in self.years if year == name or (not name and first <= day <= last)),
			None,
		)

	def learners_of_kept(self, named: set[tuple[str, str]]) -> set[str]:
		"""Return the children some record of their own is kept of, and is not on the same act."""
		bound = set()
		for kind in DATES:
			if kind != LEARNER and frappe.get_meta(kind).has_field("learner"):
				bound |= {
					record.learner
					for record in self.records(kind)
					if record.learner and (kind, record.name) not in named
				}
		return bound


def register_rows(records: set[tuple[str, str]]) -> dict[tuple[str, str], dict]:
	"""Return numbers and pages of the archive rows of each record."""
	found: dict[tuple[str, str], dict] = {}
	names = [name for _kind, name in records]
	fields = ["document_type", "document", "number", "pages"]
	for row in frappe.get_all(
		register.DOCTYPE, {"document": ("in", names or [""])}, fields, order_by="number"
	):
		one = found.setdefault((row.document_type, row.document), {"entries": "", "pages": 0})
		one["entries"] = ", ".join(filter(None, (one["entries"], str(row.number))))[:140]
		one["pages"] += row.pages or 0
	return found
