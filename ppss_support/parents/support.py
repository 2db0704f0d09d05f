"""What a parent reads about one child: stage, people, consents, approved programmes, lessons to come; plain words only.

Neither what specialists write down nor another child of a lesson is ever read here.
"""

import frappe
from frappe import _
from frappe.utils import get_time, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.parents.children import Child
from ppss_support.print_helpers import long_date, paper_language, position_of, short_date, term_label
from ppss_support.regulation import parents, rules

PUBLISHED = (*states.RUNNING_PROGRAMME, states.COMPLETED, states.DISCONTINUED)
LESSONS_SHOWN = 5
TEXTS = {
	parents.NONE: "The support service does not work with the child in this school year.",
	parents.CLOSED: "The support of this school year has ended.",
	parents.WITHOUT_CONSENT: "The support service needs your written consent before it begins.",
	parents.STOPPED: "The consent has ended, so the support has stopped.",
	parents.STUDIED: "The specialists are finding out what help the child needs.",
	parents.PLANNED: "The specialists are preparing the programme of support.",
	parents.APPROVED: "The programme of support is approved and will begin.",
	parents.RUNNING: "The child is supported by the approved programme.",
	parents.SUSPENDED: "The support has been suspended for a time.",
	parents.COMPLETED: "The programme of support has been completed and its results have been reviewed.",
}
PROGRAMME_TEXTS = {
	states.APPROVED: "Will begin",
	states.IN_IMPLEMENTATION: "Goes on",
	states.SUSPENDED: "Suspended for a time",
	states.COMPLETED: "Has been completed",
	states.DISCONTINUED: "Has been stopped",
}
CONSENT_TEXTS = {
	states.PREPARED: "The form is ready for you: print it, sign it by hand and bring it to school.",
	states.SIGNED: "The consent was given on {0}.",
	states.REFUSED: "You refused the consent on {0}.",
	states.WITHDRAWN: "The consent was withdrawn on {0}.",
	states.EXPIRED: "The consent ran out on {0}.",
}
DAY_OF_CONSENT = {
	states.PREPARED: "creation",
	states.SIGNED: "date_signed",
	states.REFUSED: "refused_on",
	states.WITHDRAWN: "withdrawn_on",
	states.EXPIRED: "valid_to",
}


def story_of(child: Child) -> dict:
	"""Return everything the page of a child shows."""
	programmes = programmes_of(child)
	return {
		**outline_of(child, [row.workflow_state for row in programmes if row.of_this_year]),
		"consents": consents_of(child),
		"programmes": programmes,
		"lessons": lessons_of(child),
	}


def outline_of(child: Child, programme_states: list[str] | None = None) -> dict:
	"""Return how the support stands today, in one sentence, and who answers for it."""
	if programme_states is None:
		programme_states = [row.workflow_state for row in programmes_of(child) if row.of_this_year]
	year = facts.school_year_on(getdate())
	case = frappe.db.get_value(
		"PPSS Support Case",
		{"learner": child.name, "school_year": year},
		["status", "stage", "responsible"],
		as_dict=True,
	) or frappe._dict(status=None)
	consent = rules.consent_on(facts.consents_of(child.name), getdate(), child.full_name)
	standing, ended = parents.standing(case.status, case.stage == "2", consent, programme_states)
	return {
		"standing": _(TEXTS[standing]),
		"ended": ended and day_in_words(ended),
		"responsible": case.status == "Open" and person(case.responsible),
	}


def person(specialist: str | None) -> dict | None:
	"""Return name and post of a specialist."""
	if not specialist:
		return None
	return {"name": facts.full_name("PPSS Specialist", specialist), "position": position_of(specialist)}


# ---- consents


def consents_of(child: Child) -> list[frappe._dict]:
	"""Return the child's consents, the latest first; drafts and refusals only of this very representative."""
	rows = frappe.get_all(
		"PPSS Consent",
		{"learner": child.name, "docstatus": ("<", 2)},
		[
			"name",
			"workflow_state",
			"representative",
			"representative_full_name",
			*set(DAY_OF_CONSENT.values()),
		],
		order_by="creation desc",
	)
	shared = (states.SIGNED, states.WITHDRAWN, states.EXPIRED)
	return [
		consent_line(row, row.representative == child.representative)
		for row in rows
		if row.workflow_state in shared or row.representative == child.representative
	]


def consent_line(row, own: bool) -> frappe._dict:
	day = row[DAY_OF_CONSENT[row.workflow_state]]
	text = _(CONSENT_TEXTS[row.workflow_state]).format(day_in_words(day) if day else "")
	return frappe._dict(
		name=row.name,
		text=text,
		giver=row.representative_full_name,
		printed=own and row.workflow_state in (states.PREPARED, states.SIGNED),
		can_withdraw=own and row.workflow_state == states.SIGNED,
		stated=own and row.workflow_state == states.WITHDRAWN,
		valid_to=row.workflow_state == states.SIGNED and row.valid_to and day_in_words(row.valid_to),
	)


def own_consent(child: Child, name: str, *wanted: str) -> frappe._dict | None:
	"""Return the consent this representative gave for the child, if it stands in one of the wanted states."""
	own = {"name": name, "learner": child.name, "representative": child.representative}
	return frappe.db.get_value(
		"PPSS Consent",
		{**own, "workflow_state": ("in", wanted), "docstatus": ("<", 2)},
		["name", "date_signed", "organisation", "withdrawal_statement"],
		as_dict=True,
	)


# ---- programmes


def programmes_of(child: Child) -> list[frappe._dict]:
	"""Return the approved programmes of the child, the latest first; drafts and replaced versions are not published."""
	rows = frappe.get_all(
		"PPSS Programme",
		{"learner": child.name, "docstatus": 1, "workflow_state": ("in", PUBLISHED)},
		["name", "number", "workflow_state", "period_from", "period_to", "school_year"],
		order_by="period_from desc, creation desc",
	)
	year = facts.school_year_on(getdate())
	for row in rows:
		row.of_this_year = row.school_year == year
		row.state = _(PROGRAMME_TEXTS[row.workflow_state])
		row.period = f"{short_date(row.period_from)} – {short_date(row.period_to)}"
	return rows


# ---- lessons


def lessons_of(child: Child) -> list[dict]:
	"""Return the next lessons of the child: day, time, form, and who gives them."""
	lesson, row = frappe.qb.DocType("PPSS Session"), frappe.qb.DocType("PPSS Attendance")
	query = (
		frappe.qb.from_(lesson)
		.join(row)
		.on((row.parent == lesson.name) & (row.parenttype == "PPSS Session"))
		.where((row.learner == child.name) & (lesson.workflow_state == states.PLANNED))
		.where(lesson.date >= getdate())
		.select(lesson.date, lesson.start, lesson.planned_minutes, lesson.form, lesson.provider)
		.orderby(lesson.date, lesson.start)
		.limit(LESSONS_SHOWN)
	)
	return [
		{
			"day": day_in_words(one.date),
			"time": get_time(one.start).strftime("%H:%M") if one.start is not None else "",
			"minutes": one.planned_minutes,
			"form": term_label(one.form, paper_language()),
			**(person(one.provider) or {}),
		}
		for one in query.run(as_dict=True)
	]


def day_in_words(day) -> str:
	return long_date(day, paper_language())
