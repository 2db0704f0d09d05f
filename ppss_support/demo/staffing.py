"""Staffing tables of the demo school, who holds their units, and the files of qualification of its specialists."""

from dataclasses import dataclass
from datetime import date, timedelta

import frappe

from ppss_support import verdicts
from ppss_support.demo.calendar import year_after
from ppss_support.demo.hands import make, take
from ppss_support.demo.school import School, add_year, known_year

# Units by position of order No 338; more than is held, so that the school has vacancies.
LAST_YEAR = {"3.4": 1, "3.5": 1, "3.9": 2.5, "3.10": 2, "3.11": 2, "3.12": 1.5, "3.13": 0.5}
THIS_YEAR = {"3.4": 1, "3.5": 1, "3.9": 3, "3.10": 2.5, "3.11": 4, "3.12": 2, "3.13": 1}
WISHED = {**THIS_YEAR, "3.10": 3, "3.11": 6}


@dataclass(frozen=True)
class Post:
	"""Who holds what; `since_last_year`: taken over from the year before."""

	key: str
	position: str
	units: float
	since_last_year: bool = True
	kind: str = "Main"


POSTS = (
	Post("DEP1", "3.4", 1),
	Post("DEP2", "3.5", 1),
	Post("PSY1", "3.9", 1),
	Post("PSY2", "3.9", 1),
	Post("PSY3", "3.9", 0.5),
	Post("SOC1", "3.12", 1),
	Post("SOC2", "3.12", 0.5),
	Post("SPE1", "3.10", 1),
	Post("SPE2", "3.10", 1),
	Post("AST1", "3.11", 1),
	Post("AST2", "3.11", 1),
	Post("AST3", "3.11", 1, since_last_year=False),
	Post("CAR1", "3.13", 0.5),
	Post("PSY3", "3.13", 0.5, since_last_year=False, kind="By Combination"),
)


@dataclass(frozen=True)
class Career:
	"""Direction of the diploma, years of service, category and the days it lasts from today."""

	direction: str | None
	years: int
	category: str | None = None
	days_left: int = 900
	retrained: bool = False


CAREERS = {
	"DEP1": Career(None, 15, "QC4"),
	"DEP2": Career(None, 12, "QC3"),
	"PSY1": Career("ED2", 11, "QC4"),
	"PSY2": Career("ED2", 6, "QC3"),
	"PSY3": Career("ED3", 3, "QC2", 45),
	"SOC1": Career("ED4", 8, "QC3"),
	"SOC2": Career(None, 1),
	"SPE1": Career("ED1", 14, "QC5"),
	"SPE2": Career(None, 4, "QC2", -20, retrained=True),
	"AST1": Career(None, 5, "QC2"),
	"AST2": Career(None, 2, "QC1"),
	"CAR1": Career(None, 7, "QC3"),
}


def add():
	school = School().read()
	add_tables(school)
	with school.acting("ADM1"):
		for number, post in enumerate(POSTS, 1):
			appoint(school, post, number)
		for key, career in CAREERS.items():
			open_file(school, key, career)
	decide_open_one(school)


def decide_open_one(school: School):
	"""One file of which the order leaves it open whether the requirement is met is decided by the head."""
	file = frappe.db.get_value("PPSS Qualification", {"specialist": school.staff["SPE1"]})
	with school.acting("HEAD1"):
		verdicts.give(file, "3.10", "Met", "Аттестаттау комиссиясының шешімі қаралды")


def add_tables(school: School):
	"""Last year's table is superseded by this year's; next year's lie with the office, the head and the deputy."""
	first = school.calendar.year.first
	last = write(school, school.last_year, LAST_YEAR, school.last_year_first, first - timedelta(days=1))
	last = approve(school, last, "41")
	table = write(school, school.year, THIS_YEAR, first, a_year_on(first), supersedes=last.name)
	approve(school, table, "57")
	following = year_after(first).first
	coming = known_year(following) or add_year(year_after(first))
	asked = [write(school, coming, WISHED, following, a_year_on(following)) for _n in range(3)]
	with school.acting("DEP1"):
		_sent, refused = (take(table, "Submit to Head") for table in asked[1:])
	with school.acting("HEAD1"):
		take(refused, "Return", "Арнайы педагог бірліктерінің негіздемесін қосыңыз")


def a_year_on(first: date) -> date:
	"""Return the last day of the year that begins on this day."""
	return first.replace(year=first.year + 1) - timedelta(days=1)


def write(school: School, year: str, units: dict[str, float], first: date, last: date, **values):
	rows = [{"position": position, "units": number} for position, number in units.items()]
	days = {"from_date": first, "to_date": last, "date": min(first, school.calendar.today)}
	own = {"organisation": school.organisation, "school_year": year}
	with school.acting("ACC1"):
		return make("PPSS Staffing Table", **own, **days, rows=rows, **values)


def approve(school: School, table, number: str):
	with school.acting("ACC1"):
		table = take(table, "Submit to Head")
	with school.acting("HEAD1"):
		return take(table, "Approve", number=number)


def appoint(school: School, post: Post, number: int):
	first = school.last_year_first if post.since_last_year else school.calendar.year.first
	make(
		"PPSS Appointment",
		organisation=school.organisation,
		specialist=school.staff[post.key],
		position=post.position,
		units=post.units,
		kind=post.kind,
		from_date=first,
		basis_order_no=f"{30 + number}-к",
		basis_order_date=first - timedelta(days=2),
	)


def open_file(school: School, key: str, career: Career):
	today = school.calendar.today
	begun = today - timedelta(days=career.years * 366)
	diploma = {
		"level": "Higher",
		"kind": "Pedagogical",
		"education_direction": career.direction,
		"institution": "Абай атындағы ҚазҰПУ",
		"diploma_no": f"ЖБ-Б {1000000 + 137 * len(key) * career.years}",
		"diploma_date": begun - timedelta(days=60),
	}
	work = {
		"from_date": begun,
		"position": school.people[key].position,
		"role": school.people[key].term,
		"employer": school.organisation,
		"locality": "Urban",
	}
	course = {
		"kind": "Pedagogical Retraining",
		"title": "Арнайы педагогика негіздері",
		"hours": 540,
		"finished_on": begun,
	}
	award = {
		"qualification_category": career.category,
		"from_date": today + timedelta(days=career.days_left - 1826),
		"to_date": today + timedelta(days=career.days_left),
		"order_no": f"{career.years}-а",
	}
	make(
		"PPSS Qualification",
		specialist=school.staff[key],
		education=[diploma],
		service=[work],
		courses=[course] if career.retrained else [],
		categories=[award] if career.category else [],
	)
