"""Notices to people inside the site, each in the reader's own language."""

from collections.abc import Callable, Iterable

import frappe

DEFAULT_LANGUAGE = "kk"


def tell(users: Iterable[str], doctype: str, name: str, subject_in: Callable[[str], str]):
	"""Put a notice on the bell of each user; `subject_in` gives its text in a language.

	A notice nobody has read yet is not repeated.
	"""
	wanted = sorted(set(users))
	if not wanted:
		return
	languages = dict(
		frappe.get_all("User", {"name": ("in", wanted), "enabled": 1}, ["name", "language"], as_list=True)
	)
	subjects = {user: subject_in(lang or DEFAULT_LANGUAGE) for user, lang in languages.items()}
	unread = {"document_type": doctype, "document_name": name, "read": 0, "for_user": ("in", wanted)}
	waiting = set(frappe.get_all("Notification Log", unread, ["for_user", "subject"], as_list=True))
	for user, subject in subjects.items():
		if (user, subject) not in waiting:
			log = {"doctype": "Notification Log", "type": "Alert", "for_user": user, "subject": subject}
			frappe.get_doc({**log, "document_type": doctype, "document_name": name}).insert(
				ignore_permissions=True
			)


def day_text(day) -> str:
	return frappe.utils.getdate(day).strftime("%d.%m.%Y")
