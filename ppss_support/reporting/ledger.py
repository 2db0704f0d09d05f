"""The papers of a school year, each kind read once and shared by all who ask."""

from collections import defaultdict
from functools import cached_property

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.names import sort_key
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame

# What no longer stands: a paper in such a state counts as not there.
GONE = (
	states.REFUSED,
	states.WITHDRAWN,
	states.EXPIRED,
	states.SUPERSEDED,
	states.CLOSED_WITHOUT_NEED,
	states.DISCONTINUED,
	states.DECLINED,
	states.ENDED,
	states.NOT_HELD,
	states.CANCELLED,
)


class Ledger:
	"""Reads on first use; what is asked twice is read once."""

	def __init__(self, frame: Frame):
		self.frame = frame

	@cached_property
	def pupils(self) -> dict[str, frappe._dict]:
		return reads.present(reads.children(self.frame), self.frame)

	@cached_property
	def staff(self) -> dict[str, frappe._dict]:
		return reads.staff(self.frame)

	@cached_property
	def norms(self) -> reads.Norms:
		return reads.Norms()

	@cached_property
	def members(self) -> list[frappe._dict]:
		return members_in_force(self.frame)

	@cached_property
	def cases(self) -> list[frappe._dict]:
		"""Open cases of the year of children who are here."""
		fields = ["name", "learner", "responsible", "opened_on", "organisation"]
		rows = frappe.get_all("PPSS Support Case", {**self.frame.this_year, "status": "Open"}, fields)
		return sorted(
			(r for r in rows if r.learner in self.pupils), key=lambda r: sort_key(self.name_of(r.learner))
		)

	@cached_property
	def consents(self) -> list[frappe._dict]:
		return self.papers("PPSS Consent", "prepared_by", "creation")

	@cached_property
	def signed(self) -> dict[str, list]:
		"""Signed consents of each learner, ended ones included, as the rules want them."""
		return facts.consents_by_learner(list(self.pupils))

	@cached_property
	def assessments(self) -> list[frappe._dict]:
		return self.papers("PPSS Needs Assessment", "start_date", "creation", "pmpc")

	@cached_property
	def categories(self) -> dict[str, set[str]]:
		"""Categories of each learner, those of an assessment not yet concluded included."""
		tables = reads.rows_of(
			"PPSS Term Item", [one.name for one in self.assessments], ["term"], parentfield="categories"
		)
		found = defaultdict(set)
		for one in self.assessments:
			found[one.learner].update(row.term for row in tables[one.name])
		return found

	@cached_property
	def pmpc(self) -> list[frappe._dict]:
		return self.papers("PPSS PMPC Recommendation", "date", "creation")

	@cached_property
	def listed(self) -> dict[str, frappe._dict]:
		"""Row of each learner on the approved list, or on the one that is being written."""
		return reads.listed(self.frame, states.DRAFT, states.RETURNED, states.WITH_HEAD, states.APPROVED)

	@cached_property
	def programmes(self) -> list[frappe._dict]:
		fields = ("kind", "author", "period_from", "period_to", "review_date", "modified")
		return self.papers("PPSS Programme", *fields, school_year=self.frame.year)

	@cached_property
	def assignments(self) -> list[frappe._dict]:
		fields = ("assistant", "from_date", "to_date", "pmpc_further_need")
		return self.papers("PPSS Assistant Assignment", *fields, school_year=self.frame.year)

	def papers(self, doctype: str, *fields: str, **filters) -> list[frappe._dict]:
		"""Return the papers of the children that stand, the newest last."""
		stand = {**self.frame.here, "docstatus": ("<", 2), "workflow_state": ("not in", GONE), **filters}
		common = ["name", "learner", "workflow_state", "docstatus"]
		rows = frappe.get_all(doctype, stand, [*common, *fields], order_by="creation")
		return [row for row in rows if row.learner in self.pupils]

	def name_of(self, learner: str) -> str:
		return self.pupils[learner].full_name

	def has_consent(self, learner: str) -> bool:
		"""Tell whether a consent of the learner holds today."""
		today = getdate()
		return any(
			one.signed_on <= today and (one.ended_on is None or one.ended_on > today)
			for one in self.signed.get(learner, ())
		)


def members_in_force(frame: Frame) -> list[frappe._dict]:
	"""Return the members of the orders in force, each with the acknowledgement of ethics under this order (KZ92-5)."""
	in_force = {**frame.here, "workflow_state": states.IN_FORCE, "docstatus": 1}
	orders = {o.name: o for o in frappe.get_all("PPSS Support Order", in_force, ["name", "in_force_from"])}
	fields = ["parent", "specialist", "full_name", "acknowledged_on"]
	members = frappe.get_all(
		"PPSS Order Member", {"parent": ("in", list(orders))}, fields, order_by="parent, idx"
	)
	signed = {"service_order": ("in", list(orders)), "signed": 1}
	known = {
		(row.service_order, row.specialist): row.name
		for row in frappe.get_all(
			"PPSS Ethics Acknowledgement", signed, ["name", "service_order", "specialist"]
		)
	}
	for row in members:
		row.since = orders[row.parent].in_force_from
		row.acknowledgement = known.get((row.parent, row.specialist))
	return members
