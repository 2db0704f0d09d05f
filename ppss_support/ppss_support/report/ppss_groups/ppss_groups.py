"""RP5: groups and what is unlawful in them today (KZ92-16.1, KZ92-16.2, KZ92-16.3, KZ92-17.3)."""

import frappe
from frappe import _

from ppss_support.answers import text_of
from ppss_support.names import sort_key
from ppss_support.regulation.finding import Finding
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening
from ppss_support.reporting.groups import DECIDED, FIELDS, GROUP, judged


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("title", _("Group"), GROUP, 240),
		column("kind", _("Kind"), width=150),
		column("children", _("Children"), "Int", 100),
		column("impairments", _("Impairments"), width=200),
		column("age_group", _("Age"), width=110),
		column("leader", _("Leader"), width=200),
		column("breach", _("Breach"), width=520),
	]


def rows(frame: Frame) -> list[dict]:
	labels = reads.term_labels("Session Form", "Impairment")
	found = [
		row_of(group, members, breaches, labels)
		for group, members, breaches in judged(frame, readable(frame))
		if frame.keeps(specialist=group.leader)
	]
	return [row for row in found if row["breach"] or not frame.chosen.only_breaches]


def readable(frame: Frame) -> list[frappe._dict]:
	"""Return the active groups the reader may see."""
	wanted = {**frame.this_year, "active": 1}
	groups = frappe.get_list(GROUP, wanted, [*FIELDS, *DECIDED], limit=0)
	return sorted(groups, key=lambda group: sort_key(group.title))


def row_of(group, members: list, breaches: list[Finding], labels: dict[str, str]) -> dict:
	impairments = set().union(*(m.impairments for m in members))
	return {
		"name": group.name,
		"title": group.title,
		"kind": labels.get(group.kind, group.kind),
		"children": len(members),
		"impairments": ", ".join(sorted((labels.get(code, code) for code in impairments), key=sort_key)),
		"age_group": label_of(members[0].age_group) if members else "",
		"leader": group.leader_name,
		"breach": "; ".join(text_of(finding) for finding in breaches),
		"late": any(not finding.warning for finding in breaches),
	}
