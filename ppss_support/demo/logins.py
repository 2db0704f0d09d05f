"""Logins of the demo: one is handed out for each role, the rest sign in nowhere and have no password."""

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings
from frappe.utils.password import update_password

from ppss_support.demo.staff import HANDED_OUT, Person


def add(person: Person):
	"""Add a user as it would stand in the table: saving one empties every cache, which costs a second each."""
	if not person.email or frappe.db.exists("User", person.email):
		return
	user = frappe.new_doc("User")
	user.update(
		{
			"name": person.email,
			"email": person.email,
			"username": person.email.partition("@")[0],
			"first_name": person.name.given_name,
			"last_name": person.name.surname,
			"language": person.language,
			"time_zone": "Asia/Almaty",
			"user_type": "System User",
			"enabled": 1,
			"roles": [{"role": person.role}],
		}
	)
	user.set_full_name()
	user.set_parent_in_children()
	for row in (user, *user.roles):
		row.db_insert()
	user.share_with_self()
	# The Desk opens for nobody without these.
	create_notification_settings(person.email)


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
