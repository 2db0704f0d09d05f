from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class WrittenByProgram(Document):
	"""A row the program writes past the document, with the step it belongs to; whatever comes by any door is refused."""

	# What a row that is written, and one that is taken away, is refused with.
	WRITTEN, TAKEN_AWAY = "A56", "A57"

	def before_insert(self):
		answer([Finding.of(self.WRITTEN)])

	def validate(self):
		answer([Finding.of(self.WRITTEN)])

	def on_trash(self):
		answer([Finding.of(self.TAKEN_AWAY)])
