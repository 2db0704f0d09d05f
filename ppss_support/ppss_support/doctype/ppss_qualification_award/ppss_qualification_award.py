from frappe.model.document import Document


class PPSSQualificationAward(Document):
	"""A qualification category with its order and the day it expires (order No 338)."""
