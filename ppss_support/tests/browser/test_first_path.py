"""The first path in the browser: each paper moved on by the person whose turn it is, with a login of their own."""

import pytest

from ppss_support.constants.roles import ROLE_OF_TERM


@pytest.mark.parametrize("key", ROLE_OF_TERM)
def test_every_role_sees_the_workspace(log_in, key):
	desk = log_in(key)
	desk.workspace()
	desk.picture(f"workspace-{key}")


def test_deputy_submits_and_head_issues_an_order(log_in, school):
	order = school.order("Draft", order_no=None, order_date=None)
	desk = log_in("DEP")
	desk.form("PPSS Support Order", order.name)
	desk.picture("order-draft")
	desk.take("Submit to Head")
	desk.picture("order-with-head")
