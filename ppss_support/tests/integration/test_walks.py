"""Every paper of B.1 to B.11 under random hands: a step is taken exactly when the order allows it (issue 3)."""

import frappe
import pytest

from ppss_support.tests.courses import COURSES
from ppss_support.tests.walks import Walk, uncovered

SEED = 92


@pytest.fixture
def walked(school, site):
	"""A school in which walks leave nothing, whose people are shown no messages."""
	site.flags.mute_messages = True
	yield school
	site.flags.mute_messages = False


@pytest.mark.clause(
	"KZ92-11.1", "KZ92-14.1.1a", "KZ92-14.2.1b", "KZ92-14.2.6b", "KZ92-15.1", "KZ92-20", "KZ92-21.2"
)
@pytest.mark.parametrize("name", COURSES)
def test_a_walk_takes_the_steps_the_order_allows_and_no_other(walked, name):
	COURSES[name].ready(walked)
	frappe.db.commit()
	Walk(COURSES[name], walked, SEED).run(most=200)


def test_everything_the_table_asks_for_is_walked():
	assert not uncovered(list(COURSES.values()))
