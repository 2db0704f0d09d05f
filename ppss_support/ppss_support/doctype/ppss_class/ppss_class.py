from frappe.model.document import Document

from ppss_support.names import sort_key


class PPSSClass(Document):
	def validate(self):
		self.sort_key = sort_key(self.title)
