"""School years of the demo, so placed that today always lies in the running one. Pure: no site is needed.

From September to 25 May it is the year as schools keep it, with its four quarters. In summer it is the year just
taught, kept open to 31 August (children who are supported in summer), so that papers may still be begun.
"""

from dataclasses import dataclass
from datetime import date, timedelta

LAST_LESSON = (5, 25)
LAST_SUMMER_DAY = (8, 31)
# First and last day of each quarter; months from September on lie in the first calendar year.
QUARTERS = (((9, 1), (10, 26)), ((11, 3), (12, 28)), ((1, 8), (3, 18)), ((3, 30), (5, 25)))


@dataclass(frozen=True)
class SchoolYear:
	first: date
	last: date

	@property
	def title(self) -> str:
		return f"{self.first.year}-{self.first.year + 1}"

	@property
	def quarters(self) -> list[tuple[date, date]]:
		return [(self.day(*first), self.day(*last)) for first, last in QUARTERS]

	def day(self, month: int, day: int) -> date:
		return date(self.first.year + (month < 9), month, day)


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
		first = date(self.today.year - (self.today.month < 9), 9, 1)
		lessons_end = date(first.year + 1, *LAST_LESSON)
		in_summer = self.today > lessons_end
		return SchoolYear(first, date(first.year + 1, *LAST_SUMMER_DAY) if in_summer else lessons_end)

	def ago(self, days: int) -> date:
		"""Return the day so many days ago, not before the year began."""
		return max(self.today - timedelta(days=days), self.year.first)

	def ahead(self, days: int) -> date:
		"""Return the day so many days ahead, not after the year ends."""
		return min(self.today + timedelta(days=days), self.year.last)
