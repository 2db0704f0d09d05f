from frappe.model.document import Document


class PPSSServicePaperRow(Document):
	pass
