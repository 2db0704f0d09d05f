from frappe.model.document import Document


class PPSSPMPCAdvice(Document):
	pass
