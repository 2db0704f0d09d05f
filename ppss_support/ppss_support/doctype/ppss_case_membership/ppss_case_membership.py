from frappe.model.document import Document


class PPSSCaseMembership(Document):
	pass
