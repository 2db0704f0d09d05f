import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding, Label
from ppss_support.retention import records


class PPSSRetentionTerm(Document):
	"""How long a kind of record is kept, from which day to which: entered by the archivist, no act gives it (D-42)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(self.check_kind() + self.check_term())

	def check_kind(self) -> list[Finding]:
		if self.document_type in records.DATES:
			return []
		return [Finding.of("A73", Label(self.document_type))]

	def check_term(self) -> list[Finding]:
		found = [] if self.permanent or self.keep_years else [Finding.of("A21", Label("Years"))]
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			found.append(Finding.of("A05", Label("In Force until"), Label("In Force from")))
		return found


@frappe.whitelist()
def kinds() -> list[str]:
	"""Return the kinds of records a term can be entered for."""
	return sorted(records.DATES)
