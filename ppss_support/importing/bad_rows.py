"""The rows that were refused, as a file of their own with the reason beside each: mended, it is imported as it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ppss_support.importing.tables import CLASS, Row
from ppss_support.importing.values import plain

# Excel takes no longer titles, and none of these signs.
LONGEST, RESERVED = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDE, NARROW = 60, 18


def workbook(
	rows: Iterable[Row],
	reasons: Mapping[tuple[str, int], str],
	heads: Mapping[str, list[str]],
	words: Mapping[str, str],
) -> bytes:
	"""Return an Excel file of the rows that have a reason, sheet by sheet.

	`reasons`: by sheet and number of the row. `heads`: the header of each sheet. `words`: "reason", "row", "class" and
	"title" (of a sheet without one) in the reader's language.
	"""
	book = openpyxl.Workbook(write_only=True)
	sheets = defaultdict(list)
	for row in rows:
		if (row.sheet, row.number) in reasons:
			sheets[row.sheet].append(row)
	# Days that are plain numbers are given back as they are: they count from the day of the file's own calendar.
	if any(row.epoch == CALENDAR_MAC_1904.date() for bad in sheets.values() for row in bad):
		book.epoch = CALENDAR_MAC_1904
	for title, bad in sheets.items():
		add_sheet(book, title, bad, reasons, heads[title], words)
	if not sheets:
		book.create_sheet(words["title"])
	target = BytesIO()
	book.save(target)
	return target.getvalue()


def add_sheet(book, title: str, rows: list[Row], reasons: Mapping, head: list[str], words: Mapping[str, str]):
	sheet = book.create_sheet(sound(title).translate(RESERVED)[:LONGEST] or words["title"])
	# The class stood over the rows, which are now apart from it.
	above = any(CLASS in row.cells and CLASS not in row.labels for row in rows)
	own = [words["reason"], words["row"], *([words["class"]] if above else [])]
	for number in range(1, len(own) + len(head) + 1):
		sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = (
			WIDE if number == 1 else NARROW
		)
	sheet.append([cell(sheet, text, bold=True) for text in (*own, *head)])
	for row in rows:
		first = [reasons[row.sheet, row.number], str(row.number), *([row.cells.get(CLASS)] if above else [])]
		sheet.append([cell(sheet, value) for value in (*first, *with_class(row, head))])


def with_class(row: Row, head: list[str]) -> list:
	"""Return the cells of a row, with the class that stood over it where its own cell of the class is empty."""
	whole = list(row.whole)
	if CLASS in row.labels:
		place = head.index(row.labels[CLASS])
		whole += [None] * (place + 1 - len(whole))
		if not plain(whole[place]):
			whole[place] = row.cells.get(CLASS)
	return whole


def sound(text: str) -> str:
	"""Return a text without the signs no file of Excel may hold."""
	return ILLEGAL_CHARACTERS_RE.sub("", text)


def cell(sheet, value, bold: bool = False):
	"""Return a cell that holds a text as a text: no formula is run from it and no zero dropped."""
	kept = sound(plain(value)) if isinstance(value, str | float) else value
	made = WriteOnlyCell(sheet, value=kept)
	if isinstance(kept, str):
		made.data_type, made.number_format = "s", "@"
	made.alignment = Alignment(wrap_text=True, vertical="top")
	made.font = Font(bold=bold)
	return made
