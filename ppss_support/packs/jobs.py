"""When packs are made and how long they are kept."""

import shutil
from pathlib import Path

import frappe
from frappe.utils import getdate, now_datetime

from ppss_support.long_work import last_sign_of_life

TIMEOUT = 2 * 60 * 60
OPEN = ("Queued", "Being Made")


def enqueue(pack: str):
	frappe.enqueue(
		"ppss_support.packs.build.build",
		queue="long",
		timeout=TIMEOUT,
		enqueue_after_commit=True,
		pack=pack,
	)


def again(pack: str):
	"""Make a pack anew that failed, or from which papers were left out."""
	doc = frappe.get_doc("PPSS Pack", pack, for_update=True)
	if doc.status != "Failed" and not (doc.status == "Ready" and doc.failed):
		return
	remove_files(doc)
	for item in doc.items:
		anew = {"status": "Waiting", "attempts": 0, "reason": None, "part": None, "pages": 0}
		frappe.db.set_value("PPSS Pack Item", item.name, anew, update_modified=False)
	counts = {"done": 0, "failed": 0, "pages": 0, "progress": 0, "attempts": 0}
	course = {
		"status": "Queued",
		"heartbeat": now_datetime(),
		"worker": None,
		"file": None,
		"expires_on": None,
	}
	frappe.db.set_value("PPSS Pack", pack, {**counts, **course}, update_modified=False)
	enqueue(pack)


def take_up():
	"""Begin again with packs whose worker is gone or whose job was lost."""
	stale = {"status": ("in", OPEN), "heartbeat": ("<", last_sign_of_life())}
	for pack in frappe.get_all("PPSS Pack", stale, pluck="name"):
		enqueue(pack)


def expire():
	"""Delete the files of packs kept long enough; the record stays."""
	over = {"status": "Ready", "expires_on": ("<", getdate())}
	for name in frappe.get_all("PPSS Pack", over, pluck="name"):
		remove_files(frappe.get_doc("PPSS Pack", name))
		frappe.db.set_value("PPSS Pack", name, {"status": "Expired", "file": None}, update_modified=False)


def remove_files(pack):
	"""Remove the delivered file, its row among the files, and the parts."""
	own = {"attached_to_doctype": "PPSS Pack", "attached_to_name": pack.name}
	frappe.db.delete("File", {**own, "file_url": f"/private/files/{file_of(pack).name}"})
	file_of(pack).unlink(missing_ok=True)
	empty_workshop(pack.name)


def file_of(pack) -> Path:
	ending = "zip" if pack.output == "Separate Files" else "pdf"
	return Path(frappe.get_site_path("private", "files", f"{pack.name}.{ending}")).resolve()


def empty_workshop(pack: str):
	shutil.rmtree(workshop(pack), ignore_errors=True)


def workshop(pack: str) -> Path:
	"""Return the folder of the parts made so far; no web server reaches it."""
	return Path(frappe.get_site_path("private", "ppss_packs", pack)).resolve()
