"""Files attached to our documents: private for good, judged by their content, read by those who may read the document.

The framework asks for less: it keeps a file as public as it was sent, lets whoever has uploaded it read it for ever, and
makes a file by an address known to the document that names the address.
"""

import os
from collections.abc import Sequence

import filetype
import frappe
from frappe.core.doctype.file import file as framework

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.constants import roles
from ppss_support.importing.encodings import text_of
from ppss_support.permissions import reads_bytes
from ppss_support.regulation import attachments as rules
from ppss_support.regulation.finding import Finding

OURS = "PPSS "
ATTACH = ("Attach", "Attach Image")
IMPORT = "PPSS Import"
# Ways of asking that change a file.
WRITES = ("write", "create", "delete")


def is_ours(file) -> bool:
	return str(file.attached_to_doctype or "").startswith(OURS)


# ---- what comes in


def take_in(file):
	"""Bring a new file into shape before its bytes are written: name, privacy; refuse what does not fit (A81–A83)."""
	if file.is_folder:
		return
	if file.file_name:
		file.file_name = rules.clean_name(file.file_name)
	if file.is_remote_file or not file.get("content"):
		refuse_foreign(file)
	keep_private(file)
	if is_ours(file) and file.get("content") and not file.flags.made_by_program:
		answer(fits(file))


def keep_private(file):
	"""A file of a document is private; so is what staff send while the document is not saved and it hangs on nothing."""
	own = set(frappe.get_roles())
	loose = not file.attached_to_doctype and own & set(roles.ALL) and "System Manager" not in own
	if not file.is_folder and (is_ours(file) or loose):
		file.is_private = 1


def check_change(file):
	"""The framework asks for the right to what a change makes of a file; here for the right to what it was."""
	before = file.get_doc_before_save()
	if before and not file.flags.ignore_permissions and not has_permission(before, "write"):
		raise frappe.PermissionError


def fits(file) -> list[Finding]:
	content = file.get_content()
	content = content.encode() if isinstance(content, str) else content
	kinds, largest = limits(file)
	if file.attached_to_doctype == IMPORT:
		kinds = rules.TABLES
	return rules.fits(file.file_name, kind_of(content, kinds), len(content), kinds, largest)


def kind_of(content: bytes, kinds: Sequence[str]) -> str | None:
	"""Return the kind as the bytes tell it; a text is a table only where tables are taken."""
	told = filetype.guess_extension(content)
	return told or ("csv" if "csv" in kinds and text_of(content) is not None else None)


def limits(file) -> tuple[list[str], int]:
	"""Return the kinds of files and the megabytes of the document's organisation, the usual ones for what all share."""
	organisation = organisation_of(file.attached_to_doctype, file.attached_to_name)
	if organisation:
		own = facts.organisation(organisation)
		return rules.listed(own.attachment_kinds), own.attachment_max_mb
	usual = frappe.get_meta("PPSS Organisation")
	kinds, largest = (usual.get_field(field).default for field in ("attachment_kinds", "attachment_max_mb"))
	return rules.listed(kinds), int(largest)


def organisation_of(doctype: str, name: str | None) -> str | None:
	paper = document_of(doctype, name)
	if doctype == "PPSS Organisation":
		return paper and paper.name
	return (paper and paper.get("organisation")) or facts.organisation_of_user()


def document_of(doctype: str | None, name: str | None):
	"""Return the document a file hangs on; for the row of a table its document, None while it is not saved."""
	if not doctype or not name or not frappe.db.exists(doctype, name):
		return None
	if not frappe.get_meta(doctype).istable:
		return frappe.get_doc(doctype, name)
	return document_of(*frappe.db.get_value(doctype, name, ["parenttype", "parent"]))


def refuse_foreign(file):
	"""A file made by an address needs a known file behind it that the user may read (A83)."""
	local = str(file.file_url or "").startswith(("/files/", "/private/files/"))
	if not local:
		if is_ours(file):
			answer([Finding.of("A83", file.file_url or file.file_name)])
		return
	rows = known(file.file_url)
	if not rows and not os.path.exists(file.get_full_path()):
		# The framework refuses it: there is nothing to give away.
		return
	ours = is_ours(file) or any(is_ours(row) for row in rows)
	if ours and not any(readable(row) for row in rows):
		answer([Finding.of("A83", file.file_url)])


def known(url: str) -> list:
	names = frappe.get_all("File", {"file_url": url}, pluck="name")
	return [frappe.get_doc("File", name) for name in names]


# ---- what a document names


def check_document(doc, method=None):
	"""Judge what the fields of a document name: no foreign address, no file of others, nothing public (A81–A83)."""
	if doc.flags.ignore_permissions:
		# A step of the program names what the program has attached.
		return
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.get("fields", {"fieldtype": ("in", ATTACH)}):
			if row.get(df.fieldname) and changed(doc, row, df.fieldname):
				address = taken_over(row, df, row.get(df.fieldname))
				row.set(df.fieldname, address)
				doc.flags.taken_over = [*(doc.flags.taken_over or ()), address]


def changed(doc, row, field: str) -> bool:
	before = doc.get_doc_before_save()
	rows = (before, *before.get_all_children()) if before else ()
	same = next((one for one in rows if (one.doctype, one.name) == (row.doctype, row.name)), None)
	return not same or same.get(field) != row.get(field)


def taken_over(row, df, url: str) -> str:
	"""Return the address the field keeps: that of the private file, once the file is found fit."""
	if not url.startswith(("/files/", "/private/files/")):
		answer([Finding.of("A83", url)])
	rows = known(url)
	if not rows:
		return url
	file = next((one for one in rows if readable(one)), None)
	if not file:
		answer([Finding.of("A83", url)])
	if is_ours(file):
		return url
	file.attached_to_doctype, file.attached_to_name = row.doctype, row.name
	answer(fits(file))
	return made_private(file)


def made_private(file) -> str:
	"""Move a file that came in without a document among the private ones; return its address."""
	if not file.is_private:
		about = file.attached_to_doctype, file.attached_to_name
		file.reload()
		file.is_private = 1
		file.attached_to_doctype, file.attached_to_name = about
		# The user may read the file and names it in a document; the file itself may be another person's.
		file.save(ignore_permissions=True)
	return file.file_url


# ---- who reads


def has_permission(doc, ptype=None, user=None) -> bool:
	"""A file of a document is read with the document and its field, and changed while the document may be."""
	user = user or frappe.session.user
	if ptype == "create" and not doc.get("content") and not doc.is_folder and not reads_bytes(doc):
		return False
	if not is_ours(doc) or user == "Administrator":
		return framework.has_permission(doc, ptype, user)
	paper = document_of(doc.attached_to_doctype, doc.attached_to_name)
	if not paper:
		# Uploaded in a form that is not saved yet.
		return doc.owner == user
	right = "write" if ptype in WRITES else "read"
	if ptype == "delete" and paper.docstatus != 0:
		return False
	return bool(frappe.has_permission(paper.doctype, right, paper, user=user)) and in_sight(paper, doc)


def in_sight(paper, file) -> bool:
	"""Tell whether the reader sees the field the file hangs in."""
	meta, name = frappe.get_meta(file.attached_to_doctype), file.attached_to_field
	field = meta.get_field(name) if name else None
	return not field or not field.permlevel or field.permlevel in paper.get_permlevel_access("read")


def readable(file) -> bool:
	return bool(has_permission(file, "read"))


def query(user=None) -> str:
	"""Return the SQL condition for lists: files of our documents the user may read, and none but those."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	kinds = frappe.get_all(
		"File", {"attached_to_doctype": ("like", f"{OURS}%")}, pluck="attached_to_doctype", distinct=True
	)
	table = "`tabFile`"
	seen = [
		f"({table}.attached_to_doctype = {frappe.db.escape(kind)} and {table}.attached_to_name in ({rows}))"
		for kind in kinds
		if (rows := rows_seen(kind, user))
	]
	return " or ".join([f"ifnull({table}.attached_to_doctype, '') not like '{OURS}%%'", *seen])


def rows_seen(doctype: str, user: str) -> str | None:
	"""Return the query for the rows of a DocType a user may read; None where there are none."""
	if frappe.get_meta(doctype).istable or not frappe.has_permission(doctype, "read", user=user):
		return None
	return frappe.get_list(doctype, fields=["name"], user=user, limit=0, order_by="name", run=False)
