from frappe.model.document import Document


class PPSSParticipant(Document):
	pass
