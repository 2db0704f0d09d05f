from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.controllers.one_at_a_time import OneAtATime
from ppss_support.payroll import closed, inputs
from ppss_support.regulation import pay
from ppss_support.regulation.finding import Finding, Label

# What a sheet is computed by; the words beside it may still be mended.
COMPUTING = (
	"kind",
	"title",
	"value",
	"from_date",
	"position",
	"education",
	"qualification_category",
	"service_years",
)


class PPSSPayParameter(OneAtATime):
	"""A value pay is computed by, its first day and its basis, entered by the accountant (ALM-21)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()

	def validate(self):
		answer(pay.value_sound(inputs.parameter_of(self)))
		if self.is_new() or any(self.has_value_changed(field) for field in COMPUTING):
			answer(self.in_use() + self.in_closed_month())

	def on_trash(self):
		answer(self.in_use())

	def in_use(self) -> list[Finding]:
		return [] if self.is_new() else closed.closed_sheet_with(self.name)

	def in_closed_month(self) -> list[Finding]:
		first = getdate(self.from_date)
		last = first if self.kind == pay.WORKING_DAY else None
		return pay.in_closed_month(Label(self.kind), first, last, inputs.closed_months(self.organisation))
