"""A series of lessons planned against the school calendar, and what stands in its way (cl. 11, 16–18, 20).

Days are `date`, times of day and lengths whole minutes (from midnight). Nothing is written here: a plan names the
lessons that may be held and, day by day, the rules the others would break.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ppss_support.regulation import lessons
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import ConsentFact, consent_on, lesson_minutes, within_school_year

Week = tuple[int, int]


@dataclass(frozen=True)
class Calendar:
	"""Days of lessons: inside a quarter, on a school day of the week, not among the days off (with their reasons)."""

	first: date
	last: date
	quarters: tuple[tuple[date, date], ...]
	days_off: tuple[tuple[date, date, str], ...] = ()
	week_days: int = 5

	def closed(self, day: date) -> list[Finding]:
		"""Return why there are no lessons on the day, nothing if there are (KZ92-20)."""
		off = next((reason for first, last, reason in self.days_off if first <= day <= last), None)
		if off:
			return [Finding.of("A36", day, off)]
		if not any(first <= day <= last for first, last in self.quarters):
			return [Finding.of("A36", day, Label("holidays between quarters"))]
		if day.weekday() >= self.week_days:
			return [Finding.of("A36", day, Label("weekend"))]
		return []


@dataclass(frozen=True)
class Norm:
	"""The length of a lesson in minutes by the edition in force from `first` to `last`; None: open."""

	least: int
	greatest: int
	warn_only: bool = False
	first: date | None = None
	last: date | None = None

	def holds_on(self, day: date) -> bool:
		return (not self.first or self.first <= day) and (not self.last or day <= self.last)


@dataclass(frozen=True)
class Pupil:
	"""A child of a lesson: programme with its period and its lessons of this form a week, and consents."""

	learner: str
	name: str
	programme: str | None = None
	first: date | None = None
	last: date | None = None
	weekly: int = 0
	consents: tuple[ConsentFact, ...] = ()


@dataclass(frozen=True)
class Lesson:
	"""A lesson at its time and place; `children` maps learner to programme."""

	day: date
	start: int
	minutes: int
	form: str
	provider: str
	provider_name: str
	room: str | None
	children: Mapping[str, str | None]

	def meets(self, other: "Lesson") -> bool:
		"""Tell whether both share a minute; the end of one may be the start of the next."""
		return (
			self.day == other.day
			and self.start < other.start + other.minutes
			and other.start < self.start + self.minutes
		)


@dataclass(frozen=True)
class Series:
	"""What all lessons of a series have in common."""

	form: str
	minutes: int
	provider: str
	provider_name: str
	room: str | None
	room_title: str | None
	pupils: tuple[Pupil, ...]

	def at(self, day: date, start: int) -> Lesson:
		children = {pupil.learner: pupil.programme for pupil in self.pupils}
		return Lesson(
			day, start, self.minutes, self.form, self.provider, self.provider_name, self.room, children
		)


@dataclass(frozen=True)
class Conflict:
	"""A lesson of the wish that cannot be planned, and why."""

	lesson: Lesson
	findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Plan:
	"""`findings` are about the whole series: a refusal among them stops it all."""

	lessons: tuple[Lesson, ...]
	conflicts: tuple[Conflict, ...]
	findings: tuple[Finding, ...]


def plan(
	series: Series,
	times: Collection[tuple[int, int]],
	first: date,
	last: date,
	calendar: Calendar,
	norms: Sequence[Norm],
	taken: Iterable[Lesson],
) -> Plan:
	"""Return the lessons of a series and its conflicts (KZ92-16.4, KZ92-17.3, KZ92-17.4, KZ92-18, KZ92-20).

	times: (weekday from Monday = 0, start) of each lesson of a week. taken: lessons planned or held already, of whole
	weeks around the period. Lessons of the series itself count as taken for those after them.
	"""
	findings = whole_series(series, times, first, last, calendar)
	if findings:
		return Plan((), (), tuple(findings))
	by_week = weeks(taken)
	planned, conflicts = [], []
	for lesson in wished(series, times, first, last):
		others = by_week[week_of(lesson.day)]
		found = obstacles(series, lesson, others, calendar, norms)
		if found:
			conflicts.append(Conflict(lesson, tuple(found)))
		else:
			planned.append(lesson)
			others.append(lesson)
	return Plan(tuple(planned), tuple(conflicts), ())


def whole_series(
	series: Series, times: Collection, first: date, last: date, calendar: Calendar
) -> list[Finding]:
	"""Rules that do not depend on the day."""
	gaps = {"Times of Lessons": times, "Children": series.pupils, "Minutes": series.minutes > 0}
	found = [Finding.of("A21", Label(label)) for label, value in gaps.items() if not value]
	found += lessons.children_of_lesson(series.form, len(series.pupils))
	return found + within_school_year(first, last, calendar.first, calendar.last)


def wished(series: Series, times: Collection[tuple[int, int]], first: date, last: date) -> list[Lesson]:
	"""Return every lesson of the wish in the order of time."""
	days = (first + timedelta(days=n) for n in range((last - first).days + 1))
	return [
		series.at(day, start)
		for day in days
		for weekday, start in sorted(set(times))
		if weekday == day.weekday()
	]


def obstacles(
	series: Series, lesson: Lesson, others: Sequence[Lesson], calendar: Calendar, norms: Sequence[Norm]
) -> list[Finding]:
	"""Return what forbids this lesson of a series; a norm that only warns forbids nothing."""
	found = calendar.closed(lesson.day) + length(lesson, norms)
	for pupil in series.pupils:
		found += consent_on(pupil.consents, lesson.day, pupil.name)
	found += off_programme(lesson, series.pupils, others)
	found += busy(lesson, others, {pupil.learner: pupil.name for pupil in series.pupils})
	found += room_taken(lesson, others, series.room_title)
	return [finding for finding in found if not finding.warning]


# ---- single rules, asked of every lesson however it is planned


def length(lesson: Lesson, norms: Sequence[Norm]) -> list[Finding]:
	"""The length is that of the norm in force on the day (KZ92-17.3, KZ92-17.4)."""
	norm = next((n for n in norms if n.holds_on(lesson.day)), None)
	return lesson_minutes(lesson.minutes, norm.least, norm.greatest, norm.warn_only) if norm else []


def off_programme(lesson: Lesson, pupils: Sequence[Pupil], others: Sequence[Lesson]) -> list[Finding]:
	"""A lesson lies within the programme's period and its lessons a week (KZ92-16.4, KZ92-19)."""
	found = []
	for pupil in pupils:
		if not pupil.programme:
			continue
		if not pupil.first <= lesson.day <= pupil.last:
			found.append(Finding.of("A38", pupil.name, pupil.first, pupil.last))
		if 1 + lessons_of_week(lesson, pupil.programme, others) > pupil.weekly:
			found.append(Finding.of("A37", pupil.name, pupil.weekly))
	return found


def lessons_of_week(lesson: Lesson, programme: str, others: Sequence[Lesson]) -> int:
	return sum(
		other.form == lesson.form
		and week_of(other.day) == week_of(lesson.day)
		and programme in other.children.values()
		for other in others
	)


def busy(lesson: Lesson, others: Sequence[Lesson], names: Mapping[str, str]) -> list[Finding]:
	"""Neither specialist nor child is in two lessons at once; `names` is by learner."""
	met = [other for other in others if lesson.meets(other)]
	found = [Finding.of("A24", lesson.provider_name) for o in met if o.provider == lesson.provider]
	children = {learner for other in met for learner in other.children if learner in lesson.children}
	return found + [Finding.of("A24", names[learner]) for learner in sorted(children)]


def room_taken(lesson: Lesson, others: Sequence[Lesson], title: str | None) -> list[Finding]:
	"""A lesson has a room, and nobody else is in it (KZ92-18)."""
	taken_by = next(
		(o.provider_name for o in others if lesson.room and o.room == lesson.room and lesson.meets(o)), None
	)
	return lessons.room(title, taken_by)


# ---- helpers


def week_of(day: date) -> Week:
	year, week, _weekday = day.isocalendar()
	return year, week


def weeks(taken: Iterable[Lesson]) -> dict[Week, list[Lesson]]:
	by_week = defaultdict(list)
	for lesson in taken:
		by_week[week_of(lesson.day)].append(lesson)
	return by_week
