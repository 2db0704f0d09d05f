"""Editions and values by date: pure rules."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppss_support.regulation
from ppss_support.regulation import editions, rules
from ppss_support.regulation.editions import Validity
from ppss_support.regulation.norms.order92 import NORMS

DATA = Path(ppss_support.regulation.__file__).parents[1] / "data"
ORDER92 = next(
	p for p in json.loads((DATA / "profiles.json").read_text(encoding="utf-8")) if p["code"] == "KZ92"
)
EFFECTIVE = date.fromisoformat(ORDER92["effective_from"])
clause = pytest.mark.clause
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
validities = st.builds(Validity, st.none() | days, st.none() | days)


def holds(validity: Validity, day: date) -> bool:
	return (validity.first or date.min) <= day <= (validity.last or date.max)


@given(validities, validities, days)
def test_values_that_hold_on_one_day_meet(one, other, day):
	assert not (holds(one, day) and holds(other, day)) or one.meets(other)


@given(validities, validities)
def test_meeting_is_mutual(one, other):
	assert one.meets(other) == other.meets(one)


@given(validities, days, days)
def test_a_value_closed_the_day_before_never_meets_the_next(earlier, first, day):
	closed = Validity(earlier.first, editions.day_before(first))
	assert not closed.meets(Validity(first))
	assert not (holds(closed, day) and day >= first)


def codes(findings) -> list[str]:
	return [finding.code for finding in findings]


def test_contradicting_norm_is_refused():
	assert codes(editions.consistent("X", 4, 2, Validity())) == ["A48"]
	assert codes(editions.consistent("X", 2, 4, Validity(date(2026, 2, 1), date(2026, 1, 1)))) == ["A48"]
	assert editions.consistent("X", 1, 0, Validity()) == []
	assert editions.consistent("X", 2, 4, Validity(date(2026, 1, 1), date(2026, 1, 1))) == []


@clause("KZ92-0.5")
@given(days)
def test_order_takes_effect_when_ten_full_days_have_passed(published):
	norm = next(norm for norm in NORMS if norm.code == "EFFECT_AFTER_PUBLICATION")
	first = editions.effective_day(published, int(norm.value_max))
	between = [published + timedelta(days=n) for n in range(1, 60) if published + timedelta(days=n) < first]
	assert len(between) == 10


@clause("KZ92-0.5")
def test_earlier_paper_warns():
	found = rules.edition_in_force(EFFECTIVE - timedelta(days=1), EFFECTIVE, None)
	assert [(finding.code, finding.warning) for finding in found] == [("M55", True)]
	assert rules.edition_in_force(EFFECTIVE, EFFECTIVE, None) == []


@clause("KZ92-0.3")
def test_tasks_of_the_ministry_are_a_note_and_check_nothing():
	assert "KZ92-0.3" in ORDER92["note"]
	report = next(norm for norm in NORMS if norm.code == "MINISTRY_REPORT")
	assert (report.value_max, report.enforcement, report.message_code) == (10, "info", None)
