"""RP9: how many special pedagogues a school needs for its children with limited abilities (KZ92-21.1)."""

from collections import Counter

from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.regulation.lessons import required_special_pedagogues
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("organisation", _("Organisation"), width=240),
		column("children", _("Children with Limited Abilities"), "Int", 180),
		column("least", _("Needed at the Upper Bound"), "Int", 180),
		column("comfortable", _("Needed at the Lower Bound"), "Int", 180),
		column("staffed", _("Units of Special Pedagogues"), "Float", 180, precision=2),
		column("gap", _("Missing Units"), "Float", 150, precision=2),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each school; the norm gives both bounds, so both needs are shown."""
	pupils = reads.present(reads.children(frame), frame)
	limited = [name for name, own in facts.categories_by_learner(list(pupils)).items() if "C3" in own]
	children = Counter(pupils[name].organisation for name in limited)
	norms, staffed = reads.Norms(), Counter()
	for row in reads.appointments(frame, getdate(), getdate()):
		if row.role == "SPE":
			staffed[row.organisation] += row.units
	return [row_of(school, children[name], staffed[name], norms) for name, school in frame.schools.items()]


def row_of(school, children: int, staffed: float, norms: reads.Norms) -> dict:
	norm = norms.on(reads.CASELOAD, school.regulation_profile, getdate())
	least = required_special_pedagogues(children, int(norm.value_max)) if norm else None
	return {
		"organisation": school.name,
		"children": children,
		"least": least,
		"comfortable": required_special_pedagogues(children, int(norm.value_min)) if norm else None,
		"staffed": staffed,
		"gap": max(0, least - staffed) if norm else None,
	}
