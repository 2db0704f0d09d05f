"""What the actions of lists call."""

from collections import Counter

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
from ppss_support.regulation.worklist import WHOSE
from ppss_support.reminders import sending
from ppss_support.reminders.sending import Reminder

CASE = "PPSS Support Case"
REMINDED = (CASE, "PPSS Consent", "PPSS Programme", "PPSS Request")


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
	"""Remind whoever each of these documents waits for, once a day: a line at the bell for each, one letter for all."""
	told: Counter[str] = Counter()

	def tell(paper) -> str:
		person, user = waits_for(paper)
		lines = ring(by_hand(paper, user))
		told[user] += lines
		who = facts.full_name("PPSS Specialist", person)
		return _("Reminded: {0}").format(who) if lines else _("{0} was reminded already today").format(who)

	if doctype not in REMINDED:
		raise frappe.PermissionError
	done = rows.each(doctype, names, tell)
	write_letters(told)
	return done


def waits_for(paper) -> tuple[str, str]:
	"""Return the specialist whom a paper waits for, as it stands, with the login. Raises RuleRefused (A151, A153)."""
	field, state = whose(paper)
	if not field:
		answer([Finding.of("A151", Label(state))])
	person = paper.get(field)
	user = person and frappe.db.get_value("PPSS Specialist", {"name": person, "active": 1}, "user")
	if not user:
		answer([Finding.of("A153", Label(paper.meta.get_label(field)))])
	return person, user


def whose(paper) -> tuple[str | None, str]:
	"""Return the field that names whose turn it is, and the state that says so; a case has somebody as long as it is open."""
	if paper.doctype == CASE:
		return ("responsible" if paper.status == "Open" else None), paper.status
	return WHOSE.get((paper.doctype, paper.workflow_state)), paper.workflow_state


def ring(reminder: Reminder) -> int:
	"""Write at the bell what its login was not told today; return how many lines that was."""
	waiting = sending.untold([reminder])
	people = sending.logins(list(waiting))
	for user, person in people.items():
		sending.write_notices(person, waiting[user])
	return len(people)


def write_letters(told: Counter):
	by_mail = sending.writes_letters()
	for user, person in sending.logins([user for user, lines in told.items() if lines]).items():
		if by_mail and person.letters:
			sending.write_letter(person, told[user])


def by_hand(paper, user: str) -> Reminder:
	sender = facts.person_of_user(frappe.session.user).full_name

	def text(lang: str) -> str:
		return _("{0} reminds you: {1} {2} waits for you", lang).format(
			sender, _(paper.doctype, lang), paper.name
		)

	return Reminder("by hand", frozenset({user}), paper.doctype, paper.name, f"{today()} {sender}", text)
