"""Scans of signed paper: kept as they came, with the place of the sheet in the archive."""

from io import BytesIO

import frappe
from frappe.utils import now_datetime
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.archive import events, register, store
from ppss_support.regulation.finding import Finding

# What a scan may be, by the bytes it begins with: names and types told by a browser prove nothing.
KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
MEGABYTE = 1024 * 1024


@frappe.whitelist(methods=["POST"])
def add(doctype: str, name: str, file: str, archive_index: str | None = None) -> str:
	"""Enter an uploaded file as the scan of a signed paper; return the name of the register's row.

	`file`: name of the File just uploaded; the upload itself is removed, the archive keeps the bytes. Asks for the
	right to write in the paper. Refuses other kinds of files and larger ones than the organisation accepts (A61).
	"""
	paper = frappe.get_doc(doctype, name)
	paper.check_permission("write")
	upload = frappe.get_doc("File", file)
	upload.check_permission("read")
	content = upload.get_content()
	content = content.encode() if isinstance(content, str) else content
	kind = check(content, upload.file_name, facts.organisation(paper.organisation).scan_max_mb)
	url, digest = store.keep(content, kind)
	row = {
		"event": events.SCANNED,
		"document_type": doctype,
		"document": name,
		"learner": paper.get("learner"),
		"about_row": register.last_frozen(doctype, name),
		"pages": pages_of(content, kind),
		"sha256": digest,
		"file_url": url,
		"file_name": f"{name}-scan.{kind}",
		"archive_index": archive_index,
		**by_user(),
	}
	entry = register.enter(paper.organisation, [row])[0]
	# The archive has the bytes; the upload would be a second copy without its guard.
	frappe.delete_doc("File", upload.name, ignore_permissions=True)
	return entry


def check(content: bytes, file_name: str, largest: int) -> str:
	"""Return the kind of the file, or refuse it (A61)."""
	kind = next((kind for magic, kind in KINDS.items() if content.startswith(magic)), None)
	if not kind or len(content) > largest * MEGABYTE or not pages_of(content, kind):
		answer([Finding.of("A61", file_name, largest)])
	return kind


def pages_of(content: bytes, kind: str) -> int:
	"""Return the number of pages, 0 for a PDF that cannot be read."""
	if kind != "pdf":
		return 1
	try:
		return len(PdfReader(BytesIO(content)).pages)
	except (PyPdfError, ValueError, KeyError, TypeError):
		return 0


def by_user() -> dict:
	person = facts.person_of_user(frappe.session.user)
	return {
		"decided_at": now_datetime(),
		"decided_by": person.full_name,
		"position": person.position,
		"user": frappe.session.user,
	}
