import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.constants import roles
from ppss_support.regulation import lessons
from ppss_support.regulation.finding import Finding

SIZE_NORM = {lessons.SMALL_GROUP: "SMALL_GROUP_SIZE", lessons.GROUP: "GROUP_SIZE"}


class PPSSSessionGroup(Document):
	"""Children who have lessons together (KZ92-16.1, KZ92-16.2, KZ92-16.3)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.school_year = self.school_year or facts.school_year_on(getdate())
		self.leader = self.leader or facts.specialist_of_user()

	def validate(self):
		self.keep_override()
		self.link_programmes()
		answer(self.composition())

	def keep_override(self):
		"""Only a deputy head decides for different impairments; the decision carries a name and a reason (D-25)."""
		before = self.get_doc_before_save()
		given = self.override_reason and (not before or before.override_reason != self.override_reason)
		if not self.override_reason:
			self.override_by = None
		elif given and roles.DEPUTY in frappe.get_roles():
			self.override_by = facts.specialist_of_user()
		elif given:
			answer([Finding.of("A23")])
		elif before:
			self.override_by = before.override_by

	def link_programmes(self):
		live = facts.live_programmes([row.learner for row in self.members], self.school_year)
		wanted = "CDP" if "SPE" in facts.roles_of(self.leader) else "IDP"
		for row in self.members:
			own = live.get(row.learner, [])
			if row.programme not in {p.name for p in own}:
				row.programme = next((p.name for p in own if p.kind == wanted), None)

	def composition(self) -> list[Finding]:
		if not self.active:
			return []
		members = facts.group_members(
			[(row.learner, row.learner_name, row.programme) for row in self.members]
		)
		self.age_group = members[0].age_group if members else None
		self.impairment = ", ".join(sorted(set().union(*(m.impairments for m in members))))
		found = self.size(len(members)) + lessons.group_members(members)
		if "SPE" in facts.roles_of(self.leader):
			found += lessons.group_sameness(members, bool(self.override_by))
		return found

	def size(self, children: int) -> list[Finding]:
		"""Sizes bind special pedagogues; for other leaders they warn (D-27)."""
		profile = facts.profile_of(self.organisation)
		norm = facts.norm(SIZE_NORM[self.kind], profile, getdate(self.valid_from))
		if not norm:
			return []
		warn_only = "SPE" not in facts.roles_of(self.leader)
		return lessons.group_size(self.kind, children, int(norm.value_min), int(norm.value_max), warn_only)
