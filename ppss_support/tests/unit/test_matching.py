"""Staff and employees are paired only where nobody else fits; the same name alone is never enough (ALM-21)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation.matching import Someone, match

pytestmark = pytest.mark.clause("ALM-21")
AIGUL, SAME_NAME = "Әлиева Айгүл", "әлиева  айгүл"


def staff(key: str = "s1", **known) -> Someone:
	return Someone(key, **known)


def employee(key: str = "e1", **known) -> Someone:
	return Someone(key, **known)


CASES = [
	pytest.param([staff(login="a")], [employee(login="a")], {"s1": "e1"}, {}, set(), id="login"),
	pytest.param([staff(number="7")], [employee(number="7")], {"s1": "e1"}, {}, set(), id="number"),
	pytest.param([staff(name=AIGUL)], [employee(name=SAME_NAME)], {}, {"s1": "e1"}, set(), id="name"),
	pytest.param([staff(name=AIGUL)], [employee(name="Әлиева А.")], {}, {}, set(), id="another-name"),
	pytest.param([staff()], [employee()], {}, {}, set(), id="nothing-known"),
	pytest.param(
		[staff(name=AIGUL)],
		[employee("e1", name=AIGUL), employee("e2", name=AIGUL)],
		{},
		{},
		{"s1"},
		id="two-employees",
	),
	pytest.param(
		[staff("s1", name=AIGUL), staff("s2", name=AIGUL)],
		[employee(name=AIGUL)],
		{},
		{},
		{"s1", "s2"},
		id="two-of-the-staff",
	),
	pytest.param(
		[staff(number="7", name=AIGUL)],
		[employee("e1", number="7"), employee("e2", number="7"), employee("e3", name=AIGUL)],
		{},
		{},
		{"s1"},
		id="number-given-twice",
	),
	pytest.param(
		[staff(login="a", number="7")],
		[employee("e1", login="a"), employee("e2", number="7")],
		{},
		{},
		{"s1"},
		id="login-and-number-of-two",
	),
	pytest.param(
		[staff(number="7", name=AIGUL)], [employee(number="8", name=AIGUL)], {}, {}, set(), id="a-namesake"
	),
	pytest.param(
		[staff("s1", login="a", name=AIGUL), staff("s2", name=AIGUL)],
		[employee("e1", login="a", name=AIGUL), employee("e2", name=AIGUL)],
		{"s1": "e1"},
		{"s2": "e2"},
		set(),
		id="the-other-is-known",
	),
]


@pytest.mark.parametrize(("people", "employees", "sure", "proposed", "unclear"), CASES)
def test_matches_by_table(people, employees, sure, proposed, unclear):
	found = match(people, employees)
	assert (found.sure, found.proposed, found.unclear) == (sure, proposed, unclear)


signs = st.sampled_from(["", "a", "b"])


def crowd(prefix: str):
	made = st.tuples(signs, signs, signs)
	return st.lists(made, max_size=4).map(
		lambda rows: [Someone(f"{prefix}{n}", *row) for n, row in enumerate(rows)]
	)


@given(crowd("s"), crowd("e"))
def test_nobody_is_paired_twice_and_nobody_unclear_is_paired(people, employees):
	found = match(people, employees)
	pairs = [*found.sure.items(), *found.proposed.items()]
	assert len({one for one, _other in pairs}) == len({other for _one, other in pairs}) == len(pairs)
	assert not found.unclear & {one for one, _other in pairs}
	keys = {one.key: one for one in (*people, *employees)}
	for one, other in found.sure.items():
		ours, theirs = keys[one], keys[other]
		for sign in ("login", "number"):
			if getattr(ours, sign) and getattr(ours, sign) == getattr(theirs, sign):
				assert sum(getattr(o, sign) == getattr(ours, sign) for o in employees) == 1
	turned = match(reversed(people), reversed(employees))
	assert (turned.sure, turned.proposed, turned.unclear) == (found.sure, found.proposed, found.unclear)
