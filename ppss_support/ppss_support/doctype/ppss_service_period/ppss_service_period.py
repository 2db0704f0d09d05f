from frappe.model.document import Document


class PPSSServicePeriod(Document):
	"""Work between two days, with what it counts as; the kinds of service are not merged."""
