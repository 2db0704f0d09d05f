"""The archive inventory of a year on paper (PF19); its last line ties the paper to the register as it stood."""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.archive import register
from ppss_support.papers import PAGE, answer_with, printed_in
from ppss_support.pdf.archival import render_pdfa
from ppss_support.ppss_support.report.ppss_archive_inventory.ppss_archive_inventory import rows
from ppss_support.print_views import PaperView
from ppss_support.reporting.frame import frame_of

TEMPLATE = "ppss_support/templates/print_formats/inventory.html"
LANGUAGES = ("kk", "ru")


@frappe.whitelist()
def download(school_year: str | None = None, organisation: str | None = None):
	"""Send the inventory of one organisation as PDF, in Russian to whoever works in Russian, else in Kazakh."""
	organisation = organisation or facts.organisation_of_user()
	school_year = school_year or facts.school_year_on(getdate())
	pdf = printed(organisation, school_year, language_of_reader())
	answer_with(pdf, f"{_('PPSS Archive Inventory')}-{school_year}")


def language_of_reader() -> str:
	return frappe.local.lang if frappe.local.lang in LANGUAGES else "kk"


def printed(organisation: str, school_year: str, lang: str) -> bytes:
	"""Return the PDF. PermissionError: the register is not the user's to read."""
	with printed_in(lang):
		frame = frame_of({"organisation": organisation, "school_year": school_year})
		body = frappe.render_template(TEMPLATE, {"p": InventoryView(organisation, school_year, rows(frame))})
		return render_pdfa(PAGE.format(lang=lang, title=_("ARCHIVE INVENTORY"), body=body))


class RegistrarView(PaperView):
	"""A paper of today about the organisation's archive, which is no document of its own."""

	def __init__(self, organisation: str):
		super().__init__(frappe._dict(organisation=organisation, docstatus=1))

	@property
	def date(self) -> str:
		return self.day(getdate())

	@property
	def maker(self) -> frappe._dict:
		person = facts.person_of_user(frappe.session.user)
		return self.person(person.name) if person.name else frappe._dict(position="", person=person.full_name)


class InventoryView(RegistrarView):
	TITLE = "ARCHIVE INVENTORY"

	def __init__(self, organisation: str, school_year: str, lines: list[dict]):
		super().__init__(organisation)
		self.school_year = school_year
		self.lines = lines

	@property
	def footer(self) -> list[str]:
		return [self.title, self.school_year]

	@property
	def sum_line(self) -> str:
		text = _("In all: papers – {0}, pages – {1}.")
		return text.format(len(self.lines), sum(line["pages"] or 0 for line in self.lines))

	@property
	def seal_line(self) -> str:
		"""Return number and hash of the last row: with them on paper the whole register is beyond a silent change."""
		organisation = self.doc.organisation
		text = _("The archive register ends at No {0}, hash {1}.")
		return text.format(register.last_number(organisation), register.head(organisation))
