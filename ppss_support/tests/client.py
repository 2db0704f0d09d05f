"""A person at the other end of the wire: logs in with a password and calls the site as the desk does."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import requests

TIMEOUT = 60


@dataclass(frozen=True)
class Answer:
	"""What the site answered to one call."""

	status: int
	body: dict

	@property
	def ok(self) -> bool:
		return 200 <= self.status < 300

	@property
	def codes(self) -> set[str]:
		"""Codes of the rules that refused."""
		return set(self.body.get("ppss_codes") or [])

	@property
	def data(self):
		return self.body.get("data", self.body.get("message"))

	@property
	def texts(self) -> list[str]:
		"""What the user is shown."""
		shown = []
		for entry in json.loads(self.body.get("_server_messages") or "[]"):
			message = json.loads(entry)["message"]
			shown += message if isinstance(message, list) else [message]
		return shown


class Client:
	"""One logged-in user. `before_call` runs before each call: there the test commits what the site is to see."""

	def __init__(self, url: str, site: str, user: str, password: str, before_call: Callable):
		self.url = url
		self.user = user
		self.before_call = before_call
		self.http = requests.Session()
		self.http.headers.update({"X-Frappe-Site-Name": site, "Accept": "application/json"})
		answer = self.call("POST", "/api/method/login", {"usr": user, "pwd": password})
		assert answer.ok, answer

	def call(self, verb: str, path: str, data: dict | None = None, **params) -> Answer:
		self.before_call()
		reply = self.http.request(verb, self.url + path, json=data, params=params, timeout=TIMEOUT)
		try:
			body = reply.json()
		except ValueError:
			body = {"text": reply.text}
		return Answer(reply.status_code, body)

	def bytes(self, path: str, **params) -> bytes:
		"""Fetch a file; the site must give it."""
		self.before_call()
		reply = self.http.get(self.url + path, params=params, timeout=TIMEOUT)
		assert reply.ok, reply.text
		return reply.content

	def method(self, path: str, /, **data) -> Answer:
		return self.call("POST", f"/api/method/{path}", data)

	# ---- documents

	def press(self, doctype: str, name: str, action: str, reason: str | None = None) -> Answer:
		"""Press a button of the workflow."""
		doc = {"doctype": doctype, "name": name, "transition_reason": reason}
		return self.method("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def buttons(self, doctype: str, name: str) -> set[str]:
		"""Return the buttons the user sees on a paper."""
		doc = self.read(doctype, name).data
		rows = self.method("frappe.model.workflow.get_transitions", doc=doc).data
		return {row["action"] for row in rows}

	def read(self, doctype: str, name: str) -> Answer:
		return self.call("GET", f"/api/resource/{doctype}/{name}")

	def names(self, doctype: str, **filters) -> set[str]:
		"""Return the documents a list shows to the user; a refused list shows none."""
		answer = self.call(
			"GET", f"/api/resource/{doctype}", filters=json.dumps(filters), limit_page_length=0
		)
		return {row["name"] for row in answer.data} if answer.ok else set()

	def create(self, doctype: str, **values) -> Answer:
		return self.call("POST", f"/api/resource/{doctype}", values)

	def change(self, doctype: str, name: str, **values) -> Answer:
		return self.call("PUT", f"/api/resource/{doctype}/{name}", values)

	def delete(self, doctype: str, name: str) -> Answer:
		return self.call("DELETE", f"/api/resource/{doctype}/{name}")
