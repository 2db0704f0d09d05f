"""Papers of the staff: staffing table, job description, what is to be known, and what the next category asks (KZ92-4.4).

The order exists here in Kazakh only: its texts are printed as they stand, under headings in the language of the paper.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import qualification_facts, staffing_facts
from ppss_support.constants import states
from ppss_support.paper_view import PaperView
from ppss_support.print_helpers import last_step
from ppss_support.regulation import eligibility


class StaffingTableView(PaperView):
	"""Units of each position between two days; who holds them stands in the report (KZ92-4.5, ALM-4)."""

	TITLE = "Staffing Table"

	@property
	def period(self) -> str:
		return _("from {0} to {1}").format(self.day(self.doc.from_date), self.day(self.doc.to_date))

	@property
	def rows(self) -> list[frappe._dict]:
		titles = staffing_facts.catalogue({row.position for row in self.doc.rows})
		position = {one.name: one for one in titles}
		return [
			frappe._dict(
				title=position[row.position].title,
				points=position[row.position].points,
				units=self.number_words(row.units),
				note=row.note or "",
			)
			for row in self.doc.rows
		]

	@property
	def total(self) -> str:
		return self.number_words(self.doc.total_units)

	@property
	def preparer(self) -> frappe._dict:
		step = last_step(self.doc, states.WITH_HEAD)
		return step or frappe._dict(position=_("Prepared by"), person="")


class PositionView(PaperView):
	"""What a paper says of one appointment: the person, the position and its items in the catalogue."""

	NUMBER = "basis_order_no"
	DATE = "basis_order_date"

	@property
	def mark(self) -> str:
		"""An appointment rests on an order and is no draft."""
		return ""

	@property
	def position_doc(self):
		return frappe.get_cached_doc("PPSS Position", self.doc.position)

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc, position = self.doc, self.position_doc
		lines = [
			(_("Full Name"), doc.specialist_name),
			(_("Position"), position.title),
			(_("Points of Order No 338"), position.points),
			(_("Staff Units"), f"{self.number_words(doc.units)} ({self.option(doc.kind)})"),
			(_("Qualification Category"), self.term(self.category) if self.category else ""),
			(_("Appointed by order"), self.order),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def order(self) -> str:
		doc = self.doc
		return f"№ {doc.basis_order_no}, {self.day(doc.basis_order_date)}" if doc.basis_order_no else ""

	@property
	def category(self) -> str | None:
		"""Return the highest of the five categories the person holds today."""
		own = qualification_facts.categories_on([self.doc.specialist], getdate())
		return own.get(self.doc.specialist)

	@property
	def kazakh_only(self) -> bool:
		return self.lang != "kk"

	def items(self, kind: str, category: str | None = None) -> list:
		return [
			row
			for row in self.position_doc.get("items")
			if row.kind == kind and row.qualification_category == category
		]

	@property
	def holder(self) -> list[frappe._dict]:
		return [frappe._dict(full_name=self.doc.specialist_name)]


class JobDescriptionView(PositionView):
	"""The job description of one specialist, word for word from the catalogue (KZ92-4.4)."""

	TITLE = "JOB DESCRIPTION"
	HEADINGS = {
		"Duty": "Job duties",
		"Must Know": "Must Know",
		"Requirement": "Requirements for qualification",
	}

	@property
	def date(self) -> str:
		return ""

	@property
	def parts(self) -> list[frappe._dict]:
		"""Return the parts in the order of the act; competences up to the category the person holds."""
		found = [self.part(_(heading), self.items(kind)) for kind, heading in self.HEADINGS.items()]
		for category in eligibility.with_lower(self.category or eligibility.CATEGORIES[0]):
			title = _("Professional competences: {0}").format(self.term(category))
			found.append(self.part(title, self.items("Competence", category)))
		return [part for part in found if part.texts]

	@staticmethod
	def part(title: str, items: list) -> frappe._dict:
		return frappe._dict(
			title=title, point=items[0].point if items else "", texts=[one.text for one in items]
		)


class MustKnowSheetView(PositionView):
	"""The sheet on which a specialist signs for each thing the position must know (KZ92-4.4)."""

	TITLE = "Sheet of acquaintance with what the position must know"

	@property
	def texts(self) -> list[str]:
		return [one.text for one in self.items("Must Know")]


class PortfolioListView(PositionView):
	"""What the order asks for the next category, with room for the evidence (KZ92-4.4)."""

	TITLE = "Portfolio for the next category"

	@property
	def next_category(self) -> str | None:
		return eligibility.following(self.category)

	@property
	def heading(self) -> str:
		if not self.next_category:
			return _("The highest category is held.")
		return self.term(self.next_category)

	@property
	def sections(self) -> list[frappe._dict]:
		"""Return the categories up to the next one, each including the lower, the next one first."""
		wanted = eligibility.with_lower(self.next_category) if self.next_category else ()
		found = [
			frappe._dict(title=self.term(one), texts=[row.text for row in self.items("Competence", one)])
			for one in reversed(wanted)
		]
		return [section for section in found if section.texts]
