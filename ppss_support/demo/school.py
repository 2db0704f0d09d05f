"""The demo school itself: organisation, school years, classes, staff, children and their families."""

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.demo import logins
from ppss_support.demo.calendar import Calendar, SchoolYear, year_before
from ppss_support.demo.families import Adult, Family, Pupil, classes, families
from ppss_support.demo.hands import acting_as, make
from ppss_support.demo.staff import Person, staff
from ppss_support.regulation.journals import NINE_JOURNALS

SEED = "order 92"
SHORT_NAME = "№ 999 мектеп"
CENTRES = ("№ 1 Психологиялық қолдау орталығы", "№ 2 Психологиялық қолдау орталығы")
EDUCATION_BODY = "Алматы қаласының Білім басқармасы"
EDUCATION_BODY_RU = "Управление образования города Алматы"


class School:
	"""What the papers need to know of the school, read from the site so that loading may go on after a break."""

	def __init__(self):
		self.calendar = Calendar(getdate())
		self.people = {person.key: person for person in staff(SEED)}
		self.organisation = SHORT_NAME
		self.staff: dict[str, str] = {}
		self.year = self.last_year = None

	def read(self) -> "School":
		found = frappe.get_all(
			"PPSS Specialist", {"organisation": SHORT_NAME}, ["full_name", "name"], as_list=True
		)
		by_name = dict(found)
		self.staff = {key: by_name[str(person.name)] for key, person in self.people.items()}
		self.year, self.last_year = years_on(self.calendar)
		first, last = facts.school_year_dates(self.year)
		self.calendar = Calendar(self.calendar.today, SchoolYear(first, last))
		self.last_year_first, self.last_year_last = facts.school_year_dates(self.last_year)
		return self

	def acting(self, key: str):
		return acting_as(self.people[key].email)

	def classmates(self, title: str) -> list[str]:
		"""Return the children of a class in the order of the alphabet."""
		own = frappe.db.get_value(
			"PPSS Class", {"organisation": SHORT_NAME, "title": title, "school_year": self.year}
		)
		return frappe.get_all("PPSS Learner", {"school_class": own}, pluck="name", order_by="sort_key, name")


# ---- years


def years_on(calendar: Calendar) -> tuple[str, str]:
	"""Return the names of the running school year and of the one before it; years the site has are used."""
	running = known_year(calendar.today) or kept_open(calendar.year) or add_year(calendar.year)
	first = frappe.db.get_value("PPSS School Year", running, "from_date")
	before = frappe.db.get_value("PPSS School Year", {"to_date": ("<", first)}, order_by="to_date desc")
	return running, before or add_year(year_before(getdate(first)))


def known_year(day) -> str | None:
	return frappe.db.get_value("PPSS School Year", {"from_date": ("<=", day), "to_date": (">=", day)})


def kept_open(year: SchoolYear) -> str | None:
	"""Open the year the site has around these days, closed in May or yet to begin: two years share no day."""
	shared = facts.school_years_between(year.first, year.last, besides=None)
	if not shared:
		return None
	own = frappe.get_doc("PPSS School Year", shared[0][0])
	quarters = sorted(own.quarters, key=lambda row: row.quarter)
	own.from_date = quarters[0].from_date = min(getdate(own.from_date), year.first)
	own.to_date = quarters[-1].to_date = max(getdate(own.to_date), year.last)
	return own.save().name


def add_year(year: SchoolYear) -> str:
	quarters = [
		{"quarter": number, "from_date": first, "to_date": last}
		for number, (first, last) in enumerate(year.quarters, 1)
	]
	days_off = [{"from_date": first, "to_date": last, "reason": name} for first, last, name in year.days_off]
	dates = {"from_date": year.first, "to_date": year.last}
	return make("PPSS School Year", title=year.title, **dates, quarters=quarters, days_off=days_off).name


# ---- school and staff


def add_school():
	"""Make the school with its staff, classes and the Centres it refers to."""
	school = School()
	make_organisation()
	years_on(school.calendar)
	for person in school.people.values():
		logins.add(person)
		add_specialist(person)
	school.read()
	frappe.get_doc("PPSS Organisation", SHORT_NAME).update({"head": school.staff["HEAD1"]}).save()
	add_classes(school)
	for title in CENTRES:
		add_centre(title)


def make_organisation():
	make(
		"PPSS Organisation",
		short_name=SHORT_NAME,
		name_kk=f"{EDUCATION_BODY}ның «№ 999 жалпы білім беретін мектеп» коммуналдық мемлекеттік мекемесі",
		name_ru=(
			"Коммунальное государственное учреждение «Общеобразовательная школа № 999»"
			" Управления образования города Алматы"
		),
		org_type="Жалпы білім беретін мектеп",
		levels=[{"term": level} for level in ("L1", "L2", "L3")],
		local_executive_body=EDUCATION_BODY,
		place_kk="Алматы қаласы",
		place_ru="город Алматы",
		regulation_profile="KZ92",
		profile_from="2025-09-01",
		optional_features=[{"feature": NINE_JOURNALS, "value": "On"}],
	)


def add_specialist(person: Person):
	make(
		"PPSS Specialist",
		full_name=str(person.name),
		position=person.position,
		position_ru=person.position_ru,
		organisation=SHORT_NAME,
		user=person.email,
		roles=[{"term": person.term}],
		ethics_acknowledged_on=Calendar(getdate()).year.first,
	)


def add_classes(school: School):
	for each in classes():
		make(
			"PPSS Class",
			title=each.title,
			organisation=SHORT_NAME,
			school_year=school.year,
			level=each.level,
			language=each.language,
			class_teacher=school.staff[each.title],
			shift="1" if each.grade in (1, 4, 5, 9, 11) else "2",
		)


def add_centre(title: str):
	if not frappe.db.exists("PPSS Support Centre", title):
		make(
			"PPSS Support Centre",
			title=title,
			title_ru=title.replace("Психологиялық қолдау орталығы", "Центр психологической поддержки"),
			local_executive_body=EDUCATION_BODY,
			local_executive_body_ru=EDUCATION_BODY_RU,
		)


# ---- children


def add_children():
	"""The registrar enters the families: parents once, however many of their children learn here."""
	school = School().read()
	rows = frappe.get_all("PPSS Class", {"organisation": SHORT_NAME}, ["title", "name"], as_list=True)
	class_names = dict(rows)
	with school.acting("ADM1"):
		for family in families(SEED, school.calendar.year.first):
			add_family(family, class_names)


def add_family(family: Family, class_names: dict[str, str]):
	kin = [representative(adult) for adult in family.adults]
	for pupil in family.pupils:
		add_pupil(pupil, kin, class_names[pupil.school_class.title])


def representative(adult: Adult) -> dict:
	name = make("PPSS Representative", full_name=str(adult.name), organisation=SHORT_NAME).name
	return {
		"representative": name,
		"relation": adult.relation,
		"is_legal_representative": 1,
		"authority_document": adult.authority,
	}


def add_pupil(pupil: Pupil, kin: list[dict], class_name: str):
	make(
		"PPSS Learner",
		surname=pupil.name.surname,
		given_name=pupil.name.given_name,
		patronymic=pupil.name.patronymic,
		organisation=SHORT_NAME,
		school_class=class_name,
		birth_date=pupil.born,
		representatives=[dict(row) for row in kin],
	)
