"""Rules of the pedagogue-assistant: one child, one quarter, PMPC and a decision (order No 92, cl. 14, 21)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import Decision

ASSISTANT = "AST"


@dataclass(frozen=True)
class Period:
	"""Dates of an assignment of an assistant to a child; both days belong to it."""

	first: date
	last: date
	learner: str
	learner_name: str = ""

	def meets(self, other: "Period") -> bool:
		return self.first <= other.last and other.first <= self.last


def assistant_role(roles: Collection[str], name: str) -> list[Finding]:
	"""Only a pedagogue-assistant is appointed; roles are term codes (KZ92-14.2.5a, KZ92-14.2.6b)."""
	return [] if ASSISTANT in roles else [Finding.of("M40", name, Label(ASSISTANT))]


def assistant_basis(categories: Collection[str], recommended: bool, child: str) -> list[Finding]:
	"""Only for limited abilities and on a PMPC recommendation (KZ92-10.2, KZ92-14.2.6a)."""
	found = [] if "C3" in categories else [Finding.of("M31")]
	return found + ([] if recommended else [Finding.of("M26", child)])


def skills_noted(days: Iterable[date], first: date, today: date) -> list[Finding]:
	"""What a skill has come to is noted during the appointment, not ahead of time (KZ92-14.2.5a)."""
	found = []
	for day in days:
		if day > today:
			found.append(Finding.of("A14", Label("Noted on"), day))
		if day < first:
			found.append(Finding.of("A05", Label("Noted on"), Label("From Date")))
	return found


def within_quarter(period: Period, quarter_first: date, quarter_last: date, title: str) -> list[Finding]:
	"""The appointment lies inside one quarter of the school calendar (KZ92-14.2.6b, D-5)."""
	if quarter_first <= period.first <= period.last <= quarter_last:
		return []
	return [Finding.of("M28", period.first, period.last, title)]


def one_child_at_a_time(period: Period, others: Iterable[Period], warn_only: bool = False) -> list[Finding]:
	"""One assistant accompanies one learner (KZ92-21.2, D-4)."""
	return [
		Finding("M29", (other.learner_name,), warn_only)
		for other in others
		if other.learner != period.learner and period.meets(other)
	]


def one_assistant_at_a_time(period: Period, others: Iterable[Period]) -> list[Finding]:
	"""Warn of a second assistant in the same days; `others` are the child's own appointments (KZ92-21.2, D-4)."""
	meets = any(period.meets(other) for other in others)
	return [Finding.warn("A46", period.learner_name)] if meets else []


def further_need(earlier_began: date | None, determinations: Sequence[tuple[date, str]]) -> list[Finding]:
	"""A further quarter wants a PMPC determination made after the earlier appointment began (KZ92-14.2.6c).

	`determinations` are (date, "Needed" / "Not Needed"); `earlier_began` is None for a first appointment.
	"""
	if earlier_began is None:
		return []
	later = [need for day, need in sorted(determinations) if day >= earlier_began]
	return [] if later and later[-1] == "Needed" else [Finding.of("M30")]


def appointed_by_decision(
	decision: Decision | None, adopted: bool, learner: str, assistant: str, quarter: int, name: str
) -> list[Finding]:
	"""An adopted decision DK1 names this learner, this assistant and this quarter (KZ92-14.2.6b)."""
	names = (
		decision
		and adopted
		and decision.kind == "DK1"
		and decision.outcome == "Adopted"
		and (decision.learner, decision.assistant, decision.quarter) == (learner, assistant, quarter)
	)
	return [] if names else [Finding.of("M27", name)]
