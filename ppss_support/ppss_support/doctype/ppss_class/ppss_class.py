from frappe.model.document import Document


class PPSSClass(Document):
	pass
