"""Identity numbers stay hidden at every exit, and what was decided is written where nobody rewrites it (KZ92-5.5)."""

import json
import re

import frappe
import pytest

from ppss_support.regulation.identity import check_digit, masked
from ppss_support.tests.guards import check_ok, check_refused, check_warned

pytestmark = pytest.mark.clause("KZ92-5.5")
FIRST = "08050650012"
NUMBER = f"{FIRST}{check_digit(FIRST)}"
REASON = "Салық есебі үшін"
REVEAL = "ppss_support.identity.reveal"


@pytest.fixture(scope="module")
def child(school):
	made = school.child(consent=False)
	frappe.db.commit()
	return made


class TestIdentityNumber:
	def test_entered_and_hidden_at_every_exit(self, school, child, rest):
		deputy, kind = rest(school.users["DEP"]), "PPSS Learner"
		check_ok(deputy.change(kind, child.name, identity_number=NUMBER))
		check_ok(deputy.change(kind, child.name, learning_load_hours=20))
		where = {"doctype": kind, "name": child.name}
		fields = json.dumps(["name", "identity_number", "identity_shown"])
		told = [
			deputy.read(kind, child.name),
			deputy.method("frappe.desk.form.load.getdoc", **where),
			deputy.call(
				"GET", f"/api/resource/{kind}", fields=fields, filters=json.dumps({"name": child.name})
			),
			deputy.call("GET", "/printview", **where, format="Standard"),
			deputy.method(
				"frappe.client.get_value", doctype=kind, filters=child.name, fieldname="identity_number"
			),
		]
		assert told[0].data["identity_shown"] == masked(NUMBER)
		assert [answer.status for answer in told] == [200] * 5
		assert not [answer for answer in told if NUMBER in json.dumps(answer.body)]
		versions = frappe.get_all("Version", {"docname": child.name}, pluck="data")
		assert versions and NUMBER not in "".join(versions)

	def test_shown_on_request_which_is_recorded(self, school, child, rest):
		deputy = rest(school.users["DEP"])
		check_ok(deputy.change("PPSS Learner", child.name, identity_number=NUMBER))
		about = {"doctype": "PPSS Learner", "name": child.name}
		check_refused(deputy.method(REVEAL, **about), "M42")
		answer = deputy.method(REVEAL, **about, reason=REASON)
		check_warned(answer, "A85")
		assert answer.data == NUMBER
		row = frappe.get_last_doc("PPSS Override", {"document": child.name, "kind": "Disclosure"})
		assert (row.user, row.reason, row.rule) == (deputy.user, REASON, "A85")
		assert row.ip_address and row.user_agent

	@pytest.mark.parametrize("term", ["PSY", "CLS", "ACC"])
	def test_not_for_others(self, school, child, rest, term):
		check_ok(rest(school.users["DEP"]).change("PPSS Learner", child.name, identity_number=NUMBER))
		other = rest(school.users[term])
		about = {"doctype": "PPSS Learner", "name": child.name}
		assert other.method(REVEAL, **about, reason=REASON).status == 403
		told = json.dumps(other.read("PPSS Learner", child.name).body.get("data") or {})
		# Made-up names hold digits, too, but never these alone.
		assert not re.search(rf"(?<![0-9a-fA-F]){NUMBER[-4:]}(?![0-9a-fA-F])", told)

	def test_not_by_the_framework(self, child, rest):
		frappe.get_doc("User", "Administrator")
		asked = {"doctype": "PPSS Learner", "name": child.name, "fieldname": "identity_number"}
		assert rest("Administrator").method("frappe.client.get_password", **asked).status == 403

	@pytest.mark.parametrize("given", ["123", NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), "ЖСН"])
	def test_wrong_one_is_refused_without_repeating_it(self, school, child, rest, given):
		answer = rest(school.users["DEP"]).change("PPSS Learner", child.name, identity_number=given)
		check_refused(answer, "A84")
		assert given not in answer.texts[0]


@pytest.fixture(scope="module")
def paper(school):
	made = school.consent(school.child(consent=False))
	frappe.db.commit()
	return made


class TestLog:
	"""Steps taken, warnings and disclosures: written by the program, rewritten by nobody who comes through the app."""

	def lines(self, paper) -> list:
		fields = ["name", "user", "reason", "from_state", "to_state", "ip_address"]
		return frappe.get_all("PPSS Transition", {"parent": paper.name}, fields, order_by="idx")

	def test_tells_from_where(self, school, rest):
		paper = school.consent(school.child(consent=False), "Prepared")
		check_ok(rest(school.users["CLS"]).press(paper.doctype, paper.name, "Register Signature"))
		row = frappe.get_doc("PPSS Transition", {"parent": paper.name})
		assert row.ip_address and "python-requests" in row.user_agent

	@pytest.mark.parametrize("who", ["DEP", "HEAD", "Administrator"])
	def test_is_not_rewritten(self, school, paper, rest, who):
		client, before = rest(school.users.get(who, who)), self.lines(paper)
		name, about = (
			before[0].name,
			{"parent": paper.name, "parenttype": paper.doctype, "parentfield": "history"},
		)
		forged = {"doctype": "PPSS Transition", "from_state": "Prepared", "to_state": "Signed", **about}
		row = {"doctype": "PPSS Transition", "name": name}
		doc = {"doctype": paper.doctype, "name": paper.name, "docname": paper.name, "history": []}
		tries = [
			client.change("PPSS Transition", name, reason="x"),
			client.delete("PPSS Transition", name),
			client.call("POST", "/api/resource/PPSS Transition", forged),
			client.method("frappe.client.set_value", **row, fieldname="reason", value="x"),
			client.method("frappe.client.delete", **row),
			client.method("frappe.client.insert", doc=forged),
			client.method("frappe.client.save", doc={**row, **about, "reason": "x"}),
			client.method(
				"frappe.client.bulk_update", docs=json.dumps([{**row, "docname": name, "reason": "x"}])
			),
			client.method("frappe.client.bulk_update", docs=json.dumps([doc])),
			client.method(
				"frappe.desk.reportview.delete_items", doctype="PPSS Transition", items=f'["{name}"]'
			),
			client.change(paper.doctype, paper.name, history=[]),
			client.change(paper.doctype, paper.name, history=[{**before[0], "reason": "x"}]),
			client.method(
				"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
				doctype="PPSS Transition",
				docnames=f'["{name}"]',
				action="update",
				data=json.dumps({"reason": "x"}),
			),
		]
		frappe.db.rollback()
		assert self.lines(paper) == before, [answer.status for answer in tries]

	def test_own_door_is_refused_by_its_code(self, school, rest):
		"""A paper under way, and a user whose roles may write it: what refuses is the rule, not the framework."""
		paper = school.assessment(school.child(), "Team working")
		name = self.lines(paper)[0].name
		administrator = rest("Administrator")
		check_refused(administrator.change("PPSS Transition", name, reason="x"), "A45")
		check_refused(administrator.delete("PPSS Transition", name), "A45")
