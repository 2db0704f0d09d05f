from frappe.model.document import Document


class PPSSTerm(Document):
	pass
