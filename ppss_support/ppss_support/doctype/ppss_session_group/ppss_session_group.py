import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts, lesson_facts, norm_facts
from ppss_support.answers import answer
from ppss_support.constants import roles
from ppss_support.controllers.remarks import judge, write_down
from ppss_support.regulation import lessons
from ppss_support.regulation.finding import Finding

SIZE_NORM = {lessons.SMALL_GROUP: "SMALL_GROUP_SIZE", lessons.GROUP: "GROUP_SIZE"}
# Rules a deputy head may decide against: size, where the organisation allows it, and sameness of impairments.
OVERRIDABLE = ("M20", "M21", "M38")


class PPSSSessionGroup(Document):
	"""Children who have lessons together (KZ92-16.1, KZ92-16.2, KZ92-16.3)."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.school_year = self.school_year or facts.school_year_on(getdate())
		self.leader = self.leader or facts.specialist_of_user()

	def validate(self):
		self.check_profile()
		self.keep_override()
		self.link_programmes()
		judge(self, self.composition())

	def check_profile(self):
		"""Groups with sizes and durations are order No 92's (F.5)."""
		profile = facts.profile_on(self.organisation, getdate(self.valid_from))
		if self.is_new() and "size_and_duration_norms" not in facts.features_on(self.organisation, profile):
			answer([Finding.of("M47", profile)])

	def on_update(self):
		overridden = dict.fromkeys(OVERRIDABLE, self.override_reason) if self.override_by else {}
		write_down(self, overridden)

	def keep_override(self):
		"""Only a deputy head decides against a rule; the decision carries a name and a reason (D-1, D-25)."""
		before = self.get_doc_before_save()
		given = self.override_reason and (not before or before.override_reason != self.override_reason)
		other_children = before and children_of(self) != children_of(before)
		if not self.override_reason:
			self.override_by = None
		elif (given or other_children) and roles.DEPUTY in frappe.get_roles():
			self.override_by = facts.specialist_of_user()
		elif given:
			answer([Finding.of("A23")])
		elif other_children:
			# The decision was about these children, not about any.
			self.override_reason = self.override_by = None
		else:
			self.override_by = before.override_by

	def link_programmes(self):
		learners = [row.learner for row in self.members]
		live = lesson_facts.live_programmes(learners, self.school_year, getdate())
		wanted = "CDP" if "SPE" in facts.roles_of(self.leader) else "IDP"
		for row in self.members:
			own = live.get(row.learner, [])
			if row.programme not in {p.name for p in own}:
				row.programme = next((p.name for p in own if p.kind == wanted), None)

	def composition(self) -> list[Finding]:
		if not self.active:
			return []
		members = lesson_facts.group_members(
			[(row.learner, row.learner_name, row.programme) for row in self.members]
		)
		self.age_group = lessons.age_of_lesson({member.age_group for member in members})
		self.impairment = ", ".join(sorted(set().union(*(m.impairments for m in members))))
		found = self.size(len(members)) + lessons.group_members(members)
		if "SPE" in facts.roles_of(self.leader):
			found += lessons.group_sameness(members, bool(self.override_by))
		return found

	def size(self, children: int) -> list[Finding]:
		"""The norm of the day the group was made up, in the hardness its leader and organisation give it."""
		day = self.composed_on()
		norm = norm_facts.norm(SIZE_NORM[self.kind], facts.profile_on(self.organisation, day), day)
		if not norm:
			return []
		settings, special = facts.organisation(self.organisation), "SPE" in facts.roles_of(self.leader)
		overridden = bool(self.override_by and settings.deputy_overrides_size)
		warn_only = lessons.size_only_warns(special, bool(settings.group_size_binds_all), overridden)
		return lessons.group_size(self.kind, children, int(norm.value_min), int(norm.value_max), warn_only)

	def composed_on(self):
		"""Return the day whose norm governs: a group stays as lawful as it was begun, until its children or its day change."""
		before = self.get_doc_before_save()
		first = getdate(self.valid_from)
		same = not before or (children_of(self), first) == (children_of(before), getdate(before.valid_from))
		return first if same else max(first, getdate())


def children_of(group) -> set[str]:
	return {row.learner for row in group.members}
