"""The rows of all sheets under one another, each with the fields its columns hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ppss_support.importing import headers
from ppss_support.importing.headers import Header, cell_at, header_key
from ppss_support.importing.sheets import NoTable, Sheet
from ppss_support.importing.values import class_key, plain
from ppss_support.regulation.finding import Label

CLASS = "school_class"
WHO = frozenset({"surname", "full_name", "identity_number"})
# A name is what makes a header one of people.
NEEDED = frozenset({"surname", "full_name"})
# Titles of sheets that a program gives by itself tell no class.
OWN_TITLE = re.compile(r"(?:sheet|лист|парақ|бет)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
	"""A row of data: where it stands, the cells by field, and all its cells."""

	sheet: str
	number: int
	cells: dict[str, object]
	whole: tuple
	labels: dict[str, str] = field(default_factory=dict)
	epoch: date | None = None


@dataclass(frozen=True)
class Table:
	"""What was read of a file; `columns`: field by text of a header; `heads`: all texts of a sheet's header, by its title."""

	columns: dict[str, str]
	rows: list[Row]
	heads: dict[str, list[str]]


def table_of(
	sheets: list[Sheet], kind: str, chosen: Mapping[str, str] | None = None, header_row: int = 0
) -> Table:
	"""Return the rows of the sheets that have a header. NoTable: none has one that names people."""
	found = [(sheet, headers.find(sheet, kind, chosen or {}, header_row)) for sheet in sheets]
	usable = [(sheet, header) for sheet, header in found if header and header.fields & NEEDED]
	if not usable:
		raise NoTable(Label("no row was found that names the columns"))
	columns = fields_by_header(header for _sheet, header in usable)
	heads = {sheet.title: header.texts for sheet, header in usable}
	return Table(columns, [row for sheet, header in usable for row in rows_of(sheet, header)], heads)


def headers_of(
	sheets: list[Sheet], kind: str, chosen: Mapping[str, str], header_row: int = 0
) -> dict[str, str]:
	"""Return field by text of a header for every sheet that seems to have one, known or not."""
	found = (headers.find(sheet, kind, chosen, header_row) for sheet in sheets)
	return fields_by_header(header for header in found if header)


def fields_by_header(found: Iterable[Header]) -> dict[str, str]:
	"""Return field by text of a header, once for texts that are compared as the same: a sheet that takes it in decides."""
	columns: dict[str, tuple[str, str]] = {}
	for column in (column for header in found for column in header.columns):
		_text, field = columns.get(header_key(column.header), ("", ""))
		if not field:
			columns[header_key(column.header)] = (column.header, column.field)
	return dict(columns.values())


def left_out(sheets: list[Sheet], kind: str, chosen: Mapping[str, str], header_row: int = 0) -> list[str]:
	"""Return the titles of sheets with several rows none of which is taken in: no column names people."""
	return [
		sheet.title
		for sheet in sheets
		if sheet.title
		and sum(map(bool, sheet.rows)) > 1
		and not names_people(sheet, kind, chosen, header_row)
	]


def names_people(sheet: Sheet, kind: str, chosen: Mapping[str, str], header_row: int) -> bool:
	header = headers.find(sheet, kind, chosen, header_row)
	return bool(header and header.fields & NEEDED)


def rows_of(sheet: Sheet, header: Header) -> Iterator[Row]:
	heading = class_above(sheet, header)
	labels = {column.field: column.header for column in header.columns if column.field}
	for number, whole in enumerate(sheet.rows[header.begins - 1 :], header.begins):
		if title := class_alone(whole):
			heading = title
			continue
		cells = {c.field: cell_at(whole, c.index) for c in header.columns if c.field}
		if is_data(whole, cells, header):
			if heading and not plain(cells.get(CLASS)):
				cells[CLASS] = heading
			yield Row(sheet.title, number, cells, whole, labels, sheet.epoch)


def class_above(sheet: Sheet, header: Header) -> str | None:
	"""Return the class that the lines over the header name, or the title of the sheet."""
	above = [class_alone(row) for row in sheet.rows[: header.begins - 1]]
	titles = [sheet.title] if sheet.title and not OWN_TITLE.fullmatch(sheet.title) else []
	return next((one for one in (*reversed(above), *map(class_in, titles)) if one), None)


def class_alone(row: tuple) -> str | None:
	"""Return the class that a row names which names nothing else."""
	filled = [cell for cell in row if cell not in (None, "")]
	return class_in(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) else None


def class_in(text: str) -> str | None:
	grade, letter = class_key(text)
	return (
		f"{grade} {letter}".strip()
		if grade is not None and grade <= 12 and (letter or "с" in text.lower())
		else None
	)


def is_data(whole: tuple, cells: dict[str, object], header: Header) -> bool:
	"""Tell data from empty lines, columns numbered by the way, the header repeated on each page, and sums.

	A row that tells two things of somebody without a name is data: it is refused and seen, not dropped.
	"""
	told = [name for name, cell in cells.items() if plain(cell)]
	if not (WHO & set(told) or len(told) > 1):
		return False
	texts = [plain(cell) for cell in whole]
	filled = [text for text in texts if text]
	numbered = len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]
	repeated = sum(repeats(texts[c.index], c.header) for c in header.columns if c.index < len(texts)) > 1
	first = next((text for text in filled if not text.isdigit()), "")
	total = len(filled) < 4 and header_key(first.partition(":")[0]) in headers.words()["totals"]
	return not (numbered or repeated or total)


def repeats(text: str, header: str) -> bool:
	"""Tell whether a cell holds the header again; of a header of two lines the lower one."""
	return text == header or (bool(text) and header.endswith(f" {text}"))
