from frappe.model.document import Document


class PPSSRetraining(Document):
	"""A course finished, with the document that confirms it."""
