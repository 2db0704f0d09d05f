"""Orders on the service: of last year, cancelled, in force, and those still on their way to the head."""

from datetime import timedelta

import frappe

from ppss_support.demo.hands import make, take
from ppss_support.demo.staff import MEMBERS

BASIS = "Алматы қаласы Білім басқармасының 2025 жылғы 20 тамыздағы № 318 бұйрығы"
CREATE = "Психологиялық-педагогикалық қолдау қызметін құру туралы"
CHANGE = "Психологиялық-педагогикалық қолдау қызметінің құрамына өзгеріс енгізу туралы"


def add_in_force(story):
	"""Last year's order is superseded by this year's; one with a wrong number was cancelled at once."""
	before_last, before_this = (
		day - timedelta(days=3) for day in (story.school.last_year_first, story.calendar.year.first)
	)
	wrong = issue(story, "110", before_last, CREATE)
	with story.school.acting("HEAD1"):
		take(wrong, "Cancel", "Тіркеу нөмірі қате қойылған, бұйрық қайта шығарылады")
	first = issue(story, "112", before_last, CREATE)
	story.order = issue(story, "128", before_this, CHANGE, order_kind="Change", supersedes=first.name)
	acknowledge(story, before_this)


def acknowledge(story, day):
	"""All but the assistant who is to leave have signed that they know the ethics of the service."""
	with story.school.acting("ADM1"):
		for number, key in enumerate([key for key in MEMBERS if key != "AST3"], 1):
			make(
				"PPSS Ethics Acknowledgement",
				organisation=story.school.organisation,
				specialist=story.staff[key],
				service_order=story.order.name,
				date=day,
				signed=1,
				archive_index=f"02-07, {number}-бет",
			)


def issue(story, number: str, day, subject: str, **values):
	with story.school.acting("DEP1"):
		order = write(story, order_no=number, order_date=day, subject=subject, **values)
		order = take(order, "Submit to Head")
	with story.school.acting("HEAD1"):
		return take(order, "Issue")


def write(story, without: str | None = None, **values):
	defaults = {
		"organisation": story.school.organisation,
		"order_kind": "Create",
		"basis_text": BASIS,
		"head": story.staff["HEAD1"],
		"control_by": story.staff["DEP1"],
		"members": [member(story, key, values.get("order_date")) for key in MEMBERS if key != without],
	}
	return make("PPSS Support Order", **{**defaults, **values})


def member(story, key: str, day) -> dict:
	person = story.school.people[key]
	return {
		"specialist": story.staff[key],
		"position": person.position,
		"role_in_service": person.term,
		"is_coordinator": key == "DEP1",
		"may_sign_referrals": key == "DEP1",
		"acknowledged_on": day,
	}


def add_pending(story):
	"""Leave one order with the head, one to submit, and one returned for a better text."""
	changes = {"order_kind": "Change", "subject": CHANGE, "supersedes": story.order.name}
	today = story.calendar.today
	with story.school.acting("DEP1"):
		waiting = write(story, without="AST3", order_no="140", order_date=today, **changes)
		take(waiting, "Submit to Head")
		write(
			story,
			order_no="141",
			order_date=today,
			**{**changes, "subject": f"{CHANGE} (екінші жартыжылдық)"},
		)
	with story.school.acting("ADM1"):
		returned = take(write(story, without="SOC2", **changes), "Submit to Head")
	with story.school.acting("HEAD1"):
		take(returned, "Return", "Құрамнан шығарудың негізі көрсетілсін")


def leave_service(story):
	"""An assistant has left; the order without her waits for the head, the one in force still names her."""
	with story.school.acting("ADM1"):
		leaver = frappe.get_doc("PPSS Specialist", story.staff["AST3"])
		leaver.active = 0
		leaver.save()
