"""School years of the demo, so placed that today always lies in the running one. Pure: no site is needed.

From 1 September to 17 May it is the year as schools keep it, to 25 May, with its four quarters. From 18 May the year is
kept open to 31 August (children are supported in summer too), and from 25 August it is the coming year, begun a few
days early: so papers may be begun and lie ahead on every day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

LAST_LESSON = (5, 25)
SUMMER = ((5, 18), (8, 31))
COMING_YEAR = (8, 25)
# First and last day of each quarter; months from September on lie in the first calendar year.
QUARTERS = (((9, 1), (10, 26)), ((11, 3), (12, 28)), ((1, 8), (3, 18)), ((3, 30), (5, 25)))

# Public holidays on fixed days: month, day, how many days, name.
HOLIDAYS = (
	(10, 25, 1, "Республика күні"),
	(12, 16, 1, "Тәуелсіздік күні"),
	(1, 1, 2, "Жаңа жыл"),
	(3, 8, 1, "Халықаралық әйелдер күні"),
	(3, 21, 3, "Наурыз мейрамы"),
	(5, 1, 1, "Қазақстан халқының бірлігі мерекесі"),
	(5, 7, 1, "Отан қорғаушы күні"),
	(5, 9, 1, "Жеңіс күні"),
)


@dataclass(frozen=True)
class SchoolYear:
	first: date
	last: date

	@property
	def title(self) -> str:
		return f"{self.first.year}-{self.first.year + 1}"

	@property
	def quarters(self) -> list[tuple[date, date]]:
		"""The first quarter begins and the fourth ends with the year."""
		days = [self.day(*day) for quarter in QUARTERS for day in quarter]
		days[0], days[-1] = self.first, self.last
		return list(zip(days[::2], days[1::2], strict=True))

	@property
	def days_off(self) -> list[tuple[date, date, str]]:
		"""First day, last day and name of the public holidays in the year."""
		found = [(self.day(month, day), days, name) for month, day, days, name in HOLIDAYS]
		return [
			(first, first + timedelta(days=days - 1), name)
			for first, days, name in found
			if self.first <= first <= self.last
		]

	def day(self, month: int, day: int) -> date:
		return date(self.first.year + (month < 9), month, day)


def year_around(today: date) -> SchoolYear:
	first, last = date(today.year, *COMING_YEAR), date(today.year, *LAST_LESSON)
	if first <= today:
		return SchoolYear(min(today, date(today.year, 9, 1)), last.replace(year=today.year + 1))
	in_summer = today >= date(today.year, *SUMMER[0])
	return SchoolYear(date(today.year - 1, 9, 1), date(today.year, *SUMMER[1]) if in_summer else last)


def year_after(first: date) -> SchoolYear:
	"""Return the school year after the one that begins on this day."""
	return SchoolYear(date(first.year + 1, 9, 1), date(first.year + 2, *LAST_LESSON))


def year_before(day: date) -> SchoolYear:
	"""Return the latest school year that was over before the day."""
	spring = day.year if date(day.year, *LAST_LESSON) < day else day.year - 1
	return SchoolYear(date(spring - 1, 9, 1), date(spring, *LAST_LESSON))


@dataclass(frozen=True)
class Calendar:
	"""Days of the demo's papers, counted from today and kept inside the running year."""

	today: date
	# The year the site already had around today, if it had one.
	known: SchoolYear | None = None

	@property
	def year(self) -> SchoolYear:
		if self.known:
			return self.known
		return year_around(self.today)

	def ago(self, days: int) -> date:
		"""Return the day so many days ago, not before the year began."""
		return max(self.today - timedelta(days=days), self.year.first)

	def ahead(self, days: int) -> date:
		"""Return the day so many days ahead, not after the year ends."""
		return min(self.today + timedelta(days=days), self.year.last)
