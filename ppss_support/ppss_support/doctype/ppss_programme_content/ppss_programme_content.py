from frappe.model.document import Document


class PPSSProgrammeContent(Document):
	pass
