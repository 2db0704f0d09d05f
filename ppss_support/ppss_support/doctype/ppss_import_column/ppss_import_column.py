from frappe.model.document import Document


class PPSSImportColumn(Document):
	"""A column of an imported table and what it holds; the next import of the organisation remembers it."""
