"""The nomenclature of cases on paper: its index, title and retention of each case, for the head to approve."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.archive.inventory import RegistrarView, language_of_reader
from ppss_support.papers import PAGE, answer_with, printed_in
from ppss_support.pdf.archival import render_pdfa

DOCTYPE = "PPSS Case Index"
TEMPLATE = "ppss_support/templates/print_formats/nomenclature.html"
FIELDS = ["case_number", "title", "title_ru", "list_item", "retention", "start_event", "note"]


@frappe.whitelist()
def download():
	"""Send the nomenclature of the user's organisation as PDF, in Russian to whoever works in Russian, else in Kazakh."""
	pdf = printed(facts.organisation_of_user(), language_of_reader())
	answer_with(pdf, f"{_(DOCTYPE)}-{getdate().year}")


def printed(organisation: str, lang: str) -> bytes:
	"""Return the PDF. PermissionError: the cases are not the user's to read."""
	if not frappe.has_permission(DOCTYPE, "print"):
		raise frappe.PermissionError
	own = {"organisation": organisation, "active": 1}
	cases = frappe.get_list(DOCTYPE, own, FIELDS, order_by="case_number", limit=0)
	with printed_in(lang):
		body = frappe.render_template(TEMPLATE, {"p": NomenclatureView(organisation, cases)})
		return render_pdfa(PAGE.format(lang=lang, title=_("NOMENCLATURE OF CASES"), body=body))


class NomenclatureView(RegistrarView):
	TITLE = "NOMENCLATURE OF CASES"

	def __init__(self, organisation: str, cases: list):
		super().__init__(organisation)
		self.cases = [self.line_of(case) for case in cases]

	@property
	def footer(self) -> list[str]:
		return [self.title, str(getdate().year)]

	def line_of(self, case) -> frappe._dict:
		"""Return a line; where nothing says how long the case is kept, room is left to write it."""
		title = case.title_ru if self.lang == "ru" and case.title_ru else case.title
		kept = ", ".join(part for part in (case.retention, case.list_item, case.start_event) if part)
		return frappe._dict(case_number=case.case_number, title=title, kept=kept, note=case.note or "")
