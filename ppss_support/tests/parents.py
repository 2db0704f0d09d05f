"""A family with a login on the parents' page, and the page as its browser asks for it."""

import frappe
import requests

from ppss_support.constants import roles
from ppss_support.tests.client import TIMEOUT, Client
from ppss_support.tests.factories import School, make_login


def give_login(representative: str, email: str | None = None) -> str:
	"""Link a login to a representative as the button does, past the mail; return it."""
	email = email or f"parent.{frappe.generate_hash(length=8)}@example.com"
	if not frappe.db.exists("User", email):
		make_login(email, roles.PARENT)
		frappe.db.set_value("User", email, {"user_type": "Website User", "language": "kk"})
	frappe.db.set_value("PPSS Representative", representative, "user", email)
	return email


def add_role(user: str):
	"""Give the role of parents to a login there is; saving one empties every cache of the site."""
	row = {"parent": user, "parenttype": "User", "parentfield": "roles", "role": roles.PARENT}
	frappe.get_doc({"doctype": "Has Role", **row}).db_insert()
	frappe.clear_cache(user=user)


def parent_of(learner) -> str:
	return give_login(learner.representatives[0].representative)


def signed_consent(learner) -> str:
	own = {"learner": learner.name, "workflow_state": "Signed"}
	return frappe.db.get_value("PPSS Consent", own)


class Visitor:
	"""The browser of a parent: asks for pages and sends forms, with the token the last page carried."""

	def __init__(self, client: Client):
		self.client, self.http = client, client.http

	def get(self, path: str = "/parents") -> requests.Response:
		self.client.before_call()
		return self.http.get(self.client.url + path, timeout=TIMEOUT, allow_redirects=False)

	def send(self, path: str, from_page: str = "/parents", **form) -> requests.Response:
		"""Send a form as the page it stands on would."""
		data = {"csrf_token": self.token(from_page), **form}
		return self.http.post(self.client.url + path, data=data, timeout=TIMEOUT, allow_redirects=False)

	def token(self, page: str = "/parents") -> str:
		return self.get(page).text.partition('name="csrf_token" value="')[2].partition('"')[0]

	def withdraw(self, learner: str, consent: str, **form) -> requests.Response:
		address = f"/parents/{learner}/consent/{consent}/withdraw"
		return self.send(address, **form)


def supported_family(school: School):
	"""Return a child with a running programme and a lesson to come, whose parent has a login."""
	learner = school.make_listed_child()
	programme = school.programme(learner, "In implementation")
	return learner, programme, parent_of(learner)
