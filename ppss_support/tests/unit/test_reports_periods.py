"""Periods of the analytical report by the quarters of the school year."""

from datetime import date

import pytest

from ppss_support.regulation import reports

QUARTERS = [
	(date(2026, 9, 1), date(2026, 10, 26)),
	(date(2026, 11, 3), date(2026, 12, 28)),
	(date(2027, 1, 8), date(2027, 3, 18)),
	(date(2027, 3, 30), date(2027, 5, 25)),
]
YEAR = (QUARTERS[0][0], QUARTERS[-1][1])


@pytest.mark.clause("ALM-5.9", "OVR-F4")
@pytest.mark.parametrize(
	("kind", "day", "period"),
	[
		("RT1", date(2026, 11, 3), QUARTERS[1]),
		("RT1", date(2026, 10, 30), QUARTERS[0]),
		("RT2", date(2026, 12, 28), (QUARTERS[0][0], QUARTERS[1][1])),
		("RT2", date(2027, 1, 8), (QUARTERS[2][0], QUARTERS[3][1])),
		("RT3", date(2027, 8, 1), YEAR),
		("RT1", date(2026, 8, 31), None),
	],
)
def test_period_around_a_day(kind, day, period):
	assert reports.period_around(kind, day, QUARTERS, YEAR) == period


@pytest.mark.clause("ALM-5.9")
def test_periods_of_a_year():
	assert [len(reports.periods(kind, QUARTERS, YEAR)) for kind in ("RT1", "RT2", "RT3")] == [4, 2, 1]
