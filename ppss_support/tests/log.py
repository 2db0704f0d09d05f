"""Makes entries of the activity log, what they name, and requests."""

import frappe
from frappe.utils import today

from ppss_support.regulation.journals import feature_of
from ppss_support.tests.factories import School, choose, day, make

SHEETS = 48
# Who gives an entry of each kind.
GIVER = {
	"CONSULTATION": "PSY",
	"DIAGNOSTICS": "PSY",
	"TRAINING": "PSY",
	"ENLIGHTENMENT": "PSY",
	"METHODICAL": "DEP",
	"ENVIRONMENT": "SOC",
	"ANALYSIS": "DEP",
	"CLASS-MEASURE": "TCH",
	"ADDITIONAL-LESSON": "TCH",
	"SOCIAL-STUDY": "SOC",
	"OBSERVATION": "TCH",
	"ACHIEVEMENT": "TCH",
	"PARENT-CONTACT": "CLS",
	"PARTICIPATION": "SOC",
	"SOCIAL-HELP": "SOC",
	"EXTERNAL": "DEP",
	"METHODICAL-HELP": "SPE",
	"CAREER": "CAR",
}


def supported(school: School):
	"""Return a child with a case and a consent, the same for every caller."""
	return school.kept("supported child", School.child)


def method(school: School, **values) -> str:
	values = {"title": "Филипс тесті", "author": "Филипс Б.", "edition": "Алматы, 2019", **values}
	with school.acting("PSY"):
		return make("PPSS Method", organisation=school.organisation, **values).name


def partner(school: School, kind: str = "PO1") -> str:
	with school.acting("SOC"):
		title = f"Ұйым {frappe.generate_hash(length=6)}"
		return make(
			"PPSS Partner Organisation", title=title, kind=kind, organisation=school.organisation
		).name


def entry_values(school: School, kind: str, **values) -> dict:
	"""Return all that an entry of this kind must state; a value of None leaves the field out."""
	learner = supported(school)
	child = {"learner": learner.name}
	stated = {
		"CONSULTATION": lambda: {
			**child,
			"form": "SF1",
			"client_type": "Learner",
			"detail": "C2a",
			"problem": "Сабақтан қорқады",
			"recommendation": "Тыныс алу жаттығулары",
		},
		"DIAGNOSTICS": lambda: {
			**child,
			"form": "SF1",
			"purposes": [{"term": "D1a"}],
			"methods": [{"method": school.kept("method", method)}],
			"result": "Мазасыздық деңгейі жоғары",
			"conclusion": "Қолдау қажет",
			"recommendation": "Жеке жұмыс",
		},
		"TRAINING": lambda: {"form": "SF3", "topic": "Жұмыс тобы", "participants": [child], "result": "Өтті"},
		"ENLIGHTENMENT": lambda: {"detail": "E4a", "audience": "W1", "topic": "Достық", "attendance": 24},
		"METHODICAL": lambda: {"detail": "M5d", "topic": "Жаңа технология", "result": "Зерделенді"},
		"ENVIRONMENT": lambda: {"object": "Сынып", "indicator": "Жарық", "result": "Нормада"},
		"ANALYSIS": lambda: {
			"period_from": day(-60),
			"period_to": day(-1),
			"result": "Мақсатқа жетті",
			"recommendation": "Жалғастыру",
			"disciplines_involved": [{"term": "PSY"}, {"term": "SPE"}],
		},
		"CLASS-MEASURE": lambda: {
			"school_class": school.school_class,
			"detail": "CM1",
			"setting": "ST1",
			"description": "Жеке тапсырма",
			"period_from": day(-10),
		},
		"ADDITIONAL-LESSON": lambda: {
			**child,
			"subject": "Қазақ тілі",
			"hours_week": 2,
			"variative_component": 1,
			"detail": "LP2",
			"period_from": day(-20),
			"period_to": day(20),
		},
		"SOCIAL-STUDY": lambda: {
			**child,
			"class_teacher": school.staff["CLS"],
			"social_pedagogue": school.staff["SOC"],
			"living_conditions": "Жеке бөлмесі бар",
			"conclusion": "Жағдайы қолайлы",
			"problems": [{"kind": "Personal", "problem": "Ұялшақ", "task": "Қарым-қатынас", "form": "Жеке"}],
		},
		"OBSERVATION": lambda: {**child, "abilities": "Сурет салады", "needs": "Көбірек уақыт"},
		"ACHIEVEMENT": lambda: {**child, "subject": "Математика", "report_period": "RT1", "result": "3"},
		"PARENT-CONTACT": lambda: {
			**child,
			"representative": learner.representatives[0].representative,
			"detail": "CF1",
			"topic": "Үй тапсырмасы",
		},
		"PARTICIPATION": lambda: {"detail": "PK1", "topic": "Наурыз", "participants": [child]},
		"SOCIAL-HELP": lambda: {
			**child,
			"detail": "SM1",
			"place": "Organisation",
			"basis": "Отбасының өтініші",
			"description": "Ыстық тамақ берілді",
		},
		"EXTERNAL": lambda: {
			"partner": partner(school, "PO4"),
			"topic": "Сурдопедагог",
			"period_from": day(-5),
		},
		"METHODICAL-HELP": lambda: {
			"partner": partner(school),
			"detail": "HK2",
			"area": "Teaching",
			"requested_by": school.staff["TCH"],
			"problem": "Есту қабілеті бұзылған баланы оқыту",
		},
		"CAREER": lambda: {**child, "form": "SF1", "topic": "Мамандық таңдау", "result": "Қызығушылығы анық"},
	}[kind]()
	common = {
		"organisation": school.organisation,
		"kind": kind,
		"date": today(),
		"provider": school.staff[GIVER[kind]],
	}
	return {field: value for field, value in {**common, **stated, **values}.items() if value is not None}


def entry(school: School, kind: str, state: str = "Draft", by: str | None = None, **values):
	by = by or GIVER[kind]
	values = entry_values(school, kind, **{"provider": school.staff[by], **values})
	with school.acting(by):
		made = make("PPSS Activity", **values)
	return school.move(made, state, (by, "Record"), (by, "Strike Out"))


def request_values(school: School, **values) -> dict:
	stated = {
		"organisation": school.organisation,
		"kind": "Advice",
		"date": today(),
		"from_person": school.staff["TCH"],
		"to_person": school.staff["PSY"],
		"learner": supported(school).name,
		"question": "Бала сабақта үндемейді, қалай көмектесемін?",
		**values,
	}
	return {field: value for field, value in stated.items() if value is not None}


def task_values(school: School, **values) -> dict:
	task = {
		"kind": "Task",
		"from_person": school.staff["DEP"],
		"to_person": school.staff["TCH"],
		"due": day(7),
		"area": "Learning",
		"cooperating": [{"specialist": school.staff["SPE"], "role": "SPE"}],
		"question": "Оқу дағдысын жекелеп жаттықтыру",
	}
	return request_values(school, **{**task, **values})


def request(school: School, state: str = "New", **values):
	asked = values.pop("asked", "PSY")
	values = request_values(school, **values)
	with school.acting("TCH"):
		made = make("PPSS Request", **values)
	if state == "New":
		return made
	made = school.move(made, "Taken up", (asked, "Take Up"))
	if state == "Taken up":
		return made
	with school.acting(asked):
		made.update({"answer": "Жұппен жұмыстан бастаңыз"})
		made.save()
	return school.move(made, state, (asked, "Give Answer"), ("TCH", "Close"))


# ---- journals


def volume_values(school, journal: str = "J4", **values) -> dict:
	choose(school, feature_of(journal))
	return {"organisation": school.organisation, "school_year": school.year, "kind": journal, **values}


def volume(school, journal: str = "J4", state: str = "Open", **values):
	with school.acting("PSY"):
		made = make("PPSS Journal Volume", **volume_values(school, journal, **{"sheets": SHEETS, **values}))
	return school.move(made, state, ("HEAD", "Certify"), ("PSY", "Close"))
