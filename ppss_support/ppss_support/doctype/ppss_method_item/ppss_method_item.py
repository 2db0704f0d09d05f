from frappe.model.document import Document


class PPSSMethodItem(Document):
	pass
