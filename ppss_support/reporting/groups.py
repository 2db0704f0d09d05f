"""Groups as the rules judge them today: children, impairments and programmes change after a group is made."""

import frappe
from frappe.utils import getdate

from ppss_support import facts, lesson_facts
from ppss_support.ppss_support.doctype.ppss_session_group.ppss_session_group import SIZE_NORM
from ppss_support.regulation import lessons
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.lessons import GroupMember
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame

GROUP = "PPSS Session Group"
FIELDS = ["name", "title", "organisation", "kind", "leader", "leader.full_name as leader_name"]
DECIDED = ["override_by", "valid_from"]

Judged = tuple[frappe._dict, list[GroupMember], list[Finding]]


def judged(frame: Frame, groups: list[frappe._dict]) -> list[Judged]:
	"""Return each group with its children and what the rules find in it today (KZ92-16.1, KZ92-16.2, KZ92-16.3)."""
	fields = ["learner", "learner_name", "programme"]
	tables = reads.rows_of("PPSS Group Member", [group.name for group in groups], fields)
	flat = [(r.learner, r.learner_name, r.programme) for group in groups for r in tables[group.name]]
	members, norms, specials = iter(lesson_facts.group_members(flat)), reads.Norms(), reads.holders_of("SPE")
	found = []
	for group in groups:
		own, day = [next(members) for _row in tables[group.name]], getdate(group.valid_from)
		norm = norms.on(SIZE_NORM[group.kind], facts.profile_on(group.organisation, day), day)
		school, special = frame.schools[group.organisation], group.leader in specials
		found.append((group, own, breaches(group, own, norm, school, special)))
	return found


def breaches(group, members: list[GroupMember], norm, school, special: bool) -> list[Finding]:
	"""Return what is unlawful in a group of a school; `special`: a special pedagogue leads it."""
	found = lessons.group_members(members)
	if norm:
		least, greatest = int(norm.value_min), int(norm.value_max)
		overridden = bool(group.override_by and school.deputy_overrides_size)
		warn_only = lessons.size_only_warns(special, bool(school.group_size_binds_all), overridden)
		found += lessons.group_size(group.kind, len(members), least, greatest, warn_only)
	return found + (lessons.group_sameness(members, bool(group.override_by)) if special else [])
