import frappe
from frappe.model.document import Document

from ppss_support.names import sort_key
from ppss_support.parents import invitation
from ppss_support.parents.languages import offered_in
from ppss_support.setup.languages import LANGUAGES


class PPSSRepresentative(Document):
	"""A parent or other legal representative of a child (KZ92-11.2)."""

	def validate(self):
		self.sort_key = sort_key(self.full_name)
		self.keep_login()

	def keep_login(self):
		"""Whose children a login sees hangs on this field: it is set by the buttons, whatever a client sends."""
		if not self.flags.access_decided:
			before = self.get_doc_before_save()
			self.user = before.user if before else None

	def onload(self):
		if set(invitation.INVITERS) & set(frappe.get_roles()):
			offered = [{"value": code, "label": LANGUAGES[code]} for code in offered_in(self.organisation)]
			self.set_onload("languages", offered)

	def on_trash(self):
		invitation.end_access(self)
