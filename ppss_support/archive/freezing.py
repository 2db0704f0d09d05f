"""Freezes what waits in the outbox: renders the paper, keeps the bytes, enters the row. Never in a user's request.

One row of the outbox is one transaction. Killed before its commit it leaves at most a file on disk that nobody
names; the next run finds the row still waiting and writes the same file again.
"""

from contextlib import contextmanager
from io import BytesIO

import frappe
from frappe.utils import get_datetime, now_datetime
from pypdf import PdfReader

from ppss_support import facts
from ppss_support.archive import events, register, store
from ppss_support.archive.outbox import DOCTYPE
from ppss_support.papers import OFFICIAL_FORMS, html_of
from ppss_support.pdf.archival import render_pdfa

# What one run of the scheduled job takes up: well within the time a job of the framework has.
AT_ONCE = 200


def work_off_new():
	"""Freeze what nobody has tried yet: the job an approval calls for, one process for all that wait with it."""
	work_off_waiting(max_attempts=0)


def work_off_waiting(max_attempts: int | None = None):
	"""Take up what still waits: those tried least come first, so that one that fails does not hold up the others."""
	row = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(row).where(row.status == "Waiting").orderby(row.attempts, row.creation)
	if max_attempts is not None:
		query = query.where(row.attempts <= max_attempts)
	found = query.select(row.document_type, row.document).limit(AT_ONCE).run()
	for doctype, name in dict.fromkeys(found):
		work_off(doctype, name)


def work_off(doctype: str, name: str):
	"""Freeze the waiting steps of one paper in their order; stop at the first that fails."""
	while (row := first_waiting(doctype, name)) and freeze(row):
		pass


def first_waiting(doctype: str, name: str) -> str | None:
	# A new transaction: what others have committed is seen.
	frappe.db.rollback()
	waiting = {"document_type": doctype, "document": name, "status": "Waiting"}
	return frappe.db.get_value(DOCTYPE, waiting, order_by="creation asc")


def freeze(name: str) -> bool:
	"""Freeze one row of the outbox in a transaction of its own; tell whether it is done."""
	frappe.db.rollback()
	row = locked(name)
	if not row:
		return False
	try:
		with as_the_archive():
			register.enter(row.organisation, entries_of(row))
		frappe.db.set_value(DOCTYPE, name, {"status": "Done", "last_error": None, **tried(row)})
	except Exception as error:
		frappe.db.rollback()
		frappe.db.set_value(DOCTYPE, name, {"last_error": f"{type(error).__name__}: {error}", **tried(row)})
		frappe.db.commit()
		return False
	frappe.db.commit()
	return True


def locked(name: str):
	"""Return the row if it still waits and nobody else is at it; it stays locked until the transaction ends."""
	row = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(row).where((row.name == name) & (row.status == "Waiting")).select("*")
	rows = query.for_update(skip_locked=True).run(as_dict=True)
	return rows[0] if rows else None


def tried(row) -> dict:
	return {"attempts": row.attempts + 1, "last_attempt": now_datetime()}


@contextmanager
def as_the_archive():
	"""Print every field: the archive keeps the whole paper, whoever took the step."""
	user, before = frappe.session.user, frappe.flags.ignore_print_permissions
	frappe.set_user("Administrator")
	frappe.flags.ignore_print_permissions = True
	try:
		yield
	finally:
		frappe.flags.ignore_print_permissions = before
		frappe.set_user(user)


def entries_of(row) -> list[dict]:
	"""Return what enters the register for a row of the outbox; files are on disk afterwards."""
	paper = paper_as_of(row)
	common = {
		"event": row.event,
		"document_type": row.document_type,
		"document": row.document,
		"learner": paper.get("learner"),
		"print_format": paper.meta.default_print_format,
		**{field: row[field] for field in ("decided_at", "decided_by", "position", "user", "reason")},
	}
	if row.event != events.FROZEN:
		return [common]
	return [{**common, **frozen(paper, lang)} for lang in languages_of(paper)]


def paper_as_of(row):
	"""Return the paper in the state of the step, also when it has moved on since."""
	paper = frappe.get_doc(row.document_type, row.document)
	if row.state and paper.workflow_state != row.state:
		paper.workflow_state = row.state
		paper.docstatus = paper.docstatus_in(row.state)
		paper.history = [step for step in paper.history if get_datetime(step.at) <= row.decided_at]
	return paper


def languages_of(paper) -> list[str]:
	"""Return the languages a paper is kept in: its own, and Russian where the organisation wants it."""
	if paper.meta.default_print_format in OFFICIAL_FORMS:
		return ["kk"]
	own = paper.get("print_language") or "kk"
	also = ["ru"] if facts.organisation(paper.organisation).archive_in_russian else []
	return list(dict.fromkeys([own, *also]))


def frozen(paper, lang: str) -> dict:
	pdf = pdf_of(paper, lang)
	url, digest = store.keep(pdf, "pdf")
	version = 1 + frappe.db.count(
		register.DOCTYPE,
		{
			"document_type": paper.doctype,
			"document": paper.name,
			"language": lang,
			"event": events.FROZEN,
		},
	)
	return {
		"language": lang,
		"version": version,
		"pages": len(PdfReader(BytesIO(pdf)).pages),
		"sha256": digest,
		"file_url": url,
		"file_name": f"{paper.name}-{lang}-{version}.pdf",
	}


def pdf_of(paper, lang: str) -> bytes:
	"""Return the page the archive keeps."""
	with speaking(lang):
		return render_pdfa(html_of(paper, paper.meta.default_print_format, lang))


@contextmanager
def speaking(lang: str):
	"""Switch the language and keep the templates: compiled once, they serve every paper of the job."""
	before, frappe.local.lang = frappe.local.lang, lang
	try:
		yield
	finally:
		frappe.local.lang = before
