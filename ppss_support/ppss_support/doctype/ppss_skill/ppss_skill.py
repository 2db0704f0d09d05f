from frappe.model.document import Document


class PPSSSkill(Document):
	pass
