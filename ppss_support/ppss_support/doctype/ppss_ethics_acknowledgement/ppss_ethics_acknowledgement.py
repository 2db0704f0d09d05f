import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.archive import events, outbox
from ppss_support.constants import roles
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding

KEPT = ("specialist", "service_order", "date", "signed")
ENTERS_FOR_OTHERS = {roles.DEPUTY, roles.REGISTRAR}


class PPSSEthicsAcknowledgement(Document):
	"""A member knows the principles of clause 5 and keeps confidence, once for each order (KZ92-5, KZ92-14.1.4d)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.specialist = self.specialist or facts.specialist_of_user()
		self.date = self.date or getdate()
		self.service_order = self.service_order or facts.order_on(self.organisation, getdate(self.date))

	def after_insert(self):
		person = frappe.db.get_value(
			"PPSS Specialist", self.specialist, ["full_name", "position"], as_dict=True
		)
		signer = {"decided_by": person.full_name, "position": person.position, "user": frappe.session.user}
		outbox.note(self, events.FROZEN, **signer)

	def validate(self):
		self.regulation_profile = facts.profile_on(self.organisation, getdate(self.date))
		self.principles = "\n".join(facts.principles(self.regulation_profile))
		answer(self.check_unchanged() + self.check_hand() + self.check_whole())

	def check_unchanged(self) -> list[Finding]:
		changed = not self.is_new() and any(self.has_value_changed(field) for field in KEPT)
		return [Finding.of("M43")] if changed else []

	def check_hand(self) -> list[Finding]:
		"""Each signs for oneself; what was signed on paper is entered by a deputy head or the registrar."""
		on_paper = bool(self.signed_paper or self.archive_index)
		enters = on_paper and bool(ENTERS_FOR_OTHERS & set(frappe.get_roles()))
		own = self.specialist == facts.specialist_of_user()
		return [] if own or enters else [Finding.of("A53")]

	def check_whole(self) -> list[Finding]:
		order_date = frappe.db.get_value("PPSS Support Order", self.service_order, "in_force_from")
		other = facts.acknowledgement_of(self.specialist, self.service_order, besides=self.name)
		first = getdate(order_date) if order_date else None
		return rules.acknowledgement(bool(self.signed), getdate(self.date), first, getdate(), other)
