"""The same guards at every door: form, list, API, import and job; tried on papers of every kind."""

import json

import frappe
import pytest
from frappe.utils import today

from ppss_support.tests import support
from ppss_support.tests.factories import School, acting_as, take
from ppss_support.tests.guards import check_ok, check_refused, fresh, state_of

clause, param = pytest.mark.clause, pytest.param


def child(school):
	return school.kept("child", School.child)


def listed(school):
	return school.listed_child()


def order_of_a_new_school(_school):
	return School().order()


def approved_plan(school) -> str | None:
	filters = {"organisation": school.organisation, "workflow_state": "Approved"}
	return frappe.db.get_value("PPSS Annual Plan", filters)


def about(by: str, name: str, who, under_way: str, decided: str, decided_for=None) -> tuple:
	"""Return the line of a kind of paper that the factory makes as `name` for a child."""
	return (
		by,
		lambda s: getattr(s, f"{name}_values")(who(s)),
		lambda s: getattr(s, name)(who(s), under_way),
		lambda s: getattr(s, name)((decided_for or who)(s), decided),
		decided,
	)


# Kind of paper -> who begins it, what a client sends, a paper under way, a decided paper, a later state.
PAPERS = {
	"PPSS Support Order": (
		"DEP",
		lambda s: s.order_values(),
		lambda s: s.order("With head"),
		order_of_a_new_school,
		"In force",
	),
	"PPSS Consent": about("CLS", "consent", child, "Prepared", "Signed"),
	"PPSS PMPC Recommendation": about("DEP", "pmpc", child, "Recorded", "Verified", School.child),
	"PPSS Needs Assessment": about("DEP", "assessment", child, "Team working", "Concluded"),
	"PPSS Learner List": (
		"DEP",
		lambda s: s.list_values(listed(s)),
		lambda s: s.learner_list([listed(s)], "With head"),
		lambda s: frappe.get_doc("PPSS Learner List", (listed(s), s.approved_list())[1]),
		"Approved",
	),
	"PPSS Programme": about("PSY", "programme", listed, "With head", "Approved"),
	"PPSS Meeting": (
		"DEP",
		lambda s: s.meeting_values(),
		lambda s: s.meeting("Held"),
		lambda s: s.meeting("Adopted"),
		"Adopted",
	),
	"PPSS Referral": about("PSY", "referral", child, "On meeting agenda", "Sent"),
	"PPSS Annual Plan": (
		"DEP",
		lambda s: support.plan_values(s),
		lambda s: support.annual_plan(s, "With head"),
		lambda s: support.annual_plan(s, "Approved", supersedes=approved_plan(s)),
		"Approved",
	),
}
# A paper, the field of a term in it (or a table and its field), and a term of another kind.
OTHER_TERMS = (
	("PPSS Needs Assessment", "need_duration", "C1"),
	("PPSS Needs Assessment", "categories.term", "IM2"),
	("PPSS Programme", "contents.content", "SC8"),
	("PPSS Support Order", "members.role_in_service", "C3"),
	("PPSS Annual Plan", "rows.kind", "C1"),
)
FORGED = {
	"regulation_profile": "KG95",
	"history": [{"from_state": "Draft", "to_state": "Approved", "person": "Бөтен"}],
}
# Numbers and sums which the program alone gives; the registrar writes the outgoing number of a referral.
FORGED_OF = {
	"PPSS Support Order": {"in_force_to": today},
	"PPSS Consent": {"relation": "Бөтен"},
	"PPSS Learner List": {"number": "99"},
	"PPSS Programme": {"number": "99", "lessons_total": 500},
	"PPSS Meeting": {"number": "99"},
	"PPSS Referral": {"sent_on": today},
	"PPSS Annual Plan": {},
}
every_paper = pytest.mark.parametrize("doctype", PAPERS)


@every_paper
def test_paper_begins_in_its_first_state(school, rest, doctype):
	by, values, *_, later = PAPERS[doctype]
	values = values(school)
	writer = rest(school.users[by])
	check_refused(writer.create(doctype, **values, workflow_state=later), "A04")
	check_refused(writer.create(doctype, **values, workflow_state=later, docstatus=0), "A04")


@every_paper
def test_paper_is_not_born_decided(school, rest, doctype):
	by, values, *_ = PAPERS[doctype]
	values = values(school)
	answer = rest(school.users[by]).create(doctype, **values, docstatus=1)
	assert not answer.ok
	assert answer.codes <= {"A03"}


@every_paper
def test_fields_of_the_program_are_not_written_by_clients(school, rest, doctype):
	by, values, *_ = PAPERS[doctype]
	values = values(school)
	forged = {**FORGED, **{k: v() if callable(v) else v for k, v in FORGED_OF.get(doctype, {}).items()}}
	writer = rest(school.users[by])
	created = writer.create(doctype, **{**values, **forged})
	check_ok(created)
	check_ok(writer.change(doctype, created.data["name"], **forged, print_language="ru"))
	paper = fresh(doctype, created.data["name"])
	assert paper.print_language == "ru"
	assert paper.regulation_profile == "KZ92"
	assert not paper.history
	for field in forged.keys() - FORGED.keys():
		assert str(paper.get(field)) != str(forged[field]), field


@every_paper
def test_decided_paper_is_not_deleted(school, rest, doctype):
	paper = PAPERS[doctype][3](school)
	for key in ("DEP", "HEAD", "PSY", "ADM"):
		assert not rest(school.users[key]).delete(doctype, paper.name).ok
	assert frappe.db.exists(doctype, paper.name)


@every_paper
def test_decided_paper_is_not_submitted_back_to_draft(school, rest, doctype):
	paper = PAPERS[doctype][3](school)
	before = paper.workflow_state
	for key in ("DEP", "HEAD"):
		assert not rest(school.users[key]).change(doctype, paper.name, docstatus=0).ok
	assert (state_of(paper), fresh(doctype, paper.name).docstatus) == (before, 1)


@every_paper
def test_paper_is_listed_for_those_who_act_next(school, doctype):
	paper = PAPERS[doctype][2](school)
	actions = frappe.get_all(
		"Workflow Action",
		{"reference_doctype": doctype, "reference_name": paper.name, "status": "Open"},
		["name", "workflow_state"],
	)
	assert [row.workflow_state for row in actions] == [paper.workflow_state]
	listed_for = frappe.get_all("Workflow Action Permitted Role", {"parent": actions[0].name}, pluck="role")
	assert set(listed_for) == {
		t.allowed for t in paper.workflow.transitions if t.state == paper.workflow_state
	}


def test_cancelled_and_numbered_papers_are_not_deleted(school, rest):
	deputy = rest(school.users["DEP"])
	cancelled = take_as(school, "HEAD", School().order(), "Cancel")
	meeting = take_as(school, "DEP", school.meeting("Adopted"), "Cancel")
	check_refused(deputy.delete("PPSS Meeting", meeting.name), "A10")
	assert cancelled.docstatus == 2
	numbered = school.referral(child(school), "With administration")
	check_ok(rest(school.users["ADM"]).change("PPSS Referral", numbered.name, number="17"))
	check_refused(deputy.delete("PPSS Referral", numbered.name), "A10")


def take_as(school, key, paper, action):
	with acting_as(paper.history[-1].user if key == "HEAD" else school.users[key]):
		return take(paper, action, "Қате")


def test_paper_under_way_is_deleted_by_those_who_may_write_in_it(school, rest):
	deputy = rest(school.users["DEP"])
	check_refused(deputy.delete("PPSS Support Order", school.order("With head").name), "A01")
	check_ok(rest(school.users["DEP"]).delete("PPSS Support Order", school.order("Draft").name))


# ---- doors of the framework, tried on a consent that is not complete


def incomplete(school):
	return school.consent(child(school), "Prepared", is_signed=0)


def as_json(paper, **values) -> str:
	return frappe.as_json({**paper.as_dict(), **values})


DOORS = [
	param("frappe.client.submit", lambda p: {"doc": as_json(p)}, "A03", id="client-submit"),
	param(
		"frappe.client.set_value",
		lambda p: {
			"doctype": p.doctype,
			"name": p.name,
			"fieldname": {"workflow_state": "Signed", "docstatus": 1},
		},
		"M02",
		id="client-set-value",
	),
	param(
		"frappe.client.save",
		lambda p: {"doc": as_json(p, workflow_state="Signed", docstatus=1)},
		"M02",
		id="client-save",
	),
	param(
		"frappe.desk.form.save.savedocs",
		lambda p: {"doc": as_json(p), "action": "Submit"},
		"A03",
		id="form-submit",
	),
	param(
		"frappe.desk.form.save.savedocs",
		lambda p: {"doc": as_json(p, workflow_state="Signed"), "action": "Submit"},
		"M02",
		id="form-submit-with-state",
	),
]


@pytest.mark.parametrize(("method", "arguments", "codes"), DOORS)
def test_guard_holds_at_the_doors_of_the_framework(school, rest, method, arguments, codes):
	paper = incomplete(school)
	given = arguments(paper)
	check_refused(rest(school.users["CLS"]).method(method, **given), codes)
	assert state_of(paper) == "Prepared"


@pytest.mark.parametrize(("state", "codes"), [(None, "A03"), ("Cancelled", "M42")])
def test_cancelling_from_the_form_asks_the_same(school, rest, state, codes):
	paper = school.consent(child(school))
	given = {
		"doctype": paper.doctype,
		"name": paper.name,
		"workflow_state_fieldname": "workflow_state",
		"workflow_state": state,
	}
	check_refused(rest(school.users["DEP"]).method("frappe.desk.form.save.cancel", **given), codes)
	assert state_of(paper) == "Signed"


def test_list_action_takes_each_paper_by_itself(school, rest):
	complete, lacking = school.consent(child(school), "Prepared"), incomplete(school)
	given = {
		"doctype": complete.doctype,
		"docnames": json.dumps([lacking.name, complete.name]),
		"action": "Register Signature",
	}
	rest(school.users["CLS"]).method("frappe.model.workflow.bulk_workflow_approval", **given)
	assert (state_of(complete), state_of(lacking)) == ("Signed", "Prepared")


def test_list_action_is_not_for_others(school, rest):
	paper = school.consent(child(school), "Prepared")
	given = {"doctype": paper.doctype, "docnames": json.dumps([paper.name]), "action": "Register Signature"}
	rest(school.users["HEAD"]).method("frappe.model.workflow.bulk_workflow_approval", **given)
	assert state_of(paper) == "Prepared"


def test_list_submission_is_refused(school, rest):
	paper = incomplete(school)
	given = {"doctype": paper.doctype, "docnames": json.dumps([paper.name]), "action": "submit"}
	rest(school.users["CLS"]).method(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs", **given
	)
	assert state_of(paper) == "Prepared"


def test_job_asks_the_same(school, site):
	paper = incomplete(school)
	step = {"doctype": paper.doctype, "name": paper.name}
	with school.acting("CLS"), pytest.raises(frappe.ValidationError, match="M02"):
		frappe.enqueue(
			"ppss_support.controllers.steps.apply_workflow", now=True, doc=step, action="Register Signature"
		)
	with school.acting("CLS"), pytest.raises(frappe.ValidationError, match="A03"):
		frappe.enqueue("frappe.client.submit", now=True, doc=as_json(paper))


def test_import_asks_the_same(school, site):
	"""Submitting on import would make a paper that nobody has decided."""
	learner = child(school)
	meta = frappe.get_meta("PPSS Consent")
	heads = [meta.get_label(field) for field in ("organisation", "learner", "representative")]
	row = [school.organisation, learner.name, learner.representatives[0].representative]
	before = frappe.db.count("PPSS Consent")
	assert "A03" in imported("PPSS Consent", [heads, row])
	assert frappe.db.count("PPSS Consent") == before


def imported(doctype: str, rows: list[list[str]]) -> str:
	"""Import the rows with submission; return what the log says."""
	from frappe.utils.csvutils import to_csv

	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash()}.csv",
			"content": to_csv(rows),
			"is_private": 1,
		}
	).insert()
	task = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": doctype,
			"import_type": "Insert New Records",
			"import_file": file.file_url,
			"submit_after_import": 1,
			"mute_emails": 1,
		}
	).insert()
	from frappe.core.doctype.data_import.importer import Importer

	# The importer rolls back what a refused row has begun.
	frappe.db.commit()
	Importer(doctype, data_import=task).import_data()
	return str(frappe.get_all("Data Import Log", {"data_import": task.name}, ["messages", "exception"]))


def test_second_case_of_a_year_is_refused(school, rest):
	learner = child(school)
	values = {"learner": learner.name, "school_year": school.year, "organisation": school.organisation}
	check_refused(
		rest(school.users["DEP"]).create("PPSS Support Case", **values, responsible=school.staff["PSY"]),
		"A11",
	)


def test_case_is_closed_with_its_result(school, rest):
	case = frappe.db.get_value("PPSS Support Case", {"learner": school.child().name})
	deputy = rest(school.users["DEP"])
	check_refused(deputy.change("PPSS Support Case", case, status="Closed"), "M42")
	check_ok(deputy.change("PPSS Support Case", case, status="Closed", closing_result="Қолдау аяқталды"))
	assert fresh("PPSS Support Case", case).closed_on


@clause("KZ92-4.2", "KZ92-8", "KZ92-12", "KZ92-2.2")
@pytest.mark.parametrize(("doctype", "field", "term"), OTHER_TERMS)
def test_term_of_another_kind_is_refused(school, rest, doctype, field, term):
	by, values_of, *_made = PAPERS[doctype]
	values = values_of(school)
	table, _dot, column = field.rpartition(".")
	if table:
		values[table][0][column] = term
	else:
		values[field] = term
	check_refused(rest(school.users[by]).create(doctype, **values), "A08")


@clause("KZ92-6.3a")
def test_theme_of_a_lesson_is_one_of_its_direction(school, rest):
	values = support.session_values(school, support.special_children(school, 1))
	specialist = rest(school.users["SPE"])
	check_refused(specialist.create("PPSS Session", **values, theme="C1"), "A08")
	check_refused(specialist.create("PPSS Session", **values, theme="E4a"), "A28")
	check_ok(specialist.create("PPSS Session", **values, theme="D3b"))
