from dataclasses import asdict

from frappe.utils import getdate

from ppss_support import activity_facts, facts
from ppss_support.answers import label_text
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.plan_execution import plan_execution
from ppss_support.regulation import plans
from ppss_support.regulation.finding import Finding, Label


class PPSSAnnualPlan(Paper):
	"""The service's plan of a school year, by directions, levels and areas.

	KZ92-4.1, KZ92-4.5, KZ92-6, KZ92-23.2; the calendar plan of ALM-5.2 and the annual plan of KG-6.1.1, KG-6.2.1.
	"""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RETURN = (states.WITH_HEAD, states.RETURNED)
	EXECUTE = (states.APPROVED, states.EXECUTED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("rows_lawful", "every_direction", "in_organisation_plan")),
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
			+ plans.within_year(rows, *facts.school_year_dates(self.school_year))
		)

	def every_direction(self) -> list[Finding]:
		return plans.every_direction(self.row_facts(), facts.directions(self.regulation_profile))

	def in_organisation_plan(self) -> list[Finding]:
		"""Asked by order No 92 alone (KZ92-23.2, F.5)."""
		if not self.uses("order92_documents"):
			return []
		return plans.in_organisation_plan(self.organisation_plan_reference)

	def considered_by_council(self) -> list[Finding]:
		"""At school No 95 the pedagogical council considers the plan before the director approves it (KG-1.5, KG-6.4)."""
		return plans.considered(self.council_protocol) if self.uses("four_role_structure") else []

	def only_plan_of_year(self) -> list[Finding]:
		approved = facts.approved_plans(self.organisation, self.school_year)
		return plans.one_plan(approved, self.supersedes, self.school_year)

	def rows_executed(self) -> list[Finding]:
		return plans.executed(self.row_facts())

	def results_discussed(self) -> list[Finding]:
		"""At school No 95 results are discussed by the council or with the director (KG-6.4)."""
		if not self.uses("four_role_structure"):
			return []
		return plans.discussed(activity_facts.discussions(self.organisation, self.school_year))

	# ---- effects

	def supersede_earlier(self):
		if self.supersedes in facts.approved_plans(self.organisation, self.school_year):
			facts.paper(self.doctype, self.supersedes).advance(states.SUPERSEDED, self.name)
