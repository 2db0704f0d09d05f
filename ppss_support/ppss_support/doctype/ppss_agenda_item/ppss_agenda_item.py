from frappe.model.document import Document


class PPSSAgendaItem(Document):
	pass
