from frappe.model.document import Document


class PPSSPartnerOrganisation(Document):
	"""A body or organisation the school works with in support (KZ92-9.3, KZ92-22)."""
