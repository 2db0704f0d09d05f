from frappe.model.document import Document


class PPSSCasePaper(Document):
	"""A kind of paper filed in a case."""
