import frappe
from frappe.model.document import Document

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class PPSSCaseIndex(Document):
	"""One case of the organisation's nomenclature of cases: what is filed in it and for how long it is kept."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(self.check_index() + self.check_papers())

	def check_index(self) -> list[Finding]:
		same = {"organisation": self.organisation, "case_number": self.case_number, "name": ("!=", self.name)}
		other = frappe.db.get_value("PPSS Case Index", same, "title")
		return [Finding.of("A59", self.case_number, other)] if other else []

	def check_papers(self) -> list[Finding]:
		"""Each kind of paper is filed in one active case, so that the program knows which."""
		if not self.active:
			return []
		own = [row.document_type for row in self.papers]
		taken = {kind for kind in own if own.count(kind) > 1} | filed_elsewhere(
			self.organisation, self.name, own
		)
		return [Finding.of("A60", frappe._(kind)) for kind in sorted(taken)]


def filed_elsewhere(organisation: str, besides: str | None, kinds: list[str]) -> set[str]:
	case, paper = frappe.qb.DocType("PPSS Case Index"), frappe.qb.DocType("PPSS Case Paper")
	query = (
		frappe.qb.from_(paper)
		.join(case)
		.on(paper.parent == case.name)
		.where((case.organisation == organisation) & (case.active == 1) & (case.name != (besides or "")))
		.where(paper.document_type.isin(kinds or [""]))
		.select(paper.document_type)
	)
	return {row[0] for row in query.run()}
