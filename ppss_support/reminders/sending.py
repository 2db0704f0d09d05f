"""Tells each person once: at the bell what it is about, by e-mail only that something waits."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from html import escape

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import get_url

from ppss_support.notices import language_read
from ppss_support.texts import harmless

NOTICE, SETTINGS = "Notification Log", "Notification Settings"
# The bell's own list: it names to its owner what the letter does not.
LIST_OF_NOTICES = "/app/notification-log"


@dataclass(frozen=True)
class Reminder:
	"""A paper that waits for these logins.

	occasion: what makes it the same reminder when it is found again.
	text: gives the line at the bell in a language.
	"""

	kind: str
	users: frozenset[str]
	doctype: str
	name: str
	occasion: str
	text: Callable[[str], str]

	def mark(self, user: str) -> str:
		"""Return what stands for this occasion and person: a column, unique, tells them from all others."""
		parts = "\n".join((self.kind, self.doctype, str(self.name), self.occasion, user))
		return hashlib.sha256(parts.encode()).hexdigest()


def send(reminders: Iterable[Reminder], each_within=nullcontext) -> dict[str, list]:
	"""Tell everybody what they were not told before; return what each login was told.

	each_within: what holds the notices and the letter of one person together, a transaction in the daily job.
	"""
	waiting = untold(reminders)
	people = logins(list(waiting))
	by_mail = writes_letters()
	for user, person in people.items():
		with each_within("PPSS reminders"):
			write_notices(person, waiting[user])
			if by_mail and person.letters:
				write_letter(person, len(waiting[user]))
	return {user: list(waiting[user].values()) for user in people}


def writes_letters() -> bool:
	"""Tell whether the site has an address to write from; where letters are muted, the framework's account has none."""
	account = EmailAccount.find_outgoing()
	return bool(account and account.email_id)


def untold(reminders: Iterable[Reminder]) -> dict[str, dict[str, Reminder]]:
	"""Return by login, and by mark, what the login was not told."""
	marks = {one.mark(user): (user, one) for one in reminders for user in one.users}
	told = frappe.get_all(NOTICE, {"ppss_occasion": ("in", list(marks) or [""])}, pluck="ppss_occasion")
	known, found = set(told), defaultdict(dict)
	for mark, (user, one) in marks.items():
		if mark not in known:
			found[user][mark] = one
	return found


def logins(users: list[str]) -> dict[str, frappe._dict]:
	"""Return name, language, address and the wish for letters of the logins in use."""
	fields = ["name", "language", "email"]
	people = frappe.get_all("User", {"name": ("in", users or [""]), "enabled": 1}, fields)
	wishes = dict(
		frappe.get_all(
			SETTINGS, {"name": ("in", users or [""])}, ["name", "enable_email_notifications"], as_list=True
		)
	)
	for one in people:
		one.language = language_read(one.language)
		one.letters = bool(one.email and wishes.get(one.name, 1))
	return {one.name: one for one in people}


def write_notices(person, notices: dict[str, Reminder]):
	"""Write the lines at the bell as the framework does, without what it asks and sends for each of them."""
	for mark, one in notices.items():
		notice = frappe.new_doc(NOTICE)
		notice.update({"type": "Alert", "for_user": person.name, "ppss_occasion": mark})
		notice.update({"document_type": one.doctype, "document_name": one.name})
		notice.subject = harmless(one.text(person.language))
		notice.set_user_and_timestamp()
		notice.set_new_name()
		notice.db_insert()
	frappe.db.set_value(SETTINGS, {"name": person.name}, "seen", 0, update_modified=False)
	frappe.publish_realtime("notification", after_commit=True, user=person.name)


def write_letter(person, count: int):
	"""Say that something waits and where it is read: no child, no paper, no kind of paper."""
	lang, address = person.language, escape(get_url(LIST_OF_NOTICES))
	lines = [
		_("PPSS Support: what waits for you: {0}.", lang).format(count),
		_("It can be read after logging in:", lang) + f' <a href="{address}">{address}</a>',
		_("This letter names nobody and says nothing about anybody: e-mail is no place for it.", lang),
	]
	frappe.sendmail(
		recipients=[person.email],
		subject=_("PPSS Support: something waits for you", lang),
		message="".join(f"<p>{line}</p>" for line in lines),
		add_unsubscribe_link=0,
	)
