"""Requests inside the school: advice a teacher asks for, and tasks given on a difficulty the assessment found."""

from collections.abc import Collection, Mapping
from datetime import date

from ppss_support.regulation.finding import Finding, Label

ADVICE, TASK, NEED = "Advice", "Task", "Need"
OUTSIDE = "No"
ADVISERS = frozenset({"PSY", "SOC", "SPE"})
GIVERS = ADVISERS | {"DEP", "DVR", "HEAD"}
COOPERATING = ADVISERS | {"AST"}


def giver(kind: str, roles: Collection[str]) -> list[Finding]:
	"""Tasks are given by deputy heads and specialists (KZ92-14.1.2b, KZ92-6.3b)."""
	return (
		[] if kind != TASK or set(roles) & GIVERS else [Finding.of("A30", Label("deputy head or specialist"))]
	)


def addressee(kind: str, role: str | None, roles: Collection[str]) -> list[Finding]:
	"""Advice is asked of psychologists, social and special pedagogues (KZ92-14.1.4e).

	`role` is the one asked when no person is named, `roles` those of the person named.
	"""
	asked = set(roles) or {role}
	return [] if kind == TASK or asked & ADVISERS else [Finding.of("A31")]


def task_complete(kind: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""A task names difficulty, responsible person, term and the specialists who cooperate (KZ92-6.3b, KZ92-14.1.2b)."""
	needed = ("to_person", "due", "area", "cooperating") if kind == TASK else ()
	return [Finding.of("A21", Label(labels[field])) for field in needed if not values.get(field)]


def need_complete(kind: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""A need says who has it, and is put to the psychologist or another specialist (OVR-J6, OVR-S3)."""
	needed = ("asker_group", "asker_name", "question") if kind == NEED else ()
	return [Finding.of("A21", Label(labels[field])) for field in needed if not values.get(field)]


def considered(
	kind: str, values: Mapping[str, object], labels: Mapping[str, str], decided: bool = False
) -> list[Finding]:
	"""The answer to a need says whether it is a matter of the service; where requests are `decided`, what was decided.

	OVR-J6, KG-8.1.
	"""
	needed = ("within_competence",) if kind == NEED else ()
	if decided and kind != TASK:
		needed = ("decision", "within_competence")
	return [Finding.of("A21", Label(labels[field])) for field in needed if not values.get(field)]


def passed_on(kind: str, within_competence: str | None, passed_to: str | None) -> list[Finding]:
	"""What is not within one's own competence is passed on to whose matter it is (KG-8.1)."""
	missing = kind != TASK and within_competence == OUTSIDE and not (passed_to or "").strip()
	return [Finding.of("A138")] if missing else []


def days_between(received: date, settled: date | None, today: date) -> int:
	"""Return how many days a request has taken, or takes until today (KG-3.4)."""
	return ((settled or today) - received).days


def by_whom(right: bool, names: str) -> list[Finding]:
	"""A request is answered by whoever was asked and closed by whoever asked (KZ92-14.1.4e)."""
	return [] if right else [Finding.of("A30", names)]
