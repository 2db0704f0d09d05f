"""The payroll link on a site that has ERPNext and HRMS; elsewhere skipped."""

import frappe
import pytest

from ppss_support.payroll import link
from ppss_support.setup import payroll_fields
from ppss_support.tests import pay
from ppss_support.tests.factories import School
from ppss_support.tests.guards import check_texts
from ppss_support.tests.world import row

pytestmark = pytest.mark.clause("ALM-21")


@pytest.fixture
def hrms(site):
	if not link.installed("hrms"):
		pytest.skip("HRMS is not installed on this site")


@pytest.fixture
def school(hrms):
	"""A school with its staff, of whom the special pedagogue is an employee; nothing of it is committed."""
	made = pay.staffed(School())
	company = row(
		"Company",
		company_name=f"Мектеп {made.tag}",
		abbr=made.tag,
		default_currency="KZT",
		country="Kazakhstan",
	)
	made.company = company.name
	made.employee = employ(made, "SPE")
	return made


def employ(school, key: str) -> str:
	"""Make an employee with the login of the specialist, whom a salary structure is assigned to."""
	about = {"company": school.company, "status": "Active", "date_of_joining": "2020-09-01"}
	name = f"{key} {school.tag}"
	employee = row(
		"Employee",
		employee_name=name,
		first_name=name,
		naming_series="HR-EMP-",
		user_id=school.users[key],
		**about,
	)
	row(
		"Salary Structure Assignment",
		employee=employee.name,
		company=school.company,
		from_date="2020-09-01",
		salary_structure="—",
		currency="KZT",
		docstatus=1,
	)
	return employee.name


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


def test_people_and_posts_are_matched(school):
	with school.acting("ACC"):
		answer = link.match_people(school.organisation)
	assert answer == {
		"matched": {f"SPE Тегі {school.tag}": school.employee},
		"missing": [f"PSY Тегі {school.tag}"],
	}
	employee = frappe.get_doc("Employee", school.employee)
	assert employee.ppss_specialist == school.staff["SPE"]
	assert frappe.db.get_value("Designation", employee.designation, "ppss_position") == pay.POSITION["SPE"]


def test_fields_come_and_go_with_the_other_app(hrms):
	payroll_fields.before_app_uninstall("hrms")
	assert not frappe.db.exists("Custom Field", {"dt": link.ADDITIONAL, "fieldname": link.KEY})
	frappe.clear_cache(doctype=link.ADDITIONAL)
	assert not link.is_linked()
	payroll_fields.after_app_install("hrms")
	frappe.clear_cache(doctype=link.ADDITIONAL)
	assert link.is_linked()
