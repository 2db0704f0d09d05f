"""A reprint of a frozen paper is the frozen file itself, byte for byte."""

import frappe
from frappe.model import table_fields

from ppss_support.answers import answer
from ppss_support.archive import events, outbox, register, store
from ppss_support.print_views import KIND_OF_LAYOUT
from ppss_support.regulation.finding import Finding


def frozen_copy(paper, print_format: str, lang: str) -> bytes | None:
	"""Return the latest frozen file, None where the paper is to be rendered: not frozen, or not all of it readable.

	A cancelled paper is left to the framework's own setting; its file is opened from the register. The right to print
	the paper is checked by the caller. Refuses (A58) when the file is not as it was frozen.
	"""
	if paper.docstatus.is_cancelled() or not is_whole_paper(paper, print_format):
		return None
	about = {"document_type": paper.doctype, "document": paper.name, "event": events.FROZEN}
	if frappe.db.exists(outbox.DOCTYPE, {**about, "status": ("in", outbox.OPEN)}) or not reads_in_full(paper):
		return None
	rows = frappe.get_all(
		register.DOCTYPE,
		{
			**about,
			"print_format": paper.meta.default_print_format,
			"language": lang,
			"file_url": ("is", "set"),
		},
		["number", "file_url", "sha256"],
		order_by="number desc",
		limit=1,
	)
	return whole(rows[0]) if rows else None


def is_whole_paper(paper, print_format: str) -> bool:
	"""Tell whether the layout is the paper itself: the one of its DocType, or of its kind, which says the same."""
	kind = KIND_OF_LAYOUT.get(print_format)
	return print_format == paper.meta.default_print_format or bool(kind and kind == paper.get("kind"))


def whole(row) -> bytes:
	"""Return the bytes of a row; refuse what is missing or altered (A58)."""
	content = store.read(row.file_url)
	if content is None or store.sha256(content) != row.sha256:
		answer([Finding.of("A58", row.number)])
	return content


def reads_in_full(paper) -> bool:
	"""Tell whether the user may read every field; others get a print of what they may read."""
	metas = [paper.meta, *(frappe.get_meta(df.options) for df in paper.meta.fields if is_table(df))]
	levels = {df.permlevel or 0 for meta in metas for df in meta.fields}
	return frappe.session.user == "Administrator" or levels <= set(paper.get_permlevel_access("read"))


def is_table(df) -> bool:
	return df.fieldtype in table_fields
