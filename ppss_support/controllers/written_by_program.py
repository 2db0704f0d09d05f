from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class WrittenByProgram(Document):
	"""A row the program writes past the document, with the step it belongs to; whatever comes by any door is refused."""

	def before_insert(self):
		answer([Finding.of("A56")])

	def validate(self):
		answer([Finding.of("A56")])

	def on_trash(self):
		answer([Finding.of("A57")])
