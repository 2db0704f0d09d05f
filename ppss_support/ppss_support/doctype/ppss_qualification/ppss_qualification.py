from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import qualification_facts
from ppss_support.answers import answer
from ppss_support.qualification_view import length_text
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.service import length


class PPSSQualification(Document):
	"""Education, courses, service and categories of a specialist: for those who keep the staff, and the person (KZ92-4.4)."""

	def onload(self):
		# Not a virtual field: the framework asks the table for those as soon as somebody lists every field.
		self.set_onload("totals", self.totals)

	def validate(self):
		answer(self.ends_after_beginnings() + self.nothing_in_the_future())

	def ends_after_beginnings(self) -> list[Finding]:
		rows = [*self.categories, *self.service]
		wrong = any(row.to_date and getdate(row.to_date) < getdate(row.from_date) for row in rows)
		return [Finding.of("A34", Label("To Date"), Label("From Date"))] if wrong else []

	def nothing_in_the_future(self) -> list[Finding]:
		"""What is recorded has happened: diplomas, courses, work begun."""
		dated = {
			"Diploma Date": [row.diploma_date for row in self.education],
			"Finished on": [row.finished_on for row in self.courses],
			"From Date": [row.from_date for row in self.service],
		}
		return [
			Finding.of("A14", Label(label), getdate(day))
			for label, days in dated.items()
			for day in days
			if day and getdate(day) > getdate()
		]

	@property
	def totals(self) -> str:
		"""Service in all, pedagogical and in the speciality, up to today."""
		periods = [qualification_facts.period_of(row) for row in self.service]
		lines = {
			"Service in All": periods,
			"Pedagogical Service": [one for one in periods if one.pedagogical],
			"Service in the Speciality": [one for one in periods if one.in_speciality],
		}
		return "\n".join(f"{_(name)}: {length_text(length(own, getdate()))}" for name, own in lines.items())
