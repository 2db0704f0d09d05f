"""Logins of the demo: those handed out have a password, the rest sign in nowhere."""

from collections.abc import Iterable

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings
from frappe.utils.password import update_password

from ppss_support.demo.staff import Person


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
	user.update({"name": email, "email": email, "username": email, "enabled": 1})
	user.update({"time_zone": "Asia/Almaty", "user_type": kind, "roles": [{"role": role}], **values})
	user.set_full_name()
	user.set_parent_in_children()
	for row in (user, *user.roles):
		row.db_insert()
	user.share_with_self()


def hand_out(organisation: str, people: Iterable, password: str) -> list[dict]:
	"""Set the password of each of these people of a school and return their logins in this order."""
	logins = []
	for person in people:
		update_password(person.email, password)
		login = {"role": person.role, "user": person.email, "password": password, "name": str(person.name)}
		logins.append({**login, "organisation": organisation})
	return logins
