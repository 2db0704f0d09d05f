from frappe.model.document import Document


class PPSSPosition(Document):
	"""A position of order No 338, word for word; written by the program only (KZ92-4.4)."""
