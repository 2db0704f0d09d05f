"""Assessments of needs, walked round by round: all are begun, then opened, signed, handed over and confirmed."""

from datetime import timedelta

import frappe

from ppss_support.demo.hands import make, take, write
from ppss_support.demo.plan import CHILDREN, Child
from ppss_support.regulation.rules import PART_OF

# Team working, with every part signed: the psychologist may hand it over.
READY = {"k10"}
PASSED_DEPUTY = ("Concluded", "Cancelled", "Superseded")
PASSED_TEAM = (*PASSED_DEPUTY, "With deputy head", "Returned")


def add_earlier(story):
	"""Assessments of last year, and one confirmed too early and cancelled."""
	walk(story, {child: child.earlier for child in CHILDREN if child.earlier}, earlier=True)


def add_current(story):
	walk(story, {child: child.assessment for child in CHILDREN if child.assessment})


def walk(story, wanted: dict[Child, str], earlier: bool = False):
	begin(story, wanted, earlier)
	move(story, [c for c in wanted if wanted[c] != "Draft"], "Open Assessment", "DEP1")
	sign(story, [c for c in wanted if wanted[c] in PASSED_TEAM or c.key in READY])
	hand_over(story, [c for c in wanted if wanted[c] in PASSED_TEAM])
	move(story, [c for c in wanted if wanted[c] in PASSED_DEPUTY], "Confirm", "DEP1")
	end_otherwise(story, wanted)


def begin(story, wanted: dict[Child, str], earlier: bool):
	for child in story.as_each(wanted, lambda c: c.lead):
		story.assessments[child.key] = make(
			"PPSS Needs Assessment", **content(story, child, wanted[child], earlier)
		)


def move(story, children: list[Child], action: str, who: str, reason: str | None = None):
	with story.school.acting(who):
		for child in children:
			story.assessments[child.key] = take(story.assessments[child.key], action, reason)


def sign(story, children: list[Child]):
	"""Each member writes and signs the own part."""
	names = {story.assessments[child.key].name: child for child in children}
	user_of = {story.staff[key]: key for key in story.staff}
	parts = frappe.get_all(
		"PPSS Assessment Part",
		{"assessment": ("in", names)},
		["name", "specialist", "role", "assessment"],
		order_by="name",
	)
	for part in story.as_each(parts, lambda row: user_of[row.specialist]):
		child = names[part.assessment]
		write(
			frappe.get_doc("PPSS Assessment Part", part.name),
			findings=child.about["findings"][part.role],
			methods="Бақылау, әңгімелесу, жұмыс үлгілерін талдау",
			completed_on=story.calendar.ago(32),
			signed=1,
		)


def hand_over(story, children: list[Child]):
	for child in story.as_each(children, lambda c: c.lead):
		story.assessments[child.key] = take(story.assessments[child.key], "Hand Over")


def end_otherwise(story, wanted: dict[Child, str]):
	ends = (
		("Returned", "Return", "Қорытынды ПМПК құжатымен және ұсынымдармен толықтырылсын"),
		("Cancelled", "Cancel", "Қорытынды қате балаға жазылған, бағалау қайта жүргізіледі"),
		("Closed without need", "Close", "Бақылау кезінде арнаулы жағдайға қажеттілік анықталмады"),
	)
	for state, action, reason in ends:
		move(story, [c for c in wanted if wanted[c] == state], action, "DEP1", reason)


# ---- content


def content(story, child: Child, state: str, earlier: bool) -> dict:
	about = child.about
	year = story.school.last_year if earlier and child.earlier != "Cancelled" else story.school.year
	values = {
		"organisation": story.school.organisation,
		"learner": story.learners[child.key],
		"school_year": year,
		"reason": about["reason"],
		"c3_suspected": child.limited,
		"team": team(story, child),
		"difficulties": [{"area": a, "description": d, "cause": c} for a, d, c in about["difficulties"]],
		"individual_features": about["features"],
		"print_language": "ru" if child.russian else "kk",
		**days(story, year, state),
	}
	if state == "Closed without need":
		return {
			**values,
			"none_found": 1,
			"difficulties": [],
			"no_conditions_needed": 1,
			"categories": [{"term": "C0"}],
		}
	return values if state == "Draft" else {**values, **findings(story, child)}


def days(story, year: str, state: str) -> dict:
	if year == story.school.last_year:
		first = story.school.last_year_first
		return {"start_date": first + timedelta(days=14), "end_date": first + timedelta(days=35)}
	ended = {"end_date": story.calendar.ago(30)} if state in PASSED_DEPUTY else {}
	return {"start_date": story.calendar.ago(48), **ended}


def team(story, child: Child) -> list[dict]:
	keys = [child.lead, child.teacher]
	if child.assistant and "AST" in child.about["findings"]:
		keys.append(child.assistant)
	return [
		{
			"specialist": story.staff[key],
			"role": story.role_of(key),
			"part": PART_OF[story.role_of(key)],
			"is_leader": key == child.lead,
		}
		for key in keys
	]


def findings(story, child: Child) -> dict:
	about = child.about
	temporary = about["need"] == "ND2"
	pmpc = story.pmpcs.get(child.key)
	return {
		"categories": [{"term": code} for code in about["categories"]],
		"category_details": [{"term": code} for code in about["details"]],
		"impairments": [{"term": code} for code in about["impairments"]],
		"c3_status": limited_abilities(child, pmpc),
		"pmpc": pmpc.name if pmpc and pmpc.workflow_state == "Verified" else None,
		"need_duration": about["need"],
		"review_date": story.calendar.ahead(about.get("review_in_days", 90)) if temporary else None,
		"special_conditions": [
			{"condition": c, "description": d, "provider_role": role, "from_date": story.calendar.ago(28)}
			for c, d, role in about["conditions"]
		],
		"conclusion": about["conclusion"],
		"recommendations": about["recommendations"],
	}


def limited_abilities(child: Child, pmpc) -> str:
	"""Only a verified paper of the consultation confirms them."""
	if not child.limited:
		return "None"
	return "Confirmed by PMPC" if pmpc.workflow_state == "Verified" else "Proposed"
