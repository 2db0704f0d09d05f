from frappe.model.document import Document


class PPSSDestructionRow(Document):
	pass
