import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days

from ppss_support import data_requests, facts
from ppss_support.answers import answer
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label

# What is noted once the file is made; everything else stays as it was asked.
OPEN = {"given_on", "given_to"}


class PPSSDataRequest(Document):
	"""A representative asks for what is kept about the child: one file, made by a deputy head or the head."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.executor = facts.specialist_of_user()
		self.status, self.file, self.sha256, self.attempts = "Queued", None, None, 0
		days = facts.organisation(self.organisation).data_request_days
		if days and not self.due_on:
			self.due_on = add_days(self.received_on, days)

	def validate(self):
		if self.is_new():
			answer(self.check_right() + self.check_due())
		else:
			self.check_unchanged()

	def after_insert(self):
		data_requests.enqueue(self.name)

	def on_trash(self):
		answer([Finding.of("A10")])

	def check_right(self) -> list[Finding]:
		"""Only a legal representative of this very child, and of no other school's."""
		own = frappe.db.get_value("PPSS Learner", self.learner, "organisation")
		if own != self.organisation:
			return [Finding.of("A09", self.learner, own, self.organisation)]
		kin = facts.kinship(self.learner, self.representative)
		name = facts.full_name("PPSS Representative", self.representative)
		return rules.representative(
			name, kin.relation, bool(kin.is_legal_representative), kin.authority_document
		)

	def check_due(self) -> list[Finding]:
		return [] if self.due_on else [Finding.of("A21", Label("Due by"))]

	def check_unchanged(self):
		before = self.get_doc_before_save()
		fields = {df.fieldname for df in self.meta.fields} - OPEN
		if any(self.has_value_changed(field) for field in fields if before):
			frappe.throw(_("A request is not changed: enter another one."), frappe.PermissionError)
