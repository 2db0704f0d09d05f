"""The payroll link on a site that has ERPNext, with and without HRMS; elsewhere skipped."""

import frappe
import pytest

from ppss_support.exceptions import RuleRefused
from ppss_support.payroll import export, link, matching
from ppss_support.setup import payroll_fields
from ppss_support.tests import pay
from ppss_support.tests.factories import School
from ppss_support.tests.guards import check_texts
from ppss_support.tests.world import row

pytestmark = pytest.mark.clause("ALM-21")


NUMBER = "000123456784"


@pytest.fixture
def erpnext(site):
	if not matching.installed("erpnext"):
		pytest.skip("ERPNext is not installed on this site")


@pytest.fixture
def hrms(erpnext):
	if not matching.installed("hrms"):
		pytest.skip("HRMS is not installed on this site")


@pytest.fixture
def company(erpnext):
	"""A school with its staff, nobody an employee yet; nothing of it is committed."""
	made = pay.staffed(School())
	values = {"default_currency": "KZT", "country": "Kazakhstan"}
	made.company = row("Company", company_name=f"Мектеп {made.tag}", abbr=made.tag, **values).name
	return made


@pytest.fixture
def school(hrms, company):
	"""The same with the special pedagogue an employee."""
	company.employee = employ(company, "SPE")
	return company


def employ(school, key: str) -> str:
	"""Make an employee with the login of the specialist, whom a salary structure is assigned to."""
	employee = hire(school, f"{key} {school.tag}", user_id=school.users[key])
	about = {"company": school.company, "from_date": "2020-09-01", "salary_structure": "—"}
	row("Salary Structure Assignment", employee=employee, currency="KZT", docstatus=1, **about)
	return employee


def hire(school, name: str, **values) -> str:
	about = {"company": school.company, "status": "Active", "date_of_joining": "2020-09-01"}
	names = {"employee_name": name, "first_name": name, "naming_series": "HR-EMP-"}
	return row("Employee", **names, **about, **values).name


def drafts(school) -> dict[str, float]:
	"""Return component and amount of what is there for the employee."""
	rows = frappe.get_all(
		link.ADDITIONAL,
		{"employee": school.employee, "docstatus": ("<", 2)},
		["salary_component", "amount", "docstatus", "payroll_date"],
	)
	assert all(str(row.payroll_date) == "2025-10-31" for row in rows)
	return {row.salary_component: row.amount for row in rows}


DUE = {"PPSS Official Salary": 75654.68, "PPSS Category Surcharge": 13781.54}


def test_a_closed_month_makes_each_draft_once(school):
	sheet = pay.sheet(school, "Closed")
	assert drafts(school) == DUE
	made = frappe.db.count(link.ADDITIONAL, {"employee": school.employee})
	with school.acting("ACC"):
		text = link.pass_on(sheet.name)
	assert frappe.db.count(link.ADDITIONAL, {"employee": school.employee, "docstatus": 0}) == made == 2
	# The psychologist is nobody's employee yet: named, and no hindrance for the others.
	assert f"PSY Тегі {school.tag}" in text
	assert frappe.get_doc(sheet.doctype, sheet.name).payroll_note == text


def test_a_person_matched_later_is_added_by_pressing_again(school):
	sheet = pay.sheet(school, "Closed")
	other = employ(school, "PSY")
	with school.acting("ACC"):
		link.pass_on(sheet.name)
	found = frappe.get_all(link.ADDITIONAL, {"employee": other}, ["amount", "docstatus"])
	assert [(one.amount, one.docstatus) for one in found] == [(pay.PSY_PAY, 0)]
	assert drafts(school) == DUE


def test_what_the_payroll_app_refuses_is_named(school):
	frappe.db.delete("Salary Structure Assignment", {"employee": school.employee})
	sheet = pay.sheet(school, "Closed")
	assert sheet.workflow_state == "Closed"
	assert drafts(school) == {}
	assert f"SPE Тегі {school.tag}: " in frappe.get_doc(sheet.doctype, sheet.name).payroll_note


def test_reopening_takes_the_drafts_away_and_closing_anew_makes_them_anew(school):
	sheet = pay.sheet(school, "Closed")
	following = pay.reopen(school, sheet)
	assert drafts(school) == {}
	pay.appoint(school, "SPE", "SPE", 0.5, to_date="2025-10-15")
	with school.acting("ACC"):
		following.save()
	school.move(following, "Closed", ("ACC", "Submit to Head"), ("HEAD", "Close"))
	assert set(drafts(school)) == set(DUE)
	assert drafts(school)["PPSS Official Salary"] > DUE["PPSS Official Salary"]


def test_what_is_submitted_is_left_and_named(school):
	sheet = pay.sheet(school, "Closed")
	salary = frappe.get_doc(
		link.ADDITIONAL, {"employee": school.employee, "salary_component": "PPSS Official Salary"}
	)
	salary.submit()
	following = pay.reopen(school, sheet)
	assert drafts(school) == {"PPSS Official Salary": DUE["PPSS Official Salary"]}
	note = frappe.get_doc(sheet.doctype, sheet.name).payroll_note
	check_texts([note], "A118")
	assert salary.name in note
	pay.appoint(school, "SPE", "SPE", 0.5, to_date="2025-10-15")
	with school.acting("ACC"):
		following.save()
	closed = school.move(following, "Closed", ("ACC", "Submit to Head"), ("HEAD", "Close"))
	assert drafts(school)["PPSS Official Salary"] == DUE["PPSS Official Salary"]
	assert salary.name in frappe.get_doc(closed.doctype, closed.name).payroll_note


# ---- people and posts: ERPNext is enough


def matched(school) -> dict:
	with school.acting("ACC"):
		return matching.match_people(school.organisation)


def name_of(school, key: str) -> str:
	return f"{key} Тегі {school.tag}"


def test_people_and_posts_are_matched_by_login(company):
	employee = hire(company, "Басқа Аты", user_id=company.users["SPE"])
	answer = matched(company)
	assert answer["matched"] == {name_of(company, "SPE"): employee}
	assert answer["missing"] == [name_of(company, "PSY")]
	kept = frappe.get_doc("Employee", employee)
	assert kept.ppss_specialist == company.staff["SPE"]
	assert frappe.db.get_value("Designation", kept.designation, "ppss_position") == pay.POSITION["SPE"]


def test_people_are_matched_by_identity_number(company):
	with company.acting("ADM"):
		person = frappe.get_doc("PPSS Specialist", company.staff["PSY"])
		person.identity_number = NUMBER
		person.save()
	employee = hire(company, "Басқа Аты", passport_number=f" {NUMBER}")
	assert matched(company)["matched"] == {name_of(company, "PSY"): employee}


def test_the_same_name_waits_for_a_yes(company):
	employee = hire(company, name_of(company, "PSY"))
	answer = matched(company)
	assert answer["matched"] == {}
	(pair,) = answer["proposed"]
	assert (pair["specialist"], pair["employee"]) == (company.staff["PSY"], employee)
	with company.acting("ACC"):
		matching.confirm(company.organisation, pair["specialist"], employee)
		with pytest.raises(RuleRefused) as again:
			matching.confirm(company.organisation, pair["specialist"], employee)
	check_texts([str(again.value)], "A108")
	assert matched(company)["matched"] == {name_of(company, "PSY"): employee}


def test_two_of_the_same_name_are_nobodys(company):
	for _n in range(2):
		hire(company, name_of(company, "PSY"))
	answer = matched(company)
	assert (answer["proposed"], answer["unclear"]) == ([], [name_of(company, "PSY")])
	assert not frappe.db.exists("Employee", {"ppss_specialist": company.staff["PSY"]})


def test_wrong_field_for_the_number_is_named(company):
	frappe.db.set_value("PPSS Organisation", company.organisation, "employee_number_field", "iin")
	frappe.clear_document_cache("PPSS Organisation", company.organisation)
	with pytest.raises(RuleRefused) as refused:
		matched(company)
	check_texts([str(refused.value)], "A107")


def test_only_who_makes_pay_sheets_matches(company):
	with company.acting("DEP"), pytest.raises(frappe.PermissionError):
		matching.match_people(company.organisation)


def test_with_erpnext_alone_a_month_is_closed_and_downloaded(company):
	if matching.installed("hrms"):
		pytest.skip("HRMS is installed on this site")
	sheet = pay.sheet(company, "Closed")
	assert (sheet.workflow_state, sheet.payroll_note) == ("Closed", None)
	assert pay.reopen(company, sheet).version == 2
	assert export.as_csv(export.table_of(sheet, {})).decode("utf-8-sig").count("\r\n") == 3


# ---- our fields


def ours(doctype: str) -> set[str]:
	own = {"dt": doctype, "fieldname": ("like", "ppss_%")}
	return set(frappe.get_all("Custom Field", own, pluck="fieldname"))


def test_fields_of_people_and_posts_come_and_go_with_erpnext(erpnext):
	payroll_fields.before_app_uninstall("erpnext")
	assert ours("Employee") == ours("Designation") == ours("PPSS Room Item") == set()
	frappe.clear_cache(doctype="Employee")
	assert not matching.has_employees()
	payroll_fields.after_app_install("erpnext")
	frappe.clear_cache(doctype="Employee")
	assert matching.has_employees()
	assert (ours("Employee"), ours("Designation")) == ({"ppss_specialist"}, {"ppss_position"})
	assert ours("PPSS Room Item") == {payroll_fields.ASSET_FIELD}


def test_fields_come_and_go_with_the_other_app(hrms):
	payroll_fields.before_app_uninstall("hrms")
	assert not frappe.db.exists("Custom Field", {"dt": link.ADDITIONAL, "fieldname": link.KEY})
	frappe.clear_cache(doctype=link.ADDITIONAL)
	assert not link.is_linked()
	payroll_fields.after_app_install("hrms")
	frappe.clear_cache(doctype=link.ADDITIONAL)
	assert link.is_linked()
