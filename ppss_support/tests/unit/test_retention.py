"""When a record may go: the term in force, the longest of several, and what keeps it nevertheless."""

from datetime import date

import pytest

from ppss_support.regulation import retention
from ppss_support.regulation.retention import CHILD_LEFT, MADE, Record, Term, due_on, in_force, judge

TODAY = date(2030, 6, 1)


def term(years=3, runs_from=MADE, next_january=False, **values) -> Term:
	return Term("PPSS Consent", years, runs_from, next_january, **{"first": date(2020, 1, 1), **values})


@pytest.mark.parametrize(
	("years", "next_january", "begun", "due"),
	[
		(3, False, date(2027, 6, 1), date(2030, 6, 1)),
		(3, True, date(2027, 6, 1), date(2031, 1, 1)),
		(3, True, date(2027, 1, 1), date(2031, 1, 1)),
		(1, False, date(2028, 2, 29), date(2029, 3, 1)),
		(4, False, date(2028, 2, 29), date(2032, 2, 29)),
		(0, False, date(2028, 5, 5), date(2028, 5, 5)),
		(3, False, None, None),
	],
)
def test_first_day(years, next_january, begun, due):
	assert due_on(term(years, next_january=next_january), begun) == due


def test_terms_have_days_of_their_own():
	old = term(1, last=date(2029, 12, 31))
	new = term(5, first=date(2030, 1, 1))
	assert in_force([old, new], date(2029, 12, 31)) == {"PPSS Consent": [old]}
	assert in_force([old, new], TODAY) == {"PPSS Consent": [new]}
	assert in_force([new], date(2029, 1, 1)) == {}


@pytest.mark.parametrize(
	("record", "terms", "kept"),
	[
		(Record({MADE: date(2027, 6, 1)}), [term(3)], ""),
		(Record({MADE: date(2027, 6, 2)}), [term(3)], retention.NOT_OVER),
		(Record({MADE: date(2027, 6, 1)}), [term(3), term(4)], retention.NOT_OVER),
		(Record({MADE: date(2000, 1, 1)}), [term(3), term(3, CHILD_LEFT)], retention.NOT_BEGUN),
		(Record({MADE: date(2000, 1, 1)}, held=True), [term(3)], retention.HELD),
		(Record({MADE: date(2000, 1, 1)}, in_use=True), [term(3)], retention.IN_USE),
	],
)
def test_what_is_kept(record, terms, kept):
	assert judge(record, terms, TODAY).kept == kept
