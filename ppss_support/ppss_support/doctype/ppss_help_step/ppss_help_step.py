from frappe.model.document import Document


class PPSSHelpStep(Document):
	"""A step of an individual help plan: what is done, by whom, until when, and what came of it (KG-6.1.5, KG-7.3)."""
