from frappe.model.document import Document


class PPSSRoom(Document):
	pass
