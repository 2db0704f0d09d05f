from frappe.model.document import Document


class PPSSSupportCentre(Document):
	pass
