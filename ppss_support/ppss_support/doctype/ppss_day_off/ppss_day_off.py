from frappe.model.document import Document


class PPSSDayOff(Document):
	pass
