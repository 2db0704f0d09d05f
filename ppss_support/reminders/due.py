"""What is due today in every school of the site, kind by kind; each kind is read in a few statements, however many schools."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property, partial

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import add_days, getdate

from ppss_support import activity_facts, facts, qualification_facts, registers
from ppss_support.answers import label_text
from ppss_support.constants import states
from ppss_support.notices import day_text
from ppss_support.regulation.finding import Label
from ppss_support.regulation.reminders import days_reached, times_due
from ppss_support.reminders.sending import Reminder

CASE, CONSENT, PROGRAMME, SESSION = "PPSS Support Case", "PPSS Consent", "PPSS Programme", "PPSS Session"
ACTIVITY = "PPSS Activity"
# Papers of a child whose change shows that somebody works on the case.
WORK_ON_A_CASE = (
	CONSENT,
	"PPSS PMPC Recommendation",
	"PPSS Needs Assessment",
	"PPSS Assessment Part",
	PROGRAMME,
	"PPSS Referral",
	"PPSS Assistant Assignment",
	"PPSS Provision",
	"PPSS Request",
	"PPSS Service Paper",
	ACTIVITY,
)
# A parent who has said no is not asked again by a reminder (KZ92-11.1).
SAID_NO = (states.REFUSED, states.WITHDRAWN)


class Round:
	"""One day's look at every school: its settings, its people, and the school years under way."""

	def __init__(self):
		self.today = getdate()

	@cached_property
	def schools(self) -> dict[str, frappe._dict]:
		fields = [
			"name",
			"assistant_reminder_days",
			"category_reminder_days",
			"consent_reminder_days",
			"untouched_days",
			"reminder_interval",
		]
		return {one.name: one for one in frappe.get_all("PPSS Organisation", fields=fields)}

	@cached_property
	def features(self) -> dict[str, set[str]]:
		return facts.features_of_all(self.today)

	@cached_property
	def years(self) -> dict[str, frappe._dict]:
		under_way = {"from_date": ("<=", self.today), "to_date": (">=", self.today)}
		return {one.name: one for one in frappe.get_all("PPSS School Year", under_way, ["name", "to_date"])}

	@cached_property
	def people(self) -> dict[str, frappe._dict]:
		"""Who can be told: whoever has left, or may not log in any more, hears nothing."""
		fields = ["name", "organisation", "user", "user.enabled"]
		active = {"active": 1, "user": ("is", "set")}
		return {one.name: one for one in frappe.get_all("PPSS Specialist", active, fields) if one.enabled}

	@cached_property
	def holders(self) -> dict[tuple[str, str], set[str]]:
		"""Logins by school and role of the service."""
		found = defaultdict(set)
		held = {"parenttype": "PPSS Specialist"}
		for specialist, role in frappe.get_all("PPSS Term Item", held, ["parent", "term"], as_list=True):
			if one := self.people.get(specialist):
				found[one.organisation, role].add(one.user)
		return found

	def deputies(self, school: str) -> frozenset[str]:
		return frozenset(self.holders[school, "DEP"] | self.holders[school, "DVR"])

	def login(self, specialist: str | None) -> frozenset[str]:
		one = self.people.get(specialist)
		return frozenset({one.user} if one else ())

	@cached_property
	def members(self) -> set[tuple[str, str]]:
		"""Cases and those who are members of them today: with membership ends the right to read (KZ92-5.5)."""
		case, row = frappe.qb.DocType(CASE), frappe.qb.DocType("PPSS Case Membership")
		query = frappe.qb.from_(row).join(case).on((row.parent == case.name) & (row.parenttype == CASE))
		running = row.to_date.isnull() | (row.to_date >= self.today)
		open_today = (case.status == "Open") & (row.from_date <= self.today) & running
		return set(query.where(open_today).select(row.parent, row.specialist).run())

	def answers_for(self, case) -> frozenset[str]:
		"""Return whoever is responsible for a case, or the deputy heads where nobody who may read it is."""
		responsible = case.responsible if (case.name, case.responsible) in self.members else None
		return self.instead(self.login(responsible), case.organisation)

	def instead(self, users: Collection[str], school: str) -> frozenset[str]:
		"""Return the deputy heads where there is nobody else to be told."""
		return frozenset(users) or self.deputies(school)

	def reached(self, school: str, last_day) -> int | None:
		"""Return which of the organisation's days before a last day has come."""
		days = days_before(self.schools[school].assistant_reminder_days)
		return days_reached(getdate(last_day), self.today, days)

	def standing(self, school: str, since, after: int = 0) -> str | None:
		"""Return the occasion of what stands since a day and is told again and again, None as long as it is not."""
		times = times_due(getdate(since), self.today, after, self.schools[school].reminder_interval or 0)
		return None if times is None else f"{getdate(since)} {times}"


def days_before(given: str | None) -> set[int]:
	"""Return on how many days before a last day an organisation wants to be told."""
	return {int(days) for days in (given or "").split(",") if days.strip()}


def occasion(last_day, days: int) -> str:
	return f"{getdate(last_day)} {days}"


# ---- before a day


def quarters_of_assistants(now: Round) -> Iterator[Reminder]:
	"""Ask in time whether PMPC has determined the further need (KZ92-14.2.6c)."""
	waiting = {"workflow_state": states.APPOINTED, "docstatus": 1, "pmpc_further_need": "Pending"}
	fields = ["name", "to_date", "organisation", "learner_name"]
	for row in frappe.get_all("PPSS Assistant Assignment", waiting, fields):
		days = now.reached(row.organisation, row.to_date)
		if days is not None:
			yield Reminder(
				"quarter",
				now.deputies(row.organisation),
				"PPSS Assistant Assignment",
				row.name,
				occasion(row.to_date, days),
				partial(quarter_ends, row.learner_name, row.to_date),
			)


def quarter_ends(child: str, last_day, lang: str) -> str:
	text = _("{0}: the assistant's quarter ends on {1}; PMPC has not yet determined the further need.", lang)
	return text.format(child, day_text(last_day))


def reviews_of_programmes(now: Round) -> Iterator[Reminder]:
	"""Before the year ends its running programmes are to be discussed and completed (KZ92-14.2.2c, KZ92-20)."""
	running = {"workflow_state": states.IN_IMPLEMENTATION, "school_year": ("in", list(now.years) or [""])}
	rows = frappe.get_all(PROGRAMME, running, ["school_year", "organisation", "author"])
	told: Counter[tuple] = Counter()
	for row in rows:
		deputies, author = now.deputies(row.organisation), now.login(row.author)
		told.update((row.school_year, row.organisation, users) for users in {deputies, author - deputies})
	for (year, school, users), count in told.items():
		last = now.years[year].to_date
		days = now.reached(school, last)
		if days is not None:
			text = partial(reviews_wait, count, last)
			yield Reminder("review", users, "PPSS School Year", year, occasion(last, days), text)


def reviews_wait(count: int, last_day, lang: str) -> str:
	text = _("{0} programmes wait for the review of their results; the school year ends on {1}.", lang)
	return text.format(count, day_text(last_day))


def reports_of_quarters(now: Round) -> Iterator[Reminder]:
	"""Before a quarter ends its analytical report is due, where the regulation wants one (ALM-5.9)."""
	ending = frappe.get_all(
		"PPSS Quarter", {"to_date": (">=", now.today)}, ["parent", "to_date"], as_list=True
	)
	wanted = {school for school, features in now.features.items() if "report_periods" in features}
	for school in sorted(school for school in wanted if now.holders[school, "PSY"]):
		for year, last in ending:
			days = now.reached(school, last)
			if days is not None:
				users = frozenset(now.holders[school, "PSY"])
				text = partial(report_due, last)
				yield Reminder("report", users, "PPSS School Year", year, occasion(last, days), text)


def report_due(last_day, lang: str) -> str:
	return _("The quarter ends on {0}: the analytical report of the service is due.", lang).format(
		day_text(last_day)
	)


def expiring_categories(now: Round) -> Iterator[Reminder]:
	"""Tell the specialist and the deputy heads that a category of order No 338 ends soon (KZ92-4.4)."""
	days = {name: one.category_reminder_days for name, one in now.schools.items()}
	for row in qualification_facts.expiring(now.today, days):
		users = now.deputies(row.organisation) | now.login(row.specialist)
		text = partial(category_ends, row)
		yield Reminder("category", users, "PPSS Qualification", row.parent, f"{row.row} {row.to_date}", text)


def category_ends(row, lang: str) -> str:
	text = _("{0}: the category “{1}” ends on {2}.", lang)
	category = label_text(Label(row.qualification_category), lang)
	return text.format(row.specialist_name, category, day_text(row.to_date))


# ---- after a day, told again as often as the organisation wants


def overdue_decisions(now: Round) -> Iterator[Reminder]:
	"""Remind whoever is responsible for a decision that its term has passed (KZ92-14.2.6b, B.9)."""
	for row in registers.unexecuted_decisions({"overdue": True}):
		day_after = add_days(row.deadline, 1)
		if when := now.standing(row.organisation, day_after):
			users = now.instead(now.login(row.responsible), row.organisation)
			text = partial(decision_overdue, row)
			yield Reminder("decision", users, "PPSS Meeting", row.meeting, f"{row.row} {when}", text)


def decision_overdue(row, lang: str) -> str:
	text = _("Decision {0} of the minutes No {1} was to be executed by {2}.", lang)
	return text.format(row.decision, row.meeting_no, day_text(row.deadline))


def overdue_requests(now: Round) -> Iterator[Reminder]:
	"""Whoever was asked is reminded of a request that is overdue, until it is answered (KZ92-14.1.2b)."""
	for row in activity_facts.requests_overdue():
		asked = now.login(row.to_person) if row.to_person else now.holders[row.organisation, row.to_role]
		if when := now.standing(row.organisation, add_days(row.due, 1)):
			text = partial(request_overdue, row)
			users = now.instead(asked, row.organisation)
			yield Reminder("request", users, "PPSS Request", row.name, when, text)


def request_overdue(row, lang: str) -> str:
	text = _("{0} was due on {1} and is not answered", lang)
	return text.format(row.name, day_text(row.due))


def missing_consents(now: Round) -> Iterator[Reminder]:
	"""Whoever answers for a child asks the parents for their consent, where the regulation wants one (KZ92-11.1)."""
	wanted = {
		name
		for name, one in now.schools.items()
		if one.consent_reminder_days and "consent_required" in now.features[name]
	}
	without = [case for case in open_cases(now) if case.organisation in wanted]
	said = last_words({case.learner for case in without})
	for case in without:
		word = said.get(case.learner)
		holds = word == states.SIGNED or word in SAID_NO
		after = now.schools[case.organisation].consent_reminder_days
		when = None if holds else now.standing(case.organisation, case.opened_on, after)
		if when:
			text = partial(consent_missing, case.learner_name, case.opened_on)
			yield Reminder("consent", now.answers_for(case), CASE, case.name, when, text)


def consent_missing(child: str, opened_on, lang: str) -> str:
	text = _("{0}: the case is open since {1}, and no signed consent is there.", lang)
	return text.format(child, day_text(opened_on))


def last_words(learners: set[str]) -> dict[str, str]:
	"""Return the state of each child's consent: signed where one holds, else that of the latest paper."""
	said: dict[str, str] = {}
	of_children = {"learner": ("in", list(learners) or [""]), "workflow_state": ("!=", states.CANCELLED)}
	fields = ["learner", "workflow_state"]
	for learner, state in frappe.get_all(CONSENT, of_children, fields, order_by="creation", as_list=True):
		if said.get(learner) != states.SIGNED:
			said[learner] = state
	return said


def untouched_cases(now: Round) -> Iterator[Reminder]:
	"""Tell whoever answers for a case that nothing has been done in it for the organisation's days (KZ92-2.4)."""
	wanted = {name: one.untouched_days for name, one in now.schools.items() if one.untouched_days}
	if not wanted:
		return
	worked = last_work(now)
	for case in open_cases(now):
		if case.organisation in wanted:
			last = max(getdate(case.modified), worked.get(case.learner, getdate(case.opened_on)))
			if when := now.standing(case.organisation, last, wanted[case.organisation]):
				text = partial(case_untouched, case.learner_name, last)
				yield Reminder("untouched", now.answers_for(case), CASE, case.name, when, text)


def case_untouched(child: str, last_day, lang: str) -> str:
	return _("{0}: nothing has been done in the case since {1}.", lang).format(child, day_text(last_day))


def last_work(now: Round) -> dict[str, date]:
	"""Return the last day on which anybody worked for each child of an open case."""
	case = frappe.qb.DocType(CASE)
	under_way = (case.status == "Open") & case.school_year.isin(list(now.years) or [""])
	children = frappe.qb.from_(case).where(under_way).select(case.learner)
	rows = [row for doctype in WORK_ON_A_CASE for row in last_changes(doctype, children)]
	last: dict[str, date] = {}
	for learner, moment in [*rows, *last_work_together(children)]:
		last[learner] = max(last.get(learner, date.min), getdate(moment))
	return last


def last_changes(doctype: str, children) -> list[tuple]:
	paper = frappe.qb.DocType(doctype)
	own = frappe.qb.from_(paper).where(paper.learner.isin(children))
	return own.select(paper.learner, Max(paper.modified)).groupby(paper.learner).run()


def last_work_together(children) -> list[tuple]:
	"""Read lessons held, and work with several children at once, of whom rows of the paper say which."""
	held = last_of_rows(SESSION, "PPSS Attendance", "date", children)
	held = held.where(frappe.qb.DocType(SESSION).workflow_state == states.HELD)
	return [*held.run(), *last_of_rows(ACTIVITY, "PPSS Participant", "modified", children).run()]


def last_of_rows(doctype: str, table: str, moment: str, children):
	paper, child = frappe.qb.DocType(doctype), frappe.qb.DocType(table)
	own = (child.parent == paper.name) & (child.parenttype == doctype) & child.learner.isin(children)
	query = frappe.qb.from_(child).join(paper).on(own)
	return query.groupby(child.learner).select(child.learner, Max(paper[moment]))


def open_cases(now: Round) -> list[frappe._dict]:
	"""Return the open cases of the years under way."""
	under_way = {"status": "Open", "school_year": ("in", list(now.years) or [""])}
	fields = ["name", "learner", "learner_name", "organisation", "responsible", "opened_on", "modified"]
	return frappe.get_all(CASE, under_way, fields)


KINDS = (
	quarters_of_assistants,
	reviews_of_programmes,
	reports_of_quarters,
	expiring_categories,
	overdue_decisions,
	overdue_requests,
	missing_consents,
	untouched_cases,
)
