"""The journals on paper: cover, rows with their own numbers, and the line the head certifies (OVR-F6, ALM-5.8)."""

import frappe
from frappe import _

from ppss_support import number_words
from ppss_support.paper_view import PaperView
from ppss_support.print_helpers import long_date
from ppss_support.reporting import journal_rows


class JournalView(PaperView):
	"""A volume of a journal (PF14, PF15): what its reader may read of the log, under running numbers of its own."""

	@property
	def title(self) -> str:
		label = self.term(self.doc.kind)
		return label[:1].upper() + label[1:]

	@property
	def mark(self) -> str:
		"""A journal is a print of what stands recorded: it is no draft while its volume is open."""
		return ""

	@property
	def cover_lines(self) -> list[tuple[str, str]]:
		doc = self.doc
		return [
			(_("School year"), doc.school_year),
			(_("Volume No"), str(doc.number or "")),
			(_("Started"), self.day(doc.date)),
			(_("Finished"), self.day(doc.closed_on) or "____________________"),
			(_("Number of sheets"), number_words.sheets(doc.sheets, self.lang) if doc.sheets else "________"),
		]

	@property
	def columns(self) -> list[tuple[str, str, int]]:
		return journal_rows.columns(self.doc.kind)

	@property
	def heads(self) -> list[tuple[str, str]]:
		return [(head, f"{width}%") for _field, head, width in self.columns]

	@property
	def fields(self) -> list[str]:
		return [field for field, _head, _width in self.columns]

	@property
	def rows(self) -> list[journal_rows.Row]:
		return journal_rows.rows_of(journal_rows.lines_of(volume=self.doc.name), self.lang)

	@property
	def sheets(self) -> str:
		if self.doc.sheets:
			return number_words.sheets(self.doc.sheets, self.lang)
		return "_____ (____________________________)"

	@property
	def seal_line(self) -> str:
		return _("In this journal {0} are numbered, laced and certified by the seal.").format(self.sheets)

	@property
	def seal_day(self) -> str:
		return long_date(self.doc.sealed_on, self.lang)

	@property
	def certifier(self) -> frappe._dict:
		"""Return who certified; before it the head of the organisation, to sign."""
		return self.person(self.doc.sealed_by) if self.doc.sealed_by else self.head
