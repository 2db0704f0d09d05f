"""Freezes what waits in the outbox: renders the paper, keeps the bytes, enters the row. Never in a user's request.

One row of the outbox is one transaction. Killed before its commit it leaves at most a file on disk that nobody
names; the next run finds the row still waiting and writes the same file again. The attempt is counted in a transaction
before it: a paper that kills every worker is given up after as many as the organisation allows, and its head is told.
"""

from contextlib import contextmanager
from functools import partial
from io import BytesIO

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from pypdf import PdfReader

from ppss_support import facts
from ppss_support.archive import events, register, store
from ppss_support.archive.outbox import DOCTYPE, NOT_FROZEN, OPEN, WAITING
from ppss_support.notices import DEFAULT_LANGUAGE, tell
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
	query = frappe.qb.from_(row).where(row.status == WAITING).orderby(row.attempts, row.creation)
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
	"""Return the earliest step of the paper that is not in the archive; none while that one is given up."""
	# A new transaction: what others have committed is seen.
	frappe.db.rollback()
	about = {"document_type": doctype, "document": name, "status": ("in", OPEN)}
	first = frappe.db.get_value(DOCTYPE, about, ["name", "status"], order_by="creation asc")
	return first[0] if first and first[1] == WAITING else None


def freeze(name: str) -> bool:
	"""Freeze one row of the outbox in a transaction of its own; tell whether it is done."""
	row = begun(name)
	if not row:
		return False
	try:
		with as_the_archive():
			register.enter(row.organisation, entries_of(row))
		frappe.db.set_value(DOCTYPE, name, {"status": "Done", "last_error": None})
	except Exception as error:
		frappe.db.rollback()
		note_failure(row, f"{type(error).__name__}: {error}")
		frappe.db.commit()
		return False
	frappe.db.commit()
	return True


def begun(name: str):
	"""Count the attempt and return the row, locked until it ends; None where there is nothing to attempt."""
	frappe.db.rollback()
	row = locked(name)
	if not row:
		return None
	if is_last(row):
		# The last attempt has ended without a word: its worker is dead.
		note_failure(row, row.last_error)
		frappe.db.commit()
		return None
	silent = _("The program ended at this paper without an answer.", DEFAULT_LANGUAGE)
	count = {"attempts": row.attempts + 1, "last_attempt": now_datetime(), "last_error": silent}
	frappe.db.set_value(DOCTYPE, name, count)
	frappe.db.commit()
	return locked(name)


def locked(name: str):
	"""Return the row if it still waits and nobody else is at it; it stays locked until the transaction ends."""
	row = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(row).where((row.name == name) & (row.status == WAITING)).select("*")
	rows = query.for_update(skip_locked=True).run(as_dict=True)
	return rows[0] if rows else None


def is_last(row) -> bool:
	allowed = facts.organisation(row.organisation).paper_attempts
	return bool(allowed) and row.attempts >= allowed


def note_failure(row, reason: str):
	"""Keep the reason; after the last attempt the paper is given up, and the head told."""
	frappe.db.set_value(DOCTYPE, row.name, "last_error", reason)
	if is_last(row):
		frappe.db.set_value(DOCTYPE, row.name, "status", NOT_FROZEN)
		heads = facts.logins_in_role("HEAD", row.organisation)
		tell(heads, DOCTYPE, row.name, partial(given_up_text, row.document, reason))


def given_up_text(document: str, reason: str, lang: str) -> str:
	return _("{0} could not be put into the archive: {1}", lang).format(document, reason)


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
