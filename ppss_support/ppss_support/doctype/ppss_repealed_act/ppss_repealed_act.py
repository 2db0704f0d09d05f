from frappe.model.document import Document


class PPSSRepealedAct(Document):
	pass
