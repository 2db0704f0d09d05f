"""The daily job: what is due is told; what fails for one kind or one person leaves the others their turn."""

from contextlib import contextmanager

import frappe

from ppss_support.reminders import due, sending

LOG_TITLE = "PPSS reminders"


@contextmanager
def noted():
	"""Keep what was done within; what fails is undone as a whole and goes to the error log."""
	try:
		yield
	except Exception:
		frappe.db.rollback()
		frappe.log_error(LOG_TITLE)
	# A transaction each: a job that dies has told a person wholly or not at all.
	frappe.db.commit()


def send_due(each_within=noted):
	"""Tell everybody what is due; each_within holds what is found of one kind, and what is told one person, together."""
	now, found = due.Round(), []
	for kind in due.KINDS:
		with each_within():
			found += kind(now)
	sending.send(found, each_within=each_within)
