"""The outbox of the archive: what is to be frozen is written down in the transaction of the step itself.

So nothing approved can miss the archive, and nothing that was rolled back can enter it. The freezing follows in a
background job; the scheduled job takes up whatever a crash has left.
"""

import frappe
from frappe.utils import now_datetime

from ppss_support.archive import events

DOCTYPE = "PPSS Freezing"


def note_step(paper, step: tuple[str, str]):
	"""Write down a step the archive keeps; a kind of paper without a print of ours has nothing to keep."""
	was_draft = paper.docstatus_in(step[0]) == 0
	event = events.event_of(paper.doctype, *step, was_draft)
	if event and paper.meta.default_print_format:
		row = paper.history[-1]
		note(
			paper,
			event,
			state=step[1],
			decided_at=row.at,
			decided_by=row.person,
			position=row.position,
			user=row.user,
			reason=row.reason,
		)


def note(paper, event: str, **decided):
	"""Insert the waiting row and call the worker once the transaction is committed."""
	row = frappe.new_doc(DOCTYPE)
	about = {"organisation": paper.organisation, "document_type": paper.doctype, "document": paper.name}
	row.update({**about, "event": event, "status": "Waiting", "decided_at": now_datetime(), **decided})
	# The row is the program's: nobody has the right to make one.
	row.db_insert()
	frappe.enqueue(
		"ppss_support.archive.freezing.work_off",
		enqueue_after_commit=True,
		doctype=paper.doctype,
		name=paper.name,
	)
