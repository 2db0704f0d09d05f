"""What the actions of lists call."""

import frappe
from frappe import _
from frappe.model import workflow as framework
from frappe.utils import getdate, today

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.bulk import rows
from ppss_support.bulk.handing_over import hand_over
from ppss_support.controllers.steps import apply_workflow
from ppss_support.exits import OURS
from ppss_support.regulation.finding import Finding, Label
from ppss_support.reminders.sending import Reminder, send

CASE = "PPSS Support Case"
# Whom a paper waits for, by the field that names the specialist.
REMINDED = {
	CASE: "responsible",
	"PPSS Consent": "prepared_by",
	"PPSS Programme": "author",
	"PPSS Request": "to_person",
}


@frappe.whitelist(methods=["POST"])
def take_steps(docnames: str | list, doctype: str, action: str) -> list[dict] | None:
	"""Take the same step with each document, as its own button would; the framework's action of lists leads here."""
	if not doctype.startswith(OURS):
		return framework.bulk_workflow_approval(docnames, doctype, action)

	def step(paper) -> str:
		return _(apply_workflow(paper.as_dict(), action).workflow_state)

	return rows.each(doctype, docnames, step)


@frappe.whitelist(methods=["POST"])
def reassign(names: str | list, leaving: str, taking: str, first_day: str) -> list[dict]:
	"""Give the cases one specialist works on to another from a day on; see `handing_over`."""
	return rows.each(CASE, names, lambda case: hand_over(case, leaving, taking, getdate(first_day)))


@frappe.whitelist(methods=["POST"])
def remind(doctype: str, names: str | list) -> list[dict]:
	"""Remind whoever each of these documents waits for, once a day."""

	def tell(paper) -> str:
		person = paper.get(REMINDED[doctype])
		user = person and frappe.db.get_value("PPSS Specialist", {"name": person, "active": 1}, "user")
		if not user:
			answer([Finding.of("A19", Label(paper.meta.get_label(REMINDED[doctype])))])
		told = send([by_hand(paper, user)])
		who = facts.full_name("PPSS Specialist", person)
		return _("Reminded: {0}").format(who) if told else _("{0} was reminded already today").format(who)

	if doctype not in REMINDED:
		raise frappe.PermissionError
	return rows.each(doctype, names, tell)


def by_hand(paper, user: str) -> Reminder:
	sender = facts.person_of_user(frappe.session.user).full_name

	def text(lang: str) -> str:
		return _("{0} reminds you: {1} {2} waits for you", lang).format(
			sender, _(paper.doctype, lang), paper.name
		)

	return Reminder("by hand", frozenset({user}), paper.doctype, paper.name, f"{today()} {sender}", text)
