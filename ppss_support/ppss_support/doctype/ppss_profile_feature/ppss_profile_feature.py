from frappe.model.document import Document


class PPSSProfileFeature(Document):
	pass
