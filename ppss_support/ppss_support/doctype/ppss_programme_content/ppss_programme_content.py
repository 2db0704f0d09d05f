from frappe.model.document import Document


class PPSSProgrammeContent(Document):
	"""A content or condition with its aim, and whether it is provided (KZ92-12, KZ92-13)."""
