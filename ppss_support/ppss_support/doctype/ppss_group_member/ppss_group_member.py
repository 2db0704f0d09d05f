from frappe.model.document import Document


class PPSSGroupMember(Document):
	pass
