from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class PPSSOverride(Document):
	"""A warning that was shown, a rule decided against with a reason, or a changed setting (RP16).

	The program writes these rows straight into the table: whoever comes by another door is refused.
	"""

	def before_insert(self):
		answer([Finding.of("A45")])

	def validate(self):
		answer([Finding.of("A45")])

	def on_trash(self):
		answer([Finding.of("A45")])
