"""On which days somebody is reminded, whatever days the job has missed."""

from datetime import date, timedelta

import pytest

from ppss_support.regulation.reminders import days_reached, times_due

LAST = date(2026, 12, 28)


@pytest.mark.clause("KZ92-14.2.6c")
@pytest.mark.parametrize(
	("left", "reached"), [(31, None), (30, 30), (29, 30), (15, 30), (14, 14), (1, 14), (0, 14), (-1, None)]
)
def test_the_latest_of_the_days_before_stands(left, reached):
	assert days_reached(LAST, LAST - timedelta(left), {30, 14}) == reached


def test_no_days_no_reminder():
	assert days_reached(LAST, LAST, set()) is None


@pytest.mark.parametrize("every", [1, 7, 30])
def test_each_interval_tells_once_more(every):
	told = [times_due(LAST, LAST + timedelta(n), 5, every) for n in range(100)]
	assert told[:5] == [None] * 5
	assert told[5:] == [n // every for n in range(95)]


def test_without_an_interval_it_is_told_once():
	assert {times_due(LAST, LAST + timedelta(n), 0, 0) for n in range(400)} == {0}
