"""Papers of the service: rules, programmes, elaborations, the social passport name no child, a plan of help does (ALM-5, KG-6.1)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label

RULES, PROGRAMME, ELABORATION = "AL1", "AL3", "AL4"
DIAGNOSTICS_PLAN = "DP1"
REGULATION, TEAM_PROGRAMME, PASSPORT, HELP_PLAN = "KG0", "KG12", "KG2", "KG5"
# Who decides on a paper: the head, or the authorised body in education, whose act is recorded.
HEAD, AUTHORITY = Label("Head"), Label("Authorised Body")


@dataclass(frozen=True)
class Kind:
	"""What a paper of one kind states, which feature of the profile brings it, and who decides on it.

	needs: must be filled; one_of: at least one of them must; may: shown, but free.
	"""

	needs: tuple[str, ...]
	feature: str
	one_of: tuple[str, ...] = ()
	may: tuple[str, ...] = ()
	decided_by: Label = HEAD

	@property
	def fields(self) -> frozenset[str]:
		return frozenset(self.needs + self.one_of + self.may)


KINDS: dict[str, Kind] = {
	# ALM-5.1
	RULES: Kind(("file",), "authorised_body_approval"),
	# ALM-5.3, ALM-13.2, ALM-19.15
	PROGRAMME: Kind(
		("programme_kind", "target", "goals", "rows"), "authorised_body_approval", may=("spheres", "team")
	),
	# ALM-5.4
	ELABORATION: Kind(
		("form_of_work", "approving_body", "file"),
		"authorised_body_approval",
		may=("act_no", "act_date"),
		decided_by=AUTHORITY,
	),
	# ALM-19.6
	DIAGNOSTICS_PLAN: Kind(
		("target", "grade_to", "rows"), "authorised_body_approval", may=("grade_from", "goals")
	),
	# KG-1.5
	REGULATION: Kind(("file",), "four_role_structure", may=("council_protocol",)),
	# KG-2.2d, KG-7.3
	TEAM_PROGRAMME: Kind(("target", "goals", "rows", "team"), "social_work_documents", may=("outcome",)),
	# KG-6.1.2
	PASSPORT: Kind((), "social_work_documents", may=("counts", "comments")),
	# KG-6.1.5, KG-7.3
	HELP_PLAN: Kind(
		("problem", "period_from", "period_to", "steps"),
		"social_work_documents",
		one_of=("learner", "family"),
		may=("outcome",),
	),
}
FIELDS_OF_KINDS = frozenset().union(*(kind.fields for kind in KINDS.values()))


def complete(kind: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""Name each field a paper of this kind lacks; of several it may choose from, the first.

	ALM-5.1, ALM-5.3, ALM-5.4, KG-2.2d, KG-6.1.5.
	"""
	table = KINDS[kind]
	missing = [field for field in table.needs if not values.get(field)]
	if table.one_of and not any(values.get(field) for field in table.one_of):
		missing.insert(0, table.one_of[0])
	return [Finding.of("A21", Label(labels[field])) for field in missing]


def names_somebody(kind: str | None) -> bool:
	"""Tell whether papers of this kind name an adolescent or a family, and are for those who work with them (KG-3.5)."""
	return kind == HELP_PLAN


def steps_within(
	steps: Sequence[tuple[str, date | None]], first: date | None, last: date | None
) -> list[Finding]:
	"""Each step of a plan of help ends in the days of the plan; `steps` are actions with their days (KG-6.1.5)."""
	if not (first and last):
		return []
	return [
		Finding.of("A137", action, day, first, last)
		for action, day in steps
		if day and not first <= day <= last
	]


def steps_reported(steps: Sequence[tuple[bool, str | None]]) -> list[Finding]:
	"""A step that is done says what came of it (KG-6.1.5, KG-7.3)."""
	silent = any(done and not (result or "").strip() for done, result in steps)
	return [Finding.of("A21", Label("Result"))] if silent else []


def way(kind: str, decided_by: Label) -> list[Finding]:
	"""A paper goes to whoever its act names: the head, or the authorised body (ALM-5.2, ALM-5.3, ALM-5.4)."""
	right = KINDS[kind].decided_by
	return [] if right == decided_by else [Finding.of("A122", right)]


def act_recorded(number: str | None, day: object) -> list[Finding]:
	"""An elaboration is approved by an act with number and date (ALM-5.4)."""
	return [] if number and day else [Finding.of("M49")]


def considered(kind: str, protocol: str | None) -> list[Finding]:
	"""The regulation of the service has been considered by the pedagogical council (KG-1.5)."""
	return [Finding.of("M51")] if kind == REGULATION and not (protocol or "").strip() else []


def several_professions(kind: str, roles: Collection[str]) -> list[Finding]:
	"""Correction is the joint work of several specialists (KG-2.2d)."""
	return [Finding.warn("A123")] if kind == TEAM_PROGRAMME and len(set(roles)) < 2 else []


def whole_period(kind: str, first: int, last: int, grades: Collection[int]) -> list[Finding]:
	"""Features of learners are studied in each year of the period of study, which the plan names (ALM-19.6)."""
	if kind != DIAGNOSTICS_PLAN:
		return []
	amiss = sorted(set(range(first, last + 1)) ^ set(grades))
	return [Finding.of("A97", first, last, ", ".join(map(str, amiss)))] if amiss else []


def outcome_stated(outcome: str | None) -> list[Finding]:
	"""Work by a programme of a team or a plan of help ends with what came of it (KG-6.1.5, KG-7.3)."""
	return [] if (outcome or "").strip() else [Finding.of("A21", Label("Outcome"))]


def usable(kind: str, approved: bool) -> list[Finding]:
	"""Work rests on an approved programme; an elaboration not approved warns (ALM-5.3, ALM-5.4)."""
	return [] if approved else [Finding("M49", (), kind == ELABORATION)]


def counted(reasons: Sequence[str], categories: Sequence[str]) -> dict[str, int]:
	"""Return how many children each social category has, in the order given (KG-6.1.2)."""
	return {category: sum(one == category for one in reasons) for category in categories}
