"""A small school of the demo under the regulation of school No 95: a whole year of its service, and the next begun."""

from ppss_support.demo.hands import again, make, take
from ppss_support.demo.small import HEAD, SmallSchool
from ppss_support.demo.story import Story

DEPUTY, SOCIAL, PSYCHOLOGIST = "DVR1", "SOC1", "PSY1"
ROLES = ("DVR1", "PSY1", "SOC1", "CLS1", "CLS2")
REGULATION = "№ 995 мектеп-гимназиясынын социалдык-психологиялык кызматы жөнүндө жобо"
CONSIDERED = "№ 1 протокол, 30-август"
RETURNED = "Жобо алгач педагогикалык кеңеште каралсын"
ORDER = "Социалдык-психологиялык кызматты түзүү жана курамын бекитүү жөнүндө"
BASIS = "Мектеп-гимназиянын уставы, педагогикалык кеңештин чечими (№ 1 протокол)"
AIM = "Ар бир окуучунун толук кандуу инсандык өнүгүүсүнө шарт түзүү, үй-бүлөлөргө колдоо көрсөтүү."
DONE = "Аткарылды"


def add():
	school = SmallSchool("bishkek").found()
	found_service(school)
	school.add_methods(PSYCHOLOGIST)
	execute_last_year(school)
	begin_this_year(school)


def found_service(school: SmallSchool):
	"""The council considers the regulation, the director approves it and forms the service (KG-1.5, KG-1.6, KG-5.2)."""
	own = {"organisation": school.organisation, "school_year": school.last_year, "date": school.past.first}
	with school.acting(SOCIAL):
		paper = make("PPSS Service Paper", **own, kind="KG0", title=REGULATION, file=Story.scan())
		paper = take(paper, "Submit to Head")
	with school.acting(HEAD):
		paper = take(paper, "Return", RETURNED)
	with school.acting(SOCIAL):
		paper = take(paper, "Submit to Head", council_protocol=CONSIDERED)
	with school.acting(HEAD):
		take(paper, "Approve")
	form(school)


def form(school: SmallSchool):
	with school.acting(DEPUTY):
		order = make(
			"PPSS Support Order",
			organisation=school.organisation,
			order_kind="Create",
			order_no="7",
			order_date=school.past.first,
			subject=ORDER,
			basis_text=BASIS,
			head=school.staff[HEAD],
			control_by=school.staff[DEPUTY],
			members=[part(school, key) for key in ROLES],
		)
		order = take(order, "Submit to Head")
	with school.acting(HEAD):
		order = take(order, "Issue")
	for key in ROLES[:4]:
		acknowledge(school, order, key)


def part(school: SmallSchool, key: str) -> dict:
	person = school.people[key]
	return {
		"specialist": school.staff[key],
		"position": person.position,
		"role_in_service": person.term,
		"is_coordinator": key == DEPUTY,
		"acknowledged_on": school.past.first,
	}


def acknowledge(school: SmallSchool, order, key: str):
	signed = {"service_order": order.name, "date": school.past.first, "signed": 1}
	with school.acting(key):
		make(
			"PPSS Ethics Acknowledgement",
			organisation=school.organisation,
			specialist=school.staff[key],
			**signed,
		)


def execute_last_year(school: SmallSchool):
	year = school.last_year
	plans = [approve(school, plan(school, year, owner)) for owner in (None, SOCIAL, PSYCHOLOGIST)]
	cases = open_cases(school, year, school.past.first)
	school.add_papers(year)
	school.record(year)
	for one in plans:
		school.execute(one, DEPUTY, DONE)
	close_cases(school, cases)


def begin_this_year(school: SmallSchool):
	year = school.year
	approve(school, plan(school, year, None))
	approve(school, plan(school, year, SOCIAL))
	school.submit(plan(school, year, PSYCHOLOGIST), DEPUTY)
	open_cases(school, year, school.calendar.year.first)
	school.add_papers(year)
	school.record(year)


def plan(school: SmallSchool, year: str, owner: str | None):
	"""Social pedagogue and psychologist each have a plan of their own beside that of the service (KG-6.1.1, KG-6.2.1)."""
	work = [row for row in school.told["plan"] if owner in (None, row[-1])]
	about = {"aim": AIM, "council_protocol": CONSIDERED}
	about |= {"tasks": [{"term": f"KT{number}"} for number in range(1, 6)]}
	about |= {"resources": [{"term": f"KS{number}"} for number in range(1, 5)]}
	role = school.people[owner].term if owner else None
	return school.plan(year, DEPUTY, work, plan_kind="Year", owner_role=role, **about)


def approve(school: SmallSchool, paper):
	return school.approve(paper, DEPUTY)


def open_cases(school: SmallSchool, year: str, day) -> dict:
	"""Children the passport counts: by the reasons of their cases (KG-1.1, KG-6.1.2)."""
	found = {}
	for child, who, reasons, why, _result in school.told["cases"]:
		with school.acting(who):
			found[child] = make(
				"PPSS Support Case",
				organisation=school.organisation,
				learner=school.children[child],
				school_year=year,
				opened_on=day,
				responsible=school.staff[who],
				reason=why,
				reasons=[{"term": code} for code in reasons],
			)
	return found


def close_cases(school: SmallSchool, cases: dict):
	for child, who, _reasons, _why, result in school.told["cases"]:
		with school.acting(who):
			again(cases[child]).update({"status": "Closed", "closing_result": result}).save()
