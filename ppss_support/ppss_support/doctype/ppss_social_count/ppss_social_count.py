from frappe.model.document import Document


class PPSSSocialCount(Document):
	pass
