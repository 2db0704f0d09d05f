from frappe.model.document import Document


class PPSSLearningGap(Document):
	pass
