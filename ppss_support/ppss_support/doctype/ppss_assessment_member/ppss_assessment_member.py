from frappe.model.document import Document


class PPSSAssessmentMember(Document):
	pass
