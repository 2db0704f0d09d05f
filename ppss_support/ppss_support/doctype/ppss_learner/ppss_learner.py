import frappe
from frappe.model.document import Document

from ppss_support import facts, identity
from ppss_support.answers import answer
from ppss_support.names import full_name, sort_key
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import reason_given

COLLEGE = "L4"


class PPSSLearner(Document):
	"""A child of the organisation, with parents and other legal representatives (KZ92-8)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		self.check_not_destroyed()
		self.set_names()
		self.set_age_group()
		self.check_dates()
		self.check_hold()
		identity.keep(self)

	def on_trash(self):
		self.check_not_destroyed()

	def check_not_destroyed(self):
		"""The number of the register stays taken: who it was is not to be written back."""
		if self.is_new():
			self.destroyed_by = None
		elif frappe.db.get_value(self.doctype, self.name, "destroyed_by"):
			answer([Finding.of("A88", self.name)])

	def check_hold(self):
		"""Whoever keeps a child's papers from being destroyed says why."""
		if self.legal_hold:
			answer(reason_given(self.legal_hold_reason))

	def set_names(self):
		self.full_name = full_name(self.surname, self.given_name, self.patronymic)
		self.sort_key = sort_key(self.full_name)

	def set_age_group(self):
		"""Norms go by the stage of education, not by the birth date (D-9)."""
		if not self.school_class:
			return
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
