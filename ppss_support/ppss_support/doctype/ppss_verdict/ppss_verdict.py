from frappe.model.document import Document


class PPSSVerdict(Document):
	"""What a named person decided where order No 338 leaves it open: by position and category, with reason and date."""
