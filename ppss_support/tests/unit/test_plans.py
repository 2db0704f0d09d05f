"""The annual plan: each rule by example, and planned against held."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation import plans
from ppss_support.regulation.finding import Finding, Label, split
from ppss_support.regulation.plans import Execution, Held, PlanRow

clause = pytest.mark.clause
FIRST, LAST = date(2026, 9, 1), date(2027, 5, 25)
DIRECTIONS = ["DIR1", "DIR2", "DIR3", "DIR4", "DIR5"]


def row(direction="DIR1", **values):
	return PlanRow(**{"direction": direction, "first": FIRST, "last": LAST, **values})


@given(st.lists(st.sampled_from(DIRECTIONS), max_size=8))
@clause("KZ92-6")
def test_exactly_the_empty_directions_warn(named):
	refusals, warnings = split(plans.every_direction([row(d) for d in named], DIRECTIONS))
	assert not refusals
	assert [f.params[0] for f in warnings] == [d for d in DIRECTIONS if d not in named]


@clause("KZ92-6")
def test_directions_of_other_acts_are_refused():
	found = plans.lawful_directions([row("KDIR1"), row("KDIR1"), row()], DIRECTIONS)
	assert found == [Finding.of("A08", "KDIR1", "KDIR1", "Direction")]


@clause("KZ92-3", "KZ92-3.1", "KZ92-3.2", "KZ92-3.3", "KZ92-3.4")
def test_objective_is_of_the_level():
	levels = [("L1", "L1"), ("L1", "L2"), (None, "L2"), ("L2", None), ("L4", "L3")]
	assert plans.objectives_fit(levels) == [Finding.of("A41", 2), Finding.of("A41", 5)]


@clause("KZ92-4.5")
@pytest.mark.parametrize(
	("first", "last", "fits"),
	[
		(FIRST, LAST, True),
		(LAST, FIRST, False),
		(date(2026, 8, 31), LAST, False),
		(FIRST, date(2027, 5, 26), False),
	],
)
def test_work_is_of_the_school_year(first, last, fits):
	assert (plans.within_year([row(first=first, last=last)], FIRST, LAST) == []) == fits


@clause("KZ92-23.2")
def test_plan_stands_in_the_organisation_s_plan():
	assert plans.in_organisation_plan("17-бет") == []
	assert [f.code for f in plans.in_organisation_plan(None)] == ["A21"]


@clause("KZ92-4.5")
def test_one_plan_a_year():
	assert plans.one_plan([], None, "2026") == plans.one_plan(["P1"], "P1", "2026") == []
	assert [f.code for f in plans.one_plan(["P1"], None, "2026")] == ["A39"]


def test_executed_when_each_row_is_done_or_explained():
	assert plans.executed([row(done=True), row(result="Карантин")]) == []
	assert plans.executed([row(done=True), row()]) == [Finding.of("A43", 2)]


OCTOBER, MARCH = date(2026, 10, 5), date(2027, 3, 5)


@clause("KZ92-6")
@pytest.mark.parametrize(
	("held", "times"),
	[
		((), [0, 0]),
		((Held("DIR1", "DIAGNOSTICS", OCTOBER),), [1, 0]),
		((Held("DIR1", "DIAGNOSTICS", OCTOBER, 5),), [2, 3]),
		((Held("DIR1", "OBSERVATION", OCTOBER),), [0, 1]),
		((Held("DIR1", "DIAGNOSTICS", MARCH),), [0, 1]),
		((Held("DIR2", "DIAGNOSTICS", OCTOBER),), [0, 0]),
		((Held("DIR1", "OBSERVATION", date(2026, 8, 31)),), [0, 0]),
	],
)
def test_what_is_held_counts_for_the_row_of_its_kind_and_period(held, times):
	rows = [row(kind="DIAGNOSTICS", last=date(2026, 12, 30), count=2), row(count=9)]
	assert plans.fulfilled(rows, held) == times


ROWS = st.lists(
	st.builds(
		row,
		st.sampled_from(DIRECTIONS[:2]),
		last=st.sampled_from([OCTOBER, MARCH]),
		kind=st.sampled_from([None, "A", "B"]),
		count=st.integers(0, 4),
	),
	max_size=5,
)
HELD = st.lists(
	st.builds(
		Held,
		st.sampled_from(DIRECTIONS[:2]),
		st.sampled_from(["A", "B"]),
		st.sampled_from([OCTOBER, MARCH, LAST]),
		st.integers(1, 4),
	),
	max_size=5,
)


@given(ROWS, HELD)
@clause("KZ92-6", "KZ92-4.5", "KZ92-23.2")
def test_plan_is_credited_with_no_more_than_it_names_and_no_more_than_was_held(rows, held):
	for one in plans.execution(DIRECTIONS[:2], rows, held):
		assert 0 <= one.by_plan <= min(one.planned, one.held)
	more = [*held, Held("DIR1", "A", OCTOBER)]
	assert sum(plans.fulfilled(rows, held)) <= sum(plans.fulfilled(rows, more))


@clause("KZ92-6")
def test_work_the_plan_does_not_name_stands_besides_it():
	held = [Held("DIR1", "A", OCTOBER, 3), Held("DIR2", "A", OCTOBER), Held("X", "A", OCTOBER)]
	found = plans.execution(DIRECTIONS[:2], [row(count=2)], held)
	assert found == [Execution("DIR1", 2, 3, 2), Execution("DIR2", 0, 1, 0)]


# ---- plans for a part of the year, plans of one owner

YEAR = (date(2026, 9, 1), date(2027, 5, 25))
in_the_year = st.dates(*YEAR)


@clause("OVR-F3")
@given(in_the_year, st.sampled_from(["Month", "Week"]))
def test_period_of_a_day_holds_it_and_fits_its_kind(day, kind):
	first, last = plans.period_of(kind, day, YEAR)
	assert YEAR[0] <= first <= day <= last <= YEAR[1]
	assert plans.period_fits(kind, first, last) == []
	assert (last - first).days < (7 if kind == "Week" else 31)


@clause("OVR-F3")
def test_plan_for_a_month_or_week_keeps_to_it():
	assert plans.period_of("Month", date(2027, 2, 14), YEAR) == (date(2027, 2, 1), date(2027, 2, 28))
	assert plans.period_of("Week", date(2026, 9, 2), YEAR) == (date(2026, 9, 1), date(2026, 9, 6))
	crossing = date(2026, 9, 28), date(2026, 10, 4)
	assert plans.period_fits("Week", *crossing) == []
	assert [one.code for one in plans.period_fits("Month", *crossing)] == ["A133"]
	assert [one.code for one in plans.period_fits("Week", date(2026, 9, 6), date(2026, 9, 7))] == ["A133"]
	assert [one.code for one in plans.period_fits("Calendar", *reversed(crossing))] == ["A133"]
	assert [one.code for one in plans.drawn_from("Week", None, ["P"])] == ["A135"]
	assert plans.drawn_from("Month", "P", ["P"]) == plans.drawn_from("Calendar", None, []) == []


@clause("KG-6.1.1", "KG-6.2.1")
def test_plan_of_the_psychologist_of_school_95_has_three_sections():
	known = [f"KDIR{n}" for n in range(1, 6)]
	assert plans.directions_of(None, known) == known
	assert plans.directions_of("SOC", known) == []
	assert plans.directions_of("PSY", known) == ["KDIR3", "KDIR5", "KDIR4"]
	assert plans.directions_of("PSY", ["DIR1", "DIR2"]) == []
	everybody = [("KDIR5", audience) for audience in plans.CONSULTED]
	assert plans.everybody_consulted("PSY", everybody) == plans.everybody_consulted("SOC", []) == []
	assert plans.everybody_consulted("PSY", everybody[:2]) == [
		Finding.warn("A136", Label(plans.CONSULTED[2]))
	]
	assert plans.everybody_consulted("PSY", [("DIR2", "Learners")]) == []


@clause("OVR-S1", "OVR-S3", "OVR-S4")
@pytest.mark.parametrize(
	("prefix", "like"),
	[
		("DIR", {"OD1": "DIR1", "OD2": "DIR4", "OD3": "DIR3", "OD4": "DIR2", "OD5": "DIR4", None: "DIR5"}),
		(
			"ADIR",
			{"OD1": "ADIR1", "OD2": "ADIR3", "OD3": "ADIR4", "OD4": "ADIR2", "OD5": "ADIR3", None: "ADIR5"},
		),
		(
			"KDIR",
			{"OD1": "KDIR3", "OD2": "KDIR1", "OD3": "KDIR4", "OD4": "KDIR5", "OD5": "KDIR1", None: "KDIR5"},
		),
	],
)
def test_work_of_the_stages_finds_its_direction_in_every_regulation(prefix, like):
	known = [f"{prefix}{n}" for n in range(1, 6)]
	assert {overview: plans.direction_like(overview, known) for overview in like} == like


@clause("ALM-5.2", "OVR-F3")
def test_plan_for_a_part_of_the_year_lies_in_it_and_shares_its_days_with_no_other_of_its_breadth():
	assert plans.period_in_year(*YEAR, *YEAR, "2026") == []
	beyond = YEAR[0], date(2027, 5, 26)
	assert plans.period_in_year(*beyond, *YEAR, "2026") == [Finding.of("A75", *beyond, "2026")]
	assert plans.of_breadth("Calendar") == plans.of_breadth("Year") == ("Year", "Calendar")
	assert plans.of_breadth("Week") == ("Week",)
	assert plans.share_days((OCTOBER, MARCH), (MARCH, LAST))
	assert not plans.share_days((FIRST, OCTOBER), (MARCH, LAST))
