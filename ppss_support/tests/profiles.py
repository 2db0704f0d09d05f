"""Makes schools under the other profiles, Almaty 2015 and school No 95, and switches a school from one to another."""

import frappe

from ppss_support.regulation import activities
from ppss_support.tests.factories import SCAN, School, day, make
from ppss_support.tests.log import method, supported
from ppss_support.tests.support import plan_row

FOUR_ROLES = ("DVR", "PSY", "SOC", "CLS")
ORGANISATION = "PPSS Organisation"


def school_95() -> School:
	"""Return a school under the regulation of school No 95, its service created by the director's order."""
	school = School(profile="KG95")
	school.add_person("DVR")
	school.order(**order_of_four(school))
	return school


def almaty_school() -> School:
	return School(profile="ALM15")


def ready(school: School) -> School:
	"""Make the child and the method that entries name, so that they stand before the first commit."""
	supported(school)
	school.kept("method", method)
	return school


def order_of_four(school: School, *more: str, **values) -> dict:
	members = school.member_rows(*FOUR_ROLES, *more, coordinator="DVR")
	return {"basis_text": "№ 95 МГ уставы", "members": members, **values}


def switch(school: School, profile: str, first: str | None = None):
	"""Change the school's profile from this day on, as its head does."""
	with school.acting("HEAD"):
		organisation = frappe.get_doc(ORGANISATION, school.organisation)
		organisation.update(
			{
				"regulation_profile": profile,
				"profile_from": first or day(0),
				"settings_reason": "Қызмет басқа қағидаға көшті",
			}
		)
		organisation.save()


def plan(school: School, prefix: str, state: str = "Draft", **values):
	"""Return a plan with work in each direction of the school's profile."""
	rows = [plan_row(school, f"{prefix}{n}", done=1) for n in range(1, 6)]
	values = {"organisation": school.organisation, "school_year": school.year, "rows": rows, **values}
	with school.acting("DEP"):
		made = make("PPSS Annual Plan", **values)
	return school.move(made, state, ("DEP", "Submit to Head"), ("HEAD", "Approve"))


# ---- the activity log of the other profiles


def qualified(school: School, key: str = "PSY", **values):
	"""Give a specialist a file with an education of clause 20 and its diploma."""
	diploma = {
		"level": "Higher",
		"kind": "Pedagogical",
		"diploma_no": "ЖБ-Б 0123456",
		"diploma_date": "2015-06-30",
	}
	return make(
		"PPSS Qualification",
		specialist=school.staff[key],
		organisation=school.organisation,
		**{"qualification_variant": "1", "education": [diploma], **values},
	)


def entry_values(school: School, kind: str, **values) -> dict:
	"""Return all that an entry of a kind of the other profiles must state; a value of None leaves the field out."""
	learner = supported(school)
	child, family = {"learner": learner.name}, {"family": "Асановдор"}
	found = {
		"result": "Байқалды",
		"conclusion": "Қорытынды",
		"methods": [{"method": school.kept("method", method)}],
	}
	stated = {
		"CONSULTATION": {
			**child,
			"form": "SF1",
			"client_type": "Learner",
			"problem": "Сабақтан қорқады",
			"recommendation": "Жаттығулар",
		},
		"DIAGNOSTICS": {
			**child,
			**found,
			"form": "SF1",
			"purposes": [{"term": "D1a"}],
			"recommendation": "Жұмыс",
		},
		"TRAINING": {"form": "SF3", "topic": "Жеке тұлғалық өсу", "detail": "AA13.1", "result": "Өтті"},
		"CRISIS": {**child, "detail": "AS3", "urgency": "At Once", "description": "Жанында болды"},
		"MEDIATION": {
			"detail": "AK1",
			"participants": [child, {"other_name": "Екінші тарап"}],
			"description": "Кездесу",
		},
		"ADJOINING": {**child, "detail": "AJ2", "problem": "Сөйлеу кемістігі", "urgent": 1},
		"ATTESTATION": {
			"requested_by": school.staff["TCH"],
			"basis": "Аттестаттау",
			"description": "Сауалнама",
		},
		"PREVENTION": {**child, "detail": "PV3", "basis": "План", "description": "Баарлашуу"},
		"COUNCIL": {"detail": "BD1", "description": "Баяндама"},
		"APPEAL": {
			"detail": "APL3",
			"addressee": "Социалдык өнүктүрүү башкармалыгы",
			"topic": "Үй-бүлөгө жардам",
			"description": "Жардам көрсөтүүнү суранабыз",
		},
		"DISCUSSION": {
			"detail": "KB1",
			"discussed": "Results",
			"document_no": "4",
			"description": "Бекитилсин",
		},
		"PATRONAGE": {
			**family,
			"basis": "Аз камсыз болгон",
			"description": "Барып көрдүк",
			"result": "Тамак берилди",
		},
		"CARE": {**child, "detail": "KE1", "basis": "Арыз", "description": "Ысык тамак"},
		"RIGHTS": {
			**child,
			"detail": "KI1",
			"basis": "Доо арыз",
			"description": "Сотто катышты",
			"result": "Канааттандырылды",
		},
		"RAID": {
			**family,
			"participants": [{"specialist": school.staff["SOC"]}, {"specialist": school.staff["CLS"]}],
			"living_conditions": "Бир бөлмө",
			"conclusion": "Жардам керек",
		},
		"DIARY": {**family, "description": "Бала мектепке убагында келди"},
		"ADOLESCENT-STUDY": {**child, **found},
		"FAMILY-STUDY": {**family, **found},
		"LESSON-VISIT": {"detail": "LV1", "school_class": school.school_class, "behaviour": "Көңүл бурат"},
		"NOTICE": {"detail": "KN1", "topic": "Иштин жүрүшү"},
		"LEARNER-CARD": {**child, **card_of(school)},
		"SELF-ASSESSMENT": {"topic": "Отчет 2026", "description": "Кызматтын салымы"},
	}[kind]
	common = {
		"organisation": school.organisation,
		"kind": kind,
		"date": day(0),
		"provider": school.staff["PSY"],
	}
	return {field: value for field, value in {**common, **stated, **values}.items() if value is not None}


def card_of(school: School) -> dict[str, str]:
	"""Return the features of all four sections of the card, each told from the others."""
	fields = [field for section in activities.CARD.values() for field in section]
	return {field: f"{school.tag}-{number}" for number, field in enumerate(fields, 1)}


def entry(school: School, kind: str, state: str = "Recorded", by: str = "PSY", **values):
	values = entry_values(school, kind, **{"provider": school.staff[by], **values})
	with school.acting(by):
		made = make("PPSS Activity", **values)
	return school.move(made, state, (by, "Record"))


# ---- papers of the service


def service_paper_values(school: School, kind: str, **values) -> dict:
	team = [{"specialist": school.staff[term], "role": term} for term in ("PSY", "SOC")]
	stated = {
		"AL1": {"file": SCAN},
		"AL3": {
			"programme_kind": "Training",
			"target": "7 Ә сыныбы",
			"goals": "Жеке тұлғалық өсу",
			"rows": [{"theme": "Танысу", "hours": 2}],
		},
		"AL4": {"form_of_work": "Сабақ", "approving_body": "Білім басқармасы", "file": SCAN},
		"DP1": {
			"target": "5 А сыныбы",
			"grade_from": 5,
			"grade_to": 5,
			"rows": [{"theme": "Зейіні", "grade": 5}],
		},
		"KG0": {"file": SCAN},
		"KG12": {
			"target": "5-6 класстар",
			"goals": "Көңүл бурууну өнүктүрүү",
			"rows": [{"theme": "Таанышуу", "hours": 1}],
			"team": team,
		},
		"KG2": {},
		"KG5": {
			"learner": supported(school).name,
			"problem": "Сабак калтырат, үйдө эч ким көзөмөлдөбөйт",
			"period_from": day(0),
			"period_to": day(60),
			"steps": [help_step(school), help_step(school, action="Үйүнө баруу", due=day(30))],
		},
	}[kind]
	common = {
		"organisation": school.organisation,
		"school_year": school.year,
		"kind": kind,
		"title": f"Құжат {kind}",
	}
	return {**common, **stated, **values}


def help_step(school: School, **values) -> dict:
	step = {"action": "Аңгемелешүү", "responsible": school.staff["SOC"], "due": day(14)}
	return {**step, **values}


def service_paper(school: School, kind: str, state: str = "Draft", by: str = "PSY", **values):
	with school.acting(by):
		made = make("PPSS Service Paper", **service_paper_values(school, kind, **values))
	return school.move(made, state, (by, "Submit to Head"), ("HEAD", "Approve"))
