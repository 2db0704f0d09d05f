import frappe
from frappe.model.document import Document

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.names import full_name, sort_key
from ppss_support.regulation.finding import Finding, Label

COLLEGE = "L4"


class PPSSLearner(Document):
	"""A child of the organisation, with parents and other legal representatives (KZ92-8)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		self.set_names()
		self.set_age_group()
		self.check_dates()

	def set_names(self):
		self.full_name = full_name(self.surname, self.given_name, self.patronymic)
		self.sort_key = sort_key(self.full_name)

	def set_age_group(self):
		"""Norms go by the stage of education, not by the birth date (D-9)."""
		school_class = frappe.get_cached_doc("PPSS Class", self.school_class)
		self.level = school_class.level
		self.age_group = (
			"Preschool" if school_class.is_preschool else "Older" if self.level == COLLEGE else "School"
		)
		if school_class.organisation != self.organisation:
			answer([Finding.of("A09", school_class.title, school_class.organisation, self.organisation)])

	def check_dates(self):
		born = frappe.utils.getdate(self.birth_date)
		if born > frappe.utils.getdate():
			answer([Finding.of("A14", Label("Birth Date"), born)])
		if self.leaving_date and frappe.utils.getdate(self.leaving_date) < born:
			answer([Finding.of("A05", Label("Left on"), Label("Birth Date"))])
