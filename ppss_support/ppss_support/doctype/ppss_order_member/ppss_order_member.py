from frappe.model.document import Document


class PPSSOrderMember(Document):
	pass
