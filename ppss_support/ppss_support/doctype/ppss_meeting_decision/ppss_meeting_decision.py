from frappe.model.document import Document


class PPSSMeetingDecision(Document):
	pass
