"""The diary of observations of a family or adolescent: its entries of a school year in the order of their days (PF16)."""

import frappe
from frappe import _

from ppss_support.constants import states
from ppss_support.paper_view import readable
from ppss_support.print_children import LivePaperView
from ppss_support.print_helpers import capital, short_date

FIELDS = ["name", "date", "provider", "description", "result", "workflow_state"]
KEPT = (states.RECORDED, states.STRUCK_OUT)


class DiaryView(LivePaperView):
	"""The diary an entry stands in: what was struck out stays to be read (KG-6.1.6)."""

	def __init__(self, doc):
		super().__init__(doc)
		person = {"learner": doc.learner} if doc.learner else {"family": doc.family}
		own = {"organisation": doc.organisation, "kind": doc.kind, "school_year": doc.school_year, **person}
		self.rows = readable("PPSS Activity", {**own, "workflow_state": ("in", KEPT)}, FIELDS, "date, name")

	@property
	def title(self) -> str:
		return capital(self.term("KG6"))

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Learner"), self.learner.full_name if doc.learner else ""),
			(_("Class"), self.learner_class if doc.learner else ""),
			(_("Family"), doc.family),
			(_("School year"), doc.school_year),
			(_("Period"), self.period),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def period(self) -> str:
		days = [short_date(row.date) for row in (self.rows[:1] + self.rows[-1:])]
		return " – ".join(dict.fromkeys(days))

	@staticmethod
	def struck_out(row) -> bool:
		return row.workflow_state == states.STRUCK_OUT

	@property
	def signing(self) -> list[frappe._dict]:
		return [self.person(one) for one in dict.fromkeys(row.provider for row in self.rows)]
