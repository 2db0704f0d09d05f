"""The values of one row, and what is wrong with its cells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ppss_support.importing import values
from ppss_support.importing.tables import Row
from ppss_support.regulation import identity
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.imports import Person

DAYS = ("birth_date", "opened_on")
NAME_PARTS = ("surname", "given_name", "patronymic")


@dataclass
class Entry:
	"""A row that was read: its values by field and, by field, what was found wrong."""

	row: Row
	values: dict = field(default_factory=dict)
	wrong: list[tuple[str, Finding]] = field(default_factory=list)

	@property
	def person(self) -> Person:
		parts = (self.values.get(name, "") for name in NAME_PARTS)
		number = self.values.get("identity_number", "")
		return Person(values.key_of(" ".join(parts)), self.values.get("birth_date"), number)


def read(row: Row, today: date) -> Entry:
	"""Read each cell by what its column holds; a cell that is not understood is named and left out (A142, A84)."""
	entry = Entry(row)
	for name, cell in row.cells.items():
		if not values.plain(cell):
			continue
		try:
			entry.values |= reader_of(name)(name, cell, row, today)
		# The libraries of the language say so of a number too long to be one.
		except (ValueError, OverflowError):
			entry.wrong.append((name, Finding.of("A142", row.labels.get(name, name), shown(name, cell))))
	number = entry.values.get("identity_number")
	if number:
		entry.wrong += [("identity_number", finding) for finding in identity.number(number)]
	return entry


def reader_of(name: str) -> Callable:
	if name in DAYS:
		return day
	return READERS.get(name, text)


def shown(name: str, cell) -> str:
	"""Return the cell as a message repeats it: of an identity number nothing but its end."""
	found = values.plain(cell)[:60]
	return identity.masked(found) if name == "identity_number" else found


def full_name(_name: str, cell, _row: Row, _today: date) -> dict:
	return values.person(cell)


def name_part(name: str, cell, _row: Row, _today: date) -> dict:
	return {name: values.name(cell)}


def number(name: str, cell, row: Row, today: date) -> dict:
	"""Read a number; where its zeros are gone the birth date of the row says whether they belong there."""
	try:
		born = values.day(row.cells.get("birth_date"), row.epoch or values.EPOCH, latest=today)
	except (ValueError, OverflowError):
		born = None
	return {name: values.identity_number(cell, born)}


def day(name: str, cell, row: Row, today: date) -> dict:
	return {name: values.day(cell, row.epoch or values.EPOCH, latest=today)}


def school_class(name: str, cell, row: Row, _today: date) -> dict:
	letter = values.plain(row.cells.get("class_letter"))
	return {name: values.class_key(f"{values.plain(cell)} {letter}".strip())}


def text(name: str, cell, _row: Row, _today: date) -> dict:
	return {name: values.plain(cell)}


READERS: dict[str, Callable] = {
	**dict.fromkeys(NAME_PARTS, name_part),
	"full_name": full_name,
	"identity_number": number,
	"school_class": school_class,
}
