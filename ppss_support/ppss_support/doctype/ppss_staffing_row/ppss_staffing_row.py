from frappe.model.document import Document


class PPSSStaffingRow(Document):
	"""Units of one position in a staffing table; a position may stand in several rows, its units are added up."""
