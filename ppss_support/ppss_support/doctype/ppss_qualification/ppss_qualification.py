from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import qualification_facts, verdicts
from ppss_support.answers import answer
from ppss_support.qualification_view import length_text
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.service import length


def kept_of(rows) -> list[tuple]:
	return [tuple(str(row.get(field) or "") for field in verdicts.KEPT) for row in rows]


class PPSSQualification(Document):
	"""Education, courses, service and categories of a specialist: for those who keep the staff, and the person (KZ92-4.4)."""

	def validate(self):
		answer(self.ends_after_beginnings() + self.nothing_in_the_future() + self.verdicts_stay())

	def on_trash(self):
		answer([Finding.of("A99")] if self.verdicts else [])

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

	def verdicts_stay(self) -> list[Finding]:
		"""Verdicts come by their own door, one at a time after those that are there (verdicts.give)."""
		before = self.get_doc_before_save()
		earlier = kept_of(before.verdicts if before else [])
		added = int(bool(self.flags.verdict))
		same = kept_of(self.verdicts[: len(earlier)]) == earlier
		return [] if same and len(self.verdicts) == len(earlier) + added else [Finding.of("A99")]

	def onload(self):
		self.set_onload("totals", self.service_today())

	def service_today(self) -> list[tuple[str, str]]:
		"""Return service in all, pedagogical and in the speciality, up to today."""
		periods = [qualification_facts.period_of(row) for row in self.service]
		lines = {
			"Service in All": periods,
			"Pedagogical Service": [one for one in periods if one.pedagogical],
			"Service in the Speciality": [one for one in periods if one.in_speciality],
		}
		return [(_(name), length_text(length(own, getdate()))) for name, own in lines.items()]
