from frappe.model.document import Document


class PPSSProgrammeSubject(Document):
	pass
