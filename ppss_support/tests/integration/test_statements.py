"""What a save costs: our hooks add at most 25 statements to those the framework sends anyway."""

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import facts, series
from ppss_support.controllers import paper
from ppss_support.tests import support
from ppss_support.tests.factories import content_row, make

LIMIT = 25
UNNOTED = "turn passed on"
HOOKS = ("validate", "before_update_after_submit", "on_update", "on_update_after_submit")
APPROVED = ("Approved", "In implementation", "Completed", "Held")
PROGRAMME, SESSION = "PPSS Programme", "PPSS Session"


def idp(school, state="Draft"):
	return school.programme(school.listed_child(), state)


def cdp(school, state="Draft"):
	return support.cdp(school, support.special_children(school, 4)[0], state)


def curriculum(school):
	subject = {
		"subject": "Математика",
		"assessment_changed": 1,
		"control_tasks": "Тест",
		"criteria": "10 балл",
	}
	values = {"subjects": [subject] * 3, "contents": [content_row("CN1")] * 3, "intellect_impairment": 1}
	return school.programme(support.special_children(school, 4)[0], "Draft", kind="ICP", **values)


def version(school):
	"""A new version of a running programme, with the head."""
	earlier = idp(school, "In implementation")
	return school.programme(school.listed_child(), "With head", supersedes=earlier.name)


def reviewed(school):
	paper = idp(school, "In implementation")
	with school.acting("DEP"):
		for goal in paper.goals:
			goal.update({"actual": "Жетті", "reviewed_on": "2026-11-02"})
		paper.update(dict.fromkeys(("learning_results", "support_results", "review_decision"), "Жақсы"))
		deputy = {"specialist": school.staff["DEP"], "role": "DEP"}
		paper.update({"review_date": "2026-11-02", "review_participants": [deputy]})
		return paper.save()


def single(school):
	return ready(support.session(school, support.special_children(school, 1)))


def of_group(school):
	"""A lesson of four children."""
	children = support.special_children(school, 4)
	with school.acting("SPE"):
		group = make("PPSS Session Group", **support.group_values(school, children))
	values = {"form": "SF2", "planned_minutes": 45, "group": group.name, "attendance": []}
	return ready(support.session(school, [], **values))


def ready(lesson):
	return support.take_in(lesson, actual_minutes=lesson.planned_minutes, content="Сабақ")


CASES = [
	("PSY", idp, None),
	("PSY", idp, "With deputy head"),
	("SPE", cdp, None),
	("SPE", cdp, "With deputy head"),
	("PSY", curriculum, "With deputy head"),
	("DEP", lambda school: cdp(school, "With deputy head"), "With head"),
	("HEAD", lambda school: cdp(school, "With head"), "Approved"),
	("HEAD", version, "Approved"),
	("PSY", lambda school: idp(school, "Approved"), "In implementation"),
	("DEP", reviewed, "Completed"),
	("SPE", single, None),
	("SPE", single, "Held"),
	("SPE", of_group, None),
	("SPE", of_group, "Held"),
]


@pytest.mark.parametrize(("key", "of", "state"), CASES)
def test_save_costs_few_statements_of_ours(school, site, monkeypatch, key, of, state):
	made = of(school)
	frappe.db.commit()
	with school.acting(key):
		# The first save fills the caches.
		for _time in range(2):
			ours, all_of_them = statements_of_save(
				frappe.get_doc(made.doctype, made.name), state, monkeypatch
			)
	assert 0 < len(ours) < len(all_of_them)
	assert len(ours) <= LIMIT, "\n".join(ours)


def statements_of_save(doc, state: str | None, monkeypatch) -> tuple[list[str], list[str]]:
	"""Return the statements the controller's hooks send in one save, and all of that save; it is rolled back."""
	if state:
		doc.workflow_state = state
		doc.docstatus = int(state in APPROVED)
	else:
		doc.set("print_language", "ru")
	ours: list[str] = []
	with monkeypatch.context() as patched, support.counted([]) as statements:
		for owner, hook in ((facts, "take_turn"), *((doc, hook) for hook in HOOKS if hasattr(doc, hook))):
			patched.setattr(owner, hook, noting(getattr(owner, hook), statements, ours))
		patched.setattr(paper, "pass_on", unnoted(paper.pass_on, statements))
		doc.save()
	frappe.db.rollback()
	return ours, statements


def noting(hook, statements: list[str], ours: list[str]):
	"""Return the hook, keeping what it adds to the statements."""

	def run(*args, **kwargs):
		before = len(statements)
		try:
			return hook(*args, **kwargs)
		finally:
			ours.extend(statement for statement in statements[before:] if statement is not UNNOTED)

	return run


def unnoted(hook, statements: list[str]):
	"""Return the hook whose statements stand for the framework's own: whose turn it is, it would write itself."""

	def run(*args, **kwargs):
		before = len(statements)
		hook(*args, **kwargs)
		statements[before:] = [UNNOTED] * (len(statements) - before)

	return run


def test_series_costs_the_same_for_each_lesson(school, site):
	"""Written in one go: the plan is one reading of the calendar's lessons, however many lessons there are."""
	programme = school.programme(school.listed_child(), period_to=end_of_year(school))
	frappe.db.commit()
	wish = {"doctype": PROGRAMME, "name": programme.name, "minutes": 30, "first": today()}
	wish["times"] = [{"weekday": n, "start": "10:00"} for n in (0, 3)]
	counts = []
	for weeks in (1, 1, 6):
		with school.acting("PSY"), support.counted([]) as statements:
			series.preview({**wish, "last": min(add_days(today(), 7 * weeks), end_of_year(school))})
		counts.append(len(statements))
	# Besides the lessons only names of reasons are looked up, each once.
	assert counts[2] - counts[1] <= 3


def end_of_year(school) -> str:
	return str(frappe.db.get_value("PPSS School Year", school.year, "to_date"))


def test_turn_is_written_as_the_framework_would(school, site):
	"""Written by us with its roles in one statement: the list of what waits for a user reads it."""
	paper = idp(school, "With deputy head")
	open_turns = {"reference_doctype": PROGRAMME, "reference_name": paper.name, "status": "Open"}
	(turn,) = frappe.get_all("Workflow Action", open_turns, ["name", "workflow_state", "owner"])
	assert (turn.workflow_state, turn.owner) == ("With deputy head", school.users["PSY"])
	turn = frappe.get_doc("Workflow Action", turn.name)
	assert [row.role for row in turn.permitted_roles] == ["PPSS Deputy"]
	assert all(row.name and row.parentfield == "permitted_roles" for row in turn.permitted_roles)
	with school.acting("DEP"):
		assert turn.name in frappe.get_list("Workflow Action", {"status": "Open"}, pluck="name")
	with school.acting("ACC"):
		assert turn.name not in frappe.get_list("Workflow Action", {"status": "Open"}, pluck="name")
