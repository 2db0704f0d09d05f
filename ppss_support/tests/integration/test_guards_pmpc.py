"""B.11: conclusion and recommendation of the PMPC."""

from contextlib import nullcontext

import frappe
import pytest

from ppss_support import tasks
from ppss_support.tests.factories import SCAN, day
from ppss_support.tests.guards import (
	FRAMEWORK,
	Change,
	Create,
	Press,
	check_no_buttons,
	check_ok,
	check_refused,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS PMPC Recommendation"


def pmpc(state="Recorded", **values):
	return lambda school: school.pmpc(school.child(), state, **values)


def sent(school):
	return school.pmpc_values(school.child())


STEPS = [
	param(Press("DEP", "Confirm", pmpc(), "Verified"), id="verify", marks=clause("KZ92-13.7")),
	*(
		param(
			Press("DEP", "Confirm", pmpc(**{field: empty}), codes="M68"),
			id=f"no-{field}",
			marks=clause("KZ92-13.7"),
		)
		for field, empty in (
			("number", ""),
			("date", None),
			("conclusion", ""),
			("file", ""),
			("recommendations", []),
		)
	),
	*(
		param(Press(key, "Confirm", pmpc(), codes="A02"), id=f"verify-by-{key}")
		for key in ("SPE", "ADM", "HEAD", "PSY")
	),
	param(Press("DEP", "Cancel", pmpc("Verified"), "Cancelled"), id="cancel"),
	param(Press("DEP", "Cancel", pmpc("Verified"), codes="M42", reason=None), id="cancel-without-reason"),
	param(Press("SPE", "Cancel", pmpc("Verified"), codes="A02"), id="cancel-by-special-pedagogue"),
]
CHANGES = [
	param(Change("SPE", pmpc(), {"number": "16"}), id="recorded"),
	param(Change("DEP", pmpc("Verified"), {"archive_index": "01-12"}), id="archive-index"),
	param(Change("DEP", pmpc("Verified"), {"conclusion": "Басқа"}, "M43"), id="verified"),
	param(
		Change("DEP", pmpc("Verified"), {"file": ""}, "M68"),
		id="scan-taken-away",
		marks=clause("KZ92-13.7"),
	),
	param(Change("DEP", pmpc(), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(
		Change("DEP", pmpc(file=""), {"workflow_state": "Verified", "docstatus": 1}, "M68"),
		id="state-by-hand",
	),
	param(
		Change("SPE", pmpc(), {"workflow_state": "Verified", "docstatus": 1}, FRAMEWORK),
		id="state-by-another-hand",
	),
]
CREATED = [
	*(param(Create(key, DOCTYPE, sent), id=key) for key in ("DEP", "SPE", "ADM")),
	*may_not(DOCTYPE, sent, "HEAD", "PSY", "SOC", "AST", "CAR", "CLS", "TCH", "ACC"),
]


test_step = tried(STEPS)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-13.7")
def test_pmpc_with_an_assessment_on_it_is_not_cancelled(school, rest):
	learner = school.child()
	paper = school.pmpc(learner)
	team = school.team("PSY", "CLS")
	school.assessment(learner, categories=("C3",), c3_status="Confirmed by PMPC", pmpc=paper.name, team=team)
	check_refused(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Cancel", "Қате"), "M62")


@clause("KZ92-13.7")
def test_pmpc_with_a_list_row_on_it_is_not_cancelled(school, rest):
	learner = school.child()
	paper = school.pmpc(learner)
	rows = [{"learner": learner.name, "basis_doctype": DOCTYPE, "responsible": school.staff["PSY"]}]
	school.learner_list([], rows=rows, amends=school.approved_list())
	check_refused(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Cancel", "Қате"), "M62")


@clause("KZ92-14.2.1a", "KZ92-14.0")
def test_verified_pmpc_opens_the_second_stage_and_a_cancelled_or_expired_one_closes_it(school, rest):
	learner = school.child()
	case = frappe.db.get_value("PPSS Support Case", {"learner": learner.name})
	deputy = rest(school.users["DEP"])

	def stage() -> str:
		return deputy.read("PPSS Support Case", case).data["stage"]

	assert stage() == "1"
	first = school.pmpc(learner, "Recorded", file=SCAN)
	check_ok(deputy.press(DOCTYPE, first.name, "Confirm"))
	assert stage() == "2"
	check_ok(deputy.press(DOCTYPE, first.name, "Cancel", "Қате"))
	assert stage() == "1"
	second = school.pmpc(learner)
	assert stage() == "2"
	frappe.db.set_value(DOCTYPE, second.name, "valid_to", day(-1))
	tasks.expire_pmpc_papers(nullcontext)
	assert (stage(), state_of(second)) == ("1", "Expired")


def test_others_see_no_button(school, rest):
	paper = pmpc()(school)
	check_no_buttons(school, rest, paper, "HEAD", "PSY", "SOC", "AST", "SPE", "ADM")
	assert rest(school.users["DEP"]).buttons(DOCTYPE, paper.name) == {"Confirm"}
