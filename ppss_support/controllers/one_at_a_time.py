"""One step at a time in an organisation: what one decides, the next one sees."""

from frappe.model.document import Document

from ppss_support import facts


class OneAtATime(Document):
	"""Saved while no other paper of the organisation is being saved.

	The organisation is locked before the document, always in this order, so that two steps never wait for each other.
	"""

	def check_if_latest(self):
		facts.take_turn(self.organisation or facts.organisation_of_user())
		super().check_if_latest()
