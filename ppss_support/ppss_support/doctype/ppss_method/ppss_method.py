from frappe.model.document import Document


class PPSSMethod(Document):
	"""A method of the method bank: who wrote it, where it was published, what it is for (KZ92-5.7, KZ92-6.1)."""
