from frappe.model.document import Document


class PPSSImportRow(Document):
	"""What was said of one row of an imported table, or what was decided about a class or a case at the end of a year."""
