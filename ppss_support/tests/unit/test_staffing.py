"""Staff units: no day above the ceiling, nobody above the norm, whatever the dates (KZ92-4.5, ALM-4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation import staffing
from ppss_support.regulation.editions import Validity
from ppss_support.regulation.staffing import Part, units_of

BEGIN = date(2025, 9, 1)
SPAN = 40
YEAR = Validity(BEGIN, BEGIN + timedelta(days=SPAN))


def on(day: int) -> date:
	return BEGIN + timedelta(days=day)


def part(units: str, first: int, last: int | None = None, main: bool = True) -> Part:
	return Part(Decimal(units), Validity(on(first), None if last is None else on(last)), main)


@st.composite
def parts(draw):
	first = draw(st.integers(0, SPAN))
	last = draw(st.one_of(st.none(), st.integers(first, SPAN + 5)))
	return part(draw(st.sampled_from(["0.25", "0.5", "0.75", "1", "1.5"])), first, last)


def day_by_day(many: list[Part], day: date) -> Decimal:
	return sum(
		(p.units for p in many if p.days.first <= day and (p.days.last is None or day <= p.days.last)),
		Decimal(0),
	)


@pytest.mark.clause("KZ92-4.5", "ALM-4")
@given(
	st.lists(parts(), max_size=6),
	st.lists(parts(), max_size=3),
	st.lists(st.tuples(st.integers(0, SPAN), st.integers(0, SPAN)), max_size=2),
)
def test_ceiling_is_broken_exactly_on_the_days_it_is(held, given_units, tables):
	"""The sweep over the days of change finds the first of the days a look at every day finds."""
	days = [Validity(on(min(pair)), on(max(pair))) for pair in tables]
	every = (on(n) for n in range(SPAN + 10))
	broken = [
		day
		for day in every
		if any(t.first <= day <= t.last for t in days)
		and day_by_day(held, day) > day_by_day(given_units, day)
	]
	found = staffing.within_ceiling("Психолог", held, given_units, days)
	assert [f.params[1] for f in found] == broken[:1]
	assert all(f.code == "A101" for f in found)


@given(st.lists(parts(), max_size=6))
def test_no_day_of_a_person_escapes_the_norm(held):
	most = max((day_by_day(held, on(n)) for n in range(SPAN + 10)), default=Decimal(0))
	found = staffing.within_limit("Аты", held, Decimal("1.5"))
	assert bool(found) == (most > Decimal("1.5"))
	assert staffing.within_limit("Аты", held, None) == []


@pytest.mark.parametrize(
	("units", "step", "allowed"),
	[
		("0.25", "0.25", True),
		("1", "0.25", True),
		("0.3", "0.25", False),
		("0", "0.25", False),
		("0.3", None, True),
	],
)
@pytest.mark.clause("ALM-4")
def test_units_come_in_steps(units, step, allowed):
	found = staffing.in_steps(Decimal(units), step and Decimal(step))
	assert [f.code for f in found] == ([] if allowed else ["A100"])


def test_floats_of_the_database_add_up_exactly():
	assert sum(units_of(0.1) for _ in range(10)) == 1
	assert units_of(None) == 0


def test_one_main_position_at_a_time_and_others_by_combination():
	main, beside = part("1", 0, 20), part("0.5", 5, 10, main=False)
	assert staffing.one_main("Аты", part("0.5", 20), [main])[0].code == "A105"
	assert staffing.one_main("Аты", part("0.5", 21), [main]) == []
	assert staffing.one_main("Аты", beside, [main]) == []
	assert staffing.one_main("Аты", main, [beside]) == []


def test_first_day_without_a_table_is_warned_of():
	table = Validity(on(0), on(10))
	(found,) = staffing.under_a_table(part("1", 5).days, [table])
	assert (found.code, found.warning, found.params) == ("A104", True, (on(11),))
	assert staffing.under_a_table(part("1", 5, 10).days, [table]) == []
	assert staffing.under_a_table(part("1", 5, 20).days, [table, Validity(on(11), on(30))]) == []


def test_two_tables_do_not_share_a_day():
	others = [("PPSS-STF-1", Validity(on(0), on(10)))]
	assert [f.code for f in staffing.one_table_a_day(Validity(on(10), on(20)), others)] == ["A103"]
	assert staffing.one_table_a_day(Validity(on(11), on(20)), others) == []


@pytest.mark.parametrize(
	("children", "per_unit", "step", "units"),
	[
		(0, 500, 0.25, 0),
		(1, 500, 0.25, 0.25),
		(500, 500, 0.25, 1),
		(501, 500, 0.25, 1.25),
		(501, 500, None, 2),
	],
)
def test_need_is_rounded_up_to_the_step(children, per_unit, step, units):
	assert staffing.needed_units(children, per_unit, step) == units
