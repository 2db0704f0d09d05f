import frappe
from frappe import _
from frappe.model.document import Document

LEAST_CAP, GREATEST_CAP = 12, 14


class PPSSOrganisation(Document):
	"""An education organisation, its regulation profile and its own settings (KZ92-1, KZ92-4.5)."""

	def validate(self):
		self.check_cap()

	def check_cap(self):
		"""Order No 92, cl. 21, gives the cap as a range: the organisation chooses within it (KZ92-21.1, D-3)."""
		if not LEAST_CAP <= (self.special_pedagogue_cap or 0) <= GREATEST_CAP:
			label = _(self.meta.get_label("special_pedagogue_cap"))
			frappe.throw(
				_("{0}: {1} is given, from {2} to {3} is expected.").format(
					label, self.special_pedagogue_cap, LEAST_CAP, GREATEST_CAP
				)
			)
