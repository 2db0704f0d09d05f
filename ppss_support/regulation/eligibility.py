"""Whether a person meets what order No 338 asks of a position: met, not met, or for a person to decide.

A requirement is a tree of data (`data/eligibility.json`): "all" (және), "any" (немесе), "and_or" (және (немесе)) over
leaves. Where the two readings of "and (or)" differ, the program does not choose between them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.service import Length, Period, length, worked_through

MET, NOT_MET, PERSON = Label("Met"), Label("Not Met"), Label("Needs a Person")
# Each of the five includes the lower ones.
CATEGORIES = ("QC1", "QC2", "QC3", "QC4", "QC5")
HIGHER, MIDDLE = frozenset({"Higher", "Postgraduate"}), frozenset({"Vocational", "Postsecondary"})
EDUCATION_ORGANISATIONS = frozenset(
	{"Preschool", "School", "Special", "Orphans", "Vocational", "Additional", "Education Centre"}
)


@dataclass(frozen=True)
class Education:
	level: str
	kind: str
	direction: str | None = None


@dataclass(frozen=True)
class Course:
	kind: str
	direction: str | None = None


@dataclass(frozen=True)
class Record:
	"""What the file of a person says on a day; categories: those in force on it."""

	day: date
	education: tuple[Education, ...] = ()
	courses: tuple[Course, ...] = ()
	service: tuple[Period, ...] = ()
	categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
	"""One leaf of a requirement, what the file holds of it, and the result."""

	leaf: dict
	result: str
	found: Length | None = None


@dataclass(frozen=True)
class Answer:
	"""The result of a requirement: `item` is its place among the requirements of the position, from 1."""

	item: int
	result: str
	steps: tuple[Step, ...]


# ---- three values


def every(results: Iterable[str]) -> str:
	given = set(results)
	return NOT_MET if NOT_MET in given else PERSON if PERSON in given else MET


def some(results: Iterable[str]) -> str:
	given = set(results)
	return MET if MET in given else PERSON if PERSON in given else NOT_MET


def and_or(results: Iterable[str]) -> str:
	"""Decided only where "and" and "or" say the same."""
	given = list(results)
	return every(given) if every(given) == some(given) else PERSON


JOINS: dict[str, Callable[[Iterable[str]], str]] = {"all": every, "any": some, "and_or": and_or}


# ---- requirements


def judge(position: dict, record: Record, category: str, special: bool = False) -> tuple[str, list[Answer]]:
	"""Return the result for a position and category, and the answer to each requirement it rests on.

	position: its entry in `data/eligibility.json`; special: the organisation is one of special education.
	"""
	rules = position.get("special", position) if special else position
	asked = [rules["entry"], *rules.get("also", ()), *rules.get("categories", {}).get(category, ())]
	answers = [answer_to(one, record) for one in asked]
	result = answers[0].result
	for one, answer in zip(asked[1:], answers[1:], strict=True):
		result = JOINS[one["join"]]([result, answer.result])
	return (PERSON if no_way(rules, category) and result == MET else result), answers


def no_way(rules: dict, category: str) -> bool:
	"""Tell whether the order names this category without a requirement of its own for it."""
	return category in CATEGORIES[1:] and category not in rules.get("categories", {})


def answer_to(requirement: dict, record: Record) -> Answer:
	result, steps = weigh(requirement["rule"], record)
	return Answer(requirement["item"], result, tuple(steps))


def weigh(node: dict, record: Record) -> tuple[str, list[Step]]:
	join = next((name for name in JOINS if name in node), None)
	if not join:
		step = leaf_step(node, record)
		return step.result, [step]
	parts = [weigh(child, record) for child in node[join]]
	return JOINS[join](result for result, _steps in parts), [
		step for _result, steps in parts for step in steps
	]


def leaf_step(leaf: dict, record: Record) -> Step:
	for name, ask in LEAVES.items():
		if name in leaf:
			return ask(leaf, record)
	raise KeyError(f"no such leaf: {sorted(leaf)}")


def ask_education(leaf: dict, record: Record) -> Step:
	"""Level, kind and direction are facts; whether a diploma is "of the relevant profile" a person says."""
	fits = [
		one
		for one in record.education
		if one.level in leaf["education"]
		and one.kind == leaf.get("kind", one.kind)
		and one.direction in leaf.get("directions", [one.direction])
	]
	return Step(leaf, (PERSON if leaf.get("relevant") else MET) if fits else NOT_MET)


def ask_retraining(leaf: dict, record: Record) -> Step:
	fits = [
		one
		for one in record.courses
		if one.kind in leaf["retraining"] and one.direction in leaf.get("directions", [one.direction])
	]
	return Step(leaf, MET if fits else NOT_MET)


def ask_category(leaf: dict, record: Record) -> Step:
	return Step(leaf, MET if record.categories & set(leaf["category"]) else NOT_MET)


def ask_level(leaf: dict, record: Record) -> Step:
	"""The level of qualification: higher, or middle with vocational and post-secondary education."""
	levels = {"higher": HIGHER, "middle": MIDDLE}
	wanted = frozenset().union(*(levels[name] for name in leaf["level"]))
	return Step(leaf, MET if any(one.level in wanted for one in record.education) else NOT_MET)


def ask_service(leaf: dict, record: Record) -> Step:
	counted = [one for one in record.service if counts(one, leaf)]
	found = length(counted, record.day)
	if leaf.get("last"):
		return Step(leaf, MET if worked_through(counted, leaf["service"], record.day) else NOT_MET, found)
	return Step(leaf, MET if found.years >= leaf["service"] else NOT_MET, found)


def ask_service_by_place(leaf: dict, record: Record) -> Step:
	"""Years asked differ in town and village; who worked in both, or where is not recorded, is a person's to judge."""
	counted = [one for one in record.service if counts(one, leaf)]
	town, village = leaf["urban_rural"]
	urban = length([one for one in counted if one.rural is False], record.day)
	rural = length([one for one in counted if one.rural], record.day)
	found = length(counted, record.day)
	if urban.years >= town or rural.years >= village:
		return Step(leaf, MET, found)
	mixed = len({one.rural for one in counted}) > 1 or any(one.rural is None for one in counted)
	return Step(leaf, PERSON if mixed and found.years >= min(town, village) else NOT_MET, found)


def ask_person(leaf: dict, record: Record) -> Step:
	return Step(leaf, PERSON)


def counts(period: Period, leaf: dict) -> bool:
	"""Tell whether a period is service of the kind the leaf asks for; the kinds are not merged."""
	kind = {
		"pedagogical": period.pedagogical,
		"speciality": period.in_speciality,
		"post": period.role == leaf.get("role"),
		"any": True,
	}[leaf["of"]]
	places = EDUCATION_ORGANISATIONS if leaf.get("where") == "education" else leaf.get("where")
	return (
		kind
		and (not places or period.organisation in places)
		and (not leaf.get("managing") or period.managing)
	)


LEAVES: dict[str, Callable[[dict, Record], Step]] = {
	"education": ask_education,
	"retraining": ask_retraining,
	"category": ask_category,
	"level": ask_level,
	"service": ask_service,
	"urban_rural": ask_service_by_place,
	"person": ask_person,
}


# ---- verdicts of a person


def state_of(result: str, answers: Iterable[Answer]) -> str:
	"""Return result and answers in one line: a verdict holds as long as the program finds the same."""
	return "; ".join([result, *(f"{one.item} {one.result}" for one in answers)])


def verdict_needed(title: str, result: str, own_file: bool) -> list[Finding]:
	"""A person decides only what the order leaves open (A98), and never of oneself (A106)."""
	found = [] if result == PERSON else [Finding.of("A98", title, Label(result))]
	return found + ([Finding.of("A106")] if own_file else [])


# ---- categories


def with_lower(category: str) -> tuple[str, ...]:
	"""Return the category and those it includes, the lowest first."""
	return CATEGORIES[: CATEGORIES.index(category) + 1] if category in CATEGORIES else (category,)


def highest(categories: Iterable[str]) -> str | None:
	own = [one for one in CATEGORIES if one in set(categories)]
	return own[-1] if own else None


def following(category: str | None) -> str | None:
	"""Return the next category, the second one for a person without any; None after the highest."""
	place = CATEGORIES.index(category) if category else 0
	return CATEGORIES[place + 1] if place + 1 < len(CATEGORIES) else None
