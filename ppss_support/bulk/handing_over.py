"""A child goes over from one specialist to another on a day: membership, responsibility, papers under way, lessons to come.

What is approved stays as it was approved: a programme names another specialist in its next version. Lessons of a group
are about other children too, and change hands with the group.
"""

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.constants import states
from ppss_support.regulation import memberships
from ppss_support.regulation.lessons import INDIVIDUAL

CASE, CONSENT, PROGRAMME, SESSION = "PPSS Support Case", "PPSS Consent", "PPSS Programme", "PPSS Session"
# Fields that name whose work a paper is, for as long as it is under way.
NAMED = {
	CASE: ("responsible",),
	PROGRAMME: ("author", "responsible_special_pedagogue"),
	CONSENT: ("prepared_by",),
}


def hand_over(case, leaving: str, taking: str, day: date) -> str:
	"""Let `taking` follow `leaving` in a case from `day` on, as the acting user; return what was done and what stays.

	Raises RuleRefused (A150, A157, A158, A159, and whatever the papers' own rules say), PermissionError.
	"""
	case.check_permission("write")
	answer(memberships.another(leaving, taking, facts.full_name("PPSS Specialist", taking)))
	own = [row for row in case.members if row.specialist == leaving]
	periods = [membership(row) for row in own]
	names = (facts.full_name("PPSS Specialist", person) for person in (leaving, taking))
	answer(memberships.taken_over(periods, day, getdate(), *names, roles_at(case.organisation, taking)))
	running = [row for row in own if membership(row).runs_on(day)]
	change_members(case, running, taking, day)
	# Before the case itself: whoever hands over their own child has no right to these papers afterwards.
	written = change_papers(case, leaving, taking) if day <= getdate() else Counter()
	lessons = change_lessons(case, leaving, taking, day)
	case.save()
	return told(written, lessons, staying(case, leaving))


def papers_to_pass_on(day: date) -> list[tuple[str, str, str, str]]:
	"""Return what those write or answer for who have handed a child over by a day: DocType, name, from whom, to whom."""
	return [
		(doctype, name, leaving, taking)
		for case, learner, leaving, taking in facts.handed_over(day)
		for doctype, name in [(CASE, case), *under_way(case, learner, leaving)]
	]


def pass_on(doctype: str, name: str, leaving: str, taking: str):
	"""Let the other one go on with a paper. Raises RuleRefused where the paper's own rules say so, PermissionError."""
	paper = frappe.get_doc(doctype, name)
	if put_down(paper, leaving, taking):
		paper.save()


def put_down(paper, leaving: str, taking: str) -> bool:
	"""Name the other one where a paper names the one who leaves; tell whether it did."""
	fields = [field for field in NAMED[paper.doctype] if paper.get(field) == leaving]
	for field in fields:
		paper.set(field, taking)
	return bool(fields)


def roles_at(organisation: str, specialist: str) -> set[str]:
	"""Return the roles in which somebody works at the school today."""
	works = frappe.db.exists(
		"PPSS Specialist", {"name": specialist, "organisation": organisation, "active": 1}
	)
	return facts.roles_of(specialist) if works else set()


def membership(row) -> memberships.Membership:
	return memberships.Membership(row.role, getdate(row.from_date), row.to_date and getdate(row.to_date))


def change_members(case, running: list, taking: str, day: date):
	there = {
		row.role: row for row in case.members if row.specialist == taking and membership(row).runs_on(day)
	}
	for row in running:
		known, last = there.get(row.role), membership(row).last
		if known:
			last = memberships.later(last, membership(known).last)
		if known and membership(known).first == day:
			known.to_date = last
		else:
			new = {"specialist": taking, "role": row.role, "from_date": day, "to_date": last}
			there[row.role] = case.append("members", new)
			# A row that begins on the day tells the daily job who has taken over.
			end_before(known, day)
		end_before(row, day)


def end_before(row, day: date):
	if row:
		row.to_date = add_days(day, -1)


def change_papers(case, leaving: str, taking: str) -> Counter:
	"""What one person writes or answers for at a time is the other one's; return how many papers of each kind it was."""
	put_down(case, leaving, taking)
	papers = under_way(case.name, case.learner, leaving)
	for doctype, name in papers:
		pass_on(doctype, name, leaving, taking)
	return Counter(doctype for doctype, _name in papers)


def under_way(case: str, learner: str, specialist: str) -> list[tuple[str, str]]:
	"""Return DocType and name of the papers about a child that a specialist still writes."""
	programmes = {"support_case": case, "author": specialist, "workflow_state": ("in", states.WRITTEN_STILL)}
	consents = {"learner": learner, "prepared_by": specialist, "workflow_state": states.PREPARED}
	return [
		(doctype, name)
		for doctype, own in ((PROGRAMME, programmes), (CONSENT, consents))
		for name in frappe.get_all(doctype, own, pluck="name", order_by="creation")
	]


def change_lessons(case, leaving: str, taking: str, day: date) -> int:
	"""The child's own planned lessons from that day on are given by the other one."""
	with_child = {"learner": case.learner, "parenttype": SESSION}
	planned = {
		"name": ("in", frappe.get_all("PPSS Attendance", with_child, pluck="parent") or [""]),
		"provider": leaving,
		"form": INDIVIDUAL,
		"date": (">=", day),
		"workflow_state": states.PLANNED,
	}
	names = frappe.get_all(SESSION, planned, pluck="name", order_by="date, start")
	for name in names:
		lesson = frappe.get_doc(SESSION, name)
		lesson.check_permission("write")
		lesson.provider = taking
		# Asked above: whoever gives an own lesson away has no right to it as it is saved.
		lesson.save(ignore_permissions=True)
	return len(names)


def staying(case, leaving: str) -> list[str]:
	"""Return the programmes in force that go on naming the one who leaves."""
	own = {"support_case": case.name, "workflow_state": ("in", states.RUNNING_PROGRAMME)}
	rows = frappe.get_all(PROGRAMME, own, ["name", "author", "responsible_special_pedagogue"])
	return [row.name for row in rows if leaving in (row.author, row.responsible_special_pedagogue)]


def told(written: Counter, lessons: int, stay: list[str]) -> str:
	parts = [_("Handed over")]
	if written[PROGRAMME]:
		parts.append(_("programmes being written: {0}").format(written[PROGRAMME]))
	if written[CONSENT]:
		parts.append(_("consents being prepared: {0}").format(written[CONSENT]))
	if lessons:
		parts.append(_("lessons to come: {0}").format(lessons))
	if stay:
		parts.append(_("stays as approved until its next version: {0}").format(", ".join(stay)))
	return "; ".join(parts)
