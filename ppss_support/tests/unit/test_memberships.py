"""Who may take a child over on which day: examples at every edge, and a property of all of them."""

from datetime import date, timedelta

import pytest

from ppss_support.regulation.memberships import Membership, another, later, taken_over

TODAY = date(2026, 11, 21)


def on(days: int) -> date:
	return TODAY + timedelta(days)


def codes(own, day: int, roles=("PSY", "SPE")) -> list[str]:
	return [one.code for one in taken_over(own, on(day), TODAY, "Бірінші", "Екінші", roles)]


@pytest.mark.clause("KZ92-14.0")
@pytest.mark.parametrize(
	("first", "last", "day", "expected"),
	[
		(-30, None, 0, []),
		(-30, None, 20, []),
		(-30, 5, 5, []),
		(-30, 5, 6, ["A157"]),
		(-30, -1, 0, ["A157"]),
		(1, None, 0, ["A157"]),
		(0, None, 0, ["A159"]),
		(0, None, 1, []),
		(-30, None, -1, ["A159"]),
	],
)
def test_days(first, last, day, expected):
	assert codes([Membership("PSY", on(first), last if last is None else on(last))], day) == expected


@pytest.mark.parametrize(
	("one", "other", "latest"),
	[(on(1), on(2), on(2)), (on(2), on(1), on(2)), (None, on(1), None), (on(1), None, None)],
)
def test_work_without_a_last_day_is_the_longest(one, other, latest):
	assert later(one, other) == latest


def test_nobody_takes_over_from_themselves():
	assert [one.code for one in another("SP-1", "SP-1", "Бірінші")] == ["A150"]
	assert another("SP-1", "SP-2", "Бірінші") == []


def test_nobody_takes_over_a_role_they_do_not_have():
	own = [Membership("PSY", on(-9), None), Membership("SOC", on(-9), None)]
	assert codes(own, 0) == ["A158"]
	assert codes(own, 0, roles=()) == ["A158", "A158"]
	assert codes([], 0) == ["A157"]
