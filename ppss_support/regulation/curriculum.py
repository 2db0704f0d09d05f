"""Rules of the individual curriculum and programme, ICP (order No 92, cl. 13, 14)."""

from collections.abc import Iterable

from ppss_support.regulation.finding import Finding


def individual_curriculum_basis(intellect_impairment: bool, pmpc_names_curriculum: bool) -> list[Finding]:
	"""Intellectual impairment, or a PMPC paper that names an individual curriculum (KZ92-14.2.1a, D-6)."""
	return [] if intellect_impairment or pmpc_names_curriculum else [Finding.of("M19")]


def changed_assessment(subjects: Iterable[tuple[bool, str | None, str | None]]) -> list[Finding]:
	"""Where the way of assessing changes, tasks and criteria are chosen; rows (changed, tasks, criteria) (KZ92-13.2)."""
	incomplete = any(changed and not (tasks and criteria) for changed, tasks, criteria in subjects)
	return [Finding.of("M57")] if incomplete else []
