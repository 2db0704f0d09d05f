"""Doors of the archive for buttons and REST; each asks for the right to the row, and to the whole paper behind it."""

from functools import partial

import frappe
from frappe import _

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.archive import checking, outbox, register, reprint
from ppss_support.notices import tell
from ppss_support.regulation.finding import Finding

# So many faults stand in a notice; the command names all.
NAMED = 20


@frappe.whitelist()
def download(entry: str):
	"""Send a file of the archive, bytes as kept, to whoever may read the whole paper."""
	row = frappe.get_doc(register.DOCTYPE, entry)
	row.check_permission("read")
	if not row.file_url:
		answer([Finding.of("A64")])
	paper = frappe.get_doc(row.document_type, row.document)
	paper.check_permission("print")
	if not reprint.reads_in_full(paper):
		raise frappe.PermissionError
	frappe.local.response.filename = row.file_url.rpartition("/")[2]
	frappe.local.response.filecontent = reprint.whole(row)
	frappe.local.response.type = "download"


@frappe.whitelist(methods=["POST"])
def try_again(freezing: str):
	"""Let a paper be frozen that was given up; for whoever sees what waits for the archive."""
	frappe.get_doc(outbox.DOCTYPE, freezing).check_permission("read")
	outbox.try_again(freezing)


@frappe.whitelist(methods=["POST"])
def verify():
	"""Check the register of the user's organisation in the background; the result comes as a notice."""
	register.check_reader()
	organisation = facts.organisation_of_user()
	frappe.enqueue(
		"ppss_support.archive.doors.verify_and_tell",
		queue="long",
		organisation=organisation,
		user=frappe.session.user,
	)


def verify_and_tell(organisation: str, user: str):
	faults = checking.verify(organisation)
	count = register.last_number(organisation)
	tell([user], "PPSS Organisation", organisation, partial(result_text, count, faults))


def result_text(count: int, faults: list, lang: str) -> str:
	if not faults:
		return _(
			"Archive register: {0} rows, every file is there and unchanged, the chain is whole.", lang
		).format(count)
	named = "; ".join(checking.text_of(fault, lang) for fault in faults[:NAMED])
	return _("Archive register: {0} faults. {1}", lang).format(len(faults), named)
