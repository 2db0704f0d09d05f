"""What is written between two steps, or in the same request as a step, is judged as if it had stood there before."""

import frappe
import pytest
from frappe.utils import add_days

from ppss_support.tests import support
from ppss_support.tests.factories import SCAN, acting_as, content_row, day, make
from ppss_support.tests.guards import Change, Press, tried

clause, param = pytest.mark.clause, pytest.param


def rewritten(key: str, of, **values):
	"""Return a maker of the paper `of` makes, in which this person then writes."""

	def made(school):
		paper = of(school)
		with school.acting(key):
			return support.take_in(paper, **given(school, values))

	return made


def given(school, values: dict) -> dict:
	return {field: value(school) if callable(value) else value for field, value in values.items()}


def idp(state: str):
	return lambda school: school.programme(school.listed_child(), state)


def cdp(state: str = "Draft", **values):
	return lambda school: support.cdp(school, support.special_children(school, 1)[0], state, **values)


def child_in_a_group(school):
	"""Return the approved programme of a child, now that there is a group for it."""
	child = support.special_children(school, 2)[0]
	with school.acting("SPE"):
		group = support.group_values(school, support.special_children(school, 2))
		school.kept("group of two", lambda _school: make("PPSS Session Group", **group))
	return frappe.get_doc("PPSS Programme", {"learner": child.name, "workflow_state": "Approved"})


def special_support_unconfirmed(school):
	"""The psychologist writes special support into the programme of a child PMPC has not seen."""
	learner = school.child()
	school.assessment(learner, categories=("C3",), team=school.team("PSY", "SPE", "CLS"))
	return school.programme(learner, "Draft", contents=[content_row("CN7")])


def alone(school):
	learner = support.limited_child(school)
	support.put_on_list(school, learner)
	return support.cdp(school, learner)


def other_child(school):
	return school.listed_child().name


def other_basis(school):
	return frappe.db.get_value(
		"PPSS Needs Assessment", {"learner": other_child(school), "workflow_state": "Concluded"}
	)


def lesson(school):
	paper = support.session(school, support.special_children(school, 1))
	return support.take_in(paper, actual_minutes=30, content="Сабақ")


def two_children(school):
	return [{"learner": one.name, "present": 1} for one in support.special_children(school, 2)]


def decided(school):
	"""A proposal on the agenda that an adopted decision names."""
	proposed = support.assignment(
		school, support.limited_child(school), assistant=support.another_assistant(school)
	)
	return support.write_decision(school, proposed)


def past_quarter(school):
	return str(add_days(support.quarter(school)[2], 1))


def stranger(school):
	"""Somebody of the staff who is no member of the service."""
	return [{"specialist": school.staff[key], "present": 1} for key in ("DEP", "SOC", "TCH")]


def with_administration(school):
	return school.referral(school.kept("child to refer", lambda s: s.child()), "With administration")


def closed_centre(school):
	with acting_as("Administrator"):
		return make("PPSS Support Centre", title=frappe.generate_hash(length=8), active=0).name


def team_of_one(school):
	paper = school.assessment(school.child(), "Team working")
	school.sign_parts(paper)
	return paper


def prepared(school):
	return school.consent(school.child(consent=False), "Prepared")


def neighbour(school):
	"""A grown-up who is nobody's legal representative."""
	name = f"Көрші {frappe.generate_hash(length=4)}"
	return make("PPSS Representative", full_name=name, organisation=school.organisation).name


HELD = {"workflow_state": "Held", "docstatus": 1}
ROWS = [
	param(
		Press(
			"DEP",
			"Submit to Head",
			rewritten("DEP", idp("With deputy head"), minutes_individual=45),
			codes="M22",
		),
		id="minutes-with-deputy",
		marks=clause("KZ92-17.4", "KZ92-14.2.2b"),
	),
	param(
		Press(
			"DEP",
			"Submit to Head",
			rewritten("DEP", idp("With deputy head"), weekly_individual=0),
			codes="M59",
		),
		id="no-lessons-with-deputy",
		marks=clause("KZ92-16.4"),
	),
	param(
		Change(
			"DEP",
			idp("With deputy head"),
			{"period_to": lambda _s: day(900), "workflow_state": "With head"},
			"M14",
		),
		id="period-in-the-step",
		marks=clause("KZ92-20"),
	),
	param(
		Change("SPE", cdp(), {"learner": other_child, "basis_doc": other_basis}, "M15"),
		id="cdp-for-another-child",
		marks=clause("KZ92-17.1"),
	),
	param(
		Press("PSY", "Hand Over", special_support_unconfirmed, codes="M11"),
		id="special-support-without-pmpc",
		marks=clause("KZ92-13.7"),
	),
	param(
		Press("SPE", "Start", alone, codes="M20"),
		id="cdp-without-group",
		marks=clause("KZ92-16.1", "KZ92-16.3"),
	),
	param(
		Press("SPE", "Start", child_in_a_group, "In implementation"),
		id="cdp-with-group",
		marks=clause("KZ92-16.1"),
	),
	param(
		Change("SPE", lesson, {**HELD, "planned_minutes": 45}, "M22"),
		id="minutes-as-it-is-recorded",
		marks=clause("KZ92-17.4"),
	),
	param(
		Change("SPE", lesson, {**HELD, "attendance": two_children}, "M72"),
		id="second-child-as-it-is-recorded",
		marks=clause("KZ92-17.4"),
	),
	param(
		Change("SPE", lesson, {**HELD, "form": "SF2", "planned_minutes": 45}, "A94"),
		id="form-as-it-is-recorded",
		marks=clause("KZ92-16.1"),
	),
	param(
		Change(
			"DEP", decided, {"workflow_state": "Appointed", "docstatus": 1, "to_date": past_quarter}, "M28"
		),
		id="quarter-as-it-is-appointed",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Press("DEP", "Appoint", rewritten("DEP", decided, to_date=past_quarter), codes="M28"),
		id="quarter-on-the-agenda",
		marks=clause("KZ92-14.2.6b"),
	),
	param(
		Press(
			"DEP",
			"Adopt Decision",
			rewritten("DEP", lambda s: s.meeting("Held"), attendees=stranger),
			codes="M35",
		),
		id="stranger-in-the-minutes",
		marks=clause("KZ92-4.2"),
	),
	param(
		Press(
			"DEP",
			"Adopt Decision",
			rewritten("DEP", lambda s: s.meeting("Held"), date=lambda _s: day(1)),
			codes="A14",
		),
		id="meeting-to-come",
	),
	param(
		Press("HEAD", "Send", rewritten("DEP", with_administration, learner=other_child), codes="M32"),
		id="other-child-referred",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("HEAD", "Send", rewritten("DEP", with_administration, centre=closed_centre), codes="M32 M34"),
		id="other-addressee",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press(
			"PSY",
			"Hand Over",
			rewritten("DEP", team_of_one, team=lambda s: s.team("PSY")),
			codes="M56",
		),
		id="team-of-one",
		marks=clause("KZ92-14.1.2a"),
	),
	param(
		Change(
			"CLS",
			prepared,
			{"workflow_state": "Signed", "docstatus": 1, "representative": neighbour},
			"M69",
		),
		id="signed-by-a-neighbour",
		marks=clause("KZ92-11.2"),
	),
	param(
		Change(
			"DEP",
			lambda s: s.consent(s.child(consent=False)),
			{
				"workflow_state": "Withdrawn",
				"transition_reason": "Ата-ананың өтініші",
				"withdrawn_on": lambda _s: day(30),
				"withdrawal_statement": SCAN,
			},
			"A14",
		),
		id="withdrawn-in-a-month",
		marks=clause("KZ92-11.1"),
	),
]


test_what_is_written_under_way_is_judged = tried(ROWS)
