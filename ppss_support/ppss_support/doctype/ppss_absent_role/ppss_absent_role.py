from frappe.model.document import Document


class PPSSAbsentRole(Document):
	pass
