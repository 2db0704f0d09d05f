from frappe.model.document import Document


class PPSSRegulationProfile(Document):
	pass
