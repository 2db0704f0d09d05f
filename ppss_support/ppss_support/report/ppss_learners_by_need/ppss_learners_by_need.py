"""RP2: learners by level, category and what is done for them (KZ92-3, KZ92-8, KZ92-12, KZ92-13)."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe import _

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of

CATEGORIES = ("C0", "C1", "C2", "C3")
WRITTEN = ("in", (*states.RUNNING_PROGRAMME, states.COMPLETED))
EVERYONE = ""


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("level", _("Level of Education"), width=220),
		column("item", _("Content or Condition"), width=420),
		column("C0", _("Without SEN"), "Int", 120, counts="PPSS Learner"),
		*(
			column(f"C{n}", _("Clause 8, {0})").format(n), "Int", 120, counts="PPSS Learner")
			for n in (1, 2, 3)
		),
		column("total", _("Learners"), "Int", 120, counts="PPSS Learner"),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each level, and below it one for each content and condition; a child counts once a cell."""
	pupils = reads.present(reads.children(frame), frame)
	categories = facts.categories_by_learner(list(pupils))
	needs = needs_by_learner(frame, pupils)
	cells = defaultdict(lambda: defaultdict(set))
	for learner, own in categories.items():
		for item in (EVERYONE, *needs.get(learner, ())):
			for cell in (*own, "total"):
				cells[pupils[learner].level or "", item][cell].add(learner)
	labels = reads.term_labels("Level", "Content", "Special Condition")
	return [row_of(level, item, cells[level, item], labels) for level, item in sorted(cells)]


def row_of(level: str, item: str, cell: dict[str, set[str]], labels: dict[str, str]) -> dict:
	"""Return counts, and behind each the names it opens."""
	return {
		"level": labels.get(level, level) or _("No level"),
		"item": labels.get(item, item) or _("All Learners"),
		"indent": int(item != EVERYONE),
		**{key: len(cell[key]) for key in (*CATEGORIES, "total")},
		"behind": {key: sorted(names) for key, names in cell.items()},
	}


def needs_by_learner(frame: Frame, pupils: Iterable[str]) -> dict[str, set[str]]:
	"""Return the contents of each child's programmes and the conditions its assessment names."""
	programmes = of_learners("PPSS Programme", pupils, {"school_year": frame.year, "workflow_state": WRITTEN})
	assessments = of_learners("PPSS Needs Assessment", pupils, {"workflow_state": states.CONCLUDED})
	tables = (
		(programmes, "PPSS Programme Content", "content"),
		(assessments, "PPSS Special Condition", "condition"),
	)
	needs = defaultdict(set)
	for owners, table, field in tables:
		for parent, items in reads.rows_of(table, list(owners), [field]).items():
			needs[owners[parent]].update(item[field] for item in items)
	return needs


def of_learners(doctype: str, pupils: Iterable[str], filters: dict) -> dict[str, str]:
	"""Return the papers of these learners, each with its learner."""
	about = {**filters, "learner": ("in", list(pupils)), "docstatus": 1}
	return dict(frappe.get_all(doctype, about, ["name", "learner"], as_list=True))
