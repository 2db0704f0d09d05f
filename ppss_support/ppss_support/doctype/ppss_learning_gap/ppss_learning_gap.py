from frappe.model.document import Document


class PPSSLearningGap(Document):
	"""A gap in knowledge, ability or skill, what is done about it, and the result (KZ92-14.2.3b)."""
