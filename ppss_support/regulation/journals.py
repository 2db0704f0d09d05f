"""The journals of the psychological service: which of them an entry of the one log belongs to, and what they print of it.

The nine journals of the overview (OVR-F6) and the registration journal of the Almaty rules (ALM-5.8) overlap: an entry is
recorded once, and each journal gives it a number of its own (D-20).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation import activities
from ppss_support.regulation.finding import Finding, Label

PSYCHOLOGIST = "PSY"
NEEDS, INDIVIDUAL_WORK, GROUP_WORK, WITH_ADULTS, REGISTRATION = "J6", "J7", "J8", "J9", "AJ"
PUPILS, PARENTS, TEACHERS, ADMINISTRATION = "W1", "W2", "W3", "W4"
INDIVIDUAL, CLASS, GROUP, EVENT = "Individual", "Class", "Group", "Joint Event"
SUICIDE_PREVENTION = "OP1"
RESEARCH, PREVENTION, CORRECTION, COUNSELLING, ENLIGHTENMENT = "OD1", "OD2", "OD3", "OD4", "OD5"
JOURNAL_OF_DIRECTION = {
	RESEARCH: "J1",
	PREVENTION: "J2",
	CORRECTION: "J3",
	COUNSELLING: "J4",
	ENLIGHTENMENT: "J5",
}
JOURNALS = (*JOURNAL_OF_DIRECTION.values(), NEEDS, INDIVIDUAL_WORK, GROUP_WORK, WITH_ADULTS, REGISTRATION)
# Feature of the regulation profile a journal belongs to (F.5).
NINE_JOURNALS, CERTIFIED_JOURNAL = "nine_journals", "certified_journal"
# Directions of the regulations by those of the overview (A.4.2); organisational work is of none of them.
DIRECTION_OF = {
	"DIR1": RESEARCH,
	"DIR2": COUNSELLING,
	"DIR3": CORRECTION,
	"DIR4": ENLIGHTENMENT,
	"ADIR1": RESEARCH,
	"ADIR2": COUNSELLING,
	"ADIR3": ENLIGHTENMENT,
	"ADIR4": CORRECTION,
	"KDIR1": PREVENTION,
	"KDIR2": PREVENTION,
	"KDIR3": RESEARCH,
	"KDIR4": CORRECTION,
	"KDIR5": COUNSELLING,
}
FORM_OF = {"SF1": INDIVIDUAL, "SF2": GROUP, "SF3": GROUP}
GROUP_OF_CLIENT = {
	"Learner": PUPILS,
	"Parent or Representative": PARENTS,
	"Pedagogue": TEACHERS,
	"Administration": ADMINISTRATION,
}
# Work with colleagues, whoever else it names.
WITH_TEACHERS = frozenset({"METHODICAL", "METHODICAL-HELP", "ANALYSIS"})
WITH_PARENTS = frozenset({activities.PARENT_CONTACT})
# The nine kinds of work of the registration journal (ALM-5.8).
DEVELOPING, EXPERT, METHODICAL = "WK2", "WK5", "WK6"
ALONE, IN_GROUP, REQUEST = "WK7", "WK8", "WK9"
# The Almaty rules put methodical work under enlightenment (ALM-12.4), and count it apart (ALM-5.8).
WORK_OF_KIND = {"ENVIRONMENT": EXPERT, "ANALYSIS": EXPERT, "METHODICAL": METHODICAL}
WORK_OF_DIRECTION = {RESEARCH: "WK1", PREVENTION: "WK4", CORRECTION: DEVELOPING, ENLIGHTENMENT: "WK4"}
WORK_OF_PROGRAMME = {"CDP": "WK3"}


@dataclass(frozen=True)
class Work:
	"""What an entry says of itself; `people` are the codes W1–W4 of those who took part, `pupils` how many learners did."""

	kind: str
	direction: str | None = None
	form: str | None = None
	client: str | None = None
	audience: str | None = None
	theme: str | None = None
	in_class: bool = False
	pupils: int = 0
	people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tags:
	"""By what the journals choose their entries."""

	direction: str | None
	form: str
	groups: frozenset[str]
	work_kind: str


@dataclass(frozen=True)
class Volume:
	"""A volume of a journal that is not closed."""

	name: str
	journal: str
	certified: bool


# ---- what follows from an entry


def direction_of(work: Work) -> str | None:
	"""Return the direction of the overview: what is done about one of its themes is prevention (OVR-D1 … OVR-D5, OVR-P1)."""
	own = DIRECTION_OF.get(
		work.direction or "", work.direction if work.direction in JOURNAL_OF_DIRECTION else None
	)
	prevents = work.theme or work.kind == activities.PREVENTION
	return PREVENTION if prevents and own == ENLIGHTENMENT else own


def form_of(work: Work) -> str:
	"""Return how the work was done: alone with one, with a class, with a group, or as an event (OVR-J7, OVR-J8)."""
	if work.form:
		return FORM_OF[work.form]
	if work.in_class:
		return CLASS
	if work.audience:
		return EVENT
	return GROUP if work.pupils > 1 else INDIVIDUAL


def groups_of(work: Work) -> frozenset[str]:
	"""Return the work groups (OVR-W1 … OVR-W4): the client where one is named, else whoever took part."""
	named = {GROUP_OF_CLIENT.get(work.client or ""), work.audience} - {None}
	if named:
		return frozenset(named)
	found = set(work.people)
	if work.pupils or work.in_class:
		found.add(PUPILS)
	if work.kind in WITH_PARENTS:
		found.add(PARENTS)
	return frozenset({TEACHERS} if work.kind in WITH_TEACHERS else found or {PUPILS})


def work_kind_of(kind: str, direction: str | None, form: str) -> str:
	"""Return the kind of work of the registration journal (ALM-5.8)."""
	if kind in WORK_OF_KIND:
		return WORK_OF_KIND[kind]
	if direction == COUNSELLING:
		return ALONE if form == INDIVIDUAL else IN_GROUP
	return WORK_OF_DIRECTION.get(direction or "", METHODICAL)


def tags_of(work: Work) -> Tags:
	direction, form = direction_of(work), form_of(work)
	return Tags(direction, form, groups_of(work), work_kind_of(work.kind, direction, form))


# ---- which journals


def journals_of(tags: Tags) -> tuple[str, ...]:
	"""Return the journals an entry of the log belongs to (OVR-J1 … OVR-J5, OVR-J7 … OVR-J9, ALM-5.8)."""
	found = [JOURNAL_OF_DIRECTION[tags.direction]] if tags.direction else []
	if tags.form == INDIVIDUAL:
		found.append(INDIVIDUAL_WORK)
	if tags.form in (CLASS, GROUP):
		found.append(GROUP_WORK)
	if tags.groups & {PARENTS, TEACHERS, ADMINISTRATION}:
		found.append(WITH_ADULTS)
	return *found, REGISTRATION


def journals_of_request(asked: Collection[str]) -> tuple[str, ...]:
	"""Return the journals of a need or request put to whoever has these roles (OVR-J6, ALM-5.8)."""
	return (NEEDS, REGISTRATION) if PSYCHOLOGIST in asked else ()


def feature_of(journal: str) -> str:
	return CERTIFIED_JOURNAL if journal == REGISTRATION else NINE_JOURNALS


# ---- what a journal prints


def by_reference(kind: str, crisis: bool, theme: str | None) -> bool:
	"""Tell whether a journal names the entry instead of saying what was found: protocols, crisis, suicide (D-20, OVR-P1)."""
	return kind in activities.PROTOCOLS or crisis or nobody_named(theme)


def nobody_named(theme: str | None) -> bool:
	"""Tell whether a journal names no child: prevention of suicide is the most confidential work (OVR-P1)."""
	return theme == SUICIDE_PREVENTION


# ---- guards


def certified_first(demanded: bool, volumes: Sequence[Volume]) -> list[Finding]:
	"""The registration journal is certified by the seal of the head before it is written in (ALM-5.8)."""
	own = [volume for volume in volumes if volume.journal == REGISTRATION]
	kept = any(volume.certified for volume in own)
	return [Finding.warn("M50")] if demanded and not kept else []


def planned_first(kept: bool, planned: bool, school_year: str | None) -> list[Finding]:
	"""Where the nine journals are kept, the annual plan stands before the work begins (OVR-S2)."""
	return [Finding.warn("A134", school_year or "–")] if kept and not planned else []


def one_volume(others: Sequence[str], journal: str) -> list[Finding]:
	"""A volume is begun when the one before it is closed: an entry has one place."""
	return [Finding.of("A130", name, Label(journal)) for name in others]


def sheets_counted(sheets: int | None) -> list[Finding]:
	"""The head certifies how many sheets there are (ALM-5.8)."""
	return [] if sheets and sheets > 0 else [Finding.of("A131")]


def opened_in_year(opened: date, first: date, last: date, school_year: str) -> list[Finding]:
	"""A journal is of one school year."""
	return [] if first <= opened <= last else [Finding.of("A132", opened, school_year)]
