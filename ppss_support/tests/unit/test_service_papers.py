"""The plan of help, requests and the learner's card: rules on plain values."""

from datetime import date

import pytest

from ppss_support.regulation import activities, requests, service_papers

clause = pytest.mark.clause
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
LABELS = {"decision": "Decision", "within_competence": "Within", "learner": "Learner", "problem": "Problem"}
LABELS |= {"period_from": "From", "period_to": "To", "steps": "Steps"}


def codes(found) -> list[str]:
	return [finding.code for finding in found]


@clause("KG-6.1.5")
@pytest.mark.parametrize(
	("due", "expected"),
	[(FIRST, []), (LAST, []), (date(2026, 8, 31), ["A137"]), (date(2026, 11, 1), ["A137"]), (None, [])],
)
def test_step_ends_in_the_days_of_the_plan(due, expected):
	assert codes(service_papers.steps_within([("Step", due)], FIRST, LAST)) == expected
	assert service_papers.steps_within([("Step", due)], FIRST, None) == []


@clause("KG-6.1.5", "KG-7.3")
@pytest.mark.parametrize(
	("steps", "expected"),
	[
		([(False, None)], []),
		([(True, "Came")], []),
		([(True, " ")], ["A21"]),
		([(True, "Came"), (True, None)], ["A21"]),
	],
)
def test_step_done_says_what_came_of_it(steps, expected):
	assert codes(service_papers.steps_reported(steps)) == expected


@clause("KG-6.1.5")
def test_plan_of_help_is_about_an_adolescent_or_a_family():
	stated = {"problem": "x", "period_from": FIRST, "period_to": LAST, "steps": ["x"]}
	assert codes(service_papers.complete("KG5", stated, LABELS)) == ["A21"]
	assert service_papers.complete("KG5", {**stated, "family": "x"}, LABELS) == []
	assert service_papers.complete("KG5", {**stated, "learner": "x"}, LABELS) == []
	assert len(service_papers.complete("KG5", {}, LABELS)) == 5
	assert {kind for kind in service_papers.KINDS if service_papers.names_somebody(kind)} == {"KG5"}


@clause("KG-8.1", "OVR-J6")
@pytest.mark.parametrize(
	("kind", "decided", "values", "missing"),
	[
		("Advice", True, {}, 2),
		("Advice", True, {"decision": "x", "within_competence": "Yes"}, 0),
		("Advice", False, {}, 0),
		("Need", False, {}, 1),
		("Need", True, {"within_competence": "No"}, 1),
		("Task", True, {}, 0),
	],
)
def test_request_is_decided(kind, decided, values, missing):
	assert codes(requests.considered(kind, values, LABELS, decided)) == ["A21"] * missing


@clause("KG-8.1")
@pytest.mark.parametrize(
	("kind", "within", "to", "expected"),
	[
		("Need", "No", None, ["A138"]),
		("Advice", "No", "  ", ["A138"]),
		("Advice", "No", "Clinic", []),
		("Advice", "Yes", None, []),
		("Task", "No", None, []),
	],
)
def test_what_is_not_the_own_matter_is_passed_on(kind, within, to, expected):
	assert codes(requests.passed_on(kind, within, to)) == expected


@clause("KG-3.4")
@pytest.mark.parametrize(("settled", "days"), [(FIRST, 0), (date(2026, 9, 4), 3), (None, 60)])
def test_days_a_request_takes(settled, days):
	assert requests.days_between(FIRST, settled, LAST) == days


@clause("OVR-B1", "OVR-B2", "OVR-B3", "OVR-B4")
def test_card_has_the_sections_of_the_overview():
	assert [len(fields) for fields in activities.CARD.values()] == [3, 3, 4, 5]
	card = activities.KINDS[activities.LEARNER_CARD]
	assert set(card.one_of) == {field for fields in activities.CARD.values() for field in fields}
	assert activities.LEARNER_CARD in activities.PROTOCOLS
	assert codes(activities.card_keeper(activities.LEARNER_CARD, "Name", {"SOC", "CLS"})) == ["A139"]
	assert activities.card_keeper(activities.LEARNER_CARD, "Name", {"PSY"}) == []
	assert activities.card_keeper(activities.CONSULTATION, "Name", {"SOC"}) == []
	assert activities.under_consent(activities.LEARNER_CARD, "Learner")
