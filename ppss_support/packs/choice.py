"""Which papers a pack holds. Everything is read as the maker of the pack: what they may not see is not there."""

from collections.abc import Iterator

import frappe
from frappe import _

from ppss_support import papers
from ppss_support.answers import answer
from ppss_support.regulation import packs
from ppss_support.regulation.finding import Finding, Label

CONSENT = "PPSS Consent"
LEARNER, PARTICIPATION = "PPSS Learner", "PPSS Participation Sheet"
# Papers about several children: the table with a row for each, and what is printed of one row.
EXTRACTS = {
	"PPSS Learner List": ("rows", "PPSS Extract from List"),
	"PPSS Meeting": ("decisions", "PPSS Extract from Minutes"),
}
# The date a paper goes by in a period; others go by `date`, and those without one by the day they were entered.
DATES = {CONSENT: "date_signed", "PPSS Support Order": "order_date", "PPSS Needs Assessment": "end_date"}
# Consents that make another one needless, and the one that is prepared already.
STANDING = ("Prepared", "Signed")


def rows(pack) -> list[dict]:
	"""Return what goes into the pack, in its order, as values of PPSS Pack Item."""
	choose = {
		packs.CHOSEN: chosen,
		packs.CLASS: of_class,
		packs.PERIOD: of_period,
		packs.CHILD: of_child,
		packs.PREPARED_CONSENTS: consents_of_class,
		packs.BLANK_CONSENTS: blank_consents,
	}
	return list(choose[pack.scope](pack))


def chosen(pack) -> Iterator[dict]:
	wanted = dict.fromkeys((row.document_type, row.document) for row in pack.items)
	for doctype in {doctype for doctype, _name in wanted}:
		need_paper(doctype)
	for doctype, name in wanted:
		yield {"document_type": doctype, "document": name}


def of_class(pack) -> Iterator[dict]:
	need_paper(pack.document_type, "learner")
	children = [child.name for child in learners(pack)]
	return listed(pack, pack.document_type, [["learner", "in", children or [""]]])


def of_period(pack) -> Iterator[dict]:
	doctype = pack.document_type
	need_paper(doctype)
	last = f"{pack.to_date} 23:59:59" if date_field(doctype) == "creation" else pack.to_date
	return listed(pack, doctype, [[date_field(doctype), "between", (pack.from_date, last)]])


def of_child(pack) -> Iterator[dict]:
	"""Everything about one child that has a paper and that the reader may print, kind after kind.

	Of papers about several children extracts with what is about this one.
	"""
	for doctype in sorted(paper_types()):
		if not frappe.has_permission(doctype, "print"):
			continue
		if doctype == LEARNER:
			yield from own_papers(pack)
		elif doctype in EXTRACTS:
			yield from extracts(pack, doctype)
		elif frappe.get_meta(doctype).has_field("learner"):
			yield from listed(pack, doctype, [["learner", "=", pack.learner]])


def own_papers(pack) -> Iterator[dict]:
	"""Papers drawn from all there is about the child: the development card, and where the child took part."""
	for row in listed(pack, LEARNER, [["name", "=", pack.learner]]):
		yield row
		yield {**row, "print_format": PARTICIPATION, "title": _(PARTICIPATION)}


def extracts(pack, doctype: str) -> Iterator[dict]:
	"""Return an extract for each row about the child in papers that have force, if the reader reads the rows."""
	table, print_format = EXTRACTS[doctype]
	df = frappe.get_meta(doctype).get_field(table)
	if df.permlevel not in frappe.new_doc(doctype).get_permlevel_access("read"):
		return
	about = {"parenttype": doctype, "parentfield": table, "learner": pack.learner, "docstatus": 1}
	found: dict[str, list[int]] = {}
	for parent, number in frappe.get_all(df.options, about, ["parent", "idx"], order_by="idx", as_list=True):
		found.setdefault(parent, []).append(number)
	for row in listed(pack, doctype, [["name", "in", list(found) or [""]]]):
		for number in found[row["document"]]:
			title = f"{_(print_format)}, № {number}"
			yield {**row, "print_format": print_format, "row_no": number, "title": title}


def listed(pack, doctype: str, filters: list) -> Iterator[dict]:
	own = [*filters, ["organisation", "=", pack.organisation]]
	names = frappe.get_list(
		doctype, own, pluck="name", order_by=f"`tab{doctype}`.{date_field(doctype)}, name", limit=0
	)
	return ({"document_type": doctype, "document": name} for name in names)


def learners(pack) -> list[dict]:
	filters = {"school_class": pack.school_class, "organisation": pack.organisation}
	return frappe.get_list("PPSS Learner", filters, ["name", "full_name"], order_by="sort_key", limit=0)


def blank_consents(pack) -> Iterator[dict]:
	return (consent_row(child) for child in learners(pack))


def consents_of_class(pack) -> Iterator[dict]:
	"""Return the consent that waits for its signature, or the child for whom one is to be prepared."""
	children = learners(pack)
	own = {"learner": ("in", [child.name for child in children] or [""]), "workflow_state": ("in", STANDING)}
	standing = frappe.get_all(CONSENT, own, ["learner", "name", "workflow_state"], order_by="creation")
	signed = {row.learner for row in standing if row.workflow_state == "Signed"}
	prepared = {row.learner: row.name for row in standing if row.workflow_state == "Prepared"}
	for child in children:
		if child.name not in signed:
			yield {**consent_row(child), "document": prepared.get(child.name)}


def consent_row(child) -> dict:
	return {"document_type": CONSENT, "learner": child.name, "title": child.full_name}


# ---- kinds of papers


def paper_types() -> set[str]:
	"""Return the DocTypes of the app that have a paper of their own."""
	every = frappe.get_all(
		"DocType",
		{"module": papers.MODULE, "istable": 0, "default_print_format": ("is", "set")},
		pluck="name",
	)
	return {doctype for doctype in every if papers.our_format(doctype, None)}


def need_paper(doctype: str, *fields: str):
	"""Refuse a DocType that is none of ours, has no paper or lacks a field it is chosen by."""
	known = doctype in paper_types() and all(frappe.get_meta(doctype).has_field(field) for field in fields)
	if not known:
		answer([Finding.of("A73", Label(doctype))])
	frappe.has_permission(doctype, "print", throw=True)


def date_field(doctype: str) -> str:
	if doctype in DATES:
		return DATES[doctype]
	return "date" if frappe.get_meta(doctype).has_field("date") else "creation"


def legal_representative(learner: str) -> str | None:
	"""Return the first legal representative, to whom a consent is written."""
	own = {"parent": learner, "parenttype": "PPSS Learner", "is_legal_representative": 1}
	return frappe.db.get_value("PPSS Learner Representative", own, "representative", order_by="idx")
