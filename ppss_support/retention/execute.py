"""Carries out an approved act in the background: a record a transaction, so that a job that dies goes on where it stopped."""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from ppss_support.constants import states
from ppss_support.failures import log_failure
from ppss_support.regulation import retention
from ppss_support.retention import blanking, proof, records, traces

WAITING, KEPT, FAILED = "Waiting", "Kept", "Failed"
TIMEOUT = 2 * 60 * 60
ATTEMPTS = 3


def enqueue(act: str):
	frappe.enqueue(
		"ppss_support.retention.execute.run",
		queue="long",
		timeout=TIMEOUT,
		enqueue_after_commit=True,
		act=act,
	)


def take_up():
	"""Go on with approved acts whose job was lost or has died."""
	for act in frappe.get_all(records.ACT, {"workflow_state": states.APPROVED, "docstatus": 1}, pluck="name"):
		run(act)


def run(act: str):
	"""Destroy what still waits on the act; when nothing waits the act is executed."""
	paper = frappe.get_doc(records.ACT, act)
	if paper.workflow_state != states.APPROVED:
		return
	# Children come last: until then their names are needed to find what names them.
	rows = frappe.get_all(records.ROW, {"parent": act, "status": WAITING}, pluck="name", order_by="idx")
	for row in rows:
		carry_out(paper, row)
	finish(act)


def carry_out(act, name: str):
	"""Destroy one record, unless something has come up that keeps it."""
	frappe.db.commit()
	row = frappe.db.get_value(
		records.ROW, {"name": name, "status": WAITING}, "*", as_dict=True, for_update=True
	)
	if not row:
		return
	try:
		kept = (
			retention.BY_HAND
			if row.kept
			else records.why_kept(act.organisation, row.document_type, row.document)
		)
		if not kept:
			destroy(act, row)
		note(row, **({"status": KEPT, "note": kept} if kept else {"status": records.DONE, "title": None}))
	except Exception as error:
		frappe.db.rollback()
		log_failure(f"Destruction {act.name}", error)
		given_up = row.attempts + 1 >= ATTEMPTS
		note(row, attempts=row.attempts + 1, **({"status": FAILED} if given_up else {}))
	frappe.db.commit()


def note(row, **values):
	frappe.db.set_value(records.ROW, row.name, {**values, "done_at": now_datetime()}, update_modified=False)


def destroy(act, row):
	doctype, name = row.document_type, row.document
	if doctype == records.LEARNER:
		destroy_child(act, name)
		return
	if doctype == "PPSS Needs Assessment":
		for part in frappe.get_all("PPSS Assessment Part", {"assessment": name}, pluck="name"):
			destroy_record(act, "PPSS Assessment Part", part)
	destroy_record(act, doctype, name)


def destroy_record(act, doctype: str, name: str):
	blanking.blank(doctype, name)
	traces.clear(doctype, name)
	proof.destroy(doctype, name, act)


def destroy_child(act, name: str):
	"""Empty a child's card, what tables say of the child, parents of no other child, and the name in every text."""
	child = frappe.get_doc(records.LEARNER, name)
	names = traces.names_of_child(child)
	parents = [row.representative for row in child.representatives]
	blanking.blank_rows_about(name)
	destroy_record(act, records.LEARNER, name)
	title = _("Destroyed by act No {0}", "kk").format(act.number)
	frappe.db.set_value(
		records.LEARNER, name, {"full_name": title, "destroyed_by": act.name}, update_modified=False
	)
	for parent in parents:
		if not frappe.db.exists("PPSS Learner Representative", {"representative": parent}):
			full_name = frappe.db.get_value("PPSS Representative", parent, "full_name")
			destroy_record(act, "PPSS Representative", parent)
			frappe.db.set_value("PPSS Representative", parent, "full_name", title, update_modified=False)
			names |= (
				{full_name}
				if full_name and not traces.shared("PPSS Representative", parent, full_name)
				else set()
			)
	traces.scrub(names)


def finish(act: str):
	"""Close the act once nothing waits; a record that failed is named on it and kept."""
	frappe.db.commit()
	if frappe.db.exists(records.ROW, {"parent": act, "status": WAITING}):
		return
	paper = frappe.get_doc(records.ACT, act)
	if paper.workflow_state == states.APPROVED:
		paper.db_set("executed_on", getdate(), update_modified=False)
		paper.advance(states.EXECUTED, _("Everything on the act is done"))
		frappe.db.commit()
