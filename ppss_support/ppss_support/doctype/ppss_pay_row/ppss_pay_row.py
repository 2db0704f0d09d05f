from frappe.model.document import Document


class PPSSPayRow(Document):
	"""What one person gets for one position, with its explanation (ALM-21)."""
