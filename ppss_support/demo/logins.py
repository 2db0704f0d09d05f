"""Logins of the demo: one is handed out for each role, the rest sign in nowhere and have no password."""

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings
from frappe.utils.password import update_password

from ppss_support.demo.staff import HANDED_OUT, Person


def add(person: Person):
	"""Add a user as it would stand in the table: saving one empties every cache, which costs a second each."""
	if not person.email or frappe.db.exists("User", person.email):
		return
	names = {"first_name": person.name.given_name, "last_name": person.name.surname}
	write(person.email, person.role, "System User", language=person.language, **names)
	# The Desk opens for nobody without these.
	create_notification_settings(person.email)


def write(email: str, role: str, kind: str, **values):
	user = frappe.new_doc("User")
	user.update({"name": email, "email": email, "username": email.partition("@")[0], "enabled": 1})
	user.update({"time_zone": "Asia/Almaty", "user_type": kind, "roles": [{"role": role}], **values})
	user.set_full_name()
	user.set_parent_in_children()
	for row in (user, *user.roles):
		row.db_insert()
	user.share_with_self()


def hand_out(people: dict[str, Person], password: str) -> list[dict]:
	"""Set the password of each login that is handed out and return them in the order of the roles."""
	logins = []
	for key in HANDED_OUT:
		person = people[key]
		update_password(person.email, password)
		logins.append(
			{"role": person.role, "user": person.email, "password": password, "name": str(person.name)}
		)
	return logins
