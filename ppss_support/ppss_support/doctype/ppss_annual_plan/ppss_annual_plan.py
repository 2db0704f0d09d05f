from dataclasses import asdict

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import activity_facts, facts
from ppss_support.answers import answer, label_text
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.plan_execution import plan_execution
from ppss_support.regulation import journals, plans
from ppss_support.regulation.finding import Finding, Label


class PPSSAnnualPlan(Paper):
	"""The service's plan of a school year, by directions, levels and areas (KZ92-4.1, KZ92-4.5, KZ92-6, KZ92-23.2).

	The calendar plan of the Almaty rules is held to the same rules (ALM-5.2); a plan for a month or a week is drawn from
	either (OVR-F3). In school No 95 social pedagogue and psychologist each have theirs (KG-6.1.1, KG-6.2.1).
	"""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RETURN = (states.WITH_HEAD, states.RETURNED)
	EXECUTE = (states.APPROVED, states.EXECUTED)

	GUARDS = {
		**dict.fromkeys(
			SUBMIT, ("rows_lawful", "every_direction", "in_organisation_plan", "drawn_from_plan")
		),
		APPROVE: ("rows_lawful", "every_direction", "considered_by_council", "only_plan_of_year"),
		EXECUTE: ("rows_executed", "results_discussed"),
	}
	EFFECTS = {APPROVE: ("supersede_earlier",)}
	REASONS = frozenset({RETURN})
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})
	OPEN_COLUMNS = {"rows": frozenset({"done", "result"})}

	def onload(self):
		super().onload()
		found = plan_execution(self.organisation, self.school_year)
		rows = [{**asdict(one), "direction": label_text(Label(one.direction))} for one in found]
		self.set_onload("execution", rows)

	def row_facts(self) -> list[plans.PlanRow]:
		levels = facts.parent_by_term([row.objective for row in self.rows if row.objective])
		return [
			plans.PlanRow(
				row.direction,
				getdate(row.period_from),
				getdate(row.period_to),
				row.level,
				levels.get(row.objective),
				bool(row.done),
				row.result,
				row.kind or None,
				row.planned_count,
			)
			for row in self.rows
		]

	# ---- guards

	def rows_lawful(self) -> list[Finding]:
		rows = self.row_facts()
		return (
			plans.lawful_directions(rows, facts.directions(self.regulation_profile))
			+ plans.objectives_fit([(row.level, row.objective_level) for row in rows])
			+ plans.within_year(rows, *self.bounds)
		)

	@property
	def bounds(self):
		"""Return first and last day of the plan: those of its own period, else of the school year."""
		if self.plan_kind == plans.YEAR or not (self.period_from and self.period_to):
			return facts.school_year_dates(self.school_year)
		return getdate(self.period_from), getdate(self.period_to)

	def check_always(self) -> list[Finding]:
		if not self.school_year:
			# The framework names what is missing.
			return []
		year = facts.school_year_dates(self.school_year)
		return plans.period_fits(self.plan_kind, *self.bounds) + plans.period_in_year(
			*self.bounds, *year, self.school_year
		)

	def every_direction(self) -> list[Finding]:
		if self.plan_kind not in plans.WHOLE:
			return []
		wanted = plans.directions_of(self.owner_role, facts.directions(self.regulation_profile))
		audiences = [(row.direction, row.audience) for row in self.rows]
		return plans.every_direction(self.row_facts(), wanted) + plans.everybody_consulted(
			self.owner_role, audiences
		)

	def in_organisation_plan(self) -> list[Finding]:
		"""Asked by order No 92 alone, of the plan of the whole service (KZ92-23.2, F.5)."""
		if not (self.is_whole and self.uses("order92_documents")):
			return []
		return plans.in_organisation_plan(self.organisation_plan_reference)

	@property
	def is_whole(self) -> bool:
		"""Tell whether this is the plan of the whole service for the year."""
		return self.plan_kind in plans.WHOLE and not self.owner_role

	def drawn_from_plan(self) -> list[Finding]:
		known = facts.approved_plans(self.organisation, self.school_year)
		return plans.drawn_from(self.plan_kind, self.annual_plan, known)

	def considered_by_council(self) -> list[Finding]:
		"""At school No 95 the pedagogical council considers the annual plan before the director approves it (KG-1.5, KG-6.4)."""
		return plans.considered(self.council_protocol) if self.is_annual_of_four_roles else []

	@property
	def is_annual_of_four_roles(self) -> bool:
		return self.plan_kind in plans.WHOLE and self.uses("four_role_structure")

	def only_plan_of_year(self) -> list[Finding]:
		return plans.one_plan(self.approved_alike(), self.supersedes, self.school_year)

	def approved_alike(self) -> list[str]:
		"""Return the plans in force of the same breadth and owner that have days of this one."""
		return facts.approved_plans(
			self.organisation,
			self.school_year,
			plans.of_breadth(self.plan_kind),
			self.bounds,
			owner_role=self.owner_role,
		)

	def rows_executed(self) -> list[Finding]:
		return plans.executed(self.row_facts())

	def results_discussed(self) -> list[Finding]:
		"""At school No 95 results are discussed by the council or with the director (KG-6.4)."""
		if not self.is_annual_of_four_roles:
			return []
		return plans.discussed(activity_facts.discussions(self.organisation, self.school_year))

	# ---- effects

	def supersede_earlier(self):
		if self.supersedes in self.approved_alike():
			facts.paper(self.doctype, self.supersedes).advance(states.SUPERSEDED, self.name)


# ---- plans that others offer: filled, not saved


@frappe.whitelist()
def plan_for_period(source_name: str):
	"""Return a new plan for the month or week of a day, with the work the approved annual plan has for it (OVR-F3).

	Kind and day are sent as arguments of the mapping. PermissionError: the user may not read the plan. RuleRefused: the
	plan is not an approved one for the year.
	"""
	source = frappe.get_doc("PPSS Annual Plan", source_name)
	source.check_permission("read")
	answer(
		plans.drawn_from(
			plans.MONTH, source.name, facts.approved_plans(source.organisation, source.school_year)
		)
	)
	given = frappe._dict(frappe.flags.args or {})
	first, last = plans.period_of(given.kind, getdate(given.day), facts.school_year_dates(source.school_year))
	made = frappe.new_doc("PPSS Annual Plan")
	for field in ("organisation", "school_year", "owner_role", "aim", "school_creative_theme"):
		made.set(field, source.get(field))
	made.update(
		{
			"plan_kind": given.kind,
			"period_from": str(first),
			"period_to": str(last),
			"annual_plan": source.name,
		}
	)
	made.extend("tasks", [{"term": row.term} for row in source.tasks])
	for row, number in zip(source.row_facts(), range(len(source.rows)), strict=True):
		if row.first <= last and row.last >= first:
			made.append(
				"rows", row_for_period(source.rows[number], max(row.first, first), min(row.last, last))
			)
	return made


def row_for_period(row, first, last) -> dict:
	kept = (
		"direction",
		"cycle_step",
		"problem_theme",
		"task",
		"activity",
		"kind",
		"form",
		"audience",
		"responsible",
	)
	return {**{field: row.get(field) for field in kept}, "period_from": str(first), "period_to": str(last)}


@frappe.whitelist()
def stages_of_the_year(organisation: str, school_year: str) -> dict:
	"""Return aim, tasks and rows of a plan by the four stages of the yearly cycle (OVR-S1 … OVR-S4, OVR-G, OVR-T1 … OVR-T5).

	PermissionError: the user may not make a plan.
	"""
	if not frappe.has_permission("PPSS Annual Plan", "create"):
		raise frappe.PermissionError
	known = facts.directions(facts.profile_of(organisation))
	first, last = facts.school_year_dates(school_year)
	own = {"period_from": str(first), "period_to": str(last)}
	texts = stage_texts()
	rows = [
		{
			**own,
			"cycle_step": stage,
			"direction": plans.direction_like(like, known),
			"activity": texts[stage, like],
		}
		for stage, like in texts
	]
	return {
		"aim": aim_of_the_overview(),
		"tasks": [{"term": code} for code in plans.OVERVIEW_TASKS],
		"rows": rows,
	}


def aim_of_the_overview() -> str:
	return _(
		"To form the person with regard to psychological laws in teaching and upbringing, to develop the creative and intellectual potential of pupils and to keep their psychological health"
	)


def stage_texts() -> dict[tuple[str, str | None], str]:
	"""Return the work of each stage and direction of the overview; None: organisational work."""
	return {
		("OS1", journals.COUNSELLING): _("Give the teachers of the school the psychological help they need"),
		("OS2", None): _("Plan the work of the psychological service"),
		("OS3", None): _(
			"Find out what those in the pedagogical process need, by the creative theme, aim and tasks of the school"
		),
		("OS3", journals.RESEARCH): _(
			"Psychological research: individual and age features, relations between persons"
		),
		("OS3", journals.PREVENTION): _("Prevention of failures in psychic and personal development"),
		("OS3", journals.CORRECTION): _(
			"Balancing, correction and developing work, raising general learning skills"
		),
		("OS3", journals.COUNSELLING): _(
			"Advice to all in the pedagogical process on development, teaching and upbringing"
		),
		("OS3", journals.ENLIGHTENMENT): _(
			"Raising the psychological culture of all in the pedagogical process"
		),
		("OS4", None): _("Sum up and generalise the results of the year and report on them"),
	}
