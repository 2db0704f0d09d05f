"""Electronic signatures of frozen papers: detached CMS made outside, bound to the very bytes of the archive."""

import base64
import binascii
from datetime import datetime

import frappe
from frappe.utils import convert_utc_to_system_timezone

from ppss_support.answers import answer
from ppss_support.archive import cms, events, register, reprint, scans, store
from ppss_support.regulation.finding import Finding


@frappe.whitelist(methods=["POST"])
def add(entry: str, signature: str) -> list[str]:
	"""Enter a detached CMS signature of the file of a register's row; return the names of the new rows, one a signer.

	`signature`: the .p7s or .cms file as base64. Asks for the right to read the whole paper. Refuses what is no such
	signature (A62), what does not match the bytes (A63), and rows without a frozen file (A64).
	"""
	frozen = frappe.get_doc(register.DOCTYPE, entry)
	frozen.check_permission("read")
	paper = frappe.get_doc(frozen.document_type, frozen.document)
	paper.check_permission("print")
	if not reprint.reads_in_full(paper):
		raise frappe.PermissionError
	if frozen.event != events.FROZEN:
		answer([Finding.of("A64")])
	envelope = decoded(signature)
	signers = checked(envelope, reprint.whole(frozen))
	url, digest = store.keep(envelope, "p7s")
	rows = [
		{
			"event": events.SIGNED,
			"document_type": frozen.document_type,
			"document": frozen.document,
			"learner": frozen.learner,
			"about_row": frozen.name,
			"language": frozen.language,
			"sha256": digest,
			"file_url": url,
			"file_name": f"{frozen.document}-{frozen.language}-{frozen.version}.p7s",
			"signer": one.signer[:140],
			"signed_at": time_here(one.signed_at),
			"signature_standing": one.standing,
			**scans.by_user(),
		}
		for one in signers
	]
	return register.enter(frozen.organisation, rows)


def time_here(moment: datetime | None) -> datetime | None:
	"""Return a time given in UTC as the site tells the time; other times of the register are told so."""
	return moment and convert_utc_to_system_timezone(moment).replace(tzinfo=None)


def decoded(signature: str) -> bytes:
	try:
		return base64.b64decode(signature.rpartition(",")[2], validate=True)
	except (binascii.Error, ValueError):
		answer([Finding.of("A62")])


def checked(envelope: bytes, content: bytes) -> list[cms.Signature]:
	try:
		return cms.read(envelope, content)
	except cms.Unreadable:
		answer([Finding.of("A62")])
	except cms.Mismatch:
		answer([Finding.of("A63")])
