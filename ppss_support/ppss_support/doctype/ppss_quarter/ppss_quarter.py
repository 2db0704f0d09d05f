from frappe.model.document import Document


class PPSSQuarter(Document):
	pass
