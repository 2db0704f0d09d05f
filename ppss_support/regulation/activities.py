"""The activity log: what an entry of each kind states, who may give it, and when consent stands behind it.

Every function takes plain values and returns a list of `Finding`; an empty list means the rule is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label

CONSULTATION, DIAGNOSTICS, TRAINING = "CONSULTATION", "DIAGNOSTICS", "TRAINING"
ACHIEVEMENT, SOCIAL_STUDY, PARENT_CONTACT = "ACHIEVEMENT", "SOCIAL-STUDY", "PARENT-CONTACT"
LEARNER = "Learner"
SPECIAL_ORGANISATION = "PO1"
TEACHERS = frozenset({"CLS", "TCH"})
SPECIALISTS = frozenset({"PSY", "SOC", "SPE"})
CONSULTANTS = TEACHERS | SPECIALISTS | {"AST", "DEP"}


@dataclass(frozen=True)
class Kind:
	"""What an entry of one kind is made of; fields by their names.

	needs: must be filled when the entry is recorded; one_of: at least one of them must; may: shown, but free.
	details: first letters of the terms that say more about the entry. providers: roles that may give it, empty: any.
	content: item of clause 12 such an entry is.
	"""

	needs: tuple[str, ...]
	one_of: tuple[str, ...] = ()
	may: tuple[str, ...] = ()
	details: str = ""
	providers: frozenset[str] = frozenset()
	content: str | None = None

	@property
	def fields(self) -> frozenset[str]:
		return frozenset(self.needs + self.one_of + self.may)


KINDS: dict[str, Kind] = {
	# KZ92-6.2a … KZ92-6.2e, KZ92-14.1.4c, KZ92-14.1.5c, KZ92-14.1.5d, KZ92-14.2.4d
	CONSULTATION: Kind(
		("form", "client_type", "detail", "problem", "recommendation"),
		one_of=("learner", "participants"),
		may=("content", "follow_up", "crisis", "crisis_reason"),
		details="C2",
		providers=CONSULTANTS,
	),
	# KZ92-6.1
	DIAGNOSTICS: Kind(
		("form", "purposes", "methods", "result", "conclusion", "recommendation"),
		one_of=("learner", "participants"),
		may=("difficulties",),
		providers=SPECIALISTS,
	),
	# KZ92-11.1
	TRAINING: Kind(
		("form", "topic", "participants", "result"),
		may=("detail", "sessions"),
		details="D3",
		providers=SPECIALISTS,
	),
	# KZ92-6.4
	"ENLIGHTENMENT": Kind(
		("detail", "audience", "topic", "attendance"), may=("school_class", "result"), details="E4"
	),
	# KZ92-6.5c, KZ92-6.5d, KZ92-6.5e
	"METHODICAL": Kind(("detail", "topic", "result"), may=("disciplines_involved",), details="M5"),
	# KZ92-6.5a
	"ENVIRONMENT": Kind(("object", "indicator", "result"), may=("school_class", "recommendation")),
	# KZ92-6.5b, KZ92-6.5c
	"ANALYSIS": Kind(
		("period_from", "period_to", "result", "recommendation", "disciplines_involved"),
		may=("learner", "report_period", "form_approved_by", "sent_to"),
	),
	# KZ92-9.1, KZ92-10.3, KZ92-14.1.3c, KZ92-14.2.3b … KZ92-14.2.3e
	"CLASS-MEASURE": Kind(
		("detail", "description", "period_from"),
		one_of=("school_class", "learner"),
		may=("setting", "subject", "content", "gap_kinds", "period_to", "result"),
		details="CM",
		providers=TEACHERS,
	),
	# KZ92-12.2
	"ADDITIONAL-LESSON": Kind(
		("learner", "subject", "hours_week", "variative_component", "detail", "period_from", "period_to"),
		may=("content",),
		details="LP",
		providers=TEACHERS,
		content="CT2",
	),
	# KZ92-14.1.3b, KZ92-14.1.6b
	SOCIAL_STUDY: Kind(
		("learner", "conclusion"),
		one_of=("family_composition", "living_conditions", "upbringing_style", "surroundings"),
		may=("class_teacher", "social_pedagogue", "problems"),
		providers=frozenset({"CLS", "SOC"}),
	),
	# KZ92-14.1.4a, KZ92-14.1.6a
	"OBSERVATION": Kind(("learner",), one_of=("abilities", "interests", "inclinations", "needs")),
	# KZ92-14.1.4b, KZ92-14.2.3b
	ACHIEVEMENT: Kind(
		("learner", "subject", "period", "result"),
		may=("difficulty_found", "difficulty", "gap_kinds"),
		providers=TEACHERS | {"SPE"},
	),
	# KZ92-14.1.2b, KZ92-14.1.3a
	PARENT_CONTACT: Kind(
		("learner", "representative", "detail", "topic"),
		may=("content", "result", "follow_up"),
		details="CF",
		content="CT7",
	),
	# KZ92-12.6, KZ92-14.2.2d
	"PARTICIPATION": Kind(
		("detail", "topic", "participants"), may=("content", "result"), details="PK", content="CT6"
	),
	# KZ92-12.5, KZ92-14.1.6c, KZ92-14.1.6d
	"SOCIAL-HELP": Kind(
		("detail", "place", "basis", "description"),
		one_of=("learner", "family"),
		may=("content", "partner", "source", "value", "result"),
		details="SM",
		providers=frozenset({"SOC", "DEP"}),
		content="CT5",
	),
	# KZ92-9.3
	"EXTERNAL": Kind(
		("partner", "topic", "period_from"),
		may=("detail", "learner", "basis", "period_to", "result"),
		details="XS",
	),
	# KZ92-22
	"METHODICAL-HELP": Kind(
		("partner", "detail", "area", "requested_by", "problem"), may=("result", "answered_on"), details="HK"
	),
	# KZ92-12.4: career guides work on this item alone (D-12)
	"CAREER": Kind(
		("form", "topic", "result"),
		one_of=("learner", "participants"),
		may=("content",),
		providers=TEACHERS | {"CAR", "PSY"},
		content="CT4",
	),
}
# Fields that belong to some kinds alone; participants may be named in any.
FIELDS_OF_KINDS = frozenset().union(*(kind.fields for kind in KINDS.values())) - {"participants"}
# What a detail demands besides: reads "a measure of this sort also names …".
DETAIL_NEEDS: dict[str, tuple[str, ...]] = {
	"CM5": ("content",),
	"CM6": ("learner", "subject"),
	"CM7": ("gap_kinds", "result"),
	"CM8": ("subject",),
	"M5c": ("disciplines_involved",),
	"M5e": ("participants",),
}
UNDER_CONSENT = frozenset({CONSULTATION, DIAGNOSTICS, TRAINING})
# Protocols of diagnostics are the psychologists' (KZ92-5.5).
PROTOCOLS = frozenset({DIAGNOSTICS})


def missing_fields(kind: str, values: Mapping[str, object]) -> list[str]:
	"""Return the fields an entry still lacks, in the order of its table; of several it may choose from, the first."""
	table = KINDS[kind]
	needed = [*table.needs, *DETAIL_NEEDS.get(str(values.get("detail")), ())]
	if values.get("difficulty_found"):
		needed.append("difficulty")
	if "D1e" in (values.get("purposes") or ()):
		needed.append("difficulties")
	missing = [field for field in dict.fromkeys(needed) if not values.get(field)]
	if table.one_of and not any(values.get(field) for field in table.one_of):
		missing.append(table.one_of[0])
	return missing


def entry_complete(kind: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""Name each field an entry of this kind lacks; `labels` maps a field to its label (KZ92-6 and the rows of KINDS)."""
	return [Finding.of("A21", Label(labels[field])) for field in missing_fields(kind, values)]


def detail_fits(kind: str, detail: str | None) -> list[Finding]:
	"""A theme, form or measure is one of its kind (KZ92-6.1 … KZ92-6.5e)."""
	if not detail or (KINDS[kind].details and detail.startswith(KINDS[kind].details)):
		return []
	return [Finding.of("A28", Label(detail), Label(kind))]


def partner_fits(kind: str, partner_kind: str | None) -> list[Finding]:
	"""Methodical help comes from a special education organisation (KZ92-22)."""
	if kind != "METHODICAL-HELP" or not partner_kind or partner_kind == SPECIAL_ORGANISATION:
		return []
	return [Finding.of("A28", Label(partner_kind), Label(kind))]


def provider(kind: str, name: str, roles: Collection[str], active: bool) -> list[Finding]:
	"""Who gives it works here and is one whom clause 10 names for it (KZ92-10.1, KZ92-10.2, D-12)."""
	if not active:
		return [Finding.of("A25", name)]
	lawful = KINDS[kind].providers
	if not lawful or lawful & set(roles):
		return []
	return [Finding.of("M40", name, Label(next(iter(sorted(roles)), "–")))]


def participants_named(named: Sequence[int]) -> list[Finding]:
	"""Each row of participants names one person; `named` counts the persons of each row."""
	return [Finding.of("A29", number) for number, persons in enumerate(named, 1) if persons != 1]


def periods(labels: tuple[str, str], first: date | None, last: date | None) -> list[Finding]:
	"""What ends does not end before it began."""
	return [Finding.of("A34", Label(labels[1]), Label(labels[0]))] if first and last and last < first else []


def methods_in_use(out_of_use: Sequence[str]) -> list[Finding]:
	"""Diagnostics use methods of the method bank (KZ92-5.7)."""
	return [Finding.of("A32", name) for name in out_of_use]


# ---- consent


def under_consent(kind: str, client_type: str | None) -> bool:
	"""Tell whether consent stands behind work with learners; parents, pedagogues, administration need none (KZ92-11.1)."""
	return kind in UNDER_CONSENT and (kind != CONSULTATION or client_type == LEARNER)


def in_crisis(
	found: Sequence[Finding], kind: str, allowed: bool, decided_by: str | None, reason: str | None
) -> list[Finding]:
	"""Let what consent refuses pass with a warning where the organisation and a deputy head decided so (KZ92-11.1, D-13)."""
	if kind == CONSULTATION and allowed and decided_by and (reason or "").strip():
		return [Finding(f.code, f.params, True) for f in found]
	return [Finding.of("A27")]


# ---- one kind alone


def social_study(class_teacher: bool, social_pedagogue: bool) -> list[Finding]:
	"""The class teacher studies the child's social situation together with the social pedagogue (KZ92-14.1.3b)."""
	lines = {"Class Teacher": class_teacher, "Social Pedagogue": social_pedagogue}
	return [Finding.warn("A26", Label(label)) for label, present in lines.items() if not present]


def helped_in_year(pedagogues: int, family: int) -> list[Finding]:
	"""Support includes consultative and methodical help to pedagogues and to the family (KZ92-7.2)."""
	lines = {"Pedagogues": pedagogues, "Family": family}
	return [Finding.warn("A33", Label(label)) for label, count in lines.items() if not count]


# ---- masters


def shortage(norm: int, actual: int) -> int:
	"""Return how many pieces the norm of order No 70 asks for beyond those there are (KZ92-13.6, KZ92-18)."""
	return max(norm - actual, 0)


def provision_complete(status: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""A condition or thing is for a child or a place; what is planned has its day (KZ92-2.1, KZ92-13.4, KZ92-13.5a)."""
	found = (
		[] if values.get("learner") or values.get("place") else [Finding.of("A21", Label(labels["learner"]))]
	)
	if status == "Planned" and not values.get("planned_date"):
		found.append(Finding.of("A21", Label(labels["planned_date"])))
	return found
