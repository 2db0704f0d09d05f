import frappe
from frappe.model.document import Document

from ppss_support import identity
from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.names import sort_key


class PPSSSpecialist(Document):
	"""A member of staff with a part in the support of children (KZ92-4.2, KZ92-4.4)."""

	def validate(self):
		self.sort_key = sort_key(self.full_name)
		identity.keep(self)

	def on_update(self):
		self.keep_to_organisation()
		self.give_roles()

	def keep_to_organisation(self):
		"""A member of staff sees the papers of their own organisation only (KZ92-1)."""
		if not self.user:
			return
		permission = {"user": self.user, "allow": "PPSS Organisation"}
		if not frappe.db.exists("User Permission", {**permission, "for_value": self.organisation}):
			frappe.db.delete("User Permission", permission)
			row = {"doctype": "User Permission", **permission, "for_value": self.organisation}
			# Staff is entered by the registrar, who has no right to user permissions as such.
			frappe.get_doc(row).insert(ignore_permissions=True)

	def give_roles(self):
		"""The roles of the staff record are the roles of the login: one fact, entered once."""
		if not self.user or not self.has_roles_changed():
			return
		wanted = (
			{ROLE_OF_TERM[row.term] for row in self.roles if row.term in ROLE_OF_TERM}
			if self.active
			else set()
		)
		own = {"parenttype": "User", "parent": self.user}
		current = set(frappe.get_all("Has Role", own, pluck="role"))
		right = current - set(ROLE_OF_TERM.values()) | wanted
		# Saving a login empties every cache of the site: only when there is something to save.
		if right != current:
			user = frappe.get_doc("User", self.user)
			user.set("roles", [{"role": role} for role in sorted(right)])
			# Staff is entered by the registrar, who has no right to logins as such.
			user.save(ignore_permissions=True)

	def has_roles_changed(self) -> bool:
		before = self.get_doc_before_save()
		if not before:
			return True
		same_roles = {row.term for row in before.roles} == {row.term for row in self.roles}
		return not same_roles or (before.user, before.active) != (self.user, self.active)
