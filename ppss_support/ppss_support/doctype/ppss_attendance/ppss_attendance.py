from frappe.model.document import Document


class PPSSAttendance(Document):
	pass
