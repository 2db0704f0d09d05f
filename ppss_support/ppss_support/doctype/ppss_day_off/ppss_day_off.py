from frappe.model.document import Document


class PPSSDayOff(Document):
	"""Days without lessons in a school year, with their reason (KZ92-20)."""
