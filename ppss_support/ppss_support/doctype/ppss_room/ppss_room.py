from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation import activities
from ppss_support.regulation.finding import Finding


class PPSSRoom(Document):
	"""A room for support, its equipment and conditions against the norms of order No 70 (KZ92-18, KZ92-13.6, ALM-15).

	What is given to the service with it has somebody who answers for its safety (ALM-22.4).
	"""

	def validate(self):
		for row in self.equipment:
			row.kind = row.kind or "Equipment"
			row.shortage = activities.shortage(row.norm_qty or 0, row.actual_qty or 0)
		answer(self.check_responsible())

	def check_responsible(self) -> list[Finding]:
		label = self.meta.get_label("responsible")
		return activities.handed_over(self.handed_over_on, self.responsible, label)
