from frappe.model.document import Document


class PPSSNorm(Document):
	pass
