"""Papers the archive keeps: a pack takes their pages as they were frozen."""

import frappe


def frozen_bytes(paper, print_format: str, lang: str) -> bytes | None:
	"""Return the file the archive keeps of a paper, None where it keeps none or the reader may not read all of it."""
	if not frappe.db.exists("DocType", "PPSS Archive Entry"):
		return None
	from ppss_support.archive.reprint import frozen_copy

	return frozen_copy(paper, print_format, lang)
