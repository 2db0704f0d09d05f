"""Acts that have lost force and what cites them (order No 92, point 2 and annex 2)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding

# Beginnings of the months as Kazakh and Russian texts write them, with whatever ending.
MONTHS = (
	("қаңтар", "январ"),
	("ақпан", "феврал"),
	("наурыз", "март"),
	("сәуір", "апрел"),
	("мамыр", "май", "мая"),
	("маусым", "июн"),
	("шілде", "июл"),
	("тамыз", "август"),
	("қыркүйе", "сентябр"),
	("қазан", "октябр"),
	("қараша", "ноябр"),
	("желтоқсан", "декабр"),
)
DAY_FIRST = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
# "2022 жылғы 12 қаңтардағы", "2022-жылдын 12-январындагы"
YEAR_DAY_WORD = re.compile(r"\b(\d{4})[\s-]*(?:ж\w*\.?)?\s*(\d{1,2})[\s-]+([^\W\d_]+)")
# "12 января 2022 года"
DAY_WORD_YEAR = re.compile(r"\b(\d{1,2})\s+([^\W\d_]+)\s+(\d{4})\b")


@dataclass(frozen=True)
class Repealed:
	"""An act that lost force; `part` says which part of it did, empty: all of it."""

	number: str
	day: date
	part: str = ""


def basis_in_force(
	text: str, day: date, effective_from: date | None, acts: Iterable[Repealed]
) -> list[Finding]:
	"""From the effective day on no paper rests on an act the order repealed (KZ92-0.2, KZ92-R.1 … KZ92-R.5).

	Warns where only a part of the act lost force, and where its number is given with the year alone.
	"""
	if effective_from and day < effective_from:
		return []
	dates, numbers = set(dates_in(text)), set(re.findall(r"\d+", text))
	found = []
	for act in acts:
		if not named(text, act.number):
			continue
		if act.day in dates:
			partly = Finding.warn("A79", act.number, act.day, act.part)
			found.append(partly if act.part else Finding.of("M55", day))
		elif str(act.day.year) in numbers and all(one.year != act.day.year for one in dates):
			found.append(Finding.warn("A80", act.number, act.day))
	return found


def named(text: str, number: str) -> bool:
	return bool(re.search(rf"(№|N|No)\.?\s*{re.escape(number)}\b", text))


def dates_in(text: str) -> Iterator[date]:
	"""Return the full dates of a text, in figures or with the month in Kazakh or Russian."""
	text = text.lower()
	for day, month, year in DAY_FIRST.findall(text):
		yield from valid(year, month, day)
	for year, month, day in YEAR_FIRST.findall(text):
		yield from valid(year, month, day)
	for year, day, word in YEAR_DAY_WORD.findall(text):
		yield from valid(year, month_of(word), day)
	for day, word, year in DAY_WORD_YEAR.findall(text):
		yield from valid(year, month_of(word), day)


def month_of(word: str) -> int:
	"""Return the number of the month a word begins like, 0: none."""
	return next((n for n, names in enumerate(MONTHS, 1) if word.startswith(names)), 0)


def valid(year: str, month: str | int, day: str) -> list[date]:
	try:
		return [date(int(year), int(month), int(day))]
	except ValueError:
		return []
