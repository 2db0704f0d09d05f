from frappe.model.document import Document


class PPSSLearningMaterial(Document):
	"""A textbook, aid or material by impairment, issued and returned (KZ92-13.4, KZ92-14.2.3c)."""
