from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.regulation import activities, rules
from ppss_support.regulation.finding import Finding


class PPSSProvision(Document):
	"""A condition, material or accessibility item, of a child or of a place (KZ92-2.1, KZ92-13.4, KZ92-13.5d)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(self.check_code() + self.check_lines() + self.check_days())

	def check_code(self) -> list[Finding]:
		return rules.contents_fit([self.code], facts.categories_of(self.learner)) if self.learner else []

	def check_lines(self) -> list[Finding]:
		values = {df.fieldname: self.get(df.fieldname) for df in self.meta.fields}
		names = {df.fieldname: df.label for df in self.meta.fields}
		return activities.provision_complete(self.status, values, names)

	def check_days(self) -> list[Finding]:
		days = [getdate(day) if day else None for day in (self.issued_on, self.returned_on)]
		return activities.periods(("Issued on", "Returned on"), *days)
