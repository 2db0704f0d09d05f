"""Rules of groups, lessons and caseload (order No 92, cl. 10, 13, 16–18, 21). Minutes are whole, dates `date`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import ConsentFact, consent_on

INDIVIDUAL, SMALL_GROUP, GROUP = "SF1", "SF2", "SF3"
SIZE_MESSAGE = {SMALL_GROUP: "M20", GROUP: "M21"}
LIVE_PROGRAMME = frozenset({"Approved", "In implementation"})
# Who supports whom (cl. 10): by role, the categories for which support may be given at all.
PROVIDERS_WITHOUT_C3 = frozenset({"TCH", "CLS", "PSY", "SOC", "CAR"})
PROVIDERS_OF_C3 = frozenset({"TCH", "CLS", "PSY", "SOC", "SPE", "AST", "CAR"})
PROVIDERS_ON_BASIS = frozenset({"PSY", "SOC", "SPE", "AST"})
IMPAIRED_FUNCTIONS = frozenset({"Perception", "Memory", "Attention"})


# ---- caseload


def caseload(name: str, children: int, cap: int, warn_above: int) -> list[Finding]:
	"""Children of one special pedagogue: refused above the cap, a warning above the lower bound (KZ92-21.1, D-3)."""
	if children > cap:
		return [Finding.of("M24", name, children, cap)]
	return [Finding.warn("M25", name, children)] if children > warn_above else []


def cap_of(chosen: int, greatest: float | None) -> int:
	"""Return the cap: what the organisation chose, unless the norm has become stricter since; None: no norm (KZ92-21.1)."""
	return min(chosen, int(greatest)) if greatest else chosen


def required_special_pedagogues(children: int, per_pedagogue: int) -> int:
	"""Return the units needed, rounded up (KZ92-21.1)."""
	return -(-children // per_pedagogue)


# ---- groups


@dataclass(frozen=True)
class GroupMember:
	"""A child of a session group on the day the group is judged."""

	learner: str
	name: str
	age_group: str
	categories: frozenset[str]
	impairments: frozenset[str]
	programme_state: str | None


def group_size(kind: str, children: int, least: int, greatest: int, warn_only: bool = False) -> list[Finding]:
	"""A small group has 2–4 children, a group 6–8; five fit neither (KZ92-16.1, KZ92-16.2, D-1)."""
	if least <= children <= greatest:
		return []
	return [Finding(SIZE_MESSAGE[kind], (children,), warn_only)]


def size_only_warns(special_leader: bool, binds_all: bool, overridden: bool) -> bool:
	"""Sizes bind special pedagogues and, where the organisation says so, every leader; a deputy may decide otherwise (D-27)."""
	return overridden or not (special_leader or binds_all)


def group_members(members: Sequence[GroupMember]) -> list[Finding]:
	"""No child twice, one age, and a programme behind every child (KZ92-17.1, KZ92-17.2, KZ92-17.3)."""
	seen: set[str] = set()
	found = []
	for member in members:
		if member.learner in seen:
			found.append(Finding.of("M45", member.name))
		seen.add(member.learner)
		if member.programme_state not in LIVE_PROGRAMME:
			found.append(Finding.of("M23", member.name))
	ages = {"Preschool" if m.age_group == "Preschool" else "School" for m in members}
	return found + ([Finding.of("M39")] if len(ages) > 1 else [])


def group_sameness(members: Sequence[GroupMember], overridden: bool) -> list[Finding]:
	"""Special pedagogues unite children who share one impairment; a deputy head may decide otherwise (KZ92-16.3)."""
	kinds = sorted(set().union(*(m.impairments for m in members)))
	shared = frozenset.intersection(*(m.impairments for m in members)) if members else frozenset()
	all_limited = all("C3" in m.categories for m in members)
	if shared and all_limited:
		return []
	return [Finding("M38", (", ".join(kinds) or "–",), overridden)]


def groups_formed(forms: Collection[str], own: Collection[str]) -> list[Finding]:
	"""Lessons in a group want a group of that kind with the child; alone it is one child (KZ92-16.1, KZ92-16.2)."""
	return [Finding.of(SIZE_MESSAGE[form], 1) for form in forms if form in SIZE_MESSAGE and form not in own]


# ---- lessons


def age_of_lesson(ages: Collection[str]) -> str:
	"""Return the age by whose norm a lesson is judged (KZ92-17.3, KZ92-17.4, D-9).

	Children of more than one age have school age: 45 minutes keep the norm of each, and are asked for, not advised.
	"""
	return next(iter(ages)) if len(ages) == 1 else "School"


def theme_fits(theme: str | None, belongs_to: str | None, direction: str | None) -> list[Finding]:
	"""The theme of a lesson is one of its direction (KZ92-6.3a)."""
	return (
		[Finding.of("A28", Label(theme), Label(direction or "–"))]
		if theme and belongs_to != direction
		else []
	)


def children_of_lesson(form: str, children: int) -> list[Finding]:
	"""An individual lesson has exactly one child (KZ92-17.4)."""
	return [Finding.of("M72", children)] if form == INDIVIDUAL and children != 1 else []


@dataclass(frozen=True)
class GroupFact:
	"""A session group as a lesson relies on it."""

	title: str
	kind: str
	active: bool
	special_leader: bool
	children: frozenset[str]


def group_of_lesson(
	form: str, group: GroupFact | None, children: Mapping[str, str], special_provider: bool
) -> list[Finding]:
	"""A lesson in a small group or group is one of a group of that kind; `children` are names by learner.

	A special pedagogue teaches groups that a special pedagogue leads (KZ92-16.1, KZ92-16.2, KZ92-16.3).
	"""
	if form == INDIVIDUAL:
		return []
	fits = group and group.active and group.kind == form and (group.special_leader or not special_provider)
	if not fits:
		return [Finding.of("A94", Label(form))]
	strangers = [name for learner, name in children.items() if learner not in group.children]
	return [Finding.of("A95", name, group.title) for name in strangers]


def consents_on_the_day(consents: Mapping[str, Sequence[ConsentFact]], day: date) -> list[Finding]:
	"""Every child's consent holds on the very day; the mapping is by name (KZ92-11.1)."""
	return [finding for name, facts in consents.items() for finding in consent_on(facts, day, name)]


def state_on(steps: Iterable[tuple[date, str]], day: date) -> str | None:
	"""Return the state in which a paper ended the day, by its steps (day, state) in their order; None before the first.

	Like a consent, a programme no longer carries lessons on the day it stops (KZ92-11.1, KZ92-17.1, KZ92-17.2).
	"""
	taken = [state for on, state in steps if on <= day]
	return taken[-1] if taken else None


@dataclass(frozen=True)
class LessonProgramme:
	"""A programme of a child as a lesson relies on it; its state is that of the lesson's day."""

	kind: str
	state: str
	author: str
	participants: frozenset[str]


def programme_for(
	provider: str, roles: Collection[str], limited: bool, programmes: Sequence[LessonProgramme], child: str
) -> list[Finding]:
	"""Special pedagogues teach by a CDP, others by the child's IDP or a CDP that names them (KZ92-17.1, KZ92-17.2)."""
	live = [p for p in programmes if p.state in LIVE_PROGRAMME]
	if "SPE" in roles:
		fits = any(p.kind == "CDP" for p in live)
	else:
		fits = any(
			p.kind == "IDP" or (limited and p.kind == "CDP" and provider in p.participants) for p in live
		)
	return [] if fits else [Finding.of("M23", child)]


def provider_fits(
	name: str, role: str, categories: Collection[str], assessed: bool, pmpc_verified: bool
) -> list[Finding]:
	"""Clause 10: who supports which category, and on what basis (KZ92-10.1, KZ92-10.2, KZ92-14.2.4c)."""
	limited = "C3" in categories
	lawful = role in (PROVIDERS_OF_C3 if limited else PROVIDERS_WITHOUT_C3)
	based = role not in PROVIDERS_ON_BASIS or (assessed and (pmpc_verified or not limited))
	return [] if lawful and based else [Finding.of("M40", name, Label(role))]


def alternative_method(used: bool, form: str, roles: Collection[str], function: str | None) -> list[Finding]:
	"""Alternative methods: psychologist or special pedagogue, one child, a named function (KZ92-13.3b)."""
	fits = form == INDIVIDUAL and {"PSY", "SPE"} & set(roles) and function in IMPAIRED_FUNCTIONS
	return [Finding.of("M58")] if used and not fits else []


def room(name: str | None, taken_by: str | None) -> list[Finding]:
	"""A lesson has a room, and nobody else is in it (KZ92-18)."""
	if not name:
		return [Finding.warn("M60")]
	return [Finding.of("M71", name, taken_by)] if taken_by else []
