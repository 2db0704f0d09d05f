"""Whoever leaves a case, an assignment, a class or the service loses the same day what was open: papers, files, packs,
rows of the archive, prints and reports, though the session goes on (B.12).
"""

import json
from collections.abc import Callable
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support.archive import freezing
from ppss_support.packs import build
from ppss_support.tests import support
from ppss_support.tests.factories import make
from ppss_support.tests.files import PDF
from ppss_support.tests.guards import check_ok
from ppss_support.tests.world import row

pytestmark = pytest.mark.clause("KZ92-5.5", "KZ92-14.2.6b")
CONSENT, CASE, ENTRY = "PPSS Consent", "PPSS Support Case", "PPSS Archive Entry"
PRINT = "/api/method/frappe.utils.print_format.download_pdf"
YESTERDAY = -1


@pytest.fixture
def child(school):
	"""A supported child: a signed consent, frozen, with a file attached; nobody of the test has to do with it yet."""
	learner = school.add_learner(school_class=make_class(school))
	school.open_case(learner, "CAR")
	consent = school.consent(learner, made_by="DEP")
	about = {"attached_to_doctype": CONSENT, "attached_to_name": consent.name, "is_private": 1}
	content = PDF + frappe.generate_hash().encode()
	file = make("File", file_name=f"{frappe.generate_hash()}.pdf", content=content, **about)
	frappe.db.commit()
	freezing.work_off(CONSENT, consent.name)
	entry = frappe.db.get_value(ENTRY, {"document": consent.name, "event": "Frozen"})
	yield SimpleNamespace(learner=learner, consent=consent.name, file=file.file_url, entry=entry)
	frappe.db.set_value("PPSS Organisation", school.organisation, "withdrawal_ends_access", 0)
	frappe.db.commit()


def make_class(school) -> str:
	values = {"organisation": school.organisation, "school_year": school.year, "level": "L2"}
	return make("PPSS Class", title=frappe.generate_hash(length=4), **values).name


# ---- how one comes in, and how one leaves: each returns the leaving


def as_member(school, key: str, child) -> Callable:
	case = frappe.get_doc(CASE, {"learner": child.learner.name})
	came = {"from_date": add_days(today(), -9), "role": key[:3]}
	case.append("members", {"specialist": school.staff[key], **came})
	case.save()

	def leave():
		case.members[-1].to_date = add_days(today(), YESTERDAY)
		case.save()

	return leave


def as_assistant(school, key: str, child) -> Callable:
	"""The appointment alone gives the right: the assistant is no member of the case."""
	values = support.assignment_values(school, child.learner, assistant=school.staff[key])
	days = {"from_date": add_days(today(), -30), "to_date": today()}
	paper = row(
		"PPSS Assistant Assignment", **{**values, **days, "workflow_state": "Appointed", "docstatus": 1}
	)
	return lambda: frappe.db.set_value(paper.doctype, paper.name, "to_date", add_days(today(), YESTERDAY))


def as_class_teacher(school, key: str, child) -> Callable:
	def put(teacher: str):
		frappe.db.set_value("PPSS Class", child.learner.school_class, "class_teacher", school.staff[teacher])

	put(key)
	return lambda: put("CLS")


def as_member_until_withdrawn(school, key: str, child) -> Callable:
	"""Where the organisation ends the team's access with the consent; the setting is off unless it says so."""
	as_member(school, key, child)

	def leave():
		school.withdraw(frappe.get_doc(CONSENT, child.consent))
		assert child.consent in frappe.get_list(CONSENT, pluck="name", user=school.users[key], limit=0)
		frappe.db.set_value("PPSS Organisation", school.organisation, "withdrawal_ends_access", 1)

	return leave


def as_staff(school, key: str, child) -> Callable:
	def leave():
		person = frappe.get_doc("PPSS Specialist", school.staff[key])
		person.active = 0
		person.save()

	return leave


def as_member_of_staff(school, key: str, child) -> Callable:
	as_member(school, key, child)
	return as_staff(school, key, child)


# ---- what is open


def open_ways(child, pack) -> list[tuple[str, dict]]:
	about = {"doctype": CONSENT, "name": child.consent}
	ways = [
		(f"/api/resource/{CONSENT}/{child.consent}", {}),
		("/api/method/frappe.desk.form.load.getdoc", about),
		(PRINT, {**about, "format": "PPSS Consent Form"}),
		(child.file, {}),
		("/api/method/frappe.handler.download_file", {"file_url": child.file}),
	]
	return ways + ([(f"/api/resource/PPSS Pack/{pack.name}", {}), (pack.file, {})] if pack else [])


def archive_ways(child) -> list[tuple[str, dict]]:
	door = "/api/method/ppss_support.archive.doors.download"
	return [(f"/api/resource/{ENTRY}/{child.entry}", {}), (door, {"entry": child.entry})]


def pack_of(school, key: str, child):
	"""Return a finished pack of the person with the child's consent in it."""
	items = [{"document_type": CONSENT, "document": child.consent}]
	with school.acting(key):
		pack = make("PPSS Pack", organisation=school.organisation, scope="Chosen Documents", items=items)
	frappe.db.commit()
	build.build(pack.name)
	pack.reload()
	return pack


def named_by(client, report: str, child) -> bool:
	given = {"report_name": report, "filters": json.dumps({})}
	answer = client.method("frappe.desk.query_report.run", **given)
	return answer.ok and child.consent in json.dumps(answer.data)


@pytest.mark.parametrize(
	("term", "comes", "report"),
	[
		("SOC", as_member, "PPSS Consent Register"),
		("SPE", as_member_until_withdrawn, "PPSS Consent Register"),
		("AST", as_assistant, "PPSS Consent Register"),
		("PSY", as_member_of_staff, "PPSS Consent Register"),
		("CLS", as_class_teacher, None),
		("ADM", as_staff, "PPSS Archive Inventory"),
		("DEP", as_staff, "PPSS Consent Register"),
	],
)
def test_what_was_open_is_shut_the_same_day(school, rest, child, term, comes, report):
	key = f"{term}{frappe.generate_hash(length=4)}"
	school.add_person(term, key)
	leave, client = comes(school, key, child), rest(school.users[key])
	ways = open_ways(child, pack_of(school, key, child) if term != "AST" else None)
	ways += archive_ways(child) if term in ("ADM", "DEP") else []
	assert [client.call("GET", path, **given).status for path, given in ways] == [200] * len(ways)
	assert not report or named_by(client, report, child)
	leave()
	assert [client.call("GET", path, **given).status for path, given in ways] == [403] * len(ways)
	assert child.consent not in client.names(CONSENT)
	assert not report or not named_by(client, report, child)
	check_ok(rest(school.users["DEP"]).call("GET", child.file))
