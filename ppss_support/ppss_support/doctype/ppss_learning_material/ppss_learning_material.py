from frappe.model.document import Document


class PPSSLearningMaterial(Document):
	pass
