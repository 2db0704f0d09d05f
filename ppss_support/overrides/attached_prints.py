"""Papers attached to e-mails are those that download and list print send: the frozen file where there is one.

The framework has no hook for what it attaches, so its function is replaced, anew in each request and job (hooks.py):
a site of the same bench that does not have the app never gets here, and other documents are left to the framework.
"""

from inspect import signature

import frappe
from frappe.utils import cint

from ppss_support import papers

FRAMEWORK = frappe.attach_print
ASKED = signature(FRAMEWORK)


def take_over(**_job):
	frappe.attach_print = attach_print


def attach_print(*args, **kwargs) -> dict:
	"""Return name and content of a print to attach, as `frappe.attach_print` does.

	Who reads only part of a paper attaches only that part, like everybody who prints it. PermissionError: the user may
	not print the paper. A print that is to be opened by password, or is no PDF by the settings, is the framework's.
	"""
	asked = frappe._dict(ASKED.bind(*args, **kwargs).arguments)
	print_format = not (asked.html or asked.password) and as_pdf() and ours(asked)
	if not print_format:
		return FRAMEWORK(*args, **kwargs)
	paper = asked.doc or frappe.get_doc(asked.doctype, asked.name)
	paper.check_permission("print")
	name = str(asked.file_name or asked.name).replace(" ", "").replace("/", "-")
	return {"fname": f"{name}.pdf", "fcontent": copy_in(paper, print_format, asked.lang)}


def copy_in(paper, print_format: str, lang: str | None) -> bytes:
	"""Return the paper in this language where the archive has it so, else in its own: mails have the user's."""
	kept = lang and papers.frozen_copy(paper, print_format, lang)
	return kept or papers.copy_of(paper, print_format, papers.chosen_language(paper))


def ours(asked) -> str | None:
	wanted = asked.print_format if asked.print_format != "Standard" else None
	return papers.our_format(asked.doctype, wanted)


def as_pdf() -> bool:
	return bool(cint(frappe.db.get_single_value("Print Settings", "send_print_as_pdf")))
