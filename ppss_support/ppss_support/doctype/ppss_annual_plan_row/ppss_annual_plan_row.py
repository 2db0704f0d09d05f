from frappe.model.document import Document


class PPSSAnnualPlanRow(Document):
	"""Work of a direction for a level of education and a responsibility area (KZ92-3, KZ92-4.1, KZ92-6)."""
