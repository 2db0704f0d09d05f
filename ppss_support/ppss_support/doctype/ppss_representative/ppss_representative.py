from frappe.model.document import Document


class PPSSRepresentative(Document):
	pass
