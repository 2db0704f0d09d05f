"""How people hear of what waits for them: a note at the bell in the own language, a line on the to-do list."""

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
	subjects = {user: subject_in(lang) for user, lang in languages_of(wanted).items()}
	unread = {"document_type": doctype, "document_name": name, "read": 0, "for_user": ("in", wanted)}
	waiting = set(frappe.get_all("Notification Log", unread, ["for_user", "subject"], as_list=True))
	for user, subject in subjects.items():
		if (user, subject) not in waiting:
			log = {"doctype": "Notification Log", "type": "Alert", "for_user": user, "subject": subject}
			# The bell belongs to the one who is told; the app's own step rings it.
			frappe.get_doc({**log, "document_type": doctype, "document_name": name}).insert(
				ignore_permissions=True
			)


def languages_of(users: list[str]) -> dict[str, str]:
	"""Return the language each of the users reads; nobody hears anything at a login that is closed."""
	own = {"name": ("in", users or [""]), "enabled": 1}
	rows = frappe.get_all("User", own, ["name", "language"], order_by="name", as_list=True)
	return {user: language_read(own) for user, own in rows}


def language_read(own: str | None) -> str:
	"""Return the language of a login, the site's where it has none of its own."""
	return own or frappe.db.get_default("lang") or DEFAULT_LANGUAGE


def day_text(day) -> str:
	return frappe.utils.getdate(day).strftime("%d.%m.%Y")


def assign(users: list[str], paper, text_in: Callable[[str], str], due=None):
	"""Put the paper, once, on the to-do list of each, in the own language; the list itself tells them."""
	about = {"reference_type": paper.doctype, "reference_name": paper.name}
	for user, lang in languages_of(users).items():
		if not frappe.db.exists("ToDo", {**about, "allocated_to": user, "status": "Open"}):
			todo = {"doctype": "ToDo", "allocated_to": user, "description": text_in(lang), "date": due}
			# Nobody has a right to the to-do list of another person; the app's own step writes there.
			frappe.get_doc({**todo, **about, "assigned_by": frappe.session.user}).insert(
				ignore_permissions=True
			)


def close_assignments(paper):
	todos = {"reference_type": paper.doctype, "reference_name": paper.name, "status": "Open"}
	for name in frappe.get_all("ToDo", todos, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Closed"
		# The line stands on another person's list; it is done when the paper's step is.
		todo.save(ignore_permissions=True)
