from frappe.model.document import Document


class PPSSTermItem(Document):
	pass
