"""The people and days of the demo school, without a site."""

import itertools
from datetime import date, timedelta

import pytest

from ppss_support.constants import roles
from ppss_support.demo.calendar import Calendar, year_after, year_before
from ppss_support.demo.families import classes, families
from ppss_support.demo.plan import CHILDREN, WITH_NEEDS, themes
from ppss_support.demo.staff import HANDED_OUT, MEMBERS, staff

FIRST = date(2026, 9, 1)
DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(730)]


def test_school_has_24_classes_and_600_children():
	assert len(classes()) == len({each.title for each in classes()}) == 24
	assert sum(len(family.pupils) for family in families("seed", FIRST)) == 600


def test_same_seed_gives_same_people():
	assert families("seed", FIRST) == families("seed", FIRST) != families("other", FIRST)
	assert staff("seed") == staff("seed") != staff("other")


def test_classes_are_full_and_siblings_apart():
	found = families("seed", FIRST)
	for each in classes():
		assert sum(p.school_class == each for f in found for p in f.pupils) == each.size
	for family in found:
		assert len({p.name.given_name for p in family.pupils}) == len(family.pupils)
		born = sorted(p.born for p in family.pupils)
		assert all(b - a > timedelta(days=270) for a, b in itertools.pairwise(born))


def test_patronymic_is_absent_with_some_and_guardians_have_a_paper():
	found = families("seed", FIRST)
	patronymics = {p.name.patronymic for f in found for p in f.pupils}
	assert None in patronymics and any(p and p.endswith("қызы") for p in patronymics)
	adults = [adult for f in found for adult in f.adults]
	assert all(bool(adult.authority) == (adult.relation == "Guardian") for adult in adults)
	assert any(adult.authority for adult in adults)


def test_a_login_for_every_role():
	by_key = {person.key: person for person in staff("seed")}
	assert tuple(by_key[key].role for key in HANDED_OUT) == roles.ALL
	assert all(by_key[key].email for key in HANDED_OUT)
	assert len(MEMBERS) + 1 == 14


def test_forty_children_with_needs_of_all_categories():
	assert len(WITH_NEEDS) == 40
	assert len({child.key for child in CHILDREN}) == len(CHILDREN)
	assert {code for child in WITH_NEEDS for code in child.about["categories"]} == {"C1", "C2", "C3"}
	assert any(len(child.about["impairments"]) > 1 for child in WITH_NEEDS)


@pytest.mark.parametrize("code", sorted(themes()))
def test_every_content_answers_a_condition_of_the_assessment(code):
	about = themes()[code]
	conditions = {row[0] for row in about["conditions"]}
	rows = about["contents"] + about.get("correction", [])
	assert rows and all(row[3] in conditions for row in rows)
	assert "C3" in about["categories"] or not any(row[0].startswith("CN") for row in rows)


def test_today_lies_in_the_running_year_with_days_ahead():
	for today in DAYS:
		calendar = Calendar(today)
		assert calendar.year.first <= calendar.ago(50) <= today < calendar.ahead(7) <= calendar.year.last
		assert year_before(calendar.year.first).last < calendar.year.first
		assert calendar.year.last < year_after(calendar.year.first).first
		days = [day for quarter in calendar.year.quarters for day in quarter]
		assert days == sorted(days) and (days[0], days[-1]) == (calendar.year.first, calendar.year.last)
