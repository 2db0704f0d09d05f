from frappe.model.document import Document


class PPSSLearnerListRow(Document):
	pass
