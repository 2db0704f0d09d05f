from frappe.model.document import Document


class PPSSEducation(Document):
	"""A diploma, by what order No 338 tells apart: level, kind and direction."""
