"""Makes a pack, a few papers at a time, so that a worker that dies loses only the few it was at.

Parts lie as files in the pack's workshop; which paper is on which page of which part stands in the rows of the pack,
written in one transaction with the count of what is done. One worker at a time holds a pack: the row names it, and a
worker that finds another name there stops without having written. Attempts are counted before they begin: a paper that
was at work when a worker died waits for the others, goes with fewer, then alone, and is left out in the end.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime, strip_html, today

from ppss_support import facts, long_work, papers
from ppss_support.failures import log_failure
from ppss_support.long_work import Superseded, is_free
from ppss_support.notices import tell
from ppss_support.packs import choice, jobs
from ppss_support.packs.delivery import deliver
from ppss_support.pdf import mass
from ppss_support.pdf.join import page_count

# How many papers are made together: at their first attempt, and at the second when a worker has died at the first.
# From the third on a paper goes alone, so that the one that kills workers is told from those beside it.
TOGETHER = (20, 5)
ALONE = len(TOGETHER) + 1
PACK, ITEM = "PPSS Pack", "PPSS Pack Item"
held, note = partial(long_work.held, PACK), partial(long_work.note, PACK)
must_hold, as_maker = partial(long_work.must_hold, PACK), partial(long_work.as_maker, PACK)


class NotDelivered(Exception):
	"""A paper cannot be put into the pack; the message is for the maker, in their language."""


@dataclass(frozen=True)
class Part:
	"""Where the pages of one paper lie."""

	file: str
	first: int
	pages: int


def build(pack: str):
	"""Make the pack, or go on where the last worker stopped; nothing happens when it is made or being made."""
	worker = frappe.generate_hash(length=12)
	if not take(pack, worker):
		return
	try:
		with as_maker(pack):
			while chunk := waiting(pack):
				begin(pack, worker, chunk)
				save(pack, worker, *make(pack, chunk))
			finish(pack, worker)
	except Superseded:
		frappe.db.rollback()
	except Exception as error:
		frappe.db.rollback()
		log_failure(f"Pack {pack}", error)
		release(pack, worker)


# ---- one worker at a time


def take(pack: str, worker: str) -> bool:
	"""Put the worker's name on the pack unless it is made, or another shows signs of work."""
	row = held(pack, ["status", "worker", "heartbeat", "attempts", "owner"])
	free = row and row.status in jobs.OPEN and is_free(row)
	lost = free and spent(row.attempts, allowed_for(pack))
	if lost:
		give_up(pack, row.owner)
	elif free:
		values = {"status": "Being Made", "worker": worker, "attempts": row.attempts + 1}
		note(pack, heartbeat=now_datetime(), **values)
	frappe.db.commit()
	return bool(free and not lost)


def allowed_for(pack: str) -> int:
	"""Return how often the organisation lets the program try; 0 is no limit."""
	return facts.organisation(frappe.db.get_value(PACK, pack, "organisation")).paper_attempts


def spent(attempts: int, allowed: int) -> bool:
	return bool(allowed) and attempts >= allowed


def release(pack: str, worker: str):
	"""After a failure of the program the pack is taken up again, but not for ever."""
	row = held(pack, ["worker", "attempts", "owner"])
	if row.worker == worker:
		note(pack, worker=None)
		if spent(row.attempts, allowed_for(pack)):
			give_up(pack, row.owner)
	frappe.db.commit()


def give_up(pack: str, owner: str):
	note(pack, status="Failed", worker=None)
	tell([owner], PACK, pack, partial(failed_text, pack))


def failed_text(pack: str, lang: str) -> str:
	return _("Pack {0} could not be made; the administrator finds the cause in the error log.", lang).format(
		pack
	)


# ---- a few papers


def waiting(pack: str) -> list:
	"""Return the next few papers, those tried least first."""
	fields = [
		"name",
		"idx",
		"document_type",
		"document",
		"learner",
		"title",
		"print_format",
		"row_no",
		"attempts",
	]
	about = {"parent": pack, "status": "Waiting"}
	found = frappe.get_all(ITEM, about, fields, order_by="attempts, idx", limit=TOGETHER[0])
	tried = found[0].attempts if found else 0
	size = TOGETHER[tried] if tried < len(TOGETHER) else 1
	return [item for item in found if item.attempts == tried][:size]


def begin(pack: str, worker: str, items: Sequence):
	"""Count the attempt at each paper; an attempt at the pack counts no more once its papers are."""
	must_hold(pack, worker)
	names = {"name": ("in", [item.name for item in items])}
	frappe.db.set_value(ITEM, names, "attempts", items[0].attempts + 1, update_modified=False)
	note(pack, attempts=0)
	frappe.db.commit()


def make(pack: str, items: Sequence) -> tuple[dict[str, bytes], dict[str, dict]]:
	"""Return the files of the parts and, for each row, its new values."""
	files, rows, together = {}, {}, []
	blank = frappe.db.get_value(PACK, pack, "scope") == choice.packs.BLANK_CONSENTS
	known, allowed = read_together(items), allowed_for(pack)
	for item in items:
		frappe.db.savepoint("item")
		try:
			if spent(item.attempts, allowed and max(allowed, ALONE)):
				raise NotDelivered(_("The program ended at this paper without an answer."))
			paper = frappe.new_doc(item.document_type) if blank else readable(item, known)
			rows[item.name] = {"title": item.title or title_of(paper), "document": paper.name}
			if goes_with_others(paper, blank):
				together.append((item, paper))
			else:
				files[f"{item.idx}.pdf"] = pdf = single(paper, item)
				rows[item.name] |= delivered(Part(f"{item.idx}.pdf", 0, page_count(pdf)))
		except Exception as error:
			facts.undo("item")
			frappe.clear_messages()
			rows[item.name] = {"status": "Not Delivered", "reason": reason_of(error)}
	if together:
		file = f"{together[0][0].idx}-together.pdf"
		files[file] = mass.one_pdf(
			[paper for _item, paper in together], papers.BLANK_CONSENT if blank else None
		)
		for page, (item, _paper) in enumerate(together):
			rows[item.name] |= delivered(Part(file, page, 1))
	return files, rows


def read_together(items: Sequence) -> dict[tuple[str, str], object]:
	"""Read the papers that are printed together in a few statements."""
	found = {}
	for doctype in mass.ONE_PAGE:
		names = [item.document for item in items if item.document_type == doctype and item.document]
		found |= {(doctype, doc.name): doc for doc in mass.read(doctype, names)} if names else {}
	return found


def readable(item, known: dict):
	"""Return the paper of a row; it must still be there, and its maker must be allowed to print it."""
	if item.learner and not item.document:
		paper = prepared(item.learner)
	elif item.document_type in mass.ONE_PAGE:
		paper = known.get((item.document_type, item.document))
	else:
		exists = frappe.db.exists(item.document_type, item.document)
		paper = exists and frappe.get_doc(item.document_type, item.document)
	if not paper:
		raise NotDelivered(_("There is no such document any more."))
	if not mass.may_print(paper):
		raise NotDelivered(_("You may not print this document."))
	return paper


def prepared(learner: str):
	"""Write the consent of a child for its first legal representative, by the rules of every consent."""
	organisation = frappe.db.get_value("PPSS Learner", learner, "organisation")
	# Two packs at once: the second waits, and sees what the first has prepared.
	frappe.db.get_value("PPSS Organisation", organisation, "name", for_update=True)
	waits = {"learner": learner, "workflow_state": "Prepared", "docstatus": 0}
	if name := frappe.db.get_value(choice.CONSENT, waits, for_update=True):
		return frappe.get_doc(choice.CONSENT, name)
	representative = choice.legal_representative(learner)
	if not representative:
		raise NotDelivered(_("No legal representative is recorded for this child."))
	values = {"learner": learner, "representative": representative, "organisation": organisation}
	return frappe.get_doc({"doctype": choice.CONSENT, **values}).insert()


def goes_with_others(paper, blank: bool) -> bool:
	"""Papers of one page that have no force yet, and so are not in the archive, are printed together."""
	return blank or (paper.doctype in mass.ONE_PAGE and paper.docstatus == 0)


def single(paper, item) -> bytes:
	"""Return what the archive keeps, the print of now, or the extract the row asks for."""
	lang = papers.chosen_language(paper)
	if item.print_format:
		paper.flags.row_no = item.row_no
		return papers.render(paper, item.print_format, lang)
	return papers.copy_of(paper, papers.our_format(paper.doctype, None), lang)


def title_of(paper) -> str:
	return str(paper.get("learner_name") or paper.get_title() or paper.name)[:140]


def delivered(part: Part) -> dict:
	return {"status": "Delivered", "part": part.file, "part_page": part.first, "pages": part.pages}


def reason_of(error: Exception) -> str:
	"""Return what the maker is told; a failure of the program itself is for the log."""
	if isinstance(error, NotDelivered | frappe.ValidationError):
		return strip_html(str(error)) or _("You may not print this document.")
	if isinstance(error, frappe.PermissionError):
		return _("You may not print this document.")
	log_failure("Paper of a pack", error)
	return _("The program failed; the administrator finds the cause in the error log.")


def save(pack: str, worker: str, files: dict[str, bytes], rows: dict[str, dict]):
	"""Keep the parts, and in the same transaction what is where."""
	must_hold(pack, worker)
	folder = jobs.workshop(pack)
	folder.mkdir(parents=True, exist_ok=True, mode=0o700)
	for name, content in files.items():
		write_whole(folder / name, content)
	for name, values in rows.items():
		frappe.db.set_value(ITEM, name, values, update_modified=False)
	counts = count(pack)
	finished = counts["done"] + counts["failed"]
	# The last tenth is putting the parts together.
	percent = 90 * finished // max(counts["total"], 1)
	note(pack, heartbeat=now_datetime(), progress=percent, **counts)
	frappe.db.commit()
	frappe.publish_progress(percent, title=_("Pack {0}").format(pack), doctype=PACK, docname=pack)


def count(pack: str) -> dict[str, int]:
	states = Counter(frappe.get_all(ITEM, {"parent": pack}, pluck="status"))
	done, failed = states["Delivered"], states["Not Delivered"]
	return {"total": states.total(), "done": done, "failed": failed}


def write_whole(path: Path, content: bytes):
	"""Write a file so that it is there whole or not at all."""
	partial_file = path.with_suffix(".partial")
	partial_file.write_bytes(content)
	os.replace(partial_file, path)


# ---- the whole


def finish(pack: str, worker: str):
	"""Put the parts together, deliver the file, tell the maker."""
	doc = frappe.get_doc(PACK, pack)
	content, pages = deliver(doc, jobs.workshop(pack))
	must_hold(pack, worker)
	values = attach(doc, content)
	note(pack, status="Ready", worker=None, progress=100, pages=pages, **values)
	tell([doc.owner], PACK, pack, partial(ready_text, pack, doc.done, doc.failed))
	frappe.db.commit()
	jobs.empty_workshop(pack)


def attach(doc, content: bytes) -> dict:
	"""Keep the file as a private one under a name of its own, so that a second try overwrites the first."""
	path = jobs.file_of(doc)
	write_whole(path, content)
	url = f"/private/files/{path.name}"
	file = frappe.new_doc("File")
	file.update({"file_name": path.name, "file_url": url, "is_private": 1, "folder": "Home/Attachments"})
	file.update({"attached_to_doctype": PACK, "attached_to_name": doc.name, "attached_to_field": "file"})
	file.file_size = len(content)
	# The framework's own way would copy the bytes under another name, and refuse a pack as large as a school's.
	file.db_insert()
	days = facts.organisation(doc.organisation).pack_days
	return {"file": url, "expires_on": add_days(today(), days) if days else None}


def ready_text(pack: str, done: int, failed: int, lang: str) -> str:
	if failed:
		return _("Pack {0} is ready: {1} documents; {2} could not be delivered, see the list.", lang).format(
			pack, done, failed
		)
	return _("Pack {0} is ready: {1} documents.", lang).format(pack, done)
