"""What the buttons of an import call; its rows are entered with the rights of its maker, who alone presses them."""

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log

from ppss_support.answers import answer
from ppss_support.entering import import_jobs, tables
from ppss_support.regulation import imports


@frappe.whitelist(methods=["POST"])
def check(name: str):
	"""Let every row be tried and taken back. A149: the import is under way. A154: it is somebody else's."""
	press(name, "Check", imports.CHECKING)


@frappe.whitelist(methods=["POST"])
def enter(name: str):
	"""Let the rows be entered. A149: they have not been checked, or are under way. A154: it is somebody else's."""
	press(name, "Enter", imports.IMPORTING)


def press(name: str, step: str, status: str):
	doc = frappe.get_doc(tables.IMPORT, name, for_update=True)
	doc.check_permission("write")
	doc.check_right()
	answer(imports.presses(frappe.session.user, doc.owner, frappe.utils.get_fullname(doc.owner)))
	answer(imports.next_step(step, doc.status))
	if doc.kind != imports.NEXT_YEAR:
		# What cannot be read is said at once.
		tables.table_of(doc)
	import_jobs.begin(name, status)


@frappe.whitelist()
def bad_rows(name: str):
	"""Send the refused rows with their reasons as an Excel file; the download is noted."""
	doc = frappe.get_doc(tables.IMPORT, name)
	doc.check_permission("read")
	make_access_log(doctype=tables.IMPORT, document=name, file_type="XLSX", method="bad_rows")
	frappe.response.update(
		{"type": "binary", "filename": f"{name}.xlsx", "filecontent": tables.bad_rows_of(doc)}
	)
