from frappe.model.document import Document


class PPSSProgrammeSubject(Document):
	"""A subject as it is adapted and assessed for the child (KZ92-13.2, KZ92-13.3a, KZ92-14.2.3a)."""
