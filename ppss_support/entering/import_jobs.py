"""Checks or enters the rows of an import in the background, some in a transaction.

How far it has come stands on the import, written in the transaction of the rows: a job that dies is taken up at the first row
nothing was kept of. A check does all that the import would do and takes it back, so that it names every refusal.
"""

from collections import Counter
from datetime import date
from functools import partial

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime, strip_html

from ppss_support import facts, long_work
from ppss_support.entering.cases import Cases
from ppss_support.entering.learners import Learners
from ppss_support.entering.lists import RowsOfFile
from ppss_support.entering.next_year import RowsOfYear
from ppss_support.entering.specialists import Specialists
from ppss_support.entering.tables import IMPORT, ROW
from ppss_support.failures import log_failure
from ppss_support.long_work import Superseded, is_free, last_sign_of_life
from ppss_support.notices import tell
from ppss_support.regulation import imports

TIMEOUT = 60 * 60
# So long a file and its rows are kept where the organisation sets no days.
KEPT_DAYS = 30
# So often a job begins without having kept a row before it is given up.
ATTEMPTS = 3
ENTRANTS = {imports.LEARNERS: Learners, imports.SPECIALISTS: Specialists, imports.CASES: Cases}
held, note = partial(long_work.held, IMPORT), partial(long_work.note, IMPORT)
must_hold, as_maker = partial(long_work.must_hold, IMPORT), partial(long_work.as_maker, IMPORT)
COUNTS = ("total", "created", "updated", "unchanged", "refused")


def begin(name: str, status: str):
	"""Let a worker check or enter the rows from the first one."""
	anew = {"status": status, "position": 0, "attempts": 0, "worker": None, "progress": 0}
	note(name, heartbeat=now_datetime(), **anew, **dict.fromkeys(COUNTS, 0))
	enqueue(name)


def enqueue(name: str):
	method = "ppss_support.entering.import_jobs.run"
	frappe.enqueue(method, queue="long", timeout=TIMEOUT, enqueue_after_commit=True, name=name)


def take_up():
	"""Begin again with imports whose worker is gone or whose job was lost."""
	stale = {"status": ("in", imports.RUNNING), "heartbeat": ("<", last_sign_of_life())}
	for name in frappe.get_all(IMPORT, stale, pluck="name"):
		enqueue(name)


def run(name: str):
	"""Check or enter the rows, or go on where the last worker stopped; nothing happens when another is at it."""
	worker = frappe.generate_hash(length=12)
	if not take(name, worker):
		return
	with as_maker(name):
		try:
			work(frappe.get_doc(IMPORT, name), worker)
		except Superseded:
			frappe.db.rollback()
		except frappe.ValidationError as error:
			frappe.db.rollback()
			fail(name, worker, strip_html(str(error)))
		except Exception as error:
			frappe.db.rollback()
			log_failure(f"Import {name}", error)
			fail(name, worker, _("The program failed; the administrator finds the cause in the error log."))


# ---- one worker at a time


def take(name: str, worker: str) -> bool:
	"""Put the worker's name on the import unless it is done, or another shows signs of work."""
	row = held(name, ["status", "worker", "heartbeat", "attempts", "owner"])
	free = row and row.status in imports.RUNNING and is_free(row)
	if free:
		note(name, worker=worker, attempts=row.attempts + 1, heartbeat=now_datetime())
	frappe.db.commit()
	if free and row.attempts >= ATTEMPTS:
		fail(name, worker, _("The program failed; the administrator finds the cause in the error log."))
	return bool(free and row.attempts < ATTEMPTS)


def fail(name: str, worker: str, reason: str):
	row = held(name, ["worker", "owner"])
	if row.worker == worker:
		note(name, status=imports.FAILED, worker=None, failure=reason[:500])
		tell([row.owner], IMPORT, name, partial(failed_text, name))
	frappe.db.commit()


def failed_text(name: str, lang: str) -> str:
	return _("Import {0} has stopped; the reason stands on it.", lang).format(name)


def done_text(name: str, counts: dict, lang: str) -> str:
	text = _("Import {0}: {1} new, {2} changed, {3} unchanged, {4} refused.", lang)
	return text.format(name, *(counts[key] for key in COUNTS[1:]))


# ---- the rows


def work(doc, worker: str):
	rows = rows_of(doc)
	counts = Counter({key: doc.get(key) or 0 for key in COUNTS})
	counts["total"] = len(rows)
	if not doc.position:
		rows.begin()
		# What a check takes back is not to bring it again.
		frappe.db.commit()
	for first in range(doc.position, len(rows), rows.together):
		facts.take_turn(doc.organisation)
		must_hold(doc.name, worker)
		# Something is written first: a turn taken by a row would begin the transaction anew, without lock and savepoint.
		note(doc.name, heartbeat=now_datetime())
		found, said = rows.enter(first, first + rows.together)
		if doc.status == imports.CHECKING:
			frappe.db.rollback()
			rows.undone()
			must_hold(doc.name, worker)
		counts.update(found)
		rows.write_down(said)
		keep(doc, min(first + rows.together, len(rows)), counts)
	finish(doc, worker, counts)


def rows_of(doc):
	if doc.kind == imports.NEXT_YEAR:
		return RowsOfYear(doc)
	return RowsOfFile(doc, ENTRANTS[doc.kind](doc))


def keep(doc, position: int, counts: Counter):
	"""Write down, in the transaction of the rows, how far it has come."""
	percent = 100 * position // max(counts["total"], 1)
	note(
		doc.name,
		position=position,
		attempts=0,
		progress=percent,
		heartbeat=now_datetime(),
		**{key: counts[key] for key in COUNTS},
	)
	frappe.db.commit()
	title = _("Import {0}").format(doc.name)
	frappe.publish_progress(percent, title=title, doctype=IMPORT, docname=doc.name)


def finish(doc, worker: str, counts: Counter):
	must_hold(doc.name, worker)
	entered = doc.status == imports.IMPORTING
	values = {"status": imports.DONE if entered else imports.CHECKED, "worker": None, "failure": None}
	note(doc.name, total=counts["total"], progress=100, expires_on=last_day(doc.organisation), **values)
	if entered:
		tell([doc.owner], IMPORT, doc.name, partial(done_text, doc.name, dict(counts)))
	frappe.db.commit()
	doc.notify_update()


# ---- how long it is kept


def last_day(organisation: str) -> date:
	"""Return until when a file and the rows of an import are kept: as long as a pack."""
	return add_days(getdate(), facts.organisation(organisation).pack_days or KEPT_DAYS)


def expire():
	"""Delete the files and rows of imports kept long enough; what the columns held and the counts stay."""
	over = {"expires_on": ("<", getdate()), "status": ("not in", imports.RUNNING)}
	for name in frappe.get_all(IMPORT, over, pluck="name"):
		forget(name)


def forget(name: str):
	"""Remove what names people: the file, and the rows with what was said of them."""
	for file in frappe.get_all(
		"File", {"attached_to_doctype": IMPORT, "attached_to_name": name}, pluck="name"
	):
		# The day it is kept until was set when it was done; the file's owner has no part in it.
		frappe.delete_doc("File", file, ignore_permissions=True, delete_permanently=True)
	frappe.db.delete(ROW, {"parent": name})
	note(name, file=None, expires_on=None)
