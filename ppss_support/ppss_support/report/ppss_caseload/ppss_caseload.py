"""RP3: how many children each special pedagogue answers for (KZ92-21.1). No child is named: the accountant reads it."""

from frappe import _
from frappe.utils import getdate

from ppss_support.answers import text_of
from ppss_support.regulation import lessons
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("specialist", _("Special Pedagogue"), width=240),
		column("organisation", _("Organisation"), width=160),
		column("units", _("Staff Units"), "Float", 110, precision=2),
		column("children", _("Children with Limited Abilities"), "Int", 160),
		column("comfortable", _("Comfortable up to"), "Int", 130),
		column("cap", _("At most"), "Int", 110),
		column("free", _("Free Places"), "Int", 110),
		column("says", _("Norm"), width=520),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return special pedagogues who work here or still answer for children."""
	loads, norms = reads.caseloads(frame), reads.Norms()
	holders, units = reads.holders_of("SPE"), reads.units_today(frame, "SPE")
	return [
		row_of(person, len(loads[name]), units[name], frame.schools[person.organisation], norms)
		for name, person in reads.staff(frame).items()
		if frame.keeps(specialist=name) and (loads[name] or (person.active and name in holders))
	]


def row_of(person, count: int, units: float, school, norms: reads.Norms) -> dict:
	# The text says "per one special pedagogue": the cap is not scaled by units (requirements D-3).
	norm = norms.on(reads.CASELOAD, school.regulation_profile, getdate())
	cap = lessons.cap_of(school.special_pedagogue_cap, norm and norm.value_max)
	comfortable = int(norm.value_min) if norm else cap
	found = lessons.caseload(person.full_name, count, cap, comfortable)
	return {
		"specialist": person.full_name,
		"organisation": person.organisation,
		"units": units,
		"children": count,
		"comfortable": comfortable,
		"cap": cap,
		"free": max(0, cap - count),
		"says": text_of(found[0]) if found else "",
		"late": bool(found) and not found[0].warning,
	}
