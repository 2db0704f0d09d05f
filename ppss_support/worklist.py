"""What waits for the reader now and why, the reader's children and week: one answer, in a number of statements that does
not grow with the school, and nothing in it that the reader's lists would not show (KZ92-14.2.2a, KZ92-5.5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

import frappe
from frappe import _
from frappe.model.base_document import get_controller
from frappe.model.workflow import get_workflow_safe_globals
from frappe.utils import getdate

from ppss_support import facts, first_steps, lesson_facts, notices, permissions
from ppss_support.constants import roles, states
from ppss_support.names import sort_key
from ppss_support.ppss_support.report.ppss_caseload import ppss_caseload
from ppss_support.registers import unexecuted_decisions
from ppss_support.regulation import worklist as rules
from ppss_support.regulation.citation import Citation
from ppss_support.regulation.finding import Label
from ppss_support.regulation.worklist import Asked, Deadline, Marked, Turn
from ppss_support.reminders.due import days_before
from ppss_support.reporting.frame import frame_of
from ppss_support.series import time_of_day

# No reader works off more of one kind in a day; the list of the DocType shows the rest.
MOST = 30
CHILDREN_SHOWN = 12
# Fields that tell one paper from another, the child first.
CHILD = ("learner_name", "learner_full_name")
TELLING = ("title", "document", "number", "order_no", "school_year", "date", "start")
ALSO_READ = ("workflow_state", "kind", "assessment")
ACTS = {
	"KZ92": Label("Order No 92, clause {0}"),
	"ALM15": Label("Rules of Almaty 2015, clause {0}"),
	"KG95": Label("Regulation of school No 95, clause {0}"),
}
# The rows of the order itself, which has points, and whose annex has the clauses.
POINTS, OF_POINT = "KZ92-0.", Label("Order No 92, point {0} of the order itself")
GONE = Label("Whoever it names works here no more")


@frappe.whitelist()
def mine() -> dict:
	"""Return {"steps", "waiting", "more", "children", "week", "caseload"} of the user.

	waiting: rows as `row_of` makes them, those past their day first. more: DocTypes of which more waits than is shown.
	steps: what a new school still has to do. It, children, week and caseload are None where the user has none.
	"""
	reader = Reader()
	waiting, more = reader.waiting()
	return {
		"steps": first_steps.open_steps(),
		"waiting": waiting,
		"more": more,
		"children": reader.children(),
		"week": reader.week(),
		"caseload": reader.caseload(),
	}


class Reader:
	"""The user as the work list needs them; what several questions share is read once."""

	def __init__(self):
		self.roles = set(frappe.get_roles())
		self.specialist = facts.specialist_of_user()
		self.organisation = facts.organisation_of_user()
		self.profile = facts.profile_of(self.organisation)
		self.today = getdate()
		# DocTypes of which more waits than is shown.
		self.more: set[str] = set()

	# ---- what waits

	def waiting(self) -> tuple[list[dict], list[dict]]:
		rows = [row for turn in self.turns() for row in self.papers(turn)] + self.left_behind()
		since = last_steps(rows)
		for row in rows:
			row["since"] = since.get((row["doctype"], row["name"]), row["since"])
		rows += [row for deadline in rules.DEADLINES for row in self.at_deadline(deadline)]
		rows += self.decisions()
		more = [{"doctype": doctype, "label": _(doctype)} for doctype in sorted(self.more)]
		return sorted(rows, key=urgency), more

	def turns(self) -> list[Turn]:
		found = []
		active = {"is_active": 1, "document_type": ("like", "PPSS %")}
		for workflow, doctype in frappe.get_all(
			"Workflow", active, ["name", "document_type"], order_by="document_type", as_list=True
		):
			if frappe.has_permission(doctype):
				transitions = frappe.get_cached_doc("Workflow", workflow).transitions
				found += rules.turns(doctype, transitions, self.roles, get_controller(doctype).REASONS)
		return found

	def papers(self, turn: Turn) -> list[dict]:
		filters = self.filters_of(turn.asked, list(turn.steps), [self.specialist or "", ""])
		if turn.asked.never:
			filters.append([turn.asked.never, "!=", self.specialist or ""])
		also = {field for one in turn.conditions for field in rules.fields_of(one)}
		also |= {turn.asked.whose, turn.asked.of_role}
		# What is left out after the reading must not take the place of what stays.
		limit = 0 if turn.conditions or turn.asked.of_role else MOST + 1
		rows = self.read(turn.doctype, filters, rules.DUE.get(turn.doctype), also, limit)
		own = [row for row in rows if self.named_or_in_role(turn.asked, row)]
		ready = [(row, action) for row in own if (action := self.action_of(turn, row))]
		return [self.paper_row(turn.doctype, row, action) for row, action in self.cut(turn.doctype, ready)]

	def filters_of(self, asked: Asked, of_states: list[str], people: list[str]) -> list[list]:
		"""Return what papers of these states have in common that are due, and wait for these people where they name one."""
		filters = [["workflow_state", "in", of_states]]
		if asked.whose:
			filters.append([asked.whose, "in", people])
		if asked.in_rows:
			filters.append(["name", "in", named_in(asked.in_rows, people) or [""]])
		if asked.from_day:
			filters.append([asked.from_day, "<=", self.today])
		return filters

	def named_or_in_role(self, asked: Asked, row) -> bool:
		return not asked.of_role or bool(row[asked.whose]) or row[asked.of_role] in self.terms

	@cached_property
	def terms(self) -> set[str]:
		return facts.roles_of(self.specialist)

	@staticmethod
	def action_of(turn: Turn, row) -> str | None:
		"""Return the step the paper is ready for by the conditions of its workflow, None where there is none."""
		ways = turn.steps[row.workflow_state]
		return next((way.action for way in ways if all(holds(one, row) for one in way.conditions)), None)

	def cut(self, doctype: str, rows: list) -> list:
		"""Leave as many rows as are shown, and remember of what there are more."""
		if len(rows) > MOST:
			self.more.add(doctype)
		return rows[:MOST]

	def read(
		self, doctype: str, filters: list, due: str | None, also: Iterable = (), limit: int | None = None
	) -> list[frappe._dict]:
		"""Return papers, those due first; `limit` 0 for all of them, by default one more than is shown."""
		columns = frappe.get_meta(doctype).get_valid_columns()
		fields = {*CHILD, *TELLING, *ALSO_READ, *also, due}
		own = [field for field in sorted(filter(None, fields)) if field in columns]
		order = f"{due} asc, modified asc" if due else "modified asc"
		read = list(dict.fromkeys(("name", "modified", *own)))
		limit = MOST + 1 if limit is None else limit
		return frappe.get_list(doctype, filters=filters, fields=read, order_by=order, limit=limit)

	def paper_row(self, doctype: str, row, action: str) -> dict:
		opens = action in rules.WRITTEN_FIRST
		state = _(row.workflow_state)
		return self.row_of(doctype, row, rules.DUE.get(doctype), state=state, action=action, opens=opens)

	# ---- what waits for somebody who is gone

	@cached_property
	def gone(self) -> list[str]:
		"""Return the people of the reader's schools who work there no more; what waits for them the leaders see."""
		if not self.roles & permissions.LEADERS:
			return []
		return frappe.get_list("PPSS Specialist", {"active": 0}, pluck="name", limit=0)

	def left_behind(self) -> list[dict]:
		"""Return the papers that wait for somebody who is gone: whoever leads names another person, or takes the step."""
		found = []
		for doctype, asked, of_states in rules.named() if self.gone else ():
			if not frappe.has_permission(doctype):
				continue
			filters, due = self.filters_of(asked, of_states, self.gone), rules.DUE.get(doctype)
			for row in self.cut(doctype, self.read(doctype, filters, due)):
				found.append(self.row_of(doctype, row, due, state=without_person(_(row.workflow_state))))
		return found

	# ---- what has a day

	def at_deadline(self, deadline: Deadline) -> list[dict]:
		people = self.people_of(deadline)
		if not people:
			return []
		filters = [list(one) for one in deadline.filters]
		if deadline.person:
			filters.append([deadline.person, "in", people])
		if deadline.due:
			filters += [[deadline.due, "is", "set"], [deadline.due, "<=", self.last_day_ahead()]]
		rows = self.rows_at(deadline, filters)
		return [self.deadline_row(deadline, row) for row in self.cut(deadline.doctype, rows)]

	def people_of(self, deadline: Deadline) -> list[str | None]:
		"""Return whose matters the reader sees: the own ones with the right to act, those of the gone with the right to read."""
		acts = frappe.has_permission(deadline.doctype, deadline.right)
		own = [self.specialist] if acts and (self.specialist or not deadline.person) else []
		leads = deadline.person and self.gone and frappe.has_permission(deadline.doctype)
		return own + (self.gone if leads else [])

	def rows_at(self, deadline: Deadline, filters: list) -> list[frappe._dict]:
		parts = deadline.doctype == "PPSS Assessment Part"
		rows = self.read(deadline.doctype, filters, deadline.due, [deadline.person], 0 if parts else None)
		return parts_under_way(rows) if parts else rows

	def deadline_row(self, deadline: Deadline, row) -> dict:
		gone = deadline.person and row[deadline.person] in self.gone
		state = without_person() if gone else ""
		return self.row_of(deadline.doctype, row, deadline.due, what=_(deadline.says), state=state)

	def last_day_ahead(self) -> date:
		"""Terms are announced as early as the organisation has the need of an assistant asked about."""
		days = ()
		if self.organisation:
			days = days_before(facts.organisation(self.organisation).assistant_reminder_days)
		return self.today + timedelta(days=max(days, default=0))

	def decisions(self) -> list[dict]:
		if not self.specialist or not frappe.has_permission("PPSS Meeting"):
			return []
		of_school = {"organisation": self.organisation}
		rows = unexecuted_decisions(of_school if self.gone else {"responsible": self.specialist})
		people = {self.specialist, *self.gone}
		own = [row for row in rows if row.responsible in people]
		return [self.decision_row(row) for row in self.cut("PPSS Meeting", own)]

	def decision_row(self, row) -> dict:
		meeting = {
			"name": row.meeting,
			"modified": row.date,
			"number": row.meeting_no,
			"deadline": row.deadline,
		}
		what = _("Carry out decision {0} of the minutes").format(row.decision)
		state = without_person() if row.responsible in self.gone else ""
		return self.row_of("PPSS Meeting", frappe._dict(meeting), "deadline", what=what, state=state)

	def row_of(self, doctype: str, row, due: str | None, what: str = "", **step) -> dict:
		"""Return one line: what, whose, state, why, since and until when, and the step its button takes or opens."""
		day = getdate(row[due]) if due and row.get(due) else None
		action = step.get("action")
		return {
			"doctype": doctype,
			"name": row.name,
			"what": what or described(doctype, row),
			"whose": shown(row),
			"state": step.get("state") or "",
			"why": [citation_text(one) for one in rules.cited(doctype, self.profile)],
			"since": str(getdate(row.modified)),
			"due": str(day) if day else "",
			"late": bool(day and day < self.today),
			"action": action or "",
			"label": _(action) if action else _("Open the Paper"),
			"opens": step.get("opens", True),
		}

	# ---- children and week

	def children(self) -> dict | None:
		"""Return the open cases of the children the user works with; leaders, who see the whole school, have none."""
		if self.roles & permissions.LEADERS or not frappe.has_permission("PPSS Support Case"):
			return None
		rows = frappe.get_list(
			"PPSS Support Case",
			{"status": "Open", "school_year": facts.school_year_on(self.today) or ""},
			["name", "learner", "learner_name", "stage"],
			limit=0,
		)
		# The database's own order of letters is not the Kazakh one, and would cut off others.
		first = sorted(rows, key=lambda row: sort_key(row.learner_name))[:CHILDREN_SHOWN]
		agreed = self.agreed([row.learner for row in first])
		return {"rows": [child_row(row, agreed) for row in first], "more": len(rows) > len(first)}

	def agreed(self, learners: list[str]) -> set[str] | None:
		"""Return those with a signed consent; None where the user reads none, or the organisation does not ask for it."""
		required = "consent_required" in facts.features_on(self.organisation, self.profile)
		if not required or not frappe.has_permission("PPSS Consent"):
			return None
		signed = {"learner": ("in", learners or [""]), "workflow_state": states.SIGNED}
		return set(frappe.get_list("PPSS Consent", signed, pluck="learner", limit=0))

	def week(self) -> list[dict] | None:
		"""Return the own lessons and the meetings of this week, in order."""
		rows = self.lessons() + self.meetings()
		reads = frappe.has_permission("PPSS Session") or frappe.has_permission("PPSS Meeting")
		return sorted(rows, key=lambda row: (row["date"], row["start"])) if reads else None

	def this_week(self) -> tuple[str, tuple[date, date]]:
		monday = self.today - timedelta(days=self.today.weekday())
		return "between", (monday, monday + timedelta(days=6))

	def lessons(self) -> list[dict]:
		if not self.specialist or not frappe.has_permission("PPSS Session"):
			return []
		own = {
			"provider": self.specialist,
			"date": self.this_week(),
			"workflow_state": ("in", (states.PLANNED, states.HELD)),
		}
		# An assistant gives no lessons to groups, and reads none.
		group = ["group.title as group_title"] if frappe.has_permission("PPSS Session Group") else []
		fields = ["name", "date", "start", "workflow_state", *group]
		rows = frappe.get_list("PPSS Session", own, fields, limit=0)
		return [
			week_row("PPSS Session", row, row.get("group_title") or _("Individual lesson")) for row in rows
		]

	def meetings(self) -> list[dict]:
		if not frappe.has_permission("PPSS Meeting"):
			return []
		rows = frappe.get_list(
			"PPSS Meeting",
			{"date": self.this_week(), "workflow_state": ("!=", states.NOT_HELD)},
			["name", "date", "workflow_state"],
			limit=MOST,
		)
		return [week_row("PPSS Meeting", row, _("Meeting of the service")) for row in rows]

	def caseload(self) -> list[dict] | None:
		"""Return the special pedagogues whose children the user may count, with what the norm says (KZ92-21.1)."""
		if not facts.school_year_on(self.today):
			return None
		if frappe.get_cached_doc("Report", "PPSS Caseload").is_permitted():
			return [load_of(row) for row in ppss_caseload.rows(frame_of(None))]
		if roles.SPECIAL_PEDAGOGUE not in self.roles or not self.specialist:
			return None
		return [load_of(row) for row in ppss_caseload.rows(frame_of({"specialist": self.specialist}))]


# ---- lines


def last_steps(rows: list[dict]) -> dict[tuple[str, str], str]:
	"""Return the day of the last step of each paper, by DocType and name, in one statement."""
	steps = frappe.get_all(
		"PPSS Transition",
		{"parent": ("in", [row["name"] for row in rows] or [""])},
		["parenttype", "parent", "at"],
		order_by="at",
	)
	return {(step.parenttype, step.parent): str(getdate(step.at)) for step in steps}


def named_in(marked: Marked, people: list[str]) -> list[str]:
	"""Return the papers in whose marked row one of these people stands."""
	rows = {marked.person: ("in", people or [""]), marked.mark: 1}
	return frappe.get_all(marked.table, rows, pluck="parent", distinct=True)


def holds(condition: str, row) -> bool:
	"""Tell whether the condition of a step holds; one on what was not read is left to the form."""
	known = rules.fields_of(condition) <= row.keys()
	return not known or bool(frappe.safe_eval(condition, get_workflow_safe_globals(), {"doc": row}))


def without_person(state: str = "") -> str:
	return " · ".join(filter(None, (state, _(GONE))))


def parts_under_way(rows: list[frappe._dict]) -> list[frappe._dict]:
	"""Leave the sheets of assessments whose team still works."""
	working = {
		"name": ("in", [row.assessment for row in rows] or [""]),
		"workflow_state": ("in", (states.TEAM_WORKING, states.RETURNED)),
	}
	# A teacher reads their own sheet, not the assessment it belongs to.
	going_on = set(frappe.get_all("PPSS Needs Assessment", working, pluck="name"))
	return [row for row in rows if row.assessment in going_on]


def urgency(row: dict) -> tuple:
	"""Late first, then what has a day, the nearest first, then what has waited longest."""
	return not row["late"], not row["due"], row["due"] or row["since"], row["doctype"], row["name"]


def described(doctype: str, row) -> str:
	"""Return the kind of paper; a kind that is no term says more than the DocType."""
	kind = frappe.get_meta(doctype).get_field("kind")
	own = row.get("kind") if kind and kind.fieldtype == "Select" else None
	return f"{_(doctype)} · {_(own)}" if own else _(doctype)


def shown(row) -> str:
	"""Return what tells the paper from others of its kind: the child, else title, number, year and day."""
	child = next((row[field] for field in CHILD if row.get(field)), "")
	fields = [field for field in TELLING if row.get(field)]
	if "date" in fields and "school_year" in fields:
		fields.remove("school_year")
	telling = [text_of_value(field, row[field]) for field in fields]
	return child or " · ".join(telling) or row.name


def text_of_value(field: str, value) -> str:
	if field == "date":
		return notices.day_text(value)
	if field == "start":
		return time_of_day(lesson_facts.minute_of(value))
	return f"№ {value}" if field in ("number", "order_no") else str(value)


def citation_text(citation: Citation) -> str:
	of_point = (citation.row or "").startswith(POINTS)
	return _(OF_POINT if of_point else ACTS[citation.act]).format(citation.clause)


def child_row(row, agreed: set[str] | None) -> dict:
	without = agreed is not None and row.learner not in agreed
	return {"name": row.name, "child": row.learner_name, "stage": row.stage, "without_consent": without}


def week_row(doctype: str, row, text: str) -> dict:
	return {
		"doctype": doctype,
		"name": row.name,
		"date": str(row.date),
		"start": time_of_day(lesson_facts.minute_of(row.start)) if row.get("start") is not None else "",
		"text": text,
		"state": _(row.workflow_state),
	}


def load_of(row: dict) -> dict:
	return {field: row[field] for field in ("specialist", "children", "comfortable", "cap", "says", "late")}
