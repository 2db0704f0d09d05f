"""What a legal representative gets who asks for the child's data: one PDF to read, with the same as JSON inside.

In it: what is decided and written about this very child, as it was written. Not in it: other children, contacts of the
other parent, crises, protocols of diagnostics and raw sheets of the team, requests of the staff among themselves.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from pikepdf import AttachedFileSpec, Pdf

from ppss_support import facts, papers
from ppss_support.archive.freezing import speaking
from ppss_support.constants import states
from ppss_support.failures import log_failure
from ppss_support.notices import day_text, tell
from ppss_support.pdf import engine
from ppss_support.pdf.join import Bookmark, joined, page_count
from ppss_support.print_helpers import option_label, short_date, term_label
from ppss_support.regulation import activities, journals

REQUEST = "PPSS Data Request"
TEMPLATE = "ppss_support/templates/packs/subject.html"
DATA = "data.json"
ATTEMPTS = 3
TIMEOUT = 60 * 60


@dataclass(frozen=True)
class Part:
	"""What is given of one kind of record: fields by name, and tables with the columns given of them."""

	fields: tuple[str, ...]
	tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
	filters: dict = field(default_factory=dict)
	order: str = "creation"


PARTS = {
	"PPSS Learner": Part(
		("full_name", "birth_date", "organisation", "school_class", "level", "leaving_date", "leaving_reason")
	),
	"PPSS Support Case": Part(
		("school_year", "opened_on", "reason", "status", "stage", "closing_result", "closed_on"),
		{"members": ("full_name", "role", "from_date", "to_date")},
	),
	"PPSS Consent": Part(
		(
			"workflow_state",
			"representative_full_name",
			"relation",
			"covers_diagnostics",
			"covers_consultation",
			"covers_training",
			"covers_accompaniment",
			"date_signed",
			"valid_to",
			"refused_on",
			"withdrawn_on",
		)
	),
	"PPSS Needs Assessment": Part(
		("start_date", "end_date", "reason", "categories", "impairments", "conclusion", "recommendations"),
		{
			"difficulties": ("area", "description", "cause"),
			"special_conditions": ("condition", "description", "from_date", "to_date"),
		},
		{"workflow_state": states.CONCLUDED},
	),
	"PPSS PMPC Recommendation": Part(
		("pmpc_name", "number", "date", "valid_to", "conclusion", "impairments"),
		{"recommendations": ("advice", "text")},
	),
	"PPSS Programme": Part(
		(
			"kind",
			"number",
			"workflow_state",
			"period_from",
			"period_to",
			"learning_results",
			"support_results",
			"review_date",
			"review_decision",
		),
		{
			"goals": ("objective", "expected", "actual"),
			"contents": ("content", "description", "status"),
			"subjects": ("subject", "hours", "result"),
		},
		{"docstatus": 1},
	),
	"PPSS Assistant Assignment": Part(
		("workflow_state", "assistant", "quarter", "from_date", "to_date", "duties"),
		{"skills": ("skill", "level_start", "level_now")},
		{"docstatus": 1},
	),
	"PPSS Referral": Part(
		(
			"number",
			"date",
			"workflow_state",
			"centre",
			"reason",
			"support_given",
			"answer_text",
			"result_text",
		),
		{},
		{"docstatus": 1},
	),
	"PPSS Provision": Part(("code", "status", "description", "issued_on", "returned_on")),
	"PPSS Service Paper": Part(
		("kind", "title", "period_from", "period_to", "problem", "outcome"),
		{"steps": ("action", "responsible", "due", "done", "result")},
		{"docstatus": 1},
	),
	"PPSS Activity": Part(
		("kind", "date", "topic", "provider", "result", "conclusion", "recommendation"),
		{},
		{
			"docstatus": 1,
			"crisis": 0,
			"kind": ("not in", sorted(activities.PROTOCOLS)),
			"problem_theme": ("!=", journals.SUICIDE_PREVENTION),
		},
		"date",
	),
}
# Papers whose own print goes with the rest.
PRINTED = ("PPSS Consent", "PPSS Programme", "PPSS Assistant Assignment", "PPSS Referral")


# ---- the job


def enqueue(request: str):
	frappe.enqueue(
		"ppss_support.data_requests.make",
		queue="long",
		timeout=TIMEOUT,
		enqueue_after_commit=True,
		request=request,
	)


def take_up():
	"""Make what a job that died or was lost has left."""
	for name in frappe.get_all(REQUEST, {"status": "Queued"}, pluck="name"):
		make(name)


def make(request: str):
	"""Make the file of a request as whoever entered it; nothing happens when it is made."""
	frappe.db.commit()
	row = frappe.db.get_value(
		REQUEST, {"name": request, "status": "Queued"}, "*", as_dict=True, for_update=True
	)
	if not row:
		return
	before = frappe.session.user
	try:
		frappe.set_user(row.owner)
		note(request, status="Ready", **keep(row, whole_file(row)))
		tell([row.owner], REQUEST, request, partial(ready_text, request))
	except Exception as error:
		frappe.db.rollback()
		log_failure(f"Request {request}", error)
		given_up = row.attempts + 1 >= ATTEMPTS
		note(request, attempts=row.attempts + 1, **({"status": "Failed"} if given_up else {}))
	finally:
		frappe.set_user(before)
	frappe.db.commit()


def note(request: str, **values):
	frappe.db.set_value(REQUEST, request, values, update_modified=False)


def ready_text(request: str, lang: str) -> str:
	return _("The file of request {0} is ready.", lang).format(request)


def keep(row, content: bytes) -> dict:
	"""Keep the file as a private one of the request."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{row.name}.pdf",
			"attached_to_doctype": REQUEST,
			"attached_to_name": row.name,
			"attached_to_field": "file",
			"is_private": 1,
			"content": content,
		}
	)
	# The program's own file: it may be larger than what people attach.
	file.flags.made_by_program = True
	# Written in a job of whoever entered the request; the file belongs to the request.
	file.insert(ignore_permissions=True)
	return {"file": file.file_url, "sha256": hashlib.sha256(content).hexdigest()}


# ---- the file


def whole_file(row) -> bytes:
	with speaking(row.print_language or "kk"):
		sections = list(collected(row))
		pieces, marks = [summary(row, sections)], [Bookmark(_("What Is Kept about the Child"), 0)]
		page = page_count(pieces[0])
		for paper in printed(row):
			pdf = papers.copy_of(paper, papers.our_format(paper.doctype, None), row.print_language or "kk")
			pieces.append(pdf)
			marks.append(Bookmark(f"{_(paper.doctype)} {paper.name}", page))
			page += page_count(pdf)
		return with_data(joined(pieces, marks), as_json(row, sections))


def with_data(pdf: bytes, data: bytes) -> bytes:
	"""Return the PDF with the same data for programs attached to it."""
	with Pdf.open(BytesIO(pdf)) as whole:
		whole.attachments[DATA] = AttachedFileSpec(whole, data, filename=DATA, mime_type="application/json")
		target = BytesIO()
		whole.save(target)
	return target.getvalue()


def summary(row, sections: list) -> bytes:
	own = facts.organisation(row.organisation)
	context = {
		"lang": frappe.local.lang,
		"organisation": [own.name_kk, own.name_ru],
		"name": row.name,
		"child": facts.full_name("PPSS Learner", row.learner),
		"representative": facts.full_name("PPSS Representative", row.representative),
		"received": day_text(row.received_on),
		"executor": facts.full_name("PPSS Specialist", row.executor),
		"sections": sections,
	}
	return engine.render(frappe.render_template(TEMPLATE, context))


def as_json(row, sections: list) -> bytes:
	data = {
		"request": row.name,
		"received_on": str(row.received_on),
		"learner": row.learner,
		"records": [
			{"kind": section["kind"], "records": [one["data"] for one in section["records"]]}
			for section in sections
		],
	}
	return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode()


# ---- what is given


def collected(row) -> Iterator[dict]:
	"""Yield the sections of the file: title, and the records with lines to read and values for programs."""
	for doctype, part in PARTS.items():
		names = names_of(row, doctype, part)
		if names:
			records = [record(frappe.get_doc(doctype, name), part) for name in names]
			yield {"kind": doctype, "title": _(doctype), "records": records}
	for kind, title, rows in (
		("representative", _("Your Own Data"), [representative(row)]),
		("lessons", _("Lessons"), lessons(row)),
		("decisions", _("Decisions of Meetings about the Child"), decisions(row)),
	):
		if rows:
			yield {"kind": kind, "title": title, "records": [plain(one) for one in rows]}


def names_of(row, doctype: str, part: Part) -> list[str]:
	if doctype == "PPSS Learner":
		return [row.learner]
	return frappe.get_all(
		doctype, {"learner": row.learner, **part.filters}, pluck="name", order_by=part.order
	)


def record(doc, part: Part) -> dict:
	"""Return one record: `lines` and `tables` as people read them, `data` as programs do."""
	given = [(doc.meta.get_field(name), doc.get(name)) for name in part.fields]
	tables = [table(doc, name, columns) for name, columns in part.tables.items() if doc.get(name)]
	data = {
		df.fieldname: raw(df, value)
		for df, value in given
		if df.fieldtype not in no_value_fields or is_terms(df)
	}
	data |= {one["field"]: one["data"] for one in tables}
	return {
		"heading": "" if doc.doctype == "PPSS Learner" else doc.name,
		"lines": [(_(df.label), text) for df, value in given if (text := shown(df, value))],
		"tables": tables,
		"data": {"name": doc.name, **data},
	}


def table(doc, name: str, columns: tuple[str, ...]) -> dict:
	df = doc.meta.get_field(name)
	fields = [frappe.get_meta(df.options).get_field(column) for column in columns]
	return {
		"field": name,
		"title": _(df.label),
		"heads": [_(one.label) for one in fields],
		"rows": [[shown(one, row.get(one.fieldname)) for one in fields] for row in doc.get(name)],
		"data": [
			{one.fieldname: raw(one, row.get(one.fieldname)) for one in fields} for row in doc.get(name)
		],
	}


def is_terms(df) -> bool:
	return df.fieldtype in table_fields


def raw(df, value):
	return [row.term for row in value or []] if is_terms(df) else value


def shown(df, value) -> str:
	"""Return a value as people read it, in the language of the file."""
	lang = frappe.local.lang
	if is_terms(df):
		return ", ".join(term_label(row.term, lang) for row in value or [])
	if value in (None, "") or (df.fieldtype == "Check" and not value):
		return ""
	if df.fieldtype == "Link":
		return linked(df.options, value, lang)
	words = {
		"Check": lambda: _("Yes"),
		"Date": lambda: short_date(value),
		"Select": lambda: option_label(value),
	}
	return words.get(df.fieldtype, lambda: str(value))()


def linked(doctype: str, name: str, lang: str) -> str:
	if doctype == "PPSS Term":
		return term_label(name, lang)
	if doctype == "Workflow State":
		return _(name)
	title = frappe.get_meta(doctype).get_title_field()
	return str(frappe.db.get_value(doctype, name, title) or name)


def plain(given: list[tuple]) -> dict:
	"""Return a record of (name for programs, label, value)."""
	lines = [(label, str(value)) for _name, label, value in given if value not in (None, "")]
	return {
		"heading": "",
		"lines": lines,
		"tables": [],
		"data": {name: value for name, _label, value in given},
	}


def representative(row) -> list[tuple]:
	"""Return what is kept of the representative who asks; the other parent asks for the own."""
	own = frappe.get_doc("PPSS Representative", row.representative)
	return [
		(name, _(own.meta.get_label(name)), own.get(name))
		for name in ("full_name", "phone", "email", "address")
	]


def lessons(row) -> list[list[tuple]]:
	"""Return the lessons the child was to attend; what was done is told where the child was alone."""
	own, session = frappe.qb.DocType("PPSS Attendance"), frappe.qb.DocType("PPSS Session")
	specialist = frappe.qb.DocType("PPSS Specialist")
	found = (
		frappe.qb.from_(own)
		.join(session)
		.on(own.parent == session.name)
		.left_join(specialist)
		.on(session.provider == specialist.name)
		.where((own.parenttype == "PPSS Session") & (own.learner == row.learner) & (session.docstatus == 1))
		.select(session.name, session.date, session.form, specialist.full_name, own.present, session.content)
		.orderby(session.date)
		.run(as_dict=True)
	)
	alone = alone_in([one.name for one in found])
	lang = frappe.local.lang
	return [
		[
			("date", _("Date"), short_date(one.date)),
			("form", _("Form"), term_label(one.form, lang)),
			("provider", _("Specialist"), one.full_name or ""),
			("present", _("Present"), _("Yes") if one.present else "–"),
			("content", _("Content"), one.content if one.name in alone else None),
		]
		for one in found
	]


def alone_in(sessions: list[str]) -> set[str]:
	"""Return the lessons with one child."""
	rows = frappe.get_all(
		"PPSS Attendance", {"parent": ("in", sessions or [""]), "parenttype": "PPSS Session"}, pluck="parent"
	)
	return {name for name, children in Counter(rows).items() if children == 1}


def decisions(row) -> list[list[tuple]]:
	"""Return what meetings adopted about this child, never what was said of others."""
	own, meeting = frappe.qb.DocType("PPSS Meeting Decision"), frappe.qb.DocType("PPSS Meeting")
	found = (
		frappe.qb.from_(own)
		.join(meeting)
		.on(own.parent == meeting.name)
		.where((own.learner == row.learner) & (meeting.docstatus == 1) & (own.outcome == "Adopted"))
		.select(meeting.number, meeting.date, own.text)
		.orderby(meeting.date)
		.run(as_dict=True)
	)
	return [
		[
			("minutes", _("Minutes No"), one.number),
			("date", _("Date"), short_date(one.date)),
			("text", _("Decision"), one.text),
		]
		for one in found
	]


def printed(row) -> Iterator:
	"""Yield the papers that go with the summary as they were approved."""
	for doctype in PRINTED:
		names = frappe.get_all(
			doctype, {"learner": row.learner, "docstatus": 1}, pluck="name", order_by="creation"
		)
		for name in names:
			yield frappe.get_doc(doctype, name)
