from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import norm_facts
from ppss_support.answers import answer
from ppss_support.regulation.editions import effective_day
from ppss_support.regulation.finding import Finding, Label


class PPSSRegulationProfile(Document):
	"""An act as the app follows it: who issued it, from when it holds, what it rests on and repealed (KZ92-0.1, KZ92-0.2, ALM-2, KG-1.2)."""

	def validate(self):
		self.suggest_effective_day()
		self.check_repeal()

	def suggest_effective_day(self):
		"""A publication date entered gives the first day of effect, unless one is entered with it (KZ92-0.5)."""
		if not self.first_publication_date or not self.has_value_changed("first_publication_date"):
			return
		entered = self.effective_from and self.has_value_changed("effective_from")
		published = getdate(self.first_publication_date)
		norm = norm_facts.norm("EFFECT_AFTER_PUBLICATION", self.name, published)
		if norm and not entered:
			self.effective_from = effective_day(published, int(norm.value_max))

	def check_repeal(self):
		first, repealed = self.effective_from, self.repealed_from
		if first and repealed and getdate(repealed) <= getdate(first):
			answer([Finding.of("A05", Label("Repealed from"), Label("Effective from"))])
