"""Which employee of the payroll app somebody of the staff is: sure, for a person to confirm, or unclear (ALM-21)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Someone:
	"""A person as one of the two sides knows them; what it does not know is empty."""

	key: str
	login: str = ""
	number: str = ""
	name: str = ""

	@property
	def plain_name(self) -> str:
		return " ".join(self.name.split()).casefold()


@dataclass(frozen=True)
class Matches:
	"""Staff to employee: `sure` by login or identity number, `proposed` by full name; `unclear` fit more than one."""

	sure: dict[str, str]
	proposed: dict[str, str]
	unclear: frozenset[str]


def match(staff: Iterable[Someone], employees: Iterable[Someone]) -> Matches:
	"""Never choose between two: whoever could be more than one, by whatever sign, is left to a person."""
	staff, employees = list(staff), list(employees)
	by_login = candidates(staff, employees, "login")
	by_number = candidates(staff, employees, "number")
	found = {one.key: by_login[one.key] | by_number[one.key] for one in staff}
	sure, unclear = settled(found)
	left = [one for one in staff if not found[one.key]]
	taken = set().union(*found.values())
	free = [one for one in employees if one.key not in taken]
	named = candidates(left, free, "plain_name")
	numbers = {one.key: one.number for one in employees}
	namesakes = {
		one.key: {other for other in named[one.key] if one.number and numbers[other] not in ("", one.number)}
		for one in left
	}
	proposed, doubtful = settled({key: others - namesakes[key] for key, others in named.items()})
	return Matches(sure, proposed, frozenset(unclear | doubtful))


def candidates(staff: list[Someone], employees: list[Someone], sign: str) -> dict[str, set[str]]:
	"""Return whom each of the staff could be by this sign."""
	known = defaultdict(set)
	for one in employees:
		known[getattr(one, sign)].add(one.key)
	return {one.key: known[getattr(one, sign)] if getattr(one, sign) else set() for one in staff}


def settled(found: dict[str, set[str]]) -> tuple[dict[str, str], set[str]]:
	"""Return the pairs in which both sides fit nobody else, and whoever of the staff is in no such pair but fits somebody."""
	wanted = defaultdict(set)
	for key, others in found.items():
		for other in others:
			wanted[other].add(key)
	pairs = {
		key: other
		for key, others in found.items()
		if len(others) == 1
		for other in others
		if len(wanted[other]) == 1
	}
	return pairs, {key for key, others in found.items() if others} - pairs.keys()
