"""Class lists as schools have them, each broken in its own way: made here, cell by cell and byte by byte."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl

from ppss_support.importing.sheets import EPOCH
from ppss_support.regulation.identity import check_digit

CHILDREN = (
	("Әбдіқадыров", "Нұрсұлтан", "Бекұлы", date(2005, 5, 12)),
	("Өмірбекова", "Гүлшаһра", "Үсенқызы", date(2000, 11, 3)),
	("Қаһарман", "Іңкәр", "", date(2013, 12, 30)),
	("Иванов-Ким", "Пётр", "Сергеевич", date(2001, 1, 9)),
)


def number(first: str) -> str:
	"""Return the identity number with these first eleven digits."""
	return f"{first}{check_digit(first)}"


# Born in the first years of the century: Excel drops the zeros.
NUMBERS = tuple(number(first) for first in ("05051250001", "00110350002", "13123050001", "01010950004"))


def rows(*columns: Callable, header: tuple, title: tuple = ()) -> list[list]:
	"""Return a table with a line of each child; a column is what it makes of the child and its place from 0."""
	lines = [[column(child, place) for column in columns] for place, child in enumerate(CHILDREN)]
	return [*([one] for one in title), list(header), *lines]


def place(_child, at: int) -> int:
	return at + 1


def surname(child, _at):
	return child[0]


def given(child, _at):
	return child[1]


def patronymic(child, _at):
	return child[2] or None


def whole_name(child, _at):
	return " ".join(part for part in child[:3] if part)


def born(child, _at):
	return child[3].strftime("%d.%m.%Y")


def serial(child, _at):
	return (child[3] - EPOCH) // timedelta(days=1)


def as_date(child, _at):
	return datetime.combine(child[3], datetime.min.time())


def in_class(_child, _at):
	return "5 «Ә»"


def identity_as_number(_child, at):
	return int(NUMBERS[at])


def identity(_child, at):
	return NUMBERS[at]


def xlsx(lines: list[list], title: str = "Sheet1", book=None) -> bytes:
	book = book or openpyxl.Workbook()
	sheet = book.active
	sheet.title = title
	for line in lines:
		sheet.append(line)
	target = BytesIO()
	book.save(target)
	return target.getvalue()


def text(lines: list[list], encoding: str = "utf-8-sig", delimiter: str = ";", end: str = "\r\n") -> bytes:
	shown = (delimiter.join("" if cell is None else str(cell) for cell in line) for line in lines)
	return (end.join(shown) + end).encode(encoding)


MONTHS = {1: "января", 5: "мая", 11: "ноября", 12: "декабря"}
KK = ("Тегі", "Аты", "Әкесінің аты", "Туған күні", "Сыныбы")
RU = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Класс")
THREE = (surname, given, patronymic)


def plain(header=KK, **more) -> list[list]:
	return rows(*THREE, born, in_class, header=header, **more)


def of_two_sheets() -> bytes:
	"""A sheet for each class, named by it, without a column for it."""
	book = openpyxl.Workbook()
	lines = rows(whole_name, as_date, header=("Т.А.Ә.", "Туған күні"))
	for title in ("5 Ә", "6 Б"):
		sheet = book.create_sheet(title)
		for line in [lines[0], *(lines[1:3] if title == "5 Ә" else lines[3:])]:
			sheet.append(line)
	book.create_sheet("Анықтама").append(["Бұл бетте кесте жоқ"])
	return xlsx([], book=book)


def two_headers() -> list[list]:
	lines = rows(place, *THREE, born, in_class, header=("№", "Оқушы", None, None, "Туған күні", "Сынып"))
	return [lines[0], [None, "Тегі", "Аты", "Әкесінің аты", None, None], *lines[1:]]


def with_page_breaks() -> list[list]:
	"""Columns numbered, the header again on the second page, empty lines, a sum, a signature."""
	lines = rows(place, whole_name, born, in_class, header=("№", "ФИО учащегося", "Дата рождения", "Класс"))
	numbered = [1, 2, 3, 4]
	end = [[None, "Итого:", 4, None], [], ["Классный руководитель", None, None, None]]
	return [lines[0], numbered, *lines[1:3], [], lines[0], numbered, *lines[3:], *end]


def swapped_letters(lines: list[list]) -> list[list]:
	"""KZ-1048 that somebody has opened as Windows-1251 and saved again."""
	return [
		[cell.encode("kz1048").decode("cp1251") if isinstance(cell, str) else cell for cell in line]
		for line in lines
	]


def latin(child, _at):
	return child[0].replace("а", "a").replace("е", "e").replace("о", "o")


# What is broken -> name and bytes of the file; each tells of the same four children, two sheets of two classes.
FILES: dict[str, tuple[str, bytes]] = {
	"title above, numbers without their zeros": (
		"5Ә.xlsx",
		xlsx(
			rows(
				place,
				identity_as_number,
				*THREE,
				as_date,
				in_class,
				header=("№", "ЖСН", *KK),
				title=("№ 12 мектеп", "5 «Ә» сынып оқушыларының тізімі", None),
			)
		),
	),
	"one name, days as numbers of Excel": (
		"список.xlsx",
		xlsx(
			rows(
				whole_name,
				serial,
				in_class,
				header=("ФИО обучающегося", "Дата рождения (дд.мм.гггг)", "Класс"),
			)
		),
	),
	"Windows-1251 with Kazakh letters": ("tizim.csv", text(plain(), "kz1048")),
	"UTF-16 with tabs": ("tizim.txt", text(plain(), "utf-16", "\t")),
	"UTF-16 without a mark": ("tizim.csv", text(plain(), "utf-16-le", ",")),
	"UTF-8 without a mark, commas, the line sep=": ("list.csv", b"sep=,\r\n" + text(plain(RU), "utf-8", ",")),
	"a class a sheet": ("барлық сыныптар.xlsx", of_two_sheets()),
	"a header of two lines": ("5.xlsx", xlsx(two_headers())),
	"printed by pages": ("печать.xlsx", xlsx(with_page_breaks())),
	"letters taken wrongly before": ("5ә.xlsx", xlsx(swapped_letters(plain()))),
	"Latin letters in names and header": (
		"5a.csv",
		text(rows(latin, given, patronymic, born, in_class, header=("Teгі", "Aты", *KK[2:])), "utf-8"),
	),
	"class and letter in two columns, capitals, days with dashes": (
		"Свод.xlsx",
		xlsx(
			rows(
				lambda child, _at: child[0].upper(),
				lambda child, _at: f"  {child[1].upper()}\u00a0",
				patronymic,
				lambda child, _at: child[3].strftime("%d-%m-%y"),
				lambda *_: 5,
				lambda *_: "Ә",
				header=(*RU[:4], "Класс", "Литера"),
			)
		),
	),
	"class over the rows, days written out": (
		"list.csv",
		text(
			rows(
				whole_name,
				lambda child, _at: f"{child[3].day} {MONTHS[child[3].month]} {child[3].year} г.",
				header=("Ф.И.О.", "Год рождения"),
				title=("Список учащихся 5 Ә класса", ""),
			),
			"kz1048",
		),
	),
	"numbers as text with apostrophe and blanks": (
		"жсн.xlsx",
		xlsx(
			rows(
				lambda child, at: f"'{NUMBERS[at][:6]} {NUMBERS[at][6:]}",
				whole_name,
				born,
				in_class,
				header=("ИИН", "ФИО", *RU[3:]),
			)
		),
	),
}
