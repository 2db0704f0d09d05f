from frappe.model.document import Document


class PPSSPackItem(Document):
	"""A paper of a pack: where its pages lie, or why it could not be delivered."""
