"""Checks the whole register: every row in its place and unchanged, every file there and unchanged."""

import frappe
from frappe import _

from ppss_support.archive import chain, register, store

TEXTS = {
	chain.MISSING_ROW: "No {0}: the row is missing",
	chain.ALTERED_ROW: "No {0}, {1}: the row was altered",
	chain.REORDERED_ROW: "No {0}, {1}: the row stood at No {2}",
	chain.DOUBLED_ROW: "No {0}: the row is there twice",
	chain.BROKEN_LINK: "No {0}, {1}: the row was rewritten, the next one knows another",
	chain.MISSING_FILE: "No {0}, {1}: the file is missing",
	chain.ALTERED_FILE: "No {0}, {1}: the file was altered",
}


def verify(organisation: str) -> list[chain.Fault]:
	"""Return every fault of the register of one organisation."""
	return chain.verify(register.rows_of(organisation), register.last_number(organisation), store.digest_of)


def verify_all() -> dict[str, list[chain.Fault]]:
	"""Return the faults of each organisation that has a register, empty lists for sound ones."""
	names = frappe.get_all("PPSS Organisation", pluck="name", order_by="name")
	return {name: verify(name) for name in names if register.last_number(name)}


def text_of(fault: chain.Fault, lang: str) -> str:
	return _(TEXTS[fault.kind], lang).format(fault.number, fault.document, fault.where)
