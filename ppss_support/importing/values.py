"""What stands in the cells of a table: names, days, identity numbers and classes as schools write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from ppss_support.importing.sheets import EPOCH
from ppss_support.regulation.identity import KAZAKH, check_digit, holds

# Latin letters typed for Cyrillic ones they look like.
LOOKALIKES = dict(zip("ABCEHIKMOPTXYaceiopxyh\u018f\u0259", "АВСЕНІКМОРТХУасеіорхуһӘә", strict=True))
CYRILLIC, LATIN = re.compile(r"[Ѐ-ӿ]"), re.compile(r"[A-Za-z\u018f\u0259]")
# What no name has: signs for letters that are lost, errors of a formula, digits, remarks in brackets or after a comma.
NO_NAME = re.compile(r"[^\w\s.'’ʼ`-]|[\d_]")
# What is written where there is no patronymic.
NOTHING = frozenset({"-", "–", "—", "нет", "жоқ", "жок", "б/о"})
# An identity number loses at most the zeros of a birth year 00 and of a month.
MOST_ZEROS = 3
MONTHS = {
	"қаңтар": 1, "ақпан": 2, "наурыз": 3, "сәуір": 4, "мамыр": 5, "маусым": 6,
	"шілде": 7, "тамыз": 8, "қыркүйек": 9, "қазан": 10, "қараша": 11, "желтоқсан": 12,
	"января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6,
	"июля": 7, "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
DAY = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4}|\d{2})(?:\s+0?0:00(?::00)?)?(?:\s*[жг]\.?)?")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T\s]+0?0:00(?::00(?:\.0+)?)?)?")
NUMBER = re.compile(r"\d+(?:[.,]0+)?")
# Days that Excel counts: from 1927 to 2064.
SERIAL = range(10_000, 60_000)
CLASS = re.compile(r"(\d{1,2})\s*[-–—«»\"'“”„.\s]*\s*([A-Za-zЀ-ӿ])?\s*[»\"'“”]*")
CLASS_WORDS = re.compile(
	r"\b(?:сыныбы|сынып|класс|класы|кл|класса|тізімі|список|оқушыларының|учащихся|обучающихся)\b\.?"
)


class NotUnderstood(ValueError):
	"""A cell does not hold what its column is for."""


def plain(cell) -> str:
	"""Return the text of a cell on one line; a whole number without a point."""
	if cell is None:
		return ""
	if isinstance(cell, float) and cell.is_integer():
		cell = int(cell)
	if isinstance(cell, datetime | date):
		return cell.strftime("%d.%m.%Y")
	text = unicodedata.normalize("NFC", str(cell))
	if not text.isprintable():
		# Signs nobody sees: marks of direction, blanks without width.
		text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
	return " ".join(text.split())


def cyrillic(word: str) -> str:
	"""Return a word of Cyrillic letters without the Latin ones that have slipped in; others as they are."""
	mixed = LATIN.search(word) and CYRILLIC.search(word)
	return "".join(LOOKALIKES.get(sign, sign) for sign in word) if mixed else word


def name(cell) -> str:
	"""Return a name, "" for a dash or "нет". NotUnderstood: letters of it are lost, or it has what no name has."""
	text = " ".join(cyrillic(word) for word in plain(cell).split())
	if text.lower() in NOTHING:
		return ""
	if NO_NAME.search(text):
		raise NotUnderstood(text)
	return text


def person(cell) -> dict[str, str]:
	"""Return surname, given name and patronymic of a full name, those that are there."""
	parts = plain(cell).split()
	return {
		"surname": name(" ".join(parts[:1])),
		"given_name": name(" ".join(parts[1:2])),
		"patronymic": name(" ".join(parts[2:])),
	}


def identity_number(cell, born: date | None = None) -> str:
	"""Return the number with the zeros that Excel has dropped. NotUnderstood: digits of it are lost.

	A number with a digit forgotten may hold with a zero before it: it must then begin with the birth date of the row, without
	one with a day there is.
	"""
	text = plain(cell).removeprefix("'").replace(" ", "").replace("-", "")
	if NUMBER.fullmatch(text):
		text = re.split("[.,]", text)[0]
	elif text:
		raise NotUnderstood
	filled = text.zfill(KAZAKH)
	dropped = text and KAZAKH - MOST_ZEROS <= len(text) < KAZAKH
	sound = dropped and check_digit(filled[:-1]) is not None and holds(filled)
	return filled if sound and begins_with_day(filled, born) else text


def begins_with_day(number: str, born: date | None) -> bool:
	if born:
		return number.startswith(f"{born:%y%m%d}")
	try:
		return bool(date(2000 + int(number[:2]), int(number[2:4]), int(number[4:6])))
	except ValueError:
		return False


def day(cell, epoch: date = EPOCH, latest: date | None = None) -> date | None:
	"""Return the day of a cell: a date, a number of Excel, or a text with the day first.

	`latest`: of two centuries a short year is put into the one that is not after this day. NotUnderstood: none of these.
	"""
	if isinstance(cell, datetime):
		return cell.date()
	if isinstance(cell, date):
		return cell
	text = plain(cell).strip(" .")
	if not text:
		return None
	if NUMBER.fullmatch(text) and int(re.split("[.,]", text)[0]) in SERIAL:
		return epoch + timedelta(days=int(re.split("[.,]", text)[0]))
	return day_of_text(text, latest or date.max)


def day_of_text(text: str, latest: date) -> date:
	if found := YEAR_FIRST.fullmatch(text):
		return made(*map(int, found.groups()))
	if found := DAY.fullmatch(text):
		number, month, year = map(int, found.groups())
		return made(year if year > 99 else full_year(year, latest), month, number)
	return written_out(text.lower())


def full_year(year: int, latest: date) -> int:
	return 2000 + year if 2000 + year <= latest.year else 1900 + year


def written_out(text: str) -> date:
	"""Read "12 мая 2014 г." and "2014 жылғы 12 мамыр"."""
	months = {MONTHS[word] for word in re.findall(r"[Ѐ-ӿ]+", text) if word in MONTHS}
	numbers = sorted(map(int, re.findall(r"\d+", text)))
	if len(months) != 1 or len(numbers) != 2:
		raise NotUnderstood
	return made(numbers[1], months.pop(), numbers[0])


def made(year: int, month: int, number: int) -> date:
	try:
		return date(year, month, number)
	except ValueError as error:
		raise NotUnderstood from error


def class_key(cell) -> tuple[int | None, str]:
	"""Return (grade, letter), or (None, title) for a group without a grade: by these classes are the same."""
	text = plain(cell)
	found = CLASS.fullmatch(CLASS_WORDS.sub(" ", text.lower()).strip(" .«»\"'"))
	if not found:
		return None, text.casefold()
	letter = (found[2] or "").upper()
	return int(found[1]), LOOKALIKES.get(letter, letter)


def key_of(text: str) -> str:
	"""Return a name as it is compared: without case, hyphens, and the two dots of ё."""
	return " ".join(re.sub(r"[^\w]+", " ", plain(text).casefold().replace("ё", "е")).split())
