import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import norm_facts
from ppss_support.answers import answer
from ppss_support.regulation import editions

# What a paper is judged by; the last day may still be set once papers rely on the rest.
JUDGING_FIELDS = ("norm_code", "regulation_profile", "value_min", "value_max", "enforcement", "valid_from")


class PPSSNorm(Document):
	"""A value of a norm and the days between which it holds; a change is a new row (section C, KZ92-0.5)."""

	def validate(self):
		self.close_earlier()
		answer(self.contradictions())
		if not self.is_new():
			answer(self.relied_on())

	def on_trash(self):
		answer(self.relied_on_between(norm_facts.validity_of(self)))

	def close_earlier(self):
		"""A new value ends the open one before it, which keeps governing the days before the change.

		A value with a last day of its own does not: after it nothing would hold.
		"""
		if not self.is_new() or not self.valid_from or self.valid_to:
			return
		first = getdate(self.valid_from)
		for row in norm_facts.norm_rows(self.norm_code, self.regulation_profile, self.name):
			begun = row.validity.first
			if row.validity.last is None and (begun is None or begun < first):
				self.flags.closes = row.name

	def contradictions(self) -> list:
		own = norm_facts.validity_of(self)
		others = [
			row.validity
			for row in norm_facts.norm_rows(self.norm_code, self.regulation_profile, self.name)
			if row.name != self.flags.closes
		]
		return editions.consistent(
			self.norm_code, self.value_min, self.value_max, own
		) + editions.one_value_a_day(self.norm_code, own, others)

	def on_update(self):
		if self.flags.closes:
			last = editions.day_before(getdate(self.valid_from))
			frappe.db.set_value("PPSS Norm", self.flags.closes, "valid_to", last)

	def relied_on(self) -> list:
		"""Refuse to change what papers rely on: the value as a whole, or the days a new last day would cut off."""
		before = self.get_doc_before_save()
		if any(self.has_value_changed(field) for field in JUDGING_FIELDS):
			return before.relied_on_between(norm_facts.validity_of(before))
		if self.valid_to and self.has_value_changed("valid_to"):
			later = editions.Validity(
				editions.day_after(getdate(self.valid_to)), norm_facts.validity_of(before).last
			)
			return before.relied_on_between(later)
		return []

	def relied_on_between(self, validity: editions.Validity) -> list:
		papers, latest = norm_facts.papers_on_norm(self.norm_code, self.regulation_profile, validity)
		return editions.not_relied_on(self.norm_code, papers, latest)
