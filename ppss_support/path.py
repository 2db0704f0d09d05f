"""The child's path in one place: what is done, what is next, who must act and why it is blocked (KZ92-2.4)."""

from dataclasses import asdict, dataclass

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.answers import text_of
from ppss_support.constants import roles, states
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding

DONE, NEXT, BLOCKED, LATER = "done", "next", "blocked", "later"
OPEN_ORDER = "creation desc"


@dataclass
class Milestone:
	"""One line of the path: a paper, its state, and whoever moves it on."""

	title: str
	doctype: str
	name: str | None
	state: str | None
	done: bool
	who: str = ""
	blocked_by: str = ""
	optional: bool = False
	status: str = LATER


def path_of(case) -> list[dict]:
	"""Return the milestones of a case in the order of the law, each with its status."""
	path = [order_line(case), consent_line(case), assessment_line(case)]
	if "C3" in categories(case):
		path.append(pmpc_line(case))
	path += [list_line(case), *programme_lines(case), *referral_lines(case)]
	return [asdict(line) for line in with_status(path)]


def with_status(path: list[Milestone]) -> list[Milestone]:
	"""The first undone line is next, or blocked when a rule stops it; the rest comes later."""
	reached = False
	for line in path:
		if line.done:
			line.status = DONE
		elif not reached:
			line.status = BLOCKED if line.blocked_by else NEXT
			reached = not line.optional
		line.blocked_by = line.blocked_by if line.status == BLOCKED else ""
	return path


def order_line(case) -> Milestone:
	order = facts.order_on(case.organisation, getdate())
	line = latest_line(
		_("Order creating the service"), "PPSS Support Order", {"organisation": case.organisation}
	)
	if order:
		line.name, line.state, line.done = order, states.IN_FORCE, True
	return line


def consent_line(case) -> Milestone:
	line = latest_line(_("Consent"), "PPSS Consent", {"learner": case.learner})
	found = rules.consent_on(facts.consents_of(case.learner), getdate(), case.learner_name)
	line.done = not found
	if line.state in (states.WITHDRAWN, states.EXPIRED, states.REFUSED):
		line.blocked_by = first_text(found)
	return line


def assessment_line(case) -> Milestone:
	ended = (states.CONCLUDED, states.CLOSED_WITHOUT_NEED)
	line = latest_line(_("Needs assessment"), "PPSS Needs Assessment", {"learner": case.learner}, ended)
	found = rules.consent_on(facts.consents_of(case.learner), getdate(), case.learner_name)
	line.blocked_by = first_text(found)
	return line


def pmpc_line(case) -> Milestone:
	line = latest_line(
		_("PMPC recommendation"), "PPSS PMPC Recommendation", {"learner": case.learner}, (states.VERIFIED,)
	)
	if not line.name:
		line.blocked_by = first_text([Finding.of("M11")])
	return line


def list_line(case) -> Milestone:
	row = facts.list_row_of(
		case.learner, case.school_year, (states.APPROVED, states.WITH_HEAD, states.DRAFT, states.RETURNED)
	)
	line = Milestone(
		_("List of children"),
		"PPSS Learner List",
		None,
		None,
		False,
		acting("PPSS Learner List", states.DRAFT),
	)
	if row:
		line.name, line.state = row.name, row.workflow_state
		line.done, line.who = (
			row.workflow_state == states.APPROVED,
			acting("PPSS Learner List", row.workflow_state),
		)
	if case.learner not in facts.based_in_year([case.learner], case.school_year):
		code = "A55" if facts.concluded_assessment(case.learner) else "M12"
		line.blocked_by = first_text([Finding.of(code, case.learner_name)])
	return line


def programme_lines(case) -> list[Milestone]:
	"""Return a line per programme, or the one still to be written."""
	rows = frappe.get_all(
		"PPSS Programme",
		{"support_case": case.name},
		["name", "kind", "workflow_state"],
		order_by="kind, creation",
	)
	running = (states.IN_IMPLEMENTATION, states.COMPLETED)
	lines = [
		Milestone(
			f"{_('Programme')} {_(row.kind)}",
			"PPSS Programme",
			row.name,
			row.workflow_state,
			row.workflow_state in running,
			acting("PPSS Programme", row.workflow_state),
		)
		for row in rows
		if row.workflow_state not in (states.DISCONTINUED, states.SUPERSEDED, states.CANCELLED)
	] or [
		Milestone(_("Programme"), "PPSS Programme", None, None, False, acting("PPSS Programme", states.DRAFT))
	]
	listed = facts.list_row_of(case.learner, case.school_year, (states.APPROVED, states.WITH_HEAD))
	for line in lines:
		line.blocked_by = (
			"" if listed else first_text([Finding.of("M13", case.learner_name, case.school_year)])
		)
	return lines


def referral_lines(case) -> list[Milestone]:
	rows = frappe.get_all("PPSS Referral", {"support_case": case.name}, ["name", "workflow_state"])
	return [
		Milestone(
			_("Referral to the Centre"),
			"PPSS Referral",
			row.name,
			row.workflow_state,
			row.workflow_state == states.CLOSED,
			acting("PPSS Referral", row.workflow_state),
			optional=True,
		)
		for row in rows
		if row.workflow_state not in (states.NOT_SUPPORTED, states.CANCELLED)
	]


# ---- helpers


def latest_line(title: str, doctype: str, filters: dict, done_states: tuple[str, ...] = ()) -> Milestone:
	"""Return the line of the newest paper that still counts."""
	gone = (states.CANCELLED, states.SUPERSEDED)
	rows = frappe.get_all(
		doctype,
		{**filters, "workflow_state": ("not in", gone)},
		["name", "workflow_state"],
		order_by=OPEN_ORDER,
		limit=1,
	)
	row = rows[0] if rows else frappe._dict(name=None, workflow_state=None)
	return Milestone(
		title,
		doctype,
		row.name,
		row.workflow_state,
		row.workflow_state in done_states,
		acting(doctype, row.workflow_state),
	)


def acting(doctype: str, state: str | None) -> str:
	"""Return the roles that may take a step from this state; for a paper not begun, those who begin it."""
	workflow = frappe.get_meta(doctype).get_workflow()
	definition = frappe.get_cached_doc("Workflow", workflow)
	state = state or definition.states[0].state
	allowed = {t.allowed for t in definition.transitions if t.state == state}
	return ", ".join(_(role) for role in roles.ALL if role in allowed)


def first_text(found: list[Finding]) -> str:
	return text_of(found[0]) if found else ""


def categories(case) -> frozenset[str]:
	assessment = facts.concluded_assessment(case.learner)
	return facts.categories_by("PPSS Needs Assessment", assessment)
