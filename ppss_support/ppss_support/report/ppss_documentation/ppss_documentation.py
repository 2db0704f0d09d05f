"""RP7: which documents of each learner and specialist are there (KZ92-14.1.2c, KZ92-23.1, ALM-5, KG-6.3)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation import documents, journals
from ppss_support.regulation.finding import Label
from ppss_support.regulation.plans import WHOLE
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, under_order_92
from ppss_support.reporting.ledger import GONE, Ledger

MISSING, DRAFT, APPROVED, OVERDUE = Label("Missing"), Label("Draft"), Label("Approved"), Label("Overdue")
# A document of which the app holds no paper: whether it is there is seen in the folder, not here.
ELSEWHERE = Label("Kept outside the App")
REVIEW, ORDER_READ, ETHICS = (
	Label("Results Review"),
	Label("Order Acknowledgement"),
	"PPSS Ethics Acknowledgement",
)
SERVICE_PAPER = "PPSS Service Paper"
# The registration journal is one of ten a volume may be of (ALM-5.8), the library keeps three kinds of paper.
KIND_OF = {
	"AL5": documents.METHOD,
	"AL8": journals.REGISTRATION,
	"F1": documents.NORMATIVE,
	"F5": documents.MATERIAL,
}
# Plans for a month or a week are not the plan of the year.
OF_THE_YEAR = {"PPSS Annual Plan": {"plan_kind": ("in", WHOLE)}}
# Documents of the overview are kept where its journals are (OVR-F1, OVR-F5).
OVERVIEW, ITS_FEATURE = "Overview", "nine_journals"
PROGRAMME_OF = {"needs_idp": "IDP", "needs_cdp": "CDP", "needs_icp": "ICP"}
# Papers of a learner that are judged by what the law asks of this very learner.
JUDGED_ABOVE = frozenset(
	{
		"PPSS Consent",
		"PPSS Needs Assessment",
		"PPSS PMPC Recommendation",
		"PPSS Learner List",
		"PPSS Programme",
		"PPSS Assistant Assignment",
	}
)


class Line(NamedTuple):
	"""One document of one person, there or not."""

	subject: str
	opens: tuple[str, str]
	school_class: str | None
	document: str
	standing: str
	paper: tuple[str, str] | None = None
	state: str | None = None
	due: date | None = None


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column(
			"subject", _("Learner or Specialist"), width=230, opens={"doctype_field": "kind", "by": "who"}
		),
		column("class_title", _("Class"), width=90),
		column("document", _("Document"), width=260),
		column("standing_label", _("Standing"), width=120),
		column("state", _("State"), width=170),
		column("due", _("Due"), "Date", 110),
		column("name", _("Number"), width=190, opens={"doctype_field": "doctype", "by": "name"}),
	]


def rows(frame: Frame) -> list[dict]:
	ledger = Ledger(frame)
	types = document_types(frame)
	lines = [*learner_lines(ledger), *own_learner_lines(ledger, types)]
	if not frame.chosen.school_class:
		lines += [*specialist_lines(ledger), *school_lines(ledger, types)]
	return [row_of(line) for line in lines if frame.keeps(standing=line.standing, document=line.document)]


def row_of(line: Line) -> dict:
	doctype, name = line.paper or (None, None)
	return {
		"kind": line.opens[0],
		"who": line.opens[1],
		"subject": line.subject,
		"class_title": line.school_class,
		"document": _(line.document),
		"standing": line.standing,
		"standing_label": _(line.standing),
		"state": label_of(line.state),
		"due": line.due,
		"doctype": doctype,
		"name": name,
		"late": line.standing in (MISSING, OVERDUE),
	}


# ---- learners


def learner_lines(ledger: Ledger) -> Iterator[Line]:
	"""Yield what each child with an open case needs by order No 92, in the order of the law."""
	newest = {doctype: newest_of(papers) for doctype, papers in papers_of(ledger).items()}
	by_order_92 = under_order_92(ledger.frame).schools
	for case in ledger.cases:
		if case.organisation not in by_order_92:
			continue
		learner = ledger.pupils[case.learner]
		for document, doctype, paper, due in needed(ledger, case.learner, newest):
			yield Line(
				learner.full_name,
				("PPSS Learner", case.learner),
				learner.class_title,
				document,
				standing_of(paper, due),
				(doctype, paper.name) if paper else None,
				paper.workflow_state if paper else None,
				due,
			)


def papers_of(ledger: Ledger) -> dict[str, list]:
	"""Return the papers by kind; the programme's kind is told apart too."""
	programmes = {kind: [p for p in ledger.programmes if p.kind == kind] for kind in PROGRAMME_OF.values()}
	return {
		"PPSS Consent": ledger.consents,
		"PPSS Needs Assessment": ledger.assessments,
		"PPSS PMPC Recommendation": ledger.pmpc,
		"PPSS Assistant Assignment": ledger.assignments,
		**programmes,
	}


def newest_of(papers: list) -> dict[str, frappe._dict]:
	"""Return the paper of each learner that counts: an approved one before a draft, the newest of several."""
	return {paper.learner: paper for paper in sorted(papers, key=lambda paper: paper.docstatus)}


def needed(ledger: Ledger, learner: str, newest: dict) -> Iterator[tuple]:
	"""Yield (document, DocType, paper or None, due day) for all that this child needs."""

	def one(doctype: str, document: str | None = None, due: date | None = None):
		paper = newest[document or doctype].get(learner)
		return document or doctype, doctype if not document else "PPSS Programme", paper, due

	row = ledger.listed.get(learner)
	assessment = newest["PPSS Needs Assessment"].get(learner)
	yield one("PPSS Consent")
	yield one("PPSS Needs Assessment", due=assessment_due(ledger, assessment))
	if "C3" in ledger.categories[learner]:
		yield one("PPSS PMPC Recommendation")
	yield "PPSS Learner List", "PPSS Learner List", row and listed_paper(row), None
	for field, kind in PROGRAMME_OF.items():
		programme = newest[kind].get(learner)
		if programme or (row and row[field]):
			yield one("PPSS Programme", kind)
		if programme and programme.docstatus == 1:
			yield REVIEW, "PPSS Programme", reviewed(programme), getdate(programme.period_to)
	if row and row.needs_assistant:
		yield one("PPSS Assistant Assignment")


def listed_paper(row: frappe._dict) -> frappe._dict:
	return frappe._dict(name=row.list, workflow_state=row.state, docstatus=int(row.state == states.APPROVED))


def reviewed(programme: frappe._dict) -> frappe._dict:
	"""Return the programme as its results review stands: a draft until the review is dated."""
	return frappe._dict(
		name=programme.name,
		workflow_state=programme.workflow_state,
		docstatus=int(bool(programme.review_date)),
	)


def assessment_due(ledger: Ledger, assessment: frappe._dict | None) -> date | None:
	"""Return the day by which the organisation wants an assessment concluded."""
	if not assessment or assessment.docstatus:
		return None
	school = ledger.frame.schools[ledger.pupils[assessment.learner].organisation]
	return getdate(add_days(assessment.start_date or assessment.creation, school.assessment_days))


def standing_of(paper: frappe._dict | None, due: date | None) -> str:
	if not paper:
		return MISSING
	if paper.docstatus == 1:
		return APPROVED
	return OVERDUE if due and due < getdate() else DRAFT


# ---- specialists


def specialist_lines(ledger: Ledger) -> Iterator[Line]:
	"""Yield whether each member of the service has acknowledged the order and the principles (KZ92-5)."""
	for row in ledger.members:
		person = ledger.staff.get(row.specialist)
		if person:
			record = ("PPSS Specialist", row.specialist)
			order, ethics = ("PPSS Support Order", row.parent), (ETHICS, row.acknowledgement)
			for document, paper, there in (
				(ORDER_READ, order, row.acknowledged_on),
				(ETHICS, ethics if row.acknowledgement else None, row.acknowledgement),
			):
				yield Line(person.full_name, record, None, document, APPROVED if there else MISSING, paper)


# ---- the organisation, and what it asks for beyond the order


def document_types(frame: Frame) -> list[frappe._dict]:
	"""Return the documents the organisations keep, those without a kind of paper of ours included (KZ92-23.1)."""
	fields = ["title", "title_ru", "organisation", "regulation_profile", "owner_role", "frequency", "paper"]
	fields += ["activity_kind", "term", "basis"]
	rows = frappe.get_all("PPSS Document Type", {"active": 1}, fields, order_by="creation")
	profiles = {school.regulation_profile for school in frame.schools.values()}
	return [row for row in rows if not row.regulation_profile or row.regulation_profile in profiles]


def title_of(kind: frappe._dict) -> str:
	return (frappe.local.lang == "ru" and kind.title_ru) or kind.title


def school_lines(ledger: Ledger, types: list) -> Iterator[Line]:
	"""Yield the documents an organisation keeps once or each year, by the role that keeps them (KZ92-23.1)."""
	roles = reads.term_labels("Role")
	for kind in types:
		if kind.paper and kind.frequency not in ("Once", "Each School Year"):
			continue
		papers = standing_papers(ledger.frame, kind, "organisation") if kind.paper else {}
		for school, settings in ledger.frame.schools.items():
			if asked_of(kind, school, settings.regulation_profile) and kind.organisation in (
				None,
				"",
				school,
			):
				paper = papers.get(school)
				yield Line(
					roles.get(kind.owner_role, school),
					("PPSS Organisation", school),
					None,
					title_of(kind),
					standing_of(paper, None) if kind.paper else ELSEWHERE,
					(kind.paper, paper.name) if paper else None,
					paper and paper.get("workflow_state"),
				)


def asked_of(kind: frappe._dict, school: str, profile: str) -> bool:
	"""Tell whether a document is of the school's act, or of the overview where the school uses it."""
	if kind.basis == OVERVIEW and kind.term:
		return ITS_FEATURE in facts.features_on(school, profile)
	return kind.regulation_profile in (None, "", profile)


def own_learner_lines(ledger: Ledger, types: list) -> Iterator[Line]:
	"""Yield the documents an organisation itself wants of each learner with an open case (KZ92-23.1, D-30)."""
	for kind in types:
		if kind.frequency != "For Each Learner" or not kind.paper or kind.paper in JUDGED_ABOVE:
			continue
		papers = standing_papers(ledger.frame, kind, "learner")
		for case in ledger.cases:
			if kind.organisation in (None, "", case.organisation):
				learner, paper = ledger.pupils[case.learner], papers.get(case.learner)
				yield Line(
					learner.full_name,
					("PPSS Learner", case.learner),
					learner.class_title,
					title_of(kind),
					standing_of(paper, None),
					(kind.paper, paper.name) if paper else None,
					paper and paper.get("workflow_state"),
				)


def standing_papers(frame: Frame, kind: frappe._dict, key: str) -> dict[str, frappe._dict]:
	"""Return the paper of a kind that counts for each organisation or learner; what is not submitted counts as it is."""
	doctype = kind.paper
	meta = frappe.get_meta(doctype)
	if not (meta.has_field(key) and meta.has_field("organisation")):
		return {}
	filters = {**frame.here, **OF_THE_YEAR.get(doctype, {}), "docstatus": ("<", 2)}
	fields = ["name", "docstatus", key]
	if of_kind := kind_wanted(kind):
		filters["kind"] = of_kind
	if meta.has_field("school_year"):
		filters["school_year"] = frame.year
	if meta.has_field("workflow_state"):
		filters["workflow_state"] = ("not in", GONE)
		fields.append("workflow_state")
	rows = frappe.get_all(doctype, filters, fields, order_by="docstatus, creation")
	for row in rows:
		row.docstatus = row.docstatus or int(not meta.is_submittable)
	return {row[key]: row for row in rows}


def kind_wanted(kind: frappe._dict) -> str | None:
	"""Return which kind of its paper a document is: entries say it, papers of the service are named as the document is."""
	return kind.activity_kind or KIND_OF.get(kind.term) or (kind.paper == SERVICE_PAPER and kind.term) or None
