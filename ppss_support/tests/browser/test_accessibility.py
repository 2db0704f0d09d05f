"""What a screen reader and a weak eye meet on our forms, workspace and dialogs, by the rules of axe-core: nothing serious."""

from pathlib import Path

import frappe
import pytest

from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.tests.browser.people import opened
from ppss_support.tests.conftest import PASSWORD, needed

# Axe's own bars for what keeps people out; the lesser ones are advice.
SERIOUS = {"serious", "critical"}
MAIN = ".layout-main-section"
# Our own part of a workspace; cards and charts beside it are the framework's.
WORK_LIST = ".custom-block-widget-box"
RUN = """
	const [where, done] = arguments;
	axe.run(where, { resultTypes: ["violations"] }).then(
		(found) => done(found.violations.map((one) => [one.impact, one.id, one.nodes.map((node) => node.html)])),
		(problem) => done([["critical", String(problem), []]]),
	);
"""
FORMS = (
	"PPSS Learner",
	"PPSS Support Case",
	"PPSS Consent",
	"PPSS Programme",
)


@pytest.fixture(scope="module")
def axe() -> str:
	return Path(needed("PPSS_AXE")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def child(school):
	learner = school.listed_child()
	school.kept("programme", lambda own: own.programme(learner))
	frappe.db.commit()
	return learner.name


def amiss(desk, axe: str, where: str = MAIN) -> list:
	desk.script(axe)
	found = desk.driver.execute_async_script(RUN, where)
	return [(rule, parts[:3]) for impact, rule, parts in found if impact in SERIOUS]


@pytest.mark.parametrize("doctype", FORMS)
def test_form_keeps_nobody_out(log_in, axe, school, child, doctype):
	desk = log_in("DEP")
	own = {"organisation": school.organisation}
	desk.form(doctype, frappe.get_all(doctype, own, pluck="name", limit=1)[0])
	assert amiss(desk, axe) == []


def test_new_form_and_dialog_keep_nobody_out(log_in, axe, school, child):
	desk = log_in("DEP")
	desk.form("PPSS Programme", frappe.get_all("PPSS Programme", {"learner": child}, pluck="name")[0])
	desk.press("Discontinue")
	desk.wait(
		lambda: desk.script("return Boolean(window.cur_dialog?.display)"),
		"dialog for the reason, wholly open",
	)
	assert amiss(desk, axe, ".modal.show .modal-body") == []
	desk.close_dialogs()
	desk.log_in(school.users["ADM"], PASSWORD)
	desk.new("PPSS Learner")
	assert amiss(desk, axe) == []


@pytest.mark.parametrize("key", opened("DEP", "ACC"))
def test_workspace_keeps_nobody_out(log_in, axe, key):
	desk = log_in(key)
	desk.workspace(ROLE_OF_TERM[key])
	desk.wait(desk.work_list, "work list")
	assert amiss(desk, axe, WORK_LIST) == []
