from frappe.model.document import Document


class PPSSTransition(Document):
	pass
