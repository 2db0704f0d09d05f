from frappe.model.document import Document


class PPSSMeetingAttendee(Document):
	pass
