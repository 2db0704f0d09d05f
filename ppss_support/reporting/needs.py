"""How many units the norms call for: children counted, divided by the norm in force (KZ92-21, dated PPSS Norms)."""

from dataclasses import dataclass
from datetime import date

from ppss_support import facts, staffing_facts
from ppss_support.constants import states
from ppss_support.regulation.lessons import required_special_pedagogues
from ppss_support.regulation.staffing import needed_units
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame

# A norm the school enters itself: learners of the school for one unit of this role.
PER_UNIT = "STAFF_NEED_{0}"


@dataclass(frozen=True)
class Need:
	"""Units called for, and how many children they are counted from."""

	counted: int
	units: float


def needed(school: str, frame: Frame, day: date) -> dict[str, Need]:
	"""Return the need by position of the school; a role without a norm has no row."""
	norms, profile = reads.Norms(), frame.schools[school].regulation_profile
	here = [
		name
		for name, row in reads.present(reads.children(frame), frame).items()
		if row.organisation == school
	]
	step = norms.on("STAFF_UNIT_STEP", profile, day)
	found: dict[str, Need | None] = {
		"SPE": for_special_pedagogues(here, norms.on(reads.CASELOAD, profile, day)),
		"AST": for_assistants(here, frame, norms.on("ASSISTANT_LEARNERS", profile, day)),
	}
	for role in ("PSY", "SOC", "CAR"):
		norm = norms.on(PER_UNIT.format(role), profile, day)
		found[role] = norm and Need(
			len(here), needed_units(len(here), norm.value_max, step and step.value_min)
		)
	usual = staffing_facts.usual_positions(school)
	return {usual[role]: need for role, need in found.items() if need and role in usual}


def for_special_pedagogues(learners: list[str], norm) -> Need | None:
	"""Whole units at the upper bound, as the act counts one pedagogue for so many children (KZ92-21.1)."""
	if not norm:
		return None
	limited = [own for own in facts.categories_by_learner(learners).values() if "C3" in own]
	return Need(len(limited), required_special_pedagogues(len(limited), int(norm.value_max)))


def for_assistants(learners: list[str], frame: Frame, norm) -> Need | None:
	"""One assistant for each child the approved list gives one (KZ92-21.2)."""
	if not norm:
		return None
	listed = reads.listed(frame, states.APPROVED)
	children = sum(bool(listed[name].needs_assistant) for name in learners if name in listed)
	return Need(children, required_special_pedagogues(children, int(norm.value_max)))
