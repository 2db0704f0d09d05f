"""B.9: meetings of the service and their decisions."""

import frappe
import pytest

from ppss_support import facts
from ppss_support.tests import support
from ppss_support.tests.factories import MEMBERS, School, day
from ppss_support.tests.guards import (
	FRAMEWORK,
	Change,
	Create,
	Press,
	check_no_buttons,
	check_ok,
	check_refused,
	fresh,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS Meeting"


def meeting(state="Planned", **values):
	"""Return a maker of a meeting; a value may be a function of the school."""
	return lambda school: school.meeting(
		state, **{k: v(school) if callable(v) else v for k, v in values.items()}
	)


def attended_by(*keys):
	return lambda school: [{"specialist": school.staff[key], "present": 1} for key in keys]


def child(school):
	return school.kept("child", support.limited_child)


def pmpc(school) -> str:
	return facts.verified_pmpc(child(school).name)


def assistant_decision(**values):
	"""Return a maker of a decision that appoints an assistant."""
	return lambda school: (
		{
			"kind": "DK1",
			"text": "Тағайындалсын",
			"learner": child(school).name,
			"assistant": school.staff["AST"],
			"quarter": 2,
			"pmpc": pmpc(school),
			**values,
		},
	)


def referral_decision(**values):
	"""Return a maker of a decision that refers a child to the Centre."""
	return lambda school: (
		{
			"kind": "DK2",
			"text": "Жіберілсін",
			"learner": child(school).name,
			"centre": school.centre(),
			**values,
		},
	)


def relied_on(school):
	referral = school.referral(school.child(), "With administration")
	return frappe.get_doc(DOCTYPE, referral.meeting)


def executed(school):
	return school.meeting("Adopted", decisions=({"executed": 1},))


STEPS = [
	param(
		Press("SOC", "Record Minutes", meeting(), "Held"), id="record-by-secretary", marks=clause("KZ92-4.1")
	),
	param(Press("DEP", "Record Minutes", meeting(), "Held"), id="record-by-deputy"),
	param(Press("PSY", "Record Minutes", meeting(), codes=FRAMEWORK), id="record-by-another-member"),
	param(
		Press("SOC", "Record Minutes", meeting(attendees=attended_by("DEP", "TCH")), codes="M35"),
		id="attended-by-stranger",
		marks=clause("KZ92-4.2", "KZ92-14.1.1b"),
	),
	param(Press("SOC", "Record Minutes", meeting(attendees=[]), codes="A19"), id="nobody-attended"),
	param(
		Press("SOC", "Record Minutes", meeting(date=lambda _school: day(1)), codes="A14"), id="not-yet-held"
	),
	param(Press("HEAD", "Record Minutes", meeting(), codes="A02"), id="record-by-head"),
	param(Press("ADM", "Record Minutes", meeting(), codes="A02"), id="record-by-registrar"),
	param(Press("DEP", "Adopt Decision", meeting("Held"), "Adopted"), id="adopt", marks=clause("KZ92-4.1")),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", decisions=assistant_decision()), "Adopted"),
		id="adopt-assistant",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", decisions=referral_decision()), "Adopted"),
		id="adopt-referral",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", decisions=()), codes="M36"),
		id="no-decision",
		marks=clause("KZ92-4.1"),
	),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", decisions=({"text": ""},)), codes="M36"), id="no-text"
	),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", decisions=({"kind": None},)), codes="M36"),
		id="no-kind",
	),
	*(
		param(
			Press(
				"DEP",
				"Adopt Decision",
				meeting("Held", decisions=assistant_decision(**{field: None})),
				codes="M36",
			),
			id=f"assistant-without-{field}",
			marks=clause("KZ92-14.2.6b"),
		)
		for field in ("learner", "assistant", "quarter", "pmpc")
	),
	*(
		param(
			Press(
				"DEP",
				"Adopt Decision",
				meeting("Held", decisions=referral_decision(**{field: None})),
				codes="M36",
			),
			id=f"referral-without-{field}",
			marks=clause("KZ92-15.1"),
		)
		for field in ("learner", "centre")
	),
	param(
		Press("DEP", "Adopt Decision", meeting("Held", recorded_by="DEP"), codes="A13"),
		id="adopt-own-minutes",
	),
	*(
		param(Press(key, "Adopt Decision", meeting("Held"), codes="A02"), id=f"adopt-by-{key}")
		for key in ("SOC", "PSY", "HEAD", "ADM")
	),
	param(Press("DEP", "Not Held", meeting(), "Not held"), id="not-held"),
	param(Press("DEP", "Not Held", meeting(), codes="M42", reason=None), id="not-held-without-reason"),
	param(Press("SOC", "Not Held", meeting(), codes="A02"), id="not-held-by-secretary"),
	param(Press("DEP", "Mark Executed", executed, "Executed"), id="execute", marks=clause("KZ92-14.2.6b")),
	param(
		Press("DEP", "Mark Executed", meeting("Adopted"), codes="M64"),
		id="not-executed",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Press("DEP", "Mark Executed", meeting("Adopted", decisions=({"outcome": "Rejected"},)), "Executed"),
		id="rejected-needs-no-execution",
	),
	param(Press("SOC", "Mark Executed", executed, codes="A02"), id="execute-by-secretary"),
	param(Press("DEP", "Cancel", meeting("Adopted"), "Cancelled"), id="cancel"),
	param(Press("HEAD", "Cancel", meeting("Adopted"), "Cancelled"), id="cancel-by-head"),
	param(Press("DEP", "Cancel", meeting("Adopted"), codes="M42", reason=None), id="cancel-without-reason"),
	param(Press("DEP", "Cancel", relied_on, codes="M62"), id="cancel-relied-on"),
	param(Press("SOC", "Cancel", meeting("Adopted"), codes="A02"), id="cancel-by-secretary"),
]
CHANGES = [
	param(Change("SOC", meeting(), {"guests": "Қонақ"}), id="secretary-writes"),
	param(Change("PSY", meeting(), {"guests": "Қонақ"}, FRAMEWORK), id="another-member-writes"),
	param(
		Change("ADM", meeting(), {"agenda": lambda s: [{"question": "Жаңа", "reporter": s.staff["PSY"]}]}),
		id="agenda",
	),
	param(Change("ADM", meeting("Held"), {"guests": "Қонақ"}, "A01"), id="registrar-writes-minutes"),
	param(Change("DEP", meeting("Adopted"), {"guests": "Қонақ"}, "M43"), id="adopted"),
	param(Change("DEP", meeting("Adopted"), {"decisions": []}, "M43"), id="adopted-decisions"),
	param(Change("DEP", meeting("Adopted"), {"archive_index": "01-12"}), id="archive-index"),
	param(Change("DEP", meeting("Held"), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("DEP", meeting("Adopted"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change("DEP", meeting("Held", decisions=()), {"workflow_state": "Adopted", "docstatus": 1}, "M36"),
		id="state-by-hand",
	),
	param(
		Change("DEP", meeting(), {"workflow_state": "Adopted", "docstatus": 1}, "A02"), id="step-that-is-none"
	),
	param(Change("DEP", meeting(), {"date": lambda _school: day(-90)}, "M35"), id="moved-before-the-order"),
]


def sent(**values):
	return lambda school: school.meeting_values(
		**{k: v(school) if callable(v) else v for k, v in values.items()}
	)


CREATED = [
	param(Create("DEP", DOCTYPE, sent()), id="DEP", marks=clause("KZ92-4.1")),
	param(Create("ADM", DOCTYPE, sent(decisions=())), id="ADM"),
	param(Create("DEP", DOCTYPE, sent(agenda=[]), "A19"), id="no-agenda"),
	param(
		Create("DEP", DOCTYPE, sent(date=lambda _school: day(-90)), "M35"),
		id="before-the-order",
		marks=clause("KZ92-4.2", "KZ92-14.1.1b"),
	),
	param(
		Create("DEP", DOCTYPE, sent(secretary=lambda s: s.staff["CLS"]), "M35"), id="secretary-is-no-member"
	),
	*may_not(DOCTYPE, sent(), "HEAD", "PSY", "SOC", "SPE", "AST", "CAR", "CLS", "TCH", "ACC"),
]


test_step = tried(STEPS)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-4.1")
def test_quorum_is_the_organisations(rest, site):
	school = School()
	school.order()
	assert (
		rest(school.users["HEAD"])
		.change("PPSS Organisation", school.organisation, quorum_percent=50, settings_reason="Жарғы")
		.ok
	)
	few = school.meeting("Held", attendees=attended_by("DEP", "PSY")(school))
	enough = school.meeting("Held", attendees=attended_by(*MEMBERS[:3])(school))
	deputy = rest(school.users["DEP"])
	check_refused(deputy.press(DOCTYPE, few.name, "Adopt Decision"), "M37")
	check_ok(deputy.press(DOCTYPE, enough.name, "Adopt Decision"))


def test_organisation_may_let_the_deputy_adopt_the_own_minutes(rest, site):
	school = School()
	school.order()
	paper = school.meeting("Held", recorded_by="DEP")
	assert (
		rest(school.users["HEAD"])
		.change(
			"PPSS Organisation", school.organisation, deputy_confirms_own=1, settings_reason="Бір орынбасар"
		)
		.ok
	)
	check_ok(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Adopt Decision"))


def test_another_deputy_adopts_the_minutes_of_the_first(school, rest):
	paper = school.meeting("Held", recorded_by="DEP")
	school.add_person("DEP", "DEP2")
	check_ok(rest(school.users["DEP2"]).press(DOCTYPE, paper.name, "Adopt Decision"))


def test_adopted_meetings_are_numbered_on(school, rest):
	first = school.meeting("Adopted")
	second = school.meeting("Held")
	assert not second.number
	check_ok(rest(school.users["DEP"]).press(DOCTYPE, second.name, "Adopt Decision"))
	assert int(fresh(DOCTYPE, second.name).number) == int(first.number) + 1


@clause("KZ92-14.2.6b")
def test_execution_of_an_adopted_decision_may_be_written(school, rest):
	paper = school.meeting("Adopted")
	row = {
		**paper.decisions[0].as_dict(no_default_fields=True),
		"name": paper.decisions[0].name,
		"executed": 1,
	}
	deputy = rest(school.users["DEP"])
	check_refused(deputy.change(DOCTYPE, paper.name, decisions=[{**row, "text": "Басқа"}]), "M43")
	check_ok(deputy.change(DOCTYPE, paper.name, decisions=[row]))
	check_ok(deputy.press(DOCTYPE, paper.name, "Mark Executed"))
	assert state_of(paper) == "Executed"


def test_decision_added_later_has_the_usual_outcome(school, rest):
	paper = meeting("Held", decisions=[])(school)
	added = {"text": "Назарға алынсын", "kind": "DK9", "responsible": school.staff["PSY"]}
	check_ok(rest(school.users["DEP"]).change(DOCTYPE, paper.name, decisions=[added]))
	assert [row.outcome for row in fresh(DOCTYPE, paper.name).decisions] == ["Adopted"]


def test_others_see_no_button(school, rest):
	paper = meeting()(school)
	check_no_buttons(school, rest, paper, "HEAD", "AST", "CAR", "ADM")
	assert rest(school.users["DEP"]).buttons(DOCTYPE, paper.name) == {"Record Minutes", "Not Held"}
