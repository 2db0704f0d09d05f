"""What order No 338 asks of the people in positions of the service, against their files (KZ92-4.4).

"Және (немесе)" and wordings the order leaves open are not decided: the row says that a person is needed.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import qualification_facts, staffing_facts, verdicts
from ppss_support.names import sort_key
from ppss_support.qualification_view import leaf_text, length_text
from ppss_support.regulation import eligibility
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		column("specialist", _("Specialist"), width=220),
		column("title", _("Position"), width=260),
		column("category", _("Qualification Category"), width=150),
		column("point", _("Point"), "Int", 70),
		column("result", _("Result"), width=140),
		column("asked", _("Requirement"), width=420),
		column("found", _("Found in the File"), width=420),
		column("verdict", _("Verdict of a Person"), width=360),
		column("evidence", _("Without Evidence"), "Int", 130),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each person and position, and one for each requirement it rests on."""
	held = held_today(frame)
	files = qualification_facts.files({row.specialist for row in held})
	texts = requirement_texts({row.position for row in held})
	labels = reads.term_labels("Qualification Category")
	return [line for row in held for line in lines_of(row, files.get(row.specialist), frame, texts, labels)]


def held_today(frame: Frame) -> list[frappe._dict]:
	"""Return the positions held today that the order's requirements are kept for, by person."""
	known = qualification_facts.requirements()
	held = [
		row
		for row in reads.appointments(frame, getdate(), getdate())
		if row.position in known and frame.keeps(specialist=row.specialist)
	]
	return sorted(held, key=lambda row: (sort_key(row.specialist_name), row.position))


def requirement_texts(positions: set[str]) -> dict[str, list[frappe._dict]]:
	return reads.rows_of("PPSS Position Item", list(positions), ["point", "text"], kind="Requirement")


def lines_of(row, file, frame: Frame, texts: dict, labels: dict[str, str]) -> list[dict]:
	record = qualification_facts.record_of(file, getdate())
	rule = qualification_facts.requirements()[row.position]
	category = frame.chosen.category or eligibility.highest(record.categories) or eligibility.CATEGORIES[0]
	special = bool(frame.schools[row.organisation].is_special)
	result, answers = eligibility.judge(rule, record, category, special)
	head = {
		"specialist": row.specialist_name,
		"title": staffing_facts.titles([row.position])[row.position],
		"category": labels.get(category, "") if rule.get("categories") else "",
		"result": label_of(result),
		"verdict": verdicts.text_of(file, row.position, category, result, answers),
		"evidence": qualification_facts.without_evidence(file),
		"late": result == eligibility.NOT_MET,
		"indent": 0,
	}
	return [head, *(answer_line(one, texts[row.position][one.item - 1]) for one in answers)]


def answer_line(answer: eligibility.Answer, requirement) -> dict:
	return {
		"point": requirement.point,
		"result": label_of(answer.result),
		"asked": requirement.text,
		"found": "; ".join(step_text(step) for step in answer.steps),
		"late": answer.result == eligibility.NOT_MET,
		"indent": 1,
	}


def step_text(step: eligibility.Step) -> str:
	"""Return one leaf with its result, and the length of service found where one is asked."""
	found = f" ({length_text(step.found)})" if step.found else ""
	return f"{leaf_text(step.leaf)}{found} – {_(step.result)}"
