from frappe.model.document import Document


class PPSSCaseMember(Document):
	pass
