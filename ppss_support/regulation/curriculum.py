"""Rules of what changes in a child's subjects: curriculum, assessing, materials (order No 92, cl. 12–14)."""

from collections.abc import Collection, Iterable
from datetime import date

from ppss_support.regulation.finding import Finding, Label


def individual_curriculum_basis(intellect_impairment: bool, pmpc_names_curriculum: bool) -> list[Finding]:
	"""Intellectual impairment, or a PMPC paper that names an individual curriculum (KZ92-14.2.1a, D-6)."""
	return [] if intellect_impairment or pmpc_names_curriculum else [Finding.of("M19")]


def changed_assessment(subjects: Iterable[tuple[bool, str | None, str | None]]) -> list[Finding]:
	"""Where the way of assessing changes, tasks and criteria are chosen; rows (changed, tasks, criteria) (KZ92-13.2)."""
	incomplete = any(changed and not (tasks and criteria) for changed, tasks, criteria in subjects)
	return [Finding.of("M57")] if incomplete else []


def unchanged_curriculum(changed_subjects: int, categories: Collection[str]) -> list[Finding]:
	"""Without limited abilities curricula and programmes stay as they are (KZ92-12.1)."""
	return [Finding.of("M18")] if changed_subjects and "C3" not in categories else []


def materials(
	rows: Iterable[tuple[str, date | None, date | None]], categories: Collection[str]
) -> list[Finding]:
	"""Materials by impairment are for limited abilities; rows (material, issued, returned) (KZ92-13.4)."""
	found = []
	for material, issued, returned in rows:
		if "C3" not in categories:
			found.append(Finding.of("M41", material, "13"))
		if returned and (not issued or returned < issued):
			found.append(Finding.of("A05", Label("Returned on"), Label("Issued on")))
	return found


def subjects_reviewed(subjects: Iterable[tuple[str, str | None]]) -> list[Finding]:
	"""The learning results of each subject are discussed; rows (subject, result) (KZ92-14.2.2c, KZ92-14.2.3a)."""
	return [Finding.of("M63", subject) for subject, result in subjects if not result]
