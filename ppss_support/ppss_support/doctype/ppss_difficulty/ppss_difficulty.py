from frappe.model.document import Document


class PPSSDifficulty(Document):
	pass
