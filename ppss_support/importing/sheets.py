"""Sheets of an Excel or CSV file, cell by cell as they are kept; nothing is read into them yet."""

import csv
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import islice

import openpyxl

from ppss_support.importing.encodings import mended, taken_wrongly, text_of
from ppss_support.regulation.finding import Label

ZIPPED = b"PK\x03\x04"
DELIMITERS = ";,\t|"
# Lines by which the delimiter is told, and rows in which the header is looked for.
SAMPLE = 50
# No list of a school has more; a cell at the end of a sheet of Excel makes a row of sixteen thousand out of one.
MOST_ROWS, MOST_COLUMNS = 20_000, 200
# Excel keeps formatted empty rows to the end of the sheet: so many behind the last row that may be are looked at.
EMPTY_TAIL = 500
# Bytes of a workbook that is unpacked.
LARGEST = 64 * 1024 * 1024
EPOCH = date(1899, 12, 30)


class NoTable(Exception):
	"""The file cannot be read as a table; `reason` is a label for the reader."""

	def __init__(self, reason: Label):
		super().__init__(reason)
		self.reason = reason


TOO_LARGE = Label("the table is too large: a list has at most 20,000 rows and 200 columns")


@dataclass(frozen=True)
class Sheet:
	"""Cells by rows; row `n` of the file is rows[n - 1]. `epoch`: the day that dates kept as numbers count from."""

	title: str
	rows: list[tuple]
	epoch: date = EPOCH


def sheets_of(content: bytes, most: int | None = None) -> list[Sheet]:
	"""Return the sheets with at most so many rows each. NoTable: it is no table, or too large to be one of a school."""
	found = of_workbook(content, most) if content.startswith(ZIPPED) else [of_text(content, most)]
	return [with_letters(sheet) for sheet in found]


def with_letters(sheet: Sheet) -> Sheet:
	"""Give back the Kazakh letters where somebody has opened KZ-1048 as Windows-1251: some of what it makes tells."""
	if not taken_wrongly(cell for row in sheet.rows for cell in row if isinstance(cell, str)):
		return sheet
	rows = [tuple(mended(cell) if isinstance(cell, str) else cell for cell in row) for row in sheet.rows]
	return Sheet(sheet.title, rows, sheet.epoch)


# ---- Excel


def of_workbook(content: bytes, most: int | None) -> list[Sheet]:
	check_size(content)
	try:
		book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
		epoch = book.epoch.date()
		shown = (one for one in book.worksheets if one.sheet_state == "visible")
		return within(Sheet(one.title, rows_of(one, most), epoch) for one in shown)
	except NoTable:
		raise
	# The library raises whatever it stumbles over in a damaged file.
	except Exception as error:
		raise NoTable(Label("the file is damaged or protected by a password")) from error


def within(sheets: Iterable[Sheet]) -> list[Sheet]:
	"""Return the sheets as long as they hold no more rows together than one may."""
	found, rows = [], 0
	for sheet in sheets:
		rows += len(sheet.rows)
		if rows > MOST_ROWS:
			raise NoTable(TOO_LARGE)
		found.append(sheet)
	return found


def check_size(content: bytes):
	try:
		with zipfile.ZipFile(BytesIO(content)) as archive:
			size = sum(entry.file_size for entry in archive.infolist())
	except zipfile.BadZipFile as error:
		raise NoTable(Label("the file is damaged or protected by a password")) from error
	if size > LARGEST:
		raise NoTable(TOO_LARGE)


def rows_of(worksheet, most: int | None) -> list[tuple]:
	# Some programs write a size of the sheet that is not its own.
	worksheet.reset_dimensions()
	cells = worksheet.iter_rows(max_row=MOST_ROWS + EMPTY_TAIL, max_col=MOST_COLUMNS + 1, values_only=True)
	return list(filled(islice(cells, most)))


def filled(rows: Iterable[Iterable]) -> Iterator[tuple]:
	"""Leave out empty cells at the end of rows and empty rows at the end. NoTable: it is too large."""
	waiting = 0
	for number, cells in enumerate(rows, 1):
		row = without_tail(cells)
		if not row:
			waiting += 1
			continue
		if number > MOST_ROWS or len(row) > MOST_COLUMNS:
			raise NoTable(TOO_LARGE)
		yield from [()] * waiting
		waiting = 0
		yield row


def without_tail(cells: Iterable) -> tuple:
	row = list(cells)
	while row and row[-1] in (None, ""):
		row.pop()
	return tuple(row)


# ---- text


def of_text(content: bytes, most: int | None) -> Sheet:
	text = text_of(content)
	if text is None:
		raise NoTable(Label("it is neither an Excel file nor a text with columns"))
	first, _end, rest = text.partition("\n")
	first = first.strip(" \r")
	said = first.lower().startswith("sep=")
	delimiter = first[4:5] if said else delimiter_of(text)
	lines = csv.reader(StringIO(rest if said else text, newline=""), delimiter=delimiter or ";")
	try:
		rows = list(filled(islice(lines, most)))
	except csv.Error as error:
		raise NoTable(Label("the file is damaged or protected by a password")) from error
	return Sheet("", [(), *rows] if said else rows)


def delimiter_of(text: str) -> str:
	"""Return the sign by which most rows fall into the same number of columns."""
	return max(DELIMITERS, key=lambda sign: regularity(text, sign))


def regularity(text: str, delimiter: str) -> int:
	try:
		rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), SAMPLE))
	except csv.Error:
		return 0
	widths = Counter(len(row) for row in rows if len(row) > 1)
	return max((times * (width - 1) for width, times in widths.items()), default=0)
