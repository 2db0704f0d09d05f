"""RP11: the annual plan by direction, planned against held (KZ92-6, KZ92-23.2)."""

from frappe import _

from ppss_support.plan_execution import plan_execution
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("organisation", _("Organisation"), width=180),
		column("direction", _("Direction"), width=270),
		column("planned", _("Planned"), "Int", 130),
		column("by_plan", _("Held by the Plan"), "Int", 200),
		column("besides", _("Held besides the Plan"), "Int", 210),
		column("still", _("Still to Hold"), "Int", 150),
		column("percent", _("Execution"), "Percent", 130),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return the directions of each school's regulation, those without planned work included."""
	labels = reads.term_labels("Direction")
	return [
		row_of(school, one, labels) for school in frame.schools for one in plan_execution(school, frame.year)
	]


def row_of(school: str, one, labels: dict[str, str]) -> dict:
	return {
		"organisation": school,
		"direction": labels.get(one.direction, one.direction),
		"code": one.direction,
		"planned": one.planned,
		"by_plan": one.by_plan,
		"besides": one.held - one.by_plan,
		"still": one.planned - one.by_plan,
		"percent": 100 * one.by_plan / one.planned if one.planned else None,
	}
