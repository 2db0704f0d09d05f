"""Lists of children for support: last year's, and this year's with its corrections."""

from datetime import timedelta

from ppss_support.demo.hands import make, take
from ppss_support.demo.plan import CHILDREN, FIRST, PROPOSED, Child

LISTED = [child for child in CHILDREN if child.listing == FIRST]
AT_FIRST = LISTED[:18]
ADDED = [child for child in CHILDREN if child.listing == PROPOSED]


def add_last_year(story):
	"""It closes by itself, for its year is over."""
	children = [child for child in CHILDREN if child.earlier in ("Concluded", "Superseded")]
	date = story.school.last_year_first + timedelta(days=40)
	approve(story, submit(story, children, school_year=story.school.last_year, date=date))


def add_current(story):
	"""The first list was cancelled, the second is superseded by one with the children assessed since."""
	wrong = approve(story, submit(story, AT_FIRST[:4], date=story.calendar.ago(29)))
	with story.school.acting("HEAD1"):
		take(wrong, "Cancel", "Тізім толық емес күйінде бекітілген, қайта ұсынылсын")
	first = approve(story, submit(story, AT_FIRST, date=story.calendar.ago(28)))
	story.list = approve(story, submit(story, LISTED, date=story.calendar.ago(14), amends=first.name))


def add_pending(story):
	"""Leave a list with the head, one returned and one still being written."""
	standing = [child for child in LISTED if child.consent == "Signed"]
	submit(story, standing + ADDED, date=story.calendar.today, amends=story.list.name)
	returned = submit(story, standing[:3], date=story.calendar.ago(3), amends=story.list.name)
	with story.school.acting("HEAD1"):
		take(returned, "Return", "Тізімнен шығарылған балалардың себебі көрсетілсін")
	with story.school.acting("DEP2"):
		write(story, ADDED, date=story.calendar.today, amends=story.list.name)


def submit(story, children: list[Child], **values):
	with story.school.acting("DEP1"):
		return take(write(story, children, **values), "Submit to Head")


def approve(story, learner_list):
	with story.school.acting("HEAD1"):
		return take(learner_list, "Approve")


def write(story, children: list[Child], **values):
	defaults = {
		"organisation": story.school.organisation,
		"school_year": story.school.year,
		"rows": [row(story, child) for child in children],
	}
	return make("PPSS Learner List", **{**defaults, **values})


def row(story, child: Child) -> dict:
	kinds = {programme.kind for programme in child.programmes}
	return {
		"learner": story.learners[child.key],
		"measures": child.about["measures"],
		"needs_idp": "IDP" in kinds or not child.limited,
		"needs_cdp": child.limited,
		"needs_icp": "ICP" in kinds,
		"needs_assistant": bool(child.assistant),
		"responsible": story.staff[child.lead],
	}
