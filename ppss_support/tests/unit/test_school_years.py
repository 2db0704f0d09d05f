"""The school calendar: pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation import school_years
from ppss_support.regulation.school_years import Span, Standing

clause = pytest.mark.clause
FIRST, LAST = date(2026, 9, 1), date(2027, 5, 25)
days = st.dates(FIRST - timedelta(days=5), LAST + timedelta(days=5))
spans = st.tuples(days, days).map(lambda two: Span(*sorted(two)))


def codes(findings) -> list[tuple[str, bool]]:
	return [(finding.code, finding.warning) for finding in findings]


@clause("KZ92-14.2.6b")
@pytest.mark.parametrize("numbers", [(), (1, 2), (1, 2, 3), (1, 2, 3, 3), (1, 2, 3, 4, 5)])
def test_year_without_four_quarters_warns(numbers):
	assert codes(school_years.four_quarters(numbers)) == [("A78", True)]


def test_four_quarters_in_any_order_do():
	assert school_years.four_quarters([3, 1, 4, 2]) == []


@clause("KZ92-20")
def test_each_year_that_shares_a_day_is_named():
	others = [("2025-2026", FIRST, LAST), ("2026-2027", FIRST, LAST)]
	assert [f.params[0] for f in school_years.one_year_a_day(others)] == ["2025-2026", "2026-2027"]
	assert school_years.one_year_a_day([]) == []


@clause("KZ92-20", "KZ92-14.2.6b")
@given(spans, spans, st.none() | st.sampled_from((1, 2)), spans)
def test_no_day_of_what_runs_lies_outside(year, quarter, number, own):
	found = school_years.papers_stay_inside([Standing("X", own, number)], year, {1: quarter})
	allowed = {None: year, 1: quarter}.get(number)
	run = [own.first + timedelta(days=n) for n in range((own.last - own.first).days + 1)]
	outside = not allowed or any(not allowed.first <= day <= allowed.last for day in run)
	assert codes(found) == ([("M61", False)] if outside else [])
