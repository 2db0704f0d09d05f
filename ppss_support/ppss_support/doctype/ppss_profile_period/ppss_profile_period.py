from frappe.model.document import Document


class PPSSProfilePeriod(Document):
	pass
