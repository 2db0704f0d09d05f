"""Programmes of support, walked round by round like the assessments."""

from datetime import datetime, time

import frappe

from ppss_support.demo.hands import make, take
from ppss_support.demo.plan import CHILDREN, Child, Programme
from ppss_support.programme_copies import new_version

TOGETHER = ("k33", "k35")
Item = tuple[Child, Programme]
RUNNING = ("In implementation", "Suspended", "Completed", "Discontinued")
PASSED_HEAD = (*RUNNING, "Approved", "Cancelled")
PASSED_DEPUTY = (*PASSED_HEAD, "With head")


def add(story):
	items = [(child, programme) for child in CHILDREN for programme in child.programmes]
	for child, programme in story.as_each(items, author):
		story.programmes[child.key, programme.kind] = make(
			"PPSS Programme", **content(story, child, programme)
		)
	move(story, [i for i in items if i[1].state != "Draft"], "Hand Over", author)
	move(story, in_states(items, PASSED_DEPUTY), "Submit to Head", "DEP1")
	move(story, in_states(items, PASSED_HEAD), "Approve", "HEAD1")
	story.group = form_group(story)
	move(story, in_states(items, RUNNING), "Start", author)
	date_back(story, in_states(items, PASSED_HEAD))
	end_otherwise(story, items)
	complete(story, in_states(items, ("Completed",)))


def form_group(story) -> str:
	"""Two children of one special pedagogue who share an impairment; lessons in a group begin with the group."""
	with story.school.acting("SPE1"):
		return make(
			"PPSS Session Group",
			title="Назар мен жадыны дамыту тобы",
			organisation=story.school.organisation,
			school_year=story.school.year,
			kind="SF2",
			leader=story.staff["SPE1"],
			members=[{"learner": story.learners[key]} for key in TOGETHER],
		).name


def author(item: Item) -> str:
	return item[1].author


def in_states(items: list[Item], states: tuple[str, ...]) -> list[Item]:
	return [item for item in items if item[1].state in states]


def move(story, items: list[Item], action: str, who, reason: str | None = None):
	"""Press one button on all of them; `who` is a user's key, or tells it of an item."""
	for child, programme in story.as_each(items, who if callable(who) else lambda item: who):
		key = child.key, programme.kind
		story.programmes[key] = take(story.programmes[key], action, reason)


def date_back(story, items: list[Item]):
	"""Let the programmes have been decided before their first day, though the demo is loaded in one: lessons follow."""
	names = [story.programmes[child.key, programme.kind].name for child, programme in items]
	at = datetime.combine(story.calendar.ago(13), time(16, 30))
	frappe.db.set_value("PPSS Transition", {"parent": ("in", names)}, "at", at, update_modified=False)
	waiting = {"document_type": "PPSS Programme", "document": ("in", names)}
	frappe.db.set_value("PPSS Freezing", waiting, "decided_at", at, update_modified=False)


def end_otherwise(story, items: list[Item]):
	ends = (
		("Returned", "Return", "DEP1", "Апталық сабақ саны мен мақсат көрсеткіштері сәйкестендірілсін"),
		("Suspended", "Suspend", "DEP1", "Білім алушы санаторийде емделуде"),
		(
			"Discontinued",
			"Discontinue",
			"DEP1",
			"Ата-ананың өтініші бойынша басқа мектепке ауысуына байланысты",
		),
		("Cancelled", "Cancel", "HEAD1", "Бағдарлама қате нұсқада бекітілген"),
	)
	for state, action, who, reason in ends:
		move(story, in_states(items, (state,)), action, who, reason)


def complete(story, items: list[Item]):
	"""The results are discussed with the deputy head and written beside every goal."""
	for child, programme in story.as_each(items, lambda item: "DEP1"):
		paper = story.programmes[child.key, programme.kind]
		take(paper, "Complete", **review(story, child, programme, paper))


def renew(story, key: str):
	"""The psychologist changes a running programme: its new version is approved and begun in its place."""
	earlier = story.programmes[key, "IDP"]
	child = next(c for c in CHILDREN if c.key == key)
	item = (child, child.programmes[0])
	with story.school.acting(author(item)):
		draft = new_version(earlier.name)
		draft.weekly_individual = 1
		story.programmes[key, "IDP"] = draft.insert()
	move(story, [item], "Hand Over", author)
	move(story, [item], "Submit to Head", "DEP1")
	move(story, [item], "Approve", "HEAD1")
	move(story, [item], "Start", author)


def review(story, child: Child, programme: Programme, paper) -> dict:
	day = story.calendar.ago(2)
	learning, support, decision = child.about["outcome"]
	goals = [
		{**row.as_dict(), "actual": goal[3], "reviewed_on": day}
		for row, goal in zip(paper.goals, child.about["goals"], strict=True)
	]
	return {
		"goals": goals,
		"review_date": day,
		"next_year": "Continue" if child.limited else "Stop",
		"learning_results": learning,
		"support_results": support,
		"review_decision": decision,
		"review_participants": members(story, ("DEP1", programme.author)),
	}


def members(story, keys) -> list[dict]:
	return [{"specialist": story.staff[key], "role": story.role_of(key)} for key in keys]


# ---- content


def content(story, child: Child, programme: Programme) -> dict:
	about, calendar = child.about, story.calendar
	done = programme.state == "Completed"
	rows = about["correction"] if programme.kind == "CDP" else about["contents"]
	values = {
		"organisation": story.school.organisation,
		"school_year": story.school.year,
		"kind": programme.kind,
		"learner": story.learners[child.key],
		"period_from": calendar.ago(45 if done else 12),
		"period_to": calendar.ago(3) if done else calendar.ahead(90),
		"individual_features": about["features"],
		"goals": [{"objective": o, "indicator": i, "expected": e} for o, i, e, _ in about["goals"]],
		"contents": [
			{"content": c, "description": d, "provider_role": role, "source_condition": condition}
			for c, d, role, condition in rows
		],
		"participants": members(story, sorted({programme.author, child.teacher})),
		"print_language": "ru" if child.russian else "kk",
	}
	return {**values, **volume(child, programme.kind), **of_kind(child, programme.kind)}


def volume(child: Child, kind: str) -> dict:
	if kind == "CDP" and child.key in TOGETHER:
		return {
			"weekly_individual": 1,
			"minutes_individual": 30,
			"weekly_small_group": 1,
			"minutes_group": 45,
		}
	return {"weekly_individual": 2, "minutes_individual": 30}


def of_kind(child: Child, kind: str) -> dict:
	if kind == "CDP":
		impairments = [{"term": code} for code in child.about["impairments"]]
		return {"impairments": impairments, "correction_component_hours": 2}
	if kind == "ICP":
		return {"intellect_impairment": "IM4" in child.about["impairments"], "subjects": subjects(child)}
	return {}


def subjects(child: Child) -> list[dict]:
	return [
		{
			"subject": name,
			"hours": hours,
			"adapted_programme": adapted,
			"assessment_changed": 1,
			"control_tasks": tasks,
			"criteria": criteria,
		}
		for name, hours, adapted, tasks, criteria in child.about["subjects"]
	]
