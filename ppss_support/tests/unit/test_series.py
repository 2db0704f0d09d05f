"""Series of lessons: examples for each obstacle, and what no wish may bring about."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppss_support.regulation import series
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.rules import ConsentFact
from ppss_support.regulation.series import Calendar, Lesson, Norm, Pupil, Series

clause = pytest.mark.clause
FIRST, LAST = date(2026, 9, 1), date(2027, 5, 25)
QUARTERS = (
	(date(2026, 9, 1), date(2026, 10, 25)),
	(date(2026, 11, 2), date(2026, 12, 27)),
	(date(2027, 1, 11), date(2027, 3, 17)),
	(date(2027, 3, 29), date(2027, 5, 25)),
)
REPUBLIC = (date(2026, 10, 26), date(2026, 10, 26), "Республика күні")
INDEPENDENCE = (date(2026, 12, 16), date(2026, 12, 17), "Тәуелсіздік күні")
CALENDAR = Calendar(FIRST, LAST, QUARTERS, (REPUBLIC, INDEPENDENCE))
GIVEN = (ConsentFact("Signed", date(2026, 9, 1)),)
TEN, HALF = 600, 30
NORM = (Norm(HALF, HALF),)


def pupil(learner="L1", weekly=2, first=FIRST, last=LAST, consents=GIVEN):
	return Pupil(learner, learner, f"P-{learner}", first, last, weekly, consents)


def series_of(*pupils, form="SF1", minutes=HALF, room="R1", provider="S1"):
	return Series(form, minutes, provider, provider, room, room, pupils or (pupil(),))


def planned(one=None, times=((0, TEN),), first=FIRST, last=LAST, taken=(), calendar=CALENDAR, norms=NORM):
	return series.plan(one or series_of(), times, first, last, calendar, norms, taken)


def codes(plan):
	return sorted({finding.code for conflict in plan.conflicts for finding in conflict.findings})


def taken(day, start=TEN, room="R2", provider="S2", learner="L2", form="SF1"):
	return Lesson(day, start, HALF, form, provider, provider, room, {learner: f"P-{learner}"})


MONDAY = date(2026, 11, 9)


# ---- calendar


@clause("KZ92-20")
@pytest.mark.parametrize(
	("day", "reason"),
	[
		(date(2026, 10, 26), "Республика күні"),
		(date(2026, 10, 30), "holidays between quarters"),
		(date(2026, 12, 17), "Тәуелсіздік күні"),
		(date(2026, 11, 14), "weekend"),
		(date(2027, 5, 26), "holidays between quarters"),
	],
)
def test_days_without_lessons_name_their_reason(day, reason):
	assert CALENDAR.closed(day) == [Finding.of("A36", day, reason)]


@clause("KZ92-20")
def test_school_days_of_a_five_and_of_a_six_day_week():
	saturday = date(2026, 11, 14)
	assert CALENDAR.closed(MONDAY) == CALENDAR.closed(date(2027, 5, 25)) == []
	assert Calendar(FIRST, LAST, QUARTERS, week_days=6).closed(saturday) == []


# ---- obstacles


@clause("KZ92-16.4", "KZ92-19")
def test_series_of_a_quarter():
	plan = planned(times=((0, TEN), (2, TEN)), first=date(2026, 11, 2), last=date(2026, 12, 27))
	assert [lesson.day.weekday() for lesson in plan.lessons[:3]] == [0, 2, 0]
	# Eight weeks of two lessons, one of them on Independence Day.
	assert len(plan.lessons) == 15
	assert [(c.lesson.day, c.findings[0].code) for c in plan.conflicts] == [(date(2026, 12, 16), "A36")]


@clause("KZ92-20")
def test_whole_series_outside_the_year_is_refused():
	plan = planned(first=FIRST, last=date(2027, 6, 1))
	assert [f.code for f in plan.findings] == ["M14"]
	assert plan.lessons == plan.conflicts == ()


@pytest.mark.parametrize(
	("change", "expected"),
	[
		({"times": ()}, ["A21"]),
		({"one": Series("SF1", HALF, "S1", "S1", None, None, ())}, ["A21", "M72"]),
		({"one": series_of(pupil("L1"), pupil("L2"))}, ["M72"]),
		({"one": series_of(minutes=0)}, ["A21"]),
	],
)
def test_incomplete_wish_is_refused(change, expected):
	assert [f.code for f in planned(**change).findings] == expected


@clause("KZ92-17.3", "KZ92-17.4")
def test_length_off_the_norm_in_force_on_the_day():
	assert codes(planned(series_of(minutes=35), first=MONDAY, last=MONDAY)) == ["M22"]
	changed = (Norm(35, 35, first=date(2027, 1, 1)), Norm(HALF, HALF, last=date(2026, 12, 31)))
	plan = planned(series_of(minutes=35), first=date(2026, 12, 21), last=date(2027, 1, 18), norms=changed)
	assert [lesson.day for lesson in plan.lessons] == [date(2027, 1, 11), date(2027, 1, 18)]
	assert planned(series_of(minutes=35), norms=(Norm(HALF, HALF, warn_only=True),)).lessons


@clause("KZ92-11.1")
def test_consent_that_ends_stops_the_series():
	ended = (ConsentFact("Signed", date(2026, 9, 1), date(2026, 11, 16)),)
	plan = planned(series_of(pupil(consents=ended)), first=MONDAY, last=MONDAY + timedelta(days=14))
	assert [lesson.day for lesson in plan.lessons] == [MONDAY]
	assert codes(plan) == ["M03"]
	assert codes(planned(series_of(pupil(consents=())))) == ["A36", "M01"]


@clause("KZ92-16.4", "KZ92-19")
def test_lessons_stay_within_the_programme():
	short = pupil(first=MONDAY, last=MONDAY, weekly=1)
	plan = planned(
		series_of(short), times=((0, TEN), (1, TEN)), first=MONDAY, last=MONDAY + timedelta(days=1)
	)
	assert [lesson.day for lesson in plan.lessons] == [MONDAY]
	assert codes(plan) == ["A37", "A38"]


@clause("KZ92-16.4")
def test_lessons_of_the_week_are_counted_by_form_and_programme():
	wednesday = MONDAY + timedelta(days=2)
	same = {"first": MONDAY, "last": MONDAY, "one": series_of(pupil(weekly=1))}
	assert codes(planned(**same, taken=[taken(wednesday, learner="L1")])) == ["A37"]
	assert planned(**same, taken=[taken(wednesday, learner="L1", form="SF2")]).lessons
	assert planned(**same, taken=[taken(wednesday, learner="L2")]).lessons
	assert planned(**same, taken=[taken(MONDAY + timedelta(days=7), learner="L1")]).lessons


@clause("KZ92-18")
@pytest.mark.parametrize(
	("other", "expected"),
	[
		({"learner": "L1"}, ["A24"]),
		({"provider": "S1"}, ["A24"]),
		({"room": "R1"}, ["M71"]),
		({"room": "R1", "start": TEN + HALF}, []),
		({"room": "R1", "start": TEN + HALF - 1}, ["M71"]),
		({"provider": "S1", "start": TEN - HALF}, []),
		({}, []),
	],
)
def test_nobody_and_no_room_is_taken_twice(other, expected):
	one = series_of(pupil(weekly=9))
	assert codes(planned(one, first=MONDAY, last=MONDAY, taken=[taken(MONDAY, **other)])) == expected


def test_lessons_of_one_wish_do_not_meet_either():
	plan = planned(times=((0, TEN), (0, TEN + 10)), first=MONDAY, last=MONDAY)
	assert len(plan.lessons) == 1
	assert codes(plan) == ["A24", "M71"]


# ---- properties


days = st.dates(FIRST, LAST)
starts = st.integers(480, 1000)
weekdays = st.integers(0, 6)
times = st.lists(st.tuples(weekdays, starts), min_size=1, max_size=6)
others = st.lists(
	st.builds(
		taken,
		days,
		start=starts,
		room=st.sampled_from(["R1", "R2"]),
		provider=st.sampled_from(["S1", "S2"]),
		learner=st.sampled_from(["L1", "L2", "L3"]),
	),
	max_size=12,
)
calendars = st.builds(
	lambda off, week: Calendar(FIRST, LAST, QUARTERS, tuple((min(d), max(d), "Мереке") for d in off), week),
	st.lists(st.tuples(days, days), max_size=2),
	st.integers(5, 6),
)
consents = st.builds(lambda a, b: (ConsentFact("Signed", min(a, b), max(a, b)),), days, days)
pupils = st.builds(
	lambda a, b, weekly, consent: pupil("L1", weekly, min(a, b), max(a, b), consent),
	days,
	days,
	st.integers(0, 4),
	st.one_of(st.just(GIVEN), consents),
)


@given(pupils, times, days, days, calendars, others, st.integers(20, 50))
@settings(max_examples=150, deadline=None)
@clause("KZ92-16.4", "KZ92-17.4", "KZ92-18", "KZ92-20", "KZ92-11.1")
def test_no_series_breaks_a_rule(child, wish, first, last, calendar, existing, minutes):
	one = series_of(child, minutes=minutes)
	plan = series.plan(one, wish, first, last, calendar, NORM, existing)
	everything = [*existing, *plan.lessons]
	for number, lesson in enumerate(plan.lessons):
		assert lesson.minutes == HALF
		assert first <= lesson.day <= last and child.first <= lesson.day <= child.last
		assert any(a <= lesson.day <= b for a, b in calendar.quarters)
		assert not any(a <= lesson.day <= b for a, b, _reason in calendar.days_off)
		assert lesson.day.weekday() < calendar.week_days
		assert any(
			c.signed_on <= lesson.day and (not c.ended_on or lesson.day < c.ended_on) for c in child.consents
		)
		rest = existing + list(plan.lessons[number + 1 :])
		clashing = [o for o in rest if o.day == lesson.day and shared_minutes(o, lesson)]
		assert not [
			o
			for o in clashing
			if o.provider == lesson.provider
			or o.room == lesson.room
			or set(o.children) & set(lesson.children)
		]
	weeks = Counter(o.day.isocalendar()[:2] for o in everything if "P-L1" in o.children.values())
	assert all(weeks[lesson.day.isocalendar()[:2]] <= child.weekly for lesson in plan.lessons)


def shared_minutes(one, other) -> set[int]:
	return set(range(one.start, one.start + one.minutes)) & set(
		range(other.start, other.start + other.minutes)
	)


@given(pupils, times, days, days, calendars, others)
@settings(max_examples=100, deadline=None)
def test_every_lesson_of_the_wish_is_planned_or_explained(child, wish, first, last, calendar, existing):
	plan = series.plan(series_of(child), wish, first, last, calendar, NORM, existing)
	if plan.findings:
		assert first > last and not (plan.lessons or plan.conflicts)
		return
	answered = [(lesson.day, lesson.start) for lesson in plan.lessons]
	answered += [(c.lesson.day, c.lesson.start) for c in plan.conflicts]
	span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
	assert sorted(answered) == sorted((d, s) for d in span for w, s in set(wish) if w == d.weekday())
	assert all(conflict.findings for conflict in plan.conflicts)
