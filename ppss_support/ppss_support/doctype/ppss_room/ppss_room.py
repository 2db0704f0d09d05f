from frappe.model.document import Document

from ppss_support.regulation import activities


class PPSSRoom(Document):
	"""A room for support, its equipment and conditions against the norms of order No 70 (KZ92-18, KZ92-13.6, ALM-15)."""

	def validate(self):
		for row in self.equipment:
			row.kind = row.kind or "Equipment"
			row.shortage = activities.shortage(row.norm_qty or 0, row.actual_qty or 0)
