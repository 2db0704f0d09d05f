from frappe.model.document import Document


class PPSSRoomItem(Document):
	pass
