from frappe.model.document import Document


class PPSSLearnerRepresentative(Document):
	pass
