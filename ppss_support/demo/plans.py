"""Annual plans: last year's executed, this year's in its second version, and changes on the way to the head."""

import json
from pathlib import Path

import frappe

from ppss_support.demo.hands import make, take

WORK = json.loads((Path(__file__).parent / "data" / "plan.json").read_text(encoding="utf-8"))
AIM = "Әрбір білім алушының психологиялық саламаттылығын қамтамасыз ету және дамуына жағдай жасау."
REFERENCE = "Оқу-тәрбие жұмысының жоспары, 6-бөлім, 1–5-тармақтар"


def add(story):
	last, running = story.school.last_year, story.school.year
	execute(story, approve(story, plan(story, last)))
	first = approve(story, plan(story, running))
	approve(story, plan(story, running, supersedes=first.name))
	submit(story, plan(story, running))
	returned = submit(story, plan(story, running, WORK[:-1]))
	with story.school.acting("HEAD1"):
		take(returned, "Return", "Ұйымдастыру-әдістемелік бағыттың жұмысы көрсетілсін")
	plan(story, running, WORK[:4])


def plan(story, year: str, work=WORK, **values):
	terms = quarters(year)
	with story.school.acting("DEP1"):
		return make(
			"PPSS Annual Plan",
			organisation=story.school.organisation,
			school_year=year,
			date=terms[1][0],
			aim=AIM,
			organisation_plan_reference=REFERENCE,
			rows=[row(story, each, terms) for each in work],
			**values,
		)


def row(story, each: dict, terms: dict) -> dict:
	first, last = each["quarters"]
	return {
		**{key: value for key, value in each.items() if key != "quarters"},
		"responsible": story.staff[each["responsible"]],
		"period_from": terms[first][0],
		"period_to": terms[last][1],
	}


def quarters(year: str) -> dict:
	"""Return first and last day of each quarter by its number."""
	rows = frappe.get_all("PPSS Quarter", {"parent": year}, ["quarter", "from_date", "to_date"], as_list=True)
	return {number: (first, last) for number, first, last in rows}


def submit(story, paper):
	with story.school.acting("DEP1"):
		return take(paper, "Submit to Head")


def approve(story, paper):
	paper = submit(story, paper)
	with story.school.acting("HEAD1"):
		return take(paper, "Approve")


def execute(story, paper):
	"""One measure of last year fell out, and the plan says why."""
	for number, each in enumerate(paper.rows):
		each.update(
			{"done": 1, "result": "Орындалды"} if number else {"result": "Карантинге байланысты өтпеді"}
		)
	with story.school.acting("DEP1"):
		paper.save()
		take(paper, "Mark Executed")
