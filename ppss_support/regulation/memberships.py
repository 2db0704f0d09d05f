"""When one specialist takes a child over from another: the day, and the role in which the child is supported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label


@dataclass(frozen=True)
class Membership:
	"""Days and role (a term code) in which somebody works on a case; `last` None: until the case ends."""

	role: str
	first: date
	last: date | None

	def runs_on(self, day: date) -> bool:
		return self.first <= day and (self.last is None or day <= self.last)


def later(one: date | None, other: date | None) -> date | None:
	"""Return the later of two last days; where one of them is not set, there is none."""
	return max(one, other) if one and other else None


def another(leaving: str, taking: str, name: str) -> list[Finding]:
	"""Refuse a change from one specialist to the same one, called `name`: it would take the child from them."""
	return [Finding.of("A150", name)] if leaving == taking else []


def taken_over(
	own: Sequence[Membership], day: date, today: date, leaving: str, taking: str, roles: Collection[str]
) -> list[Finding]:
	"""Judge a change from `leaving`, with these memberships, to `taking`, with these roles, on `day` (KZ92-14.0, KZ92-5.5).

	Days already worked stay as they were: the change is not dated back, and leaves the first one a day at least.
	"""
	running = [one for one in own if one.runs_on(day)]
	if not running:
		return [Finding.of("A157", leaving, day)]
	found = [Finding.of("A158", taking, Label(one.role)) for one in running if one.role not in roles]
	earliest = max([today, *(one.first for one in running)])
	if day < today or any(one.first >= day for one in running):
		found.append(Finding.of("A159", day, earliest))
	return found
