from frappe.model.document import Document


class PPSSProgrammeGoal(Document):
	pass
