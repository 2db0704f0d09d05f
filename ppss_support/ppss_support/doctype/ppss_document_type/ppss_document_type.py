from frappe.model.document import Document

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.regulation import documents


class PPSSDocumentType(Document):
	"""A document somebody keeps, and what demands it (KZ92-23.1, D-30)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(documents.basis_shown(self.title, self.basis, self.clause, bool(self.source_file)))
		self.obligatory = int(documents.obligatory(self.basis))
