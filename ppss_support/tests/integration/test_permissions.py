"""B.12 beyond the table of access: fields, parts of an assessment, the days of a membership, staff records."""

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import facts
from ppss_support.packs import build
from ppss_support.tests import support
from ppss_support.tests.factories import ROLE_TERMS, SCAN, School, make, take
from ppss_support.tests.files import PDF
from ppss_support.tests.guards import check_ok
from ppss_support.tests.world import make_world


@pytest.fixture(scope="module")
def world(connected):
	connected.db.rollback()
	made = make_world()
	connected.db.commit()
	return made


@pytest.mark.parametrize("doctype", ["PPSS Norm", "PPSS Regulation Profile", "PPSS Term"])
def test_regulation_is_read_by_all(world, rest, doctype):
	one = frappe.db.get_value(doctype, {})
	for key in ROLE_TERMS:
		client = rest(world.school.users[key])
		assert client.read(doctype, one).ok
		assert not client.change(doctype, one, note="х").ok


# ---- parts of an assessment


def test_part_is_read_by_author_leader_and_leaders_of_the_school(world, rest):
	about = {"assessment": world.near["PPSS Needs Assessment"]}
	parts = dict(frappe.get_all("PPSS Assessment Part", about, ["part", "name"], as_list=True))
	own, led = parts["Pedagogical"], set(parts.values())
	expected = {"HEAD": led, "DEP": led, "PSY": led, "CLS2": {own}}
	for key in (*ROLE_TERMS, "CLS2", "PSY2"):
		client = rest(world.school.users[key])
		seen = expected.get(key, set())
		assert client.names("PPSS Assessment Part", **about) == seen, key
		assert {name for name in led if client.read("PPSS Assessment Part", name).ok} == seen, key


# ---- fields


def test_registrar_reads_no_psychological_content_of_a_referral(world, rest):
	registrar, name = rest(world.school.users["ADM"]), world.near["PPSS Referral"]
	seen = registrar.read("PPSS Referral", name).data
	assert {"centre", "learner", "school_year"} <= set(seen)
	for field in ("reason", "support_given", "questions", "answer_text", "result_text", "recommendations"):
		assert not seen.get(field), field
	assert rest(world.school.users["PSY"]).read("PPSS Referral", name).data["reason"]
	assert rest(world.school.users["HEAD"]).read("PPSS Referral", name).data["reason"]


@pytest.mark.parametrize("method", ["frappe.client.get_list", "frappe.desk.reportview.get_list"])
def test_registrar_lists_no_psychological_content(world, rest, method):
	given = {
		"doctype": "PPSS Referral",
		"fields": ["name", "reason"],
		"filters": {"name": world.near["PPSS Referral"]},
	}
	answer = rest(world.school.users["ADM"]).method(method, **given)
	assert "Терең қолдау" not in str(answer.body)
	answer = rest(world.school.users["PSY"]).method(method, **given)
	assert "Терең қолдау" in str(answer.body)


def test_registrar_reads_no_decision_of_a_meeting(world, rest):
	name = world.common["PPSS Meeting"]
	seen = rest(world.school.users["ADM"]).read("PPSS Meeting", name).data
	assert seen["agenda"]
	assert not seen.get("decisions")
	assert rest(world.school.users["CAR"]).read("PPSS Meeting", name).data["decisions"]


def test_registrar_does_not_write_psychological_content(world, rest):
	name = world.near["PPSS Referral"]
	rest(world.school.users["ADM"]).change("PPSS Referral", name, reason="Өзгерді", number="17")
	frappe.db.rollback()
	assert frappe.db.get_value("PPSS Referral", name, "reason") == "Терең қолдау қажет"


# ---- other exits


@pytest.mark.parametrize(
	"doctype", ["PPSS Consent", "PPSS Needs Assessment", "PPSS Programme", "PPSS Referral"]
)
def test_paper_of_another_case_leaves_by_no_exit(world, rest, doctype):
	client, name = rest(world.school.users["PSY"]), world.far[doctype]
	where = {"doctype": doctype, "name": name}
	refused = [
		client.method("frappe.client.get", **where),
		client.method("frappe.desk.form.load.getdoc", **where),
		client.method("frappe.desk.form.load.get_docinfo", **where),
		client.method(
			"frappe.client.get_value", doctype=doctype, filters={"name": name}, fieldname="learner"
		),
		client.call("GET", "/printview", **where),
		client.call("GET", "/api/method/frappe.utils.print_format.download_pdf", **where),
	]
	for answer in refused:
		assert not answer.ok or not answer.data, answer
	for method in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
		answer = client.method(method, doctype=doctype, filters=[[doctype, "name", "=", name]])
		assert answer.data == 0, (method, answer)
	mine = client.method("frappe.client.get_count", doctype=doctype, filters={"name": world.near[doctype]})
	assert mine.data == 1


@pytest.mark.parametrize(
	"doctype", ["PPSS Learner", "PPSS Consent", "PPSS Needs Assessment", "PPSS Programme"]
)
def test_name_of_a_child_is_not_told_by_a_link(world, rest, doctype):
	method, child = "frappe.desk.search.get_link_title", world.far["PPSS Learner"]
	full_name = frappe.db.get_value("PPSS Learner", child, "full_name")
	given = {"doctype": doctype, "docname": world.far[doctype]}
	for key in ("ACC", "TCH", "CLS", "AST"):
		assert full_name not in str(rest(world.school.users[key]).method(method, **given).body), key
	assert rest(world.school.users["DEP"]).method(method, **given).data == full_name


def test_paper_is_not_begun_about_a_child_of_another_case(world, rest):
	school, child = world.school, frappe.get_doc("PPSS Learner", world.far["PPSS Learner"])
	sent = {
		"PPSS Consent": ("CLS", school.consent_values(child)),
		"PPSS PMPC Recommendation": ("SPE", school.pmpc_values(child)),
		"PPSS Needs Assessment": ("PSY", school.assessment_values(child)),
		"PPSS Programme": ("PSY", school.programme_values(child)),
		"PPSS Referral": ("PSY", school.referral_values(child)),
	}
	for doctype, (key, values) in sent.items():
		assert rest(school.users[key]).create(doctype, **values).status == 403, doctype


def test_child_of_another_case_is_not_found_by_searching(world, rest):
	"""Specialists choose among all learners; who only helps in a case finds the own children."""
	title = frappe.db.get_value("PPSS Learner", world.far["PPSS Learner"], "given_name")
	for key, expected in (
		("PSY", True),
		("ADM", True),
		("TCH", False),
		("CLS", False),
		("AST", False),
		("ACC", False),
	):
		answer = rest(world.school.users[key]).method(
			"frappe.desk.search.search_link", doctype="PPSS Learner", txt=title
		)
		assert (world.far["PPSS Learner"] in str(answer.body)) == expected, key


def test_class_teacher_sees_the_children_of_the_own_class(world, rest):
	own, other = world.near["PPSS Learner"], world.far["PPSS Learner"]
	for key, seen in (("CLS", own), ("CLS2", other)):
		assert rest(world.school.users[key]).names("PPSS Learner") & {own, other} == {seen}
	assert rest(world.school.users["CLS2"]).names("PPSS Consent") == {world.far["PPSS Consent"]}


def test_scan_of_a_consent_is_for_those_who_read_the_consent(world, rest):
	paper = {"attached_to_doctype": "PPSS Consent", "attached_to_name": world.far["PPSS Consent"]}
	sent = {"file_name": f"{frappe.generate_hash()}.pdf", "content": PDF + frappe.generate_hash().encode()}
	file = make("File", **sent, is_private=1, attached_to_field="signed_paper", **paper)
	assert file.file_url != SCAN
	for key, allowed in (
		("DEP", True),
		("ADM", True),
		("PSY2", True),
		("PSY", False),
		("TCH", False),
		("ACC", False),
	):
		assert rest(world.school.users[key]).call("GET", file.file_url).ok == allowed, key


# ---- from staff record to rights


def test_staff_record_gives_and_takes_the_roles_of_the_login(site):
	school = School()
	user, staff = school.users["SOC"], frappe.get_doc("PPSS Specialist", school.staff["SOC"])
	staff.set("roles", [{"term": "SOC"}, {"term": "CAR"}])
	staff.save()
	assert {"PPSS Social Pedagogue", "PPSS Career Guide"} <= set(frappe.get_roles(user))
	staff.active = 0
	staff.save()
	assert not [role for role in frappe.get_roles(user) if role.startswith("PPSS")]


def test_staff_of_a_school_is_kept_to_it(site):
	school, other = School(), School()
	kept = {"user": school.users["PSY"], "allow": "PPSS Organisation"}
	assert frappe.get_all("User Permission", kept, pluck="for_value") == [school.organisation]
	staff = frappe.get_doc("PPSS Specialist", school.staff["PSY"])
	staff.organisation = other.organisation
	staff.save()
	assert frappe.get_all("User Permission", kept, pluck="for_value") == [other.organisation]


def test_new_member_of_a_case_reads_its_papers(world, rest, site):
	school = world.school
	name = world.far["PPSS Consent"]
	assert not rest(school.users["SOC"]).read("PPSS Consent", name).ok
	case = frappe.get_doc("PPSS Support Case", world.far["PPSS Support Case"])
	case.append("members", {"specialist": school.staff["SOC"], "role": "SOC"})
	case.save()
	check_ok(rest(school.users["SOC"]).read("PPSS Consent", name))
	case.members.pop()
	case.save()
	assert not rest(school.users["SOC"]).read("PPSS Consent", name).ok


# ---- days of a membership


def reads_consent(world, rest, key: str) -> bool:
	"""Tell whether the person reads the consent of the child outside, in the list and by its name alike."""
	client, name = rest(world.school.users[key]), world.far["PPSS Consent"]
	listed, opened = name in client.names("PPSS Consent"), client.read("PPSS Consent", name).ok
	assert listed == opened
	return opened


@pytest.mark.parametrize(
	("first", "last", "reads"),
	[(-5, None, True), (0, 0, True), (1, None, False), (-5, -1, False), (-5, 0, True)],
)
@pytest.mark.clause("KZ92-5.5")
def test_member_reads_from_the_first_to_the_last_day(world, rest, first, last, reads):
	key = f"CAR{frappe.generate_hash(length=4)}"
	world.school.add_person("CAR", key)
	case = frappe.get_doc("PPSS Support Case", world.far["PPSS Support Case"])
	last_day = last if last is None else add_days(today(), last)
	member = {"specialist": world.school.staff[key], "role": "CAR"}
	case.append("members", {**member, "from_date": add_days(today(), first), "to_date": last_day})
	case.save()
	assert reads_consent(world, rest, key) == reads


def test_membership_does_not_end_before_it_begins(world, rest):
	case = {"doctype": "PPSS Support Case", "name": world.far["PPSS Support Case"]}
	row = {"specialist": world.school.staff["CAR"], "role": "CAR"}
	days = {"from_date": today(), "to_date": add_days(today(), -1)}
	answer = rest(world.school.users["DEP"]).change(**case, members=[{**row, **days}])
	assert answer.codes == {"A05"}


@pytest.mark.clause("KZ92-14.2.6b")
def test_assistant_reads_while_appointed(world, rest):
	school = world.school
	key = "AST9"
	school.add_person("AST", key)
	child = support.limited_child(school)
	case = facts.case_of(child.name, school.year)
	client = rest(school.users[key])
	assert not client.read("PPSS Support Case", case).ok
	paper = support.assignment(school, child, "Appointed", assistant=school.staff[key])
	frappe.db.set_value(paper.doctype, paper.name, "from_date", add_days(today(), -3))
	assert client.read("PPSS Support Case", case).ok
	frappe.db.set_value(paper.doctype, paper.name, "to_date", add_days(today(), -1))
	assert not client.read("PPSS Support Case", case).ok


@pytest.mark.clause("KZ92-14.2.6b")
def test_assistant_put_on_a_case_by_hand_stays_for_the_quarter(world):
	case = frappe.get_doc("PPSS Support Case", world.near["PPSS Support Case"])
	rows = {row.role: row for row in case.members}
	assert str(rows["AST"].to_date) == str(support.quarter(world.school)[2])
	assert rows["SOC"].to_date is None


def test_end_of_an_appointment_ends_the_membership(world, rest):
	school = world.school
	child = support.limited_child(school)
	case = facts.case_of(child.name, school.year)
	client = rest(school.users["AST"])
	paper = support.assignment(school, child, "Appointed")
	assert client.read("PPSS Support Case", case).ok
	ended = {"end_reason": "ER3", "ended_on": today()}
	frappe.db.set_value(paper.doctype, paper.name, "from_date", add_days(today(), -3))
	with school.acting("DEP"):
		take(frappe.get_doc(paper.doctype, paper.name), "End", **ended)
	assert not client.read("PPSS Support Case", case).ok


@pytest.mark.clause("KZ92-5.5")
def test_who_left_the_service_reads_nothing(world, rest):
	school = world.school
	school.add_person("SOC", "SOC2")
	case = frappe.get_doc("PPSS Support Case", world.far["PPSS Support Case"])
	case.append("members", {"specialist": school.staff["SOC2"], "role": "SOC"})
	case.save()
	assert reads_consent(world, rest, "SOC2")
	person = frappe.get_doc("PPSS Specialist", school.staff["SOC2"])
	person.active = 0
	person.save()
	assert not reads_consent(world, rest, "SOC2")


def test_former_member_does_not_read_the_own_draft(world, rest):
	school = world.school
	school.add_person("PSY", "PSY3")
	child = school.child()
	case = frappe.get_doc("PPSS Support Case", facts.case_of(child.name, school.year))
	case.append("members", {"specialist": school.staff["PSY3"], "role": "PSY"})
	case.save()
	with school.acting("PSY3"):
		draft = make("PPSS Consent", **school.consent_values(child))
	client = rest(school.users["PSY3"])
	assert client.read("PPSS Consent", draft.name).ok
	case.members[-1].update({"from_date": add_days(today(), -9), "to_date": add_days(today(), -1)})
	case.save()
	assert not client.read("PPSS Consent", draft.name).ok
	assert draft.name not in client.names("PPSS Consent")


@pytest.mark.clause("KZ92-5.5")
def test_former_member_loses_files_sent_and_packs_made_before(world, rest):
	"""What was made while a member goes with the membership: the own upload, the pack and what a notice points to."""
	school, consent = world.school, world.far["PPSS Consent"]
	school.add_person("SOC", "SOC4")
	case = frappe.get_doc("PPSS Support Case", world.far["PPSS Support Case"])
	case.append(
		"members", {"specialist": school.staff["SOC4"], "role": "SOC", "from_date": add_days(today(), -9)}
	)
	case.save()
	about = {"attached_to_doctype": "PPSS Consent", "attached_to_name": consent, "is_private": 1}
	with school.acting("SOC4"):
		sent = PDF + frappe.generate_hash().encode()
		file = make("File", file_name=f"{frappe.generate_hash()}.pdf", content=sent, **about)
		items = [{"document_type": "PPSS Consent", "document": consent}]
		pack = make("PPSS Pack", organisation=school.organisation, scope="Chosen Documents", items=items)
	frappe.db.commit()
	build.build(pack.name)
	pack.reload()
	client = rest(school.users["SOC4"])
	reached = (
		f"/api/resource/PPSS Consent/{consent}",
		file.file_url,
		f"/api/resource/PPSS Pack/{pack.name}",
		pack.file,
	)
	assert [client.call("GET", path).status for path in reached] == [200, 200, 200, 200]
	case.reload()
	case.members[-1].to_date = add_days(today(), -1)
	case.save()
	assert [client.call("GET", path).status for path in reached] == [403, 403, 403, 403]
	given = {"file_url": file.file_url}
	assert client.call("GET", "/api/method/frappe.handler.download_file", **given).status == 403
	assert rest(school.users["DEP"]).call("GET", pack.file).ok
