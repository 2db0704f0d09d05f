"""How the support stands, in one key: what a parent is told rests on these rows."""

from datetime import date

import pytest

from ppss_support.constants import states
from ppss_support.regulation import parents
from ppss_support.regulation.finding import Finding

ENDED = date(2026, 10, 5)
WITHDRAWN, NEVER = [Finding.of("M03", ENDED)], [Finding.of("M01", "Әлиев")]


@pytest.mark.parametrize(
	("case", "second_stage", "consent", "programmes", "told"),
	[
		(None, False, [], (), (parents.NONE, None)),
		("Closed", True, WITHDRAWN, (states.COMPLETED,), (parents.CLOSED, None)),
		("Open", False, NEVER, (), (parents.WITHOUT_CONSENT, None)),
		("Open", True, WITHDRAWN, (states.SUSPENDED,), (parents.STOPPED, ENDED)),
		("Open", False, [], (), (parents.STUDIED, None)),
		("Open", True, [], (), (parents.PLANNED, None)),
		("Open", True, [], (states.APPROVED,), (parents.APPROVED, None)),
		("Open", True, [], (states.APPROVED, states.IN_IMPLEMENTATION), (parents.RUNNING, None)),
		("Open", True, [], (states.SUSPENDED, states.COMPLETED), (parents.SUSPENDED, None)),
		("Open", True, [], (states.COMPLETED,), (parents.COMPLETED, None)),
		("Open", True, [], (states.DISCONTINUED,), (parents.PLANNED, None)),
	],
)
@pytest.mark.clause("KZ92-11.1")
def test_standing(case, second_stage, consent, programmes, told):
	assert parents.standing(case, second_stage, consent, programmes) == told


@pytest.mark.parametrize(
	("email", "is_legal", "own", "codes"),
	[
		("a@example.com", True, False, []),
		("", True, False, ["A89"]),
		("a@example.com", False, True, ["A90", "A92"]),
		(None, False, False, ["A89", "A90"]),
	],
)
@pytest.mark.clause("KZ92-11.2")
def test_who_may_be_invited(email, is_legal, own, codes):
	assert [f.code for f in parents.may_be_invited("Әкесі", email, is_legal, own)] == codes


@pytest.mark.clause("KZ92-11.1")
def test_withdrawal_is_of_the_giver_or_registered_by_staff():
	assert [f.code for f in parents.withdrawn_by(False, False)] == ["A93"]
	assert parents.withdrawn_by(True, False) == parents.withdrawn_by(False, True) == []
