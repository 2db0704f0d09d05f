from frappe.model.document import Document


class PPSSAnnualPlanRow(Document):
	pass
