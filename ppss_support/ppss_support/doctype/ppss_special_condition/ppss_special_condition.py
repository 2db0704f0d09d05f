from frappe.model.document import Document


class PPSSSpecialCondition(Document):
	pass
