"""A small school of the demo under the Almaty rules of 2015: a whole year of its psychological service, and the next begun."""

import frappe

from ppss_support.demo import journals
from ppss_support.demo.hands import again, make, take, write
from ppss_support.demo.small import HEAD, REGISTRAR, SmallSchool
from ppss_support.regulation.journals import REGISTRATION

UNIT, DEPUTY = "PSY1", "DEP1"
# Variant of clause 20, speciality, diploma.
EDUCATION = {
	"PSY1": ("1", "Психология және педагогика", "ЖБ-Б 0412077", "2009-06-25"),
	"PSY2": ("2", "Практикалық психология", "ЖБ-Б 0873314", "2013-07-01"),
}
SUPERVISOR = "Аудандық білім бөлімінің психолог-әдіскері"
FURNITURE = (("Бала үстелі", 6, 6), ("Жұмсақ орындықтар", 8, 6), ("Құм терапиясының жинағы", 1, 1))
AIM = "Білім алушылардың психологиялық саламаттылығын сақтау, тұлғалық және зияткерлік дамуына жағдай жасау."


def add():
	school = SmallSchool("almaty").found()
	open_files(school)
	school.add_methods(UNIT)
	equip(school)
	execute_last_year(school)
	begin_this_year(school)


def open_files(school: SmallSchool):
	"""Diplomas are entered before anyone examines a child, and who is answered to in what (ALM-20, ALM-23)."""
	with school.acting(REGISTRAR):
		for key, (variant, speciality, diploma, day) in EDUCATION.items():
			learned = {"level": "Higher", "kind": "Pedagogical", "speciality": speciality}
			make(
				"PPSS Qualification",
				specialist=school.staff[key],
				organisation=school.organisation,
				qualification_variant=variant,
				education=[{**learned, "diploma_no": diploma, "diploma_date": day}],
			)
			answers = {"reports_to_admin": school.staff[HEAD], "reports_to_professional": SUPERVISOR}
			write(frappe.get_doc("PPSS Specialist", school.staff[key]), **answers)


def equip(school: SmallSchool):
	with school.acting(REGISTRAR):
		make(
			"PPSS Room",
			organisation=school.organisation,
			title="Психолог кабинеті, 204",
			separate_premises=1,
			equipment=[
				{"item": item, "norm_qty": norm, "actual_qty": actual} for item, norm, actual in FURNITURE
			],
		)


def execute_last_year(school: SmallSchool):
	year = school.last_year
	plan = school.approve(calendar_plan(school, year), DEPUTY)
	volume = open_journal(school, year, school.past.first)
	school.add_papers(year)
	school.record(year)
	school.execute(plan, DEPUTY, "Орындалды")
	with school.acting(UNIT):
		take(again(volume), "Close")


def begin_this_year(school: SmallSchool):
	year = school.year
	school.approve(calendar_plan(school, year), DEPUTY)
	school.submit(calendar_plan(school, year, work=school.told["plan"][:3]), DEPUTY)
	open_journal(school, year, school.calendar.year.first)
	school.add_papers(year)
	school.record(year)


def calendar_plan(school: SmallSchool, year: str, work: list | None = None):
	first, last = (school.past.first, school.past.last) if year == school.last_year else of_this_year(school)
	period = {"plan_kind": "Calendar", "period_from": first, "period_to": last}
	duties = {"duties": [{"term": f"AD{number}"} for number in (6, 8, 9, 13, 14)]}
	return school.plan(year, DEPUTY, work or school.told["plan"], aim=AIM, **period, **duties)


def of_this_year(school: SmallSchool):
	return school.calendar.year.first, school.calendar.year.last


def open_journal(school: SmallSchool, year: str, day):
	"""The registration journal is begun with the year and certified by the head's seal (ALM-5.8)."""
	own = {"organisation": school.organisation, "school_year": year, "kind": REGISTRATION}
	with school.acting(UNIT):
		volume = make("PPSS Journal Volume", **own, date=day, sheets=journals.SHEETS)
	with school.acting(HEAD):
		return take(volume, "Certify")
