"""What the framework keeps about a record beside it: versions, comments, letters, notices, logs, files, the search."""

import json
import os
from contextlib import suppress

import frappe

from ppss_support.archive import store
from ppss_support.packs import jobs
from ppss_support.retention.blanking import TEXTS

# Tables of the framework, by the columns that name a record.
BESIDE = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Access Log": ("export_from", "reference_document"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Tag Link": ("document_type", "document_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
}
# Where texts of the framework may name a child whose record they do not stand beside.
TEXTS_BESIDE = {
	"Version": ("data",),
	"Comment": ("content",),
	"Communication": ("subject", "content", "text_content"),
	"Notification Log": ("subject", "email_content"),
	"ToDo": ("description",),
	"Access Log": ("filters", "page", "columns"),
	"Activity Log": ("subject", "content"),
	"Deleted Document": ("data",),
	"Email Queue": ("message",),
	"Error Log": ("error",),
}
GONE = "***"


def clear(doctype: str, name: str):
	"""Remove what stands beside a record."""
	for table, (kind, document) in BESIDE.items():
		frappe.db.delete(table, {kind: doctype, document: name})
	clear_letters(doctype, name)
	clear_files(doctype, name)
	clear_packs(doctype, name)
	frappe.db.delete("__global_search", {"doctype": doctype, "name": name})
	own = {"document_type": doctype, "document": name}
	# What was never frozen is not frozen now.
	frappe.db.set_value(
		"PPSS Freezing", {**own, "status": "Waiting"}, "status", "Done", update_modified=False
	)
	for register in ("PPSS Override", "PPSS Freezing"):
		frappe.db.set_value(register, own, {"reason": None}, update_modified=False)
	frappe.db.set_value("PPSS Override", own, {"message": None, "parameters": None}, update_modified=False)


def clear_letters(doctype: str, name: str):
	letters = {"reference_doctype": doctype, "reference_name": name}
	for letter in frappe.get_all("Email Queue", letters, pluck="name"):
		frappe.db.delete("Email Queue Recipient", {"parent": letter})
		frappe.db.delete("Email Queue", {"name": letter})


def clear_files(doctype: str, name: str):
	"""Remove the files of a record, and the bytes no other file has."""
	own = {"attached_to_doctype": doctype, "attached_to_name": name}
	urls = set(frappe.get_all("File", own, pluck="file_url"))
	frappe.db.delete("File", own)
	for url in urls:
		remove_bytes(url)


def remove_bytes(url: str | None):
	"""Remove the file behind an address once no row of the list of files names it."""
	if url and url.startswith("/private/files/") and not frappe.db.exists("File", {"file_url": url}):
		# After the commit: a step that is rolled back must find its files.
		frappe.db.after_commit.add(lambda: unlink(url))


def unlink(url: str):
	with suppress(FileNotFoundError):
		os.remove(store.path_of(url))


def clear_packs(doctype: str, name: str):
	"""Remove the files of packs the record went into, and its line in their lists."""
	rows = frappe.get_all("PPSS Pack Item", {"document_type": doctype, "document": name}, ["name", "parent"])
	packs = {row.parent for row in rows}
	if doctype == "PPSS Learner":
		packs |= set(frappe.get_all("PPSS Pack", {"learner": name}, pluck="name"))
		frappe.db.set_value("PPSS Pack Item", {"learner": name}, "title", None, update_modified=False)
	for row in rows:
		frappe.db.set_value("PPSS Pack Item", row.name, "title", None, update_modified=False)
	for pack in packs:
		jobs.remove_files(frappe.get_doc("PPSS Pack", pack))
		gone = {"status": "Expired", "file": None}
		frappe.db.set_value("PPSS Pack", pack, gone, update_modified=False)


# ---- the name in other texts


def scrub(names: set[str]):
	"""Take the names of a person out of every text of ours and of the framework's logs."""
	for name in sorted(names, key=len, reverse=True):
		for doctype, columns in {**TEXTS_BESIDE, **our_texts()}.items():
			# Texts kept as JSON spell other letters as signs of their own.
			for written in {name, json.dumps(name)[1:-1]}:
				replace(doctype, columns, written)
		replace("__global_search", ("content", "title"), name, "")


def replace(doctype: str, columns: tuple[str, ...], text: str, prefix: str = "tab"):
	"""Replace the text wherever it stands; a few statements a table, whatever the number of rows."""
	from pypika.functions import Coalesce
	from pypika.terms import Function

	table = frappe.qb.Table(f"{prefix}{doctype}")
	query = frappe.qb.update(table)
	found = None
	for column in columns:
		field = table[column]
		query = query.set(field, Function("replace", field, text, GONE))
		here = Function("instr", Coalesce(field, ""), text) > 0
		found = here if found is None else found | here
	query.where(found).run()


def our_texts() -> dict[str, tuple[str, ...]]:
	"""Return the columns of our papers that hold free texts; the archive register is sealed and not among them."""
	kinds = [kind for kind in TEXTS if kind != "Password"]
	stored = {"parent": ("like", "PPSS %"), "fieldtype": ("in", kinds), "is_virtual": 0}
	rows = frappe.get_all("DocField", stored, ["parent", "fieldname"])
	found: dict[str, tuple[str, ...]] = {}
	for row in rows:
		if row.parent != "PPSS Archive Entry":
			found[row.parent] = (*found.get(row.parent, ()), row.fieldname)
	# The framework keeps the latest comments once more beside the document itself.
	return {
		doctype: (*columns, *{"_comments"}.intersection(frappe.db.get_table_columns(doctype)))
		for doctype, columns in found.items()
	}


def names_of_child(learner) -> set[str]:
	"""Return how texts name the child, without what is another person's name as well."""
	two = " ".join(filter(None, (learner.surname, learner.given_name)))
	return {
		name for name in {learner.full_name, two} if name and not shared("PPSS Learner", learner.name, name)
	}


def shared(doctype: str, besides: str, name: str) -> bool:
	"""Tell whether another person's name holds this one: a text that names them is left as it is."""
	others = [
		frappe.db.exists(
			kind, {"full_name": ("like", f"%{name}%"), "name": ("!=", besides if kind == doctype else "")}
		)
		for kind in ("PPSS Learner", "PPSS Specialist", "PPSS Representative")
	]
	return any(others)
