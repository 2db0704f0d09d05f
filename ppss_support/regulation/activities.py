"""The activity log: what an entry of each kind states, who may give it, and when consent stands behind it.

Every function takes plain values and returns a list of `Finding`; an empty list means the rule is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label

CONSULTATION, DIAGNOSTICS, TRAINING = "CONSULTATION", "DIAGNOSTICS", "TRAINING"
ACHIEVEMENT, SOCIAL_STUDY, PARENT_CONTACT = "ACHIEVEMENT", "SOCIAL-STUDY", "PARENT-CONTACT"
ENLIGHTENMENT, PARTICIPATION, DISCUSSION = "ENLIGHTENMENT", "PARTICIPATION", "DISCUSSION"
ANALYSIS, APPEAL = "ANALYSIS", "APPEAL"
CRISIS, MEDIATION, ADJOINING, PREVENTION = "CRISIS", "MEDIATION", "ADJOINING", "PREVENTION"
PATRONAGE, CARE, RIGHTS, RAID, DIARY = "PATRONAGE", "CARE", "RIGHTS", "RAID", "DIARY"
LEARNER_CARD, APPEAL = "LEARNER-CARD", "APPEAL"
ADOLESCENT_STUDY, FAMILY_STUDY, NOTICE = "ADOLESCENT-STUDY", "FAMILY-STUDY", "NOTICE"
ALMATY, SCHOOL_95 = "ALM15", "KG95"
# Features of F.5 that bring kinds of their own.
ORDER_92, CRISES, SOCIAL_WORK = "order92_documents", "crisis_mediation", "social_work_documents"
OVERVIEW, ALMATY_DOCUMENTS = "nine_journals", "authorised_body_approval"
# What the psychologist takes into account of a learner: four sections, each with its features (OVR-B1 … OVR-B4).
SOCIAL_CONDITIONS, PSYCHOLOGICAL_FEATURES = "Social Conditions", "Psychological Features"
CARD: dict[str, tuple[str, ...]] = {
	"Physiological Features": ("age_traits", "body_build", "appearance"),
	SOCIAL_CONDITIONS: ("family_upbringing", "hereditary_qualities", "family_values"),
	"Social Position": (
		"attitude_to_school",
		"attitude_to_study",
		"place_among_classmates",
		"place_among_teachers",
	),
	PSYCHOLOGICAL_FEATURES: ("character_traits", "temperament", "cognition", "present_mood", "ability"),
}
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
	content: item of clause 12 such an entry is. features: of the profile, one of which brings the kind; empty: always.
	"""

	needs: tuple[str, ...]
	one_of: tuple[str, ...] = ()
	may: tuple[str, ...] = ()
	details: str | tuple[str, ...] = ""
	providers: frozenset[str] = frozenset()
	content: str | None = None
	features: frozenset[str] = frozenset()

	@property
	def fields(self) -> frozenset[str]:
		return frozenset(self.needs + self.one_of + self.may)


KINDS: dict[str, Kind] = {
	# KZ92-6.2a … KZ92-6.2e, KZ92-14.1.4c, KZ92-14.1.5c, KZ92-14.1.5d, KZ92-14.2.4d
	CONSULTATION: Kind(
		("form", "client_type", "detail", "problem", "recommendation"),
		one_of=("learner", "participants"),
		may=("content", "follow_up", "crisis", "crisis_reason", "initiator", "facts_relied_on"),
		details="C2",
		providers=CONSULTANTS,
	),
	# KZ92-6.1
	DIAGNOSTICS: Kind(
		("form", "purposes", "methods", "result", "conclusion", "recommendation"),
		one_of=("learner", "participants"),
		may=("detail", "difficulties", "facts_relied_on", "service_paper"),
		providers=SPECIALISTS,
	),
	# KZ92-11.1
	TRAINING: Kind(
		("form", "topic", "participants", "result"),
		may=("detail", "sessions", "spheres", "service_paper"),
		details="D3",
		providers=SPECIALISTS,
	),
	# KZ92-6.4
	ENLIGHTENMENT: Kind(
		("detail", "audience", "topic", "attendance"), may=("school_class", "result"), details="E4"
	),
	# KZ92-6.5c, KZ92-6.5d, KZ92-6.5e
	"METHODICAL": Kind(("detail", "topic", "result"), may=("disciplines_involved",), details="M5"),
	# KZ92-6.5a
	"ENVIRONMENT": Kind(("object", "indicator", "result"), may=("school_class", "recommendation")),
	# KZ92-6.5b, KZ92-6.5c
	ANALYSIS: Kind(
		("period_from", "period_to", "result", "recommendation", "disciplines_involved"),
		may=("learner", "report_period", "form_approved_by", "addressee"),
	),
	# KZ92-9.1, KZ92-10.3, KZ92-14.1.3c, KZ92-14.2.3b … KZ92-14.2.3e
	"CLASS-MEASURE": Kind(
		("detail", "description", "period_from"),
		one_of=("school_class", "learner"),
		may=("setting", "subject", "content", "gap_kinds", "period_to", "result"),
		details="CM",
		providers=TEACHERS,
		features=frozenset({ORDER_92}),
	),
	# KZ92-12.2
	"ADDITIONAL-LESSON": Kind(
		("learner", "subject", "hours_week", "variative_component", "detail", "period_from", "period_to"),
		may=("content",),
		details="LP",
		providers=TEACHERS,
		content="CT2",
		features=frozenset({ORDER_92}),
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
		("learner", "subject", "report_period", "result"),
		may=("difficulty_found", "difficulty", "gap_kinds", "period_from", "period_to"),
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
	PARTICIPATION: Kind(
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
		("partner", "detail", "area", "requested_by", "problem"),
		may=("result", "answered_on"),
		details="HK",
		features=frozenset({ORDER_92}),
	),
	# KZ92-12.4: career guides work on this item alone (D-12)
	"CAREER": Kind(
		("form", "topic", "result"),
		one_of=("learner", "participants"),
		may=("content",),
		providers=TEACHERS | {"CAR", "PSY"},
		content="CT4",
	),
	# ALM-11.3, ALM-19.9
	CRISIS: Kind(
		("detail", "urgency", "description"),
		one_of=("learner", "participants"),
		may=("result", "follow_up"),
		details=("AS1", "AS2", "AS3"),
		features=frozenset({CRISES}),
	),
	# ALM-11.4: an entry for each meeting
	MEDIATION: Kind(
		("detail", "participants", "description"),
		may=("sessions", "agreement", "result"),
		details="AK",
		features=frozenset({CRISES}),
	),
	# ALM-14.1, ALM-14.3, ALM-19.2
	ADJOINING: Kind(
		("detail", "problem"),
		one_of=("learner", "participants"),
		may=("partner", "urgent", "answer", "answered_on"),
		details=("AJ1", "AJ2", "AJ3", "AJ4"),
		features=frozenset({CRISES}),
	),
	# ALM-12.3
	"ATTESTATION": Kind(
		("requested_by", "basis", "description"), may=("result",), features=frozenset({CRISES})
	),
	# ALM-12.2, ALM-19.10, ALM-19.13, KG-2.1e, KG-2.2a, KG-4.3
	PREVENTION: Kind(
		("detail", "basis", "description"),
		one_of=("learner", "participants", "school_class", "family"),
		may=("period_from", "period_to", "result"),
		details="PV",
		features=frozenset({CRISES, SOCIAL_WORK}),
	),
	# ALM-12.4, ALM-19.22, KG-8.3
	"COUNCIL": Kind(
		("detail", "description"),
		may=("topic", "result"),
		details="BD",
		features=frozenset({CRISES, SOCIAL_WORK}),
	),
	# ALM-19.21, KG-8.5, KG-8.6
	APPEAL: Kind(
		("detail", "addressee", "topic", "description"),
		may=("partner", "learner", "answer", "answered_on"),
		details="APL",
		features=frozenset({CRISES, SOCIAL_WORK}),
	),
	# ALM-19.19, KG-6.4
	DISCUSSION: Kind(
		("detail", "discussed", "document_no", "description"),
		may=("topic", "order_no"),
		details=("KB1", "KB2"),
		features=frozenset({CRISES, SOCIAL_WORK}),
	),
	# KG-2.1d: an entry for each visit
	PATRONAGE: Kind(
		("basis", "description", "result"),
		one_of=("family", "learner"),
		may=("value",),
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-4.5
	CARE: Kind(
		("detail", "basis", "description"),
		one_of=("family", "learner"),
		may=("value", "period_from", "period_to", "result"),
		details="KE",
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-4.4: recorded when the instance has decided
	RIGHTS: Kind(
		("detail", "basis", "description", "result"),
		one_of=("learner", "family"),
		may=("partner",),
		details="KI",
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-5.3
	RAID: Kind(
		("participants", "family", "living_conditions", "conclusion"),
		may=("recommendation",),
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-6.1.6
	DIARY: Kind(
		("description",),
		one_of=("family", "learner"),
		may=("result",),
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-6.1.3
	ADOLESCENT_STUDY: Kind(
		("learner", "methods", "result", "conclusion"),
		may=("recommendation", "facts_relied_on"),
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-6.1.4
	FAMILY_STUDY: Kind(
		("family", "methods", "result", "conclusion"),
		may=("learner", "recommendation", "facts_relied_on"),
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-8.4
	"LESSON-VISIT": Kind(
		("detail", "school_class"),
		one_of=("behaviour", "description"),
		may=("learner", "conclusion"),
		details="LV",
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-8.2
	NOTICE: Kind(
		("detail", "topic"),
		may=("learner", "recipient", "representative"),
		details="KN",
		features=frozenset({SOCIAL_WORK}),
	),
	# KG-6.1.7, KG-6.2.3
	"SELF-ASSESSMENT": Kind(("topic", "description"), features=frozenset({SOCIAL_WORK})),
	# OVR-B1, OVR-B2, OVR-B3, OVR-B4, ALM-5.6: a later card takes the place of an earlier one
	LEARNER_CARD: Kind(
		("learner",),
		one_of=tuple(field for fields in CARD.values() for field in fields),
		features=frozenset({OVERVIEW, ALMATY_DOCUMENTS}),
	),
}
# What says more about an entry in profiles whose acts name it otherwise; a kind not named there has nothing such.
OWN_DETAILS: dict[str, dict[str, str | tuple[str, ...]]] = {
	# ALM-10.1, ALM-11.2, ALM-12.1, ALM-13.1, ALM-19.19
	ALMATY: {
		CONSULTATION: "AQ",
		DIAGNOSTICS: "AA10.",
		TRAINING: "AA13.",
		ENLIGHTENMENT: "AA12.",
		DISCUSSION: "BD",
	},
	# KG-4.1, KG-4.6, KG-5.3
	SCHOOL_95: {DIAGNOSTICS: "KO", ENLIGHTENMENT: "KFM", PARTICIPATION: "PK"},
}
# What an entry states besides by the profile: at whose request, on which facts (ALM-11.1, KG-3.3, KG-7.4).
OWN_NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
	ALMATY: {CONSULTATION: ("initiator",)},
	SCHOOL_95: {CONSULTATION: ("facts_relied_on",), DIAGNOSTICS: ("facts_relied_on",)},
}
# The directions of an act that answer to those of order No 92 (ALM-9, KG-2.2a, F.4).
DIRECTIONS: dict[str, dict[str, str]] = {
	ALMATY: {"DIR1": "ADIR1", "DIR2": "ADIR2", "DIR3": "ADIR4", "DIR4": "ADIR3", "DIR5": "ADIR5"},
	SCHOOL_95: {"DIR1": "KDIR3", "DIR2": "KDIR5", "DIR3": "KDIR4", "DIR4": "KDIR2", "DIR5": "KDIR2"},
}
# Kinds an act puts elsewhere (ALM-12.3, ALM-12.4, KG-2.2a).
OWN_DIRECTIONS: dict[str, dict[str, str]] = {
	ALMATY: {"ATTESTATION": "ADIR3", "COUNCIL": "ADIR3", "METHODICAL": "ADIR3"},
	SCHOOL_95: {PREVENTION: "KDIR1"},
}
# The function of the service an entry serves (KG-4.1 … KG-4.6).
FUNCTIONS: dict[str, str] = {
	**dict.fromkeys(
		(
			DIAGNOSTICS,
			SOCIAL_STUDY,
			"OBSERVATION",
			RAID,
			DIARY,
			ADOLESCENT_STUDY,
			FAMILY_STUDY,
			"LESSON-VISIT",
			LEARNER_CARD,
		),
		"KF1",
	),
	**dict.fromkeys((CONSULTATION, NOTICE, "METHODICAL"), "KF2"),
	**dict.fromkeys((PREVENTION, TRAINING, ENLIGHTENMENT), "KF3"),
	RIGHTS: "KF4",
	**dict.fromkeys((PATRONAGE, CARE, "SOCIAL-HELP"), "KF5"),
	**dict.fromkeys((PARTICIPATION, "CAREER", APPEAL), "KF6"),
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
	# ALM-13.2
	"AA13.2": ("spheres",),
}
UNDER_CONSENT = frozenset({CONSULTATION, DIAGNOSTICS, TRAINING, ADOLESCENT_STUDY, LEARNER_CARD})
# Protocols of diagnostics, crisis and mediation and the learner's card are the psychologists' (KZ92-5.5, ALM-11.3, OVR-B1).
PROTOCOLS = frozenset({DIAGNOSTICS, CRISIS, MEDIATION, LEARNER_CARD})
# Work with families is the social pedagogue's and the psychologist's (KG-3.5, D-39).
FAMILY_PAPERS = frozenset({ADOLESCENT_STUDY, FAMILY_STUDY, DIARY, RAID, PATRONAGE, CARE, RIGHTS})
# Only those with the training of a psychologist diagnose and correct (ALM-19.12).
PSYCHOLOGISTS_WORK = frozenset({DIAGNOSTICS, TRAINING, CRISIS, MEDIATION})


def details_of(kind: str, profile: str | None) -> str | tuple[str, ...]:
	"""Return the first letters of the terms that say more about an entry of this kind under the profile."""
	own = OWN_DETAILS.get(profile or "")
	if own is None or kind in own:
		return (own or {}).get(kind, KINDS[kind].details)
	return KINDS[kind].details if KINDS[kind].features else ""


def direction_of(kind: str, profile: str | None, given: str | None) -> str | None:
	"""Return the direction of an entry in the words of its act; `given` may be one of order No 92 (ALM-9, KG-2.2a)."""
	own = OWN_DIRECTIONS.get(profile or "", {}).get(kind)
	named = DIRECTIONS.get(profile or "", {})
	return own if own and (given in named or not given) else named.get(given or "", given)


def function_of(kind: str, profile: str | None) -> str | None:
	"""Return the function of the service an entry serves, where the act names functions (KG-4.1)."""
	return FUNCTIONS.get(kind) if profile == SCHOOL_95 else None


def missing_fields(kind: str, values: Mapping[str, object], profile: str | None = None) -> list[str]:
	"""Return the fields an entry still lacks, in the order of its table; of several it may choose from, the first."""
	table = KINDS[kind]
	needed = [*table.needs, *OWN_NEEDS.get(profile or "", {}).get(kind, ())]
	needed += DETAIL_NEEDS.get(str(values.get("detail")), ())
	if kind in OWN_DETAILS.get(profile or "", {}):
		needed.insert(0, "detail")
	elif not details_of(kind, profile):
		needed = [field for field in needed if field != "detail"]
	if values.get("difficulty_found"):
		needed.append("difficulty")
	if "D1e" in (values.get("purposes") or ()):
		needed.append("difficulties")
	missing = [field for field in dict.fromkeys(needed) if not values.get(field)]
	if table.one_of and not any(values.get(field) for field in table.one_of):
		missing.append(table.one_of[0])
	return missing


def entry_complete(
	kind: str, values: Mapping[str, object], labels: Mapping[str, str], profile: str | None = None
) -> list[Finding]:
	"""Name each field an entry of this kind lacks; `labels` maps a field to its label (KZ92-6 and the rows of KINDS)."""
	return [Finding.of("A21", Label(labels[field])) for field in missing_fields(kind, values, profile)]


def detail_fits(kind: str, detail: str | None, profile: str | None = None) -> list[Finding]:
	"""A theme, form or measure is one of its kind (KZ92-6.1 … KZ92-6.5e)."""
	details = details_of(kind, profile)
	if not detail or (details and detail.startswith(details)):
		return []
	return [Finding.of("A28", Label(detail), Label(kind))]


def partner_fits(kind: str, partner_kind: str | None) -> list[Finding]:
	"""Methodical help comes from a special education organisation (KZ92-22)."""
	if kind != "METHODICAL-HELP" or not partner_kind or partner_kind == SPECIAL_ORGANISATION:
		return []
	return [Finding.of("A28", Label(partner_kind), Label(kind))]


def provider(
	kind: str, name: str, roles: Collection[str], active: bool, by_clause_10: bool = True
) -> list[Finding]:
	"""Who gives it works here and is one whom clause 10 names for it (KZ92-10.1, KZ92-10.2, D-12)."""
	if not active:
		return [Finding.of("A25", name)]
	lawful = KINDS[kind].providers if by_clause_10 else ()
	if not lawful or lawful & set(roles):
		return []
	return [Finding.of("M40", name, Label(next(iter(sorted(roles)), "–")))]


def qualified(
	kind: str, name: str, roles: Collection[str], variant: str | None, diploma: bool
) -> list[Finding]:
	"""Diagnostics and correction are for psychologists with one of three kinds of education, by diploma (ALM-19.12, ALM-20)."""
	if kind not in PSYCHOLOGISTS_WORK or ("PSY" in roles and variant and diploma):
		return []
	return [Finding.of("M48", name)]


def card_keeper(kind: str, name: str, roles: Collection[str]) -> list[Finding]:
	"""The psychological card of a learner is kept by a psychologist, under whatever act (OVR-B1 … OVR-B4)."""
	return [Finding.of("A139", name)] if kind == LEARNER_CARD and "PSY" not in roles else []


def told_in_confidence(about: str | None, entitled: bool) -> list[Finding]:
	"""A notice about a child reaches its legal representatives and those who work with it alone (KG-3.5, KG-8.2)."""
	return [Finding.of("M53")] if about and not entitled else []


def answered_once(before: str | None, now: str | None) -> list[Finding]:
	"""What came back is added to a recorded entry once (KG-8.5, ALM-14.3)."""
	return [Finding.of("A121")] if before and before != now else []


def participants_named(named: Sequence[int]) -> list[Finding]:
	"""Each row of participants names one person; `named` counts the persons of each row."""
	return [Finding.of("A29", number) for number, persons in enumerate(named, 1) if persons != 1]


def periods(labels: tuple[str, str], first: date | None, last: date | None) -> list[Finding]:
	"""What ends does not end before it began."""
	return [Finding.of("A34", Label(labels[1]), Label(labels[0]))] if first and last and last < first else []


def methods_in_use(out_of_use: Sequence[str], no_methods: Sequence[str] = ()) -> list[Finding]:
	"""Diagnostics use methods of the method bank, not other papers of the library (KZ92-5.7, ALM-5.5)."""
	return [Finding.of("A32", name) for name in out_of_use] + [Finding.of("A96", name) for name in no_methods]


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


def form_approved(kind: str, wanted: bool, approved_by: str | None) -> list[Finding]:
	"""An analytical report is of a form that an education body approved, where the act wants so (ALM-6)."""
	return [Finding.warn("A76")] if kind == ANALYSIS and wanted and not approved_by else []


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


def handed_over(day: object, responsible: str | None, label: str) -> list[Finding]:
	"""Means given to the service have somebody who answers for their safety (ALM-22.4)."""
	return [Finding.of("A21", Label(label))] if day and not responsible else []
