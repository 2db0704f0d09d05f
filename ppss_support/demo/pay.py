"""Pay of the demo school: invented parameters, tariff lists and the sheets of two months."""

from datetime import timedelta

import frappe

from ppss_support.demo.hands import make, take
from ppss_support.demo.school import School
from ppss_support.payroll.inputs import MONTHLY, TARIFF_LIST

SHEET = "PPSS Pay Sheet"
BASIS = "ДЕМО: ойдан алынған мән, ешбір актіден алынбаған"
# Invented figures: what each position gets, and what is added for a category.
COEFFICIENTS = {"3.4": 5.2, "3.5": 5.1, "3.9": 4.2, "3.10": 4.3, "3.11": 3.4, "3.12": 4.0, "3.13": 4.0}
CATEGORIES = {"QC2": 30, "QC3": 35, "QC4": 40, "QC5": 50}


def add():
	school = School().read()
	with school.acting("ACC1"):
		for values in parameters():
			own = {"organisation": school.organisation, "from_date": school.last_year_first, "basis": BASIS}
			make("PPSS Pay Parameter", **own, **values)
	pay_of_months(school)
	tariff_lists(school)


def pay_of_months(school: School):
	"""Last month's pay is closed; the sheet of this month came too early."""
	this_month = school.calendar.today.replace(day=1)
	close(school, submitted(school, MONTHLY, this_month - timedelta(days=1)))
	give_back(school, submitted(school, MONTHLY, this_month), "Ай әлі аяқталған жоқ.")


def tariff_lists(school: School):
	"""The list of the year was drawn up again for a diploma found later; those of two later days are under way."""
	first = school.calendar.year.first
	closed = close(school, submitted(school, TARIFF_LIST, first))
	with school.acting("HEAD1"):
		take(closed, "Reopen", "Санат туралы куәлік кейін тапсырылды.")
	close(school, submit(school, frappe.get_doc(SHEET, {"amended_from": closed.name})))
	submitted(school, TARIFF_LIST, first + timedelta(days=60))
	with school.acting("ACC1"):
		make(SHEET, organisation=school.organisation, kind=TARIFF_LIST, date=first + timedelta(days=120))


def parameters() -> list[dict]:
	return [
		{"kind": "Base Rate", "value": 17697},
		{"kind": "Working Days a Week", "value": 5},
		*({"kind": "Coefficient", "position": one, "value": value} for one, value in COEFFICIENTS.items()),
		*(
			{"kind": "Category Surcharge", "qualification_category": one, "value": value}
			for one, value in CATEGORIES.items()
		),
		{
			"kind": "Surcharge of Base Rate",
			"title": "Ерекше білім беру қажеттілігі бар балалармен жұмыс",
			"position": "3.10",
			"value": 40,
		},
	]


def submitted(school: School, kind: str, day):
	with school.acting("ACC1"):
		sheet = make(SHEET, organisation=school.organisation, kind=kind, date=day)
	return submit(school, sheet)


def submit(school: School, sheet):
	with school.acting("ACC1"):
		return take(sheet, "Submit to Head")


def close(school: School, sheet):
	with school.acting("HEAD1"):
		return take(sheet, "Close")


def give_back(school: School, sheet, reason: str):
	with school.acting("HEAD1"):
		return take(sheet, "Return", reason)
