"""The outbox of the archive: what is to be frozen is written down in the transaction of the step itself.

So nothing approved can miss the archive, and nothing that was rolled back can enter it. The freezing follows in a
background job; the scheduled job takes up whatever a crash has left.
"""

import frappe
from frappe.utils import now_datetime

from ppss_support.archive import events

DOCTYPE = "PPSS Freezing"
WAITING, NOT_FROZEN = "Waiting", "Not Frozen"
# What is not in the archive yet.
OPEN = (WAITING, NOT_FROZEN)


def note_step(paper, step: tuple[str, str]):
	"""Write down a step the archive keeps, and call the worker once the transaction is committed."""
	row = next(row for row in reversed(paper.history) if (row.from_state, row.to_state) == step)
	if write_step(paper, row):
		call_worker()


def note(paper, event: str, **decided):
	"""The same for a paper without a workflow."""
	write(paper, event, **decided)
	call_worker()


def write_step(paper, row) -> bool:
	"""Write down a line of the paper's history if the archive keeps it; tell whether it does.

	A kind of paper without a print of ours has nothing to keep.
	"""
	was_draft = paper.docstatus_in(row.from_state) == 0
	event = events.event_of(paper.doctype, row.from_state, row.to_state, was_draft)
	if not event or not paper.meta.default_print_format:
		return False
	who = {"decided_by": row.person, "position": row.position, "user": row.user, "reason": row.reason}
	write(paper, event, state=row.to_state, decided_at=row.at, **who)
	return True


def write(paper, event: str, **decided):
	row = frappe.new_doc(DOCTYPE)
	about = {"organisation": paper.organisation, "document_type": paper.doctype, "document": paper.name}
	row.update({**about, "event": event, "status": WAITING, "decided_at": now_datetime(), **decided})
	# The row is the program's: nobody has the right to make one.
	row.db_insert()


def try_again(name: str):
	"""Let the archive attempt a paper anew that it has given up."""
	row = frappe.db.get_value(DOCTYPE, name, "status", for_update=True)
	if row == NOT_FROZEN:
		frappe.db.set_value(DOCTYPE, name, {"status": WAITING, "attempts": 0})
		call_worker()


def call_worker():
	frappe.enqueue("ppss_support.archive.freezing.work_off_new", queue="long", enqueue_after_commit=True)
