"""The checks of the compliance screen, in the order of the clauses of order No 92."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import add_days, date_diff, formatdate, getdate

from ppss_support import activity_facts, facts, registers
from ppss_support.answers import text_of
from ppss_support.constants import roles, states
from ppss_support.path import acting
from ppss_support.regulation import lessons, messages, rules
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.plans import WHOLE
from ppss_support.reporting import groups, participation, reads
from ppss_support.reporting.compliance import BREACH, MISSING, OVERDUE, SOON, UNSIGNED, Gap, check
from ppss_support.reporting.ledger import Ledger

CONSENT, ASSESSMENT, PMPC = "PPSS Consent", "PPSS Needs Assessment", "PPSS PMPC Recommendation"
LIST, PROGRAMME, SESSION = "PPSS Learner List", "PPSS Programme", "PPSS Session"
ORDER, ASSIGNMENT, REFERRAL = "PPSS Support Order", "PPSS Assistant Assignment", "PPSS Referral"
PLAN = "PPSS Annual Plan"
PROGRAMME_OF = {"needs_idp": "IDP", "needs_cdp": "CDP", "needs_icp": "ICP"}
# Days before the end of a quarter from which the further need of an assistant is asked about, and presses.
ASK_FROM, PRESS_FROM = 30, 14


def clause_of(finding: Finding) -> str:
	return messages.CATALOGUE[finding.code].citations[0].row or ""


# ---- clause 4, 14.1: the service


@check("KZ92-14.1.1a", MISSING)
def service_without_order(ledger: Ledger) -> Iterator[Gap]:
	"""A school has an order that is in force today: one that begins later creates no service yet (KZ92-14.1.1a)."""
	for school in ledger.frame.schools:
		if not facts.order_on(school, getdate()):
			what = _("No order on creating the service is in force.")
			yield Gap(what, ORDER, values={"organisation": school}, subject=school, turn=_(roles.HEAD))


@check("KZ92-4.2", BREACH)
def composition(ledger: Ledger) -> Iterator[Gap]:
	"""Each of the six roles is filled or its absence explained; members still work here (KZ92-4.2, KZ92-4.3)."""
	found = orders(ledger)
	names = [order.name for order in found]
	members = reads.rows_of("PPSS Order Member", names, ["specialist", "role_in_service", "is_coordinator"])
	absent = reads.rows_of("PPSS Absent Role", names, ["role", "reason"])
	for order in found:
		profile = ledger.frame.schools[order.organisation].regulation_profile
		explained = [row.role for row in absent[order.name] if row.reason]
		people = [member_of(row, ledger) for row in members[order.name]]
		unfilled = rules.composition(people, facts.service_roles(profile), explained)
		for finding in [*unfilled, *rules.inactive_members(people)]:
			# A role nobody fills waits for somebody; a member who has left is named by an order that no longer holds.
			missing = finding in unfilled and finding.warning
			yield Gap(
				text_of(finding),
				ORDER,
				order.name,
				subject=order.order_no,
				turn=_(roles.DEPUTY),
				since=order.in_force_from,
				clause=clause_of(finding),
				kind=MISSING if missing else BREACH,
			)


def member_of(row: frappe._dict, ledger: Ledger) -> rules.Member:
	person = ledger.staff.get(row.specialist) or frappe._dict(full_name=row.specialist, active=0)
	return rules.Member(person.full_name, row.role_in_service, bool(row.is_coordinator), bool(person.active))


@check("KZ92-14.1.1b", UNSIGNED)
def orders_not_acknowledged(ledger: Ledger) -> Iterator[Gap]:
	"""Members sign that they know the order that names them (KZ92-14.1.1b)."""
	for row in ledger.members:
		if not row.acknowledged_on:
			yield Gap(
				_("The member has not acknowledged the order."),
				ORDER,
				row.parent,
				subject=row.full_name,
				specialist=row.specialist,
				since=row.since,
			)


@check("KZ92-5", UNSIGNED)
def ethics_not_acknowledged(ledger: Ledger) -> Iterator[Gap]:
	"""Members know the principles of clause 5 and keep confidence (KZ92-5)."""
	for row in ledger.members:
		if not row.acknowledgement:
			yield Gap(
				_("The member has not acknowledged ethics and confidentiality."),
				"PPSS Ethics Acknowledgement",
				values={"specialist": row.specialist, "service_order": row.parent},
				subject=row.full_name,
				specialist=row.specialist,
				since=row.since,
			)


def orders(ledger: Ledger) -> list[frappe._dict]:
	return frappe.get_all(
		ORDER,
		{**ledger.frame.here, "workflow_state": states.IN_FORCE, "docstatus": 1},
		["name", "organisation", "order_no", "in_force_from"],
	)


# ---- clause 14.1.2, 23: requests and the annual plan


@check("KZ92-14.1.2b", OVERDUE)
def requests_unanswered(ledger: Ledger) -> Iterator[Gap]:
	"""Whoever is asked answers in the term (KZ92-14.1.2b)."""
	labels = reads.term_labels("Role")
	for row in activity_facts.requests_overdue():
		if row.organisation in ledger.frame.schools:
			yield Gap(
				_("The request is not answered in time."),
				"PPSS Request",
				row.name,
				subject=row.name,
				specialist=row.to_person,
				turn=labels.get(row.to_role, ""),
				due=row.due,
			)


@check("KZ92-23.2", MISSING)
def plan_missing(ledger: Ledger) -> Iterator[Gap]:
	"""The year has a plan the head has approved (KZ92-23.2)."""
	standing = {**ledger.frame.this_year, "docstatus": ("<", 2), "workflow_state": ("!=", states.SUPERSEDED)}
	standing["plan_kind"] = ("in", WHOLE)
	fields = ["name", "organisation", "workflow_state", "docstatus", "modified"]
	rows = frappe.get_all(PLAN, standing, fields, order_by="docstatus, creation")
	plans = {row.organisation: row for row in rows}
	for school in ledger.frame.schools:
		plan = plans.get(school)
		if not plan:
			what = _("The year has no annual plan.")
			values = {"organisation": school, "school_year": ledger.frame.year}
			yield Gap(what, PLAN, values=values, subject=school, turn=acting(PLAN, states.DRAFT))
		elif not plan.docstatus:
			yield Gap(
				_("The annual plan is not approved."),
				PLAN,
				plan.name,
				subject=school,
				turn=acting(PLAN, plan.workflow_state),
				since=getdate(plan.modified),
				kind=UNSIGNED,
			)


# ---- clause 11: consent


@check("KZ92-11.1", MISSING)
def consent_missing(ledger: Ledger) -> Iterator[Gap]:
	"""Whoever is supported has a consent that holds today, or at least one handed out (KZ92-11.1)."""
	prepared = {one.learner for one in ledger.consents if one.workflow_state == states.PREPARED}
	for case in ledger.cases:
		found = rules.consent_on(ledger.signed.get(case.learner, ()), getdate(), ledger.name_of(case.learner))
		if found and case.learner not in prepared:
			yield Gap(
				text_of(found[0]),
				CONSENT,
				values={"learner": case.learner},
				learner=case.learner,
				specialist=case.responsible,
				since=case.opened_on,
			)


@check("KZ92-11.2", UNSIGNED)
def consent_unsigned(ledger: Ledger) -> Iterator[Gap]:
	"""A consent that was handed out comes back signed (KZ92-11.2)."""
	for one in ledger.consents:
		if one.workflow_state == states.PREPARED and not ledger.has_consent(one.learner):
			yield Gap(
				_("The consent is prepared but not signed."),
				CONSENT,
				one.name,
				learner=one.learner,
				specialist=one.prepared_by,
				since=getdate(one.creation),
			)


# ---- clause 7, 10, 14.2: assessment and its basis


@check("KZ92-7.1", OVERDUE)
def assessments_overdue(ledger: Ledger) -> Iterator[Gap]:
	"""An assessment ends within the term the organisation has set (KZ92-7.1)."""
	for one in ledger.assessments:
		begun = getdate(one.start_date or one.creation)
		school = ledger.frame.schools[ledger.pupils[one.learner].organisation]
		due = getdate(add_days(begun, school.assessment_days))
		if not one.docstatus and due < getdate():
			yield Gap(
				_("The assessment is not concluded in time."),
				ASSESSMENT,
				one.name,
				learner=one.learner,
				turn=acting(ASSESSMENT, one.workflow_state),
				since=begun,
				due=due,
			)


@check("KZ92-2.3", UNSIGNED)
def parts_unsigned(ledger: Ledger) -> Iterator[Gap]:
	"""Every member of a team signs the own part (KZ92-2.3)."""
	working = (states.TEAM_WORKING, states.RETURNED)
	open_ones = {one.name: one for one in ledger.assessments if one.workflow_state in working}
	for part in frappe.get_all(
		"PPSS Assessment Part",
		{"assessment": ("in", list(open_ones)), "signed": 0},
		["name", "assessment", "specialist", "learner", "creation"],
		order_by="creation",
	):
		yield Gap(
			_("The part of the assessment is not signed."),
			"PPSS Assessment Part",
			part.name,
			learner=part.learner,
			specialist=part.specialist,
			since=getdate(part.creation),
		)


@check("KZ92-10.2", MISSING)
def limited_without_pmpc(ledger: Ledger) -> Iterator[Gap]:
	"""Children with limited abilities are supported on a verified PMPC paper (KZ92-10.2)."""
	papers = {one.learner: one for one in ledger.pmpc}
	limited = [learner for learner, own in ledger.categories.items() if "C3" in own]
	for learner in limited:
		paper = papers.get(learner)
		if not paper:
			what = text_of(Finding.of("M11"))
			turn = acting(PMPC, states.RECORDED)
			yield Gap(what, PMPC, values={"learner": learner}, learner=learner, turn=turn)
		elif not paper.docstatus:
			yield Gap(
				_("The PMPC paper is recorded but not verified."),
				PMPC,
				paper.name,
				learner=learner,
				turn=acting(PMPC, paper.workflow_state),
				since=paper.date,
				kind=UNSIGNED,
			)


# ---- clause 14.2.1: list and programmes


@check("KZ92-14.2.1c", MISSING)
def not_on_list(ledger: Ledger) -> Iterator[Gap]:
	"""Assessed children with special needs stand on the list the head approves (KZ92-14.2.1c)."""
	for one in ledger.assessments:
		needy = ledger.categories[one.learner] & rules.SPECIAL_NEEDS
		if one.workflow_state == states.CONCLUDED and needy and one.learner not in ledger.listed:
			yield Gap(
				_("The child is assessed but is on no list of the year."),
				LIST,
				values={"organisation": ledger.pupils[one.learner].organisation},
				learner=one.learner,
				turn=acting(LIST, states.DRAFT),
			)


@check("KZ92-14.2.1b", MISSING)
def listed_without_programme(ledger: Ledger) -> Iterator[Gap]:
	"""Each programme the approved list provides for is written (KZ92-14.2.1b)."""
	written = {(one.learner, one.kind) for one in ledger.programmes}
	for learner, row in ledger.listed.items():
		wanted = (
			[kind for need, kind in PROGRAMME_OF.items() if row[need]] if learner in ledger.pupils else []
		)
		for kind in wanted:
			if row.state == states.APPROVED and (learner, kind) not in written:
				yield Gap(
					_("The list provides for a programme that is not written: {0}.").format(_(kind)),
					PROGRAMME,
					values={"learner": learner, "kind": kind},
					learner=learner,
					specialist=row.responsible,
					since=row.date,
				)


@check("KZ92-14.2.1b", UNSIGNED)
def programmes_waiting(ledger: Ledger) -> Iterator[Gap]:
	"""Programmes that lie with the deputy head or the head (KZ92-14.2.1b, KZ92-14.2.2b)."""
	for one in ledger.programmes:
		if one.workflow_state in (states.WITH_DEPUTY, states.WITH_HEAD):
			yield Gap(
				_("The programme waits for approval."),
				PROGRAMME,
				one.name,
				learner=one.learner,
				turn=acting(PROGRAMME, one.workflow_state),
				since=getdate(one.modified),
			)


# ---- clause 14.2.2, 17: work on a programme


@check("KZ92-17.2", OVERDUE)
def programmes_without_lessons(ledger: Ledger) -> Iterator[Gap]:
	"""A programme in work has lessons; how long may pass without is the organisation's term (KZ92-17.1, KZ92-17.2)."""
	taught = [
		p for p in ledger.programmes if p.workflow_state == states.IN_IMPLEMENTATION and p.kind != "ICP"
	]
	last = last_lessons([p.name for p in taught])
	for one in taught:
		school = ledger.frame.schools[ledger.pupils[one.learner].organisation]
		since = getdate(last.get(one.name) or one.period_from)
		due = getdate(add_days(since, 7 * school.weeks_without_lessons))
		if due < getdate() <= getdate(one.period_to):
			yield Gap(
				_("No lesson has been held by this programme for {0} weeks.").format(
					date_diff(getdate(), since) // 7
				),
				PROGRAMME,
				one.name,
				learner=one.learner,
				specialist=one.author,
				since=since,
				due=due,
				clause="KZ92-17.1" if one.kind == "CDP" else "",
			)


def last_lessons(programmes: list[str]) -> dict[str, date]:
	"""Return the day of the last lesson held by each programme."""
	lesson, row = frappe.qb.DocType(SESSION), frappe.qb.DocType("PPSS Attendance")
	query = (
		frappe.qb.from_(row)
		.join(lesson)
		.on((lesson.name == row.parent) & (row.parenttype == SESSION))
		.where(row.programme.isin(programmes or [""]))
		.where(lesson.workflow_state == states.HELD)
		.groupby(row.programme)
		.select(row.programme, Max(lesson.date))
	)
	return dict(query.run())


@check("KZ92-14.2.2c", OVERDUE)
def goals_without_results(ledger: Ledger) -> Iterator[Gap]:
	"""When the period of a programme is over, every goal has its result (KZ92-14.2.2c, KZ92-20)."""
	over = {p.name: p for p in ledger.programmes if is_over(p)}
	open_goals = defaultdict(int)
	for parent, actual in frappe.get_all(
		"PPSS Programme Goal", {"parent": ("in", list(over))}, ["parent", "actual"], as_list=True
	):
		open_goals[parent] += not actual
	for name, one in over.items():
		if open_goals[name] or not one.review_date:
			yield Gap(
				_("The period is over, results are not reviewed; goals without a result: {0}.").format(
					open_goals[name]
				),
				PROGRAMME,
				name,
				learner=one.learner,
				specialist=one.author,
				due=getdate(one.period_to),
			)


def is_over(programme: frappe._dict) -> bool:
	return programme.workflow_state in states.RUNNING_PROGRAMME and getdate(programme.period_to) < getdate()


@check("KZ92-17.2", OVERDUE)
def lessons_not_recorded(ledger: Ledger) -> Iterator[Gap]:
	"""A lesson whose day is over is recorded as held or called off (KZ92-14.1.2c)."""
	for one in frappe.get_all(
		SESSION,
		{**ledger.frame.this_year, "workflow_state": states.PLANNED, "date": ("<", getdate())},
		["name", "date", "provider"],
		order_by="date, start",
	):
		yield Gap(
			_("The day of the lesson is over, and it is neither held nor called off."),
			SESSION,
			one.name,
			subject=f"{_(SESSION)} {formatdate(one.date)}",
			specialist=one.provider,
			due=one.date,
		)


@check("KZ92-14.2.2d", SOON)
def without_participation(ledger: Ledger) -> Iterator[Gap]:
	"""Children with limited abilities are drawn into leisure and extracurricular events (KZ92-14.2.2d)."""
	quarter = participation.quarter_of(ledger.frame)
	if not quarter:
		return
	responsible = {case.learner: case.responsible for case in ledger.cases}
	pressing = date_diff(quarter.last, getdate()) <= PRESS_FROM
	for learner, last in participation.without_participation(ledger, quarter):
		yield Gap(
			_("The child took no part in leisure or extracurricular events in quarter {0}.").format(
				quarter.number
			),
			"PPSS Activity",
			values={"kind": participation.PARTICIPATION, "learner": learner},
			learner=learner,
			specialist=responsible.get(learner),
			since=last,
			due=quarter.last,
			kind=MISSING if pressing else SOON,
		)


# ---- clause 14.2.6: assistants, decisions


@check("KZ92-14.2.6c", OVERDUE)
def assistants_without_determination(ledger: Ledger) -> Iterator[Gap]:
	"""Before a quarter ends PMPC determines the further need of an assistant (KZ92-14.2.6c)."""
	for one in ledger.assignments:
		left = date_diff(one.to_date, getdate())
		if one.workflow_state != states.APPOINTED or one.pmpc_further_need != "Pending" or left > ASK_FROM:
			continue
		yield Gap(
			_("The assistant's quarter ends in {0} days; PMPC has not determined the further need.").format(
				left
			),
			ASSIGNMENT,
			one.name,
			learner=one.learner,
			turn=_(roles.DEPUTY),
			since=one.from_date,
			due=one.to_date,
			kind=SOON if left > PRESS_FROM else OVERDUE,
		)


@check("KZ92-14.2.6b", MISSING)
def assistant_not_appointed(ledger: Ledger) -> Iterator[Gap]:
	"""Where the approved list provides for an assistant, one is proposed or appointed (KZ92-14.2.6b)."""
	served = {one.learner for one in ledger.assignments}
	for learner, row in ledger.listed.items():
		wanted = learner in ledger.pupils and row.needs_assistant and row.state == states.APPROVED
		if wanted and learner not in served:
			yield Gap(
				_("The list provides for an assistant, and none is appointed."),
				ASSIGNMENT,
				values={"learner": learner},
				learner=learner,
				turn=acting(ASSIGNMENT, states.PROPOSED),
				since=row.date,
			)


@check("KZ92-14.2.6b", OVERDUE)
def decisions_overdue(ledger: Ledger) -> Iterator[Gap]:
	"""Decisions of the service are executed by their deadline (KZ92-14.2.6b)."""
	for row in registers.unexecuted_decisions({"overdue": True}):
		if row.organisation in ledger.frame.schools:
			yield Gap(
				_("The decision is not executed: {0}").format(row.text),
				"PPSS Meeting",
				row.meeting,
				learner=row.learner if row.learner in ledger.pupils else None,
				subject=_("Minutes No {0}, decision {1}").format(row.meeting_no, row.decision),
				specialist=row.responsible,
				due=row.deadline,
			)


# ---- clause 15: referrals


@check("KZ92-15.2", OVERDUE)
def referrals_unanswered(ledger: Ledger) -> Iterator[Gap]:
	"""The Centre answers, and what it found is recorded (KZ92-15.2)."""
	waiting = {**ledger.frame.here, "workflow_state": ("in", (states.SENT, states.ACCEPTED)), "docstatus": 1}
	fields = ["name", "learner", "organisation", "sent_on", "workflow_state", "number"]
	for one in frappe.get_all(REFERRAL, waiting, fields):
		due = getdate(add_days(one.sent_on, ledger.frame.schools[one.organisation].answer_days))
		if one.sent_on and due < getdate():
			yield Gap(
				_("The Centre has not answered the referral."),
				REFERRAL,
				one.name,
				learner=one.learner if one.learner in ledger.pupils else None,
				subject="" if one.learner in ledger.pupils else one.number,
				turn=acting(REFERRAL, one.workflow_state),
				since=one.sent_on,
				due=due,
			)


# ---- clause 16, 21: groups and caseload


@check("KZ92-16.1", BREACH)
def groups_in_breach(ledger: Ledger) -> Iterator[Gap]:
	"""Groups stay lawful when children change (KZ92-16.1, KZ92-16.2, KZ92-16.3, KZ92-17.3)."""
	active = frappe.get_all(
		groups.GROUP, {**ledger.frame.this_year, "active": 1}, [*groups.FIELDS, *groups.DECIDED]
	)
	for group, _members, found in groups.judged(ledger.frame, active):
		for finding in found:
			if not finding.warning:
				yield Gap(
					text_of(finding),
					groups.GROUP,
					group.name,
					subject=group.title,
					specialist=group.leader,
					clause=clause_of(finding),
				)


@check("KZ92-21.1", BREACH)
def caseload(ledger: Ledger) -> Iterator[Gap]:
	"""A special pedagogue has no more children than the norm allows (KZ92-21.1)."""
	for name, children in reads.caseloads(ledger.frame).items():
		person = ledger.staff.get(name)
		if not person:
			continue
		school = ledger.frame.schools[person.organisation]
		norm = ledger.norms.on(reads.CASELOAD, school.regulation_profile, getdate())
		cap = lessons.cap_of(school.special_pedagogue_cap, norm and norm.value_max)
		comfortable = int(norm.value_min) if norm else cap
		for finding in lessons.caseload(person.full_name, len(children), cap, comfortable):
			yield Gap(
				text_of(finding),
				"PPSS Specialist",
				name,
				subject=person.full_name,
				turn=_(roles.DEPUTY),
				kind=SOON if finding.warning else BREACH,
			)


ALL = (
	service_without_order,
	composition,
	orders_not_acknowledged,
	ethics_not_acknowledged,
	requests_unanswered,
	plan_missing,
	consent_missing,
	consent_unsigned,
	assessments_overdue,
	parts_unsigned,
	limited_without_pmpc,
	not_on_list,
	listed_without_programme,
	programmes_waiting,
	programmes_without_lessons,
	goals_without_results,
	lessons_not_recorded,
	without_participation,
	assistants_without_determination,
	assistant_not_appointed,
	decisions_overdue,
	referrals_unanswered,
	groups_in_breach,
	caseload,
)
