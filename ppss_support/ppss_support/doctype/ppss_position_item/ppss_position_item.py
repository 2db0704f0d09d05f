from frappe.model.document import Document


class PPSSPositionItem(Document):
	"""A duty, a thing to know, a requirement or a competence, with the point it stands in."""
