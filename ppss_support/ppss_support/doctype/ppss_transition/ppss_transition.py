from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding


class PPSSTransition(Document):
	"""A line of a paper's log: who decided, when, from where and why.

	The paper writes its lines with itself and drops what a client sends for them; a line of its own comes by another door.
	"""

	def before_insert(self):
		answer([Finding.of("A45")])

	def validate(self):
		answer([Finding.of("A45")])

	def on_trash(self):
		answer([Finding.of("A45")])
