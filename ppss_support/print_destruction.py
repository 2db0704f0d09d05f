"""The act of destruction on paper: which records went and by what right, never about whom they were."""

import frappe
from frappe import _

from ppss_support.constants import states
from ppss_support.paper_view import PaperView
from ppss_support.print_helpers import last_step


class DestructionActView(PaperView):
	TITLE = "ACT OF DESTRUCTION"

	@property
	def lines(self) -> list:
		"""Return what is or will be destroyed; what was left out is no matter of the act."""
		return [row for row in self.doc.rows if not row.kept and row.status in ("Waiting", "Destroyed")]

	def basis_of(self, row) -> str:
		return (row.retention_term and self.bases.get(row.retention_term)) or ""

	@property
	def bases(self) -> dict[str, str]:
		if not hasattr(self, "_bases"):
			names = list({row.retention_term for row in self.doc.rows if row.retention_term})
			found = frappe.get_all(
				"PPSS Retention Term", {"name": ("in", names or [""])}, ["name", "basis"], as_list=True
			)
			self._bases = dict(found)
		return self._bases

	@property
	def sum_line(self) -> str:
		text = _("In all: records – {0}, pages – {1}.")
		return text.format(len(self.lines), sum(row.pages or 0 for row in self.lines))

	@property
	def way_line(self) -> str:
		return _(
			"Files are removed and records emptied of everything that tells of a person. Number, dates, checksum and "
			"the chain of the archive register stay as proof."
		)

	@property
	def executed_line(self) -> str:
		return _("Executed on {0}").format(self.day(self.doc.executed_on))

	@property
	def signers(self) -> list:
		"""Return who proposed the act, by its log."""
		step = last_step(self.doc, states.WITH_HEAD)
		return [step or frappe._dict(position=_("Archivist"), person="")]
