from frappe.model.document import Document


class PPSSSocialProblem(Document):
	pass
