"""KZ92-5, KZ92-4.4, KZ92-23.1: acknowledgements, participants and job duties, required documents."""

import frappe
import pytest

from ppss_support.papers import html_of, render
from ppss_support.tests import support
from ppss_support.tests.factories import SCAN, School, day, make_login
from ppss_support.tests.guards import FRAMEWORK, check_ok, check_refused, fresh
from ppss_support.tests.papers import read, wording

clause = pytest.mark.clause
DOCTYPE, CASE, KIND = "PPSS Ethics Acknowledgement", "PPSS Support Case", "PPSS Document Type"


def own(school, key: str, **values) -> dict:
	return {
		"organisation": school.organisation,
		"specialist": school.staff[key],
		"date": day(0),
		"signed": 1,
		**values,
	}


@clause("KZ92-5", "KZ92-5.1", "KZ92-14.1.4d")
def test_each_acknowledges_in_person_once_under_an_order(school, rest):
	frappe.db.commit()
	psychologist, teacher = rest(school.users["PSY"]), rest(school.users["TCH"])
	check_refused(psychologist.create(DOCTYPE, **own(school, "PSY", signed=0)), "A21")
	check_refused(psychologist.create(DOCTYPE, **own(school, "PSY", date=day(1))), "A14")
	check_refused(psychologist.create(DOCTYPE, **own(school, "PSY", date=day(-90))), FRAMEWORK)
	answer = psychologist.create(DOCTYPE, **own(school, "PSY"))
	check_ok(answer)
	check_refused(psychologist.create(DOCTYPE, **own(school, "PSY")), "A54")
	check_refused(psychologist.change(DOCTYPE, answer.data["name"], date=day(-1)), "M43")
	check_refused(psychologist.delete(DOCTYPE, answer.data["name"]), FRAMEWORK)
	check_ok(teacher.create(DOCTYPE, **own(school, "TCH")))
	assert answer.data["name"] not in teacher.names(DOCTYPE)


@clause("KZ92-5")
def test_what_was_signed_on_paper_is_entered_by_registrar_or_deputy(school, rest):
	frappe.db.commit()
	registrar = rest(school.users["ADM"])
	check_refused(
		rest(school.users["SOC"]).create(DOCTYPE, **own(school, "CAR", signed_paper=SCAN)), FRAMEWORK
	)
	check_refused(registrar.create(DOCTYPE, **own(school, "CAR")), "A53")
	check_ok(registrar.create(DOCTYPE, **own(school, "CAR", archive_index="02-07")))


@clause("KZ92-5", "KZ92-5.2")
def test_seven_principles_are_printed_in_acknowledgement_order_and_plan(site):
	school = School()
	order, plan = school.order(), support.annual_plan(school)
	with school.acting("SPE"):
		paper = frappe.get_doc({"doctype": DOCTYPE, **own(school, "SPE")}).insert()
	assert len(paper.principles.splitlines()) == 7
	said = [read(render(paper, DOCTYPE, "kk"))]
	said += [
		wording(html_of(doc, layout, "kk"))
		for doc, layout in ((order, "PPSS Order"), (plan, "PPSS Annual Plan"))
	]
	for words in (
		"кәсіби әдепті сақтау",
		"эмпатия",
		"жас ерекшеліктері",
		"интеграциялау",
		"қадір-қасиетіне",
		"үздіксіздігі",
	):
		assert [words in text for text in said] == [True] * 3, words


@clause("KZ92-5.1", "KZ92-5.5")
def test_opening_a_case_unacknowledged_warns_and_is_listed(rest, site):
	school = School()
	school.order()
	learner = school.add_learner()
	frappe.db.commit()
	specialist = rest(school.users["SPE"])
	values = {"learner": learner.name, "school_year": school.year, "organisation": school.organisation}
	answer = specialist.create(CASE, **values, responsible=school.staff["SPE"])
	check_ok(answer)
	assert any("[A51]" in text for text in answer.texts)
	name = answer.data["name"]
	assert frappe.db.exists("PPSS Override", {"document": name, "rule": "A51"})
	opened = specialist.call("GET", "/api/method/frappe.desk.form.load.getdoc", doctype=CASE, name=name)
	assert any("[A51]" in text for text in opened.texts)
	check_ok(specialist.create(DOCTYPE, **own(school, "SPE")))
	opened = specialist.call("GET", "/api/method/frappe.desk.form.load.getdoc", doctype=CASE, name=name)
	assert opened.ok and not any("[A51]" in text for text in opened.texts)


@clause("KZ92-4.4")
def test_who_is_no_member_sees_the_cases_that_name_them(school, rest):
	named, other = school.add_learner(), school.add_learner()
	for learner, keys in ((named, ("PSY", "TCH")), (other, ("PSY",))):
		school.open_case(learner, *keys)
	frappe.db.commit()
	seen = rest(school.users["TCH"]).names("PPSS Learner")
	assert named.name in seen and other.name not in seen


@clause("KZ92-4.4")
def test_role_leads_to_its_job_description(school, rest, site):
	admin = make_login(f"sys.{school.tag}@example.com", "System Manager")
	frappe.db.commit()
	duties = "№ 338 бұйрық: арнайы педагогтің лауазымдық міндеттері"
	check_refused(rest(school.users["DEP"]).change("PPSS Term", "SPE", job_description=duties), FRAMEWORK)
	check_ok(rest(admin).change("PPSS Term", "SPE", job_description=duties))
	assert rest(school.users["SPE"]).read("PPSS Term", "SPE").data["job_description"] == duties
	check_ok(rest(admin).change("PPSS Term", "SPE", job_description=""))


@clause("KZ92-23.1")
def test_only_listed_documents_are_obligatory(school, rest):
	frappe.db.commit()
	deputy = rest(school.users["DEP"])
	values = {
		"title": "Бақылау күнделігі",
		"owner_role": "PSY",
		"regulation_profile": "KZ92",
		"obligatory": 1,
	}
	answer = deputy.create(KIND, **values)
	check_ok(answer)
	assert (answer.data["basis"], answer.data["obligatory"]) == ("Own", 0)
	assert answer.data["organisation"] == school.organisation
	check_refused(deputy.create(KIND, **values, basis="Order No 130", clause="1"), "A52")
	check_refused(deputy.create(KIND, **values, basis="Order No 92"), "A52")
	loaded = deputy.create(KIND, **values, basis="Order No 130", clause="1", source_file=SCAN)
	check_ok(loaded)
	assert loaded.data["obligatory"] == 1
	common = {"organisation": ("is", "not set"), "regulation_profile": "KZ92"}
	shared = frappe.get_all(KIND, common, ["name", "obligatory", "clause"])
	assert len(shared) == 12 and all(row.obligatory and row.clause for row in shared)
	assert shared[0].name in deputy.names(KIND)
	check_refused(deputy.change(KIND, shared[0].name, active=0), FRAMEWORK)
	assert fresh(KIND, shared[0].name).active
