"""Whose parent a login is today: the one question every page, paper and step of a parent begins with.

A parent's role gives no right to any DocType; what the pages show is read past the rights for the children named here.
"""

from dataclasses import dataclass

import frappe
from frappe.utils import getdate

from ppss_support.constants import roles
from ppss_support.regulation import rules

FAMILY = "PPSS Learner Representative"


@dataclass(frozen=True)
class Child:
	"""A child with the record by which this login represents it."""

	name: str
	full_name: str
	school_class: str
	organisation: str
	representative: str


def children_of(user: str) -> list[Child]:
	"""Return the children whose legal representative the user is today, by name (KZ92-11.2).

	None when the role is gone, the child has left, or the representative is of another organisation.
	"""
	if roles.PARENT not in frappe.get_roles(user):
		return []
	return represented_by(user=user)


def child_of(user: str, learner: str) -> Child | None:
	return next((child for child in children_of(user) if child.name == learner), None)


def represented_by(**whose) -> list[Child]:
	"""Return the children here of the representatives with these values, by a lawful relation."""
	person, kin, child = (frappe.qb.DocType(name) for name in ("PPSS Representative", FAMILY, "PPSS Learner"))
	query = (
		frappe.qb.from_(person)
		.join(kin)
		.on((kin.representative == person.name) & (kin.parenttype == "PPSS Learner"))
		.join(child)
		.on((child.name == kin.parent) & (child.organisation == person.organisation))
		.where(child.leaving_date.isnull() | (child.leaving_date >= getdate()))
		.select(child.name, child.full_name, child.school_class, child.organisation)
		.select(person.name.as_("representative"))
		.select(kin.relation, kin.is_legal_representative, kin.authority_document)
		.orderby(child.sort_key, child.name)
	)
	for field, value in whose.items():
		query = query.where(person[field] == value)
	return [child_in(row) for row in query.run(as_dict=True) if is_lawful(row)]


def is_lawful(row) -> bool:
	"""A right that has ended or is limited is taken from the record by its mark: there is no field of its own."""
	legal = bool(row.is_legal_representative)
	return not rules.representative(row.representative, row.relation, legal, row.authority_document)


def child_in(row) -> Child:
	return Child(row.name, row.full_name, row.school_class, row.organisation, row.representative)
