"""A representative gets one file with what is kept about the child, and nothing about anybody else."""

import json
from io import BytesIO

import frappe
import pytest
from pikepdf import Pdf
from pypdf import PdfReader

from ppss_support import data_requests
from ppss_support.tests import log, support
from ppss_support.tests.factories import make
from ppss_support.tests.files import opened
from ppss_support.tests.guards import check_ok, check_refused, fresh

pytestmark = pytest.mark.clause("KZ92-5.5")
REQUEST = "PPSS Data Request"


def values(school, child, representative: str | None = None) -> dict:
	return {
		"organisation": school.organisation,
		"learner": child.name,
		"representative": representative or child.representatives[0].representative,
		"due_on": frappe.utils.add_days(frappe.utils.today(), 3),
	}


@pytest.fixture(scope="module")
def children(school):
	"""Two children of one lesson and one meeting; of the first there are secrets besides."""
	first, second = support.limited_child(school), support.limited_child(school)
	decided = [
		{
			"kind": "DK9",
			"text": f"{child.full_name} туралы шешім",
			"learner": child.name,
			"responsible": school.staff["PSY"],
		}
		for child in (first, second)
	]
	school.meeting(decisions=tuple(decided))
	entry = log.entry_values(school, "DIAGNOSTICS", learner=first.name)
	with school.acting("PSY"):
		make("PPSS Activity", **{**entry, "result": "Құпия хаттама нәтижесі"})
	frappe.db.commit()
	return first, second


def made(client, school, child, **more):
	answer = client.create(REQUEST, **{**values(school, child), **more})
	check_ok(answer)
	data_requests.make(answer.data["name"])
	return fresh(REQUEST, answer.data["name"])


def test_one_file_to_read_and_for_programs(school, children, rest):
	first, second = children
	deputy = rest(school.users["DEP"])
	request = made(deputy, school, first)
	assert (request.status, request.executor) == ("Ready", school.staff["DEP"])
	content = frappe.get_doc("File", {"file_url": request.file}).get_content()
	text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
	with Pdf.open(BytesIO(content)) as pdf:
		data = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
	both = text + json.dumps(data, ensure_ascii=False)
	assert {"PPSS Learner", "PPSS Consent", "PPSS Needs Assessment", "decisions"} <= {
		one["kind"] for one in data["records"]
	}
	assert f"{first.full_name} туралы шешім" in json.dumps(data, ensure_ascii=False)
	assert second.full_name not in both and second.name not in both
	assert "Құпия хаттама" not in both


def test_only_leaders_see_it(school, children, rest):
	request = made(rest(school.users["DEP"]), school, children[0])
	for term in ("PSY", "CLS", "ADM"):
		client = rest(school.users[term])
		assert client.read(REQUEST, request.name).status == 403
		assert opened(client, request.file)[0] == 403
		assert client.create(REQUEST, **values(school, children[0])).status == 403
	assert opened(rest(school.users["HEAD"]), request.file)[0] == 200


def test_only_for_the_own_child(school, children, rest):
	deputy, (first, second) = rest(school.users["DEP"]), children
	stranger = second.representatives[0].representative
	check_refused(deputy.create(REQUEST, **values(school, first, stranger)), "M69")


def test_stays_as_it_was_asked(school, children, rest):
	deputy = rest(school.users["DEP"])
	request = made(deputy, school, children[0])
	check_ok(deputy.change(REQUEST, request.name, given_on=frappe.utils.today(), given_to="Анасы"))
	assert deputy.change(REQUEST, request.name, learner=children[1].name).status >= 400
	assert deputy.delete(REQUEST, request.name).status == 403
	check_refused(deputy.create(REQUEST, **{**values(school, children[0]), "due_on": None}), "A21")


@pytest.mark.clause("KZ92-11.1")
def test_withdrawal_ends_access_where_the_organisation_says_so(school, rest):
	child = school.child()
	consent = frappe.get_doc("PPSS Consent", {"learner": child.name})
	school.withdraw(consent)
	psychologist, teacher = rest(school.users["PSY"]), rest(school.users["CLS"])
	assert psychologist.read("PPSS Consent", consent.name).ok
	frappe.db.set_value("PPSS Organisation", school.organisation, "withdrawal_ends_access", 1)
	assert psychologist.read("PPSS Consent", consent.name).status == 403
	assert consent.name not in psychologist.names("PPSS Consent")
	assert teacher.read("PPSS Consent", consent.name).ok
	school.consent(child, made_by="DEP")
	assert psychologist.read("PPSS Consent", consent.name).ok
	frappe.db.set_value("PPSS Organisation", school.organisation, "withdrawal_ends_access", 0)
