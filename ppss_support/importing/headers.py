"""Finds the header of a table and what its columns hold."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ppss_support.importing.sheets import SAMPLE, Sheet
from ppss_support.importing.values import cyrillic, key_of, plain
from ppss_support.regulation.imports import SPECIALISTS

WORDS = Path(__file__).parents[1] / "data" / "import_words.json"
# Letters of a header that the import keeps, with room for its number.
LONGEST = 130


@dataclass(frozen=True)
class Column:
	"""A column of a sheet; `field` is empty where it is not taken in."""

	index: int
	header: str
	field: str


@dataclass(frozen=True)
class Header:
	"""The header of a sheet, with the text of every column; its data begins with row `begins`, counted from 1."""

	columns: tuple[Column, ...]
	begins: int
	texts: list[str]

	@property
	def fields(self) -> set[str]:
		return {column.field for column in self.columns} - {""}


@cache
def words() -> dict:
	return json.loads(WORDS.read_text(encoding="utf-8"))


def header_key(text) -> str:
	"""Return the text of a header as it is compared: without brackets, punctuation, and that it is the child's."""
	bare = re.sub(r"\([^()]*\)", " ", plain(text))
	parts = key_of(" ".join(cyrillic(word) for word in bare.split())).split()
	kept = [word for word in parts if word not in words()["whose"]]
	return " ".join(kept or parts) or plain(text)


@cache
def known(kind: str) -> dict[str, str]:
	"""Return field by header for a kind of import, as schools write them in Kazakh and Russian."""
	fields = {**words()["fields"]["Everybody"], **words()["fields"][kind]}
	plainly = {header_key(text): field for field, texts in fields.items() for text in texts}
	if kind != SPECIALISTS:
		return plainly
	# In a list of staff "ФИО педагога" is who the row is about; elsewhere it is somebody beside the child.
	pairs = ((key, word) for key in plainly for word in words()["staff"])
	said = {text: plainly[key] for key, word in pairs for text in (f"{key} {word}", f"{word} {key}")}
	return {**said, **plainly}


def find(sheet: Sheet, kind: str, chosen: Mapping[str, str], row: int = 0) -> Header | None:
	"""Return the header with the most known columns among the first rows; of equals the first.

	`chosen`: field by key of a header, where a person has decided. `row`: the number of the header, 0 where it is to be found.
	"""
	fields = {**known(kind), **chosen}
	places = [row - 1] if row else range(min(len(sheet.rows), SAMPLE))
	others = {*words()["relatives"], *(() if kind == SPECIALISTS else words()["staff"])}
	starts = [(place, 2) for place in places]
	# A line below one that says whose the columns are is nobody's without it.
	starts += [
		(place, 1) for place in places if row or not (place and parts(sheet.rows[place - 1], fields, others))
	]
	found = [read(sheet, *start, fields, others) for start in sorted(starts)]
	best = max(found, key=lambda one: len(one.fields), default=None)
	return best if best and (best.fields or row) else None


def read(sheet: Sheet, place: int, depth: int, fields: Mapping[str, str], others: Set[str]) -> Header:
	"""Read a header of one row, or of two where the lower one parts what the upper one names."""
	upper = sheet.rows[place] if place < len(sheet.rows) else ()
	lower = sheet.rows[place + 1] if depth == 2 and place + 1 < len(sheet.rows) else ()
	width = max(len(upper), len(lower))
	texts = numbered(joined(upper, lower, width, fields, others))
	taken: set[str] = set()
	columns = []
	for index, text in enumerate(texts):
		field = fields.get(header_key(text), "") if text else ""
		# A second column for the same is about somebody else.
		field = "" if field in taken else field
		taken.add(field)
		if text:
			columns.append(Column(index, text, field))
	return Header(tuple(columns), place + depth + 1, texts)


def joined(upper: tuple, lower: tuple, width: int, fields: Mapping[str, str], others: Set[str]) -> list[str]:
	"""Return the text of each column: of two lines both where they tell more, or where it is somebody else's.

	`others`: words for a parent or a member of staff.
	"""
	above, texts = "", []
	for index in range(width):
		own, part = (plain(cell_at(row, index))[:LONGEST] for row in (upper, lower))
		# A cell of the upper line reaches over the columns it parts.
		above = (own or above) if part else ""
		both = f"{above} {part}"[:LONGEST]
		told = above and part and (header_key(both) in fields or is_others(above, fields, others))
		texts.append(both if told else part or own)
	return texts


def parts(row: tuple, fields: Mapping[str, str], others: Set[str]) -> bool:
	"""Tell whether a row says of several columns whose they are, and somebody else's of some."""
	texts = [text for text in map(plain, row) if text]
	return len(texts) > 1 and any(is_others(text, fields, others) for text in texts)


def is_others(text: str, fields: Mapping[str, str], others: Set[str]) -> bool:
	"""Tell whether a header over others names somebody else, and is no name of a column itself as "Әкесінің аты" is."""
	return header_key(text) not in fields and bool(others & set(key_of(text).split()))


def numbered(texts: list[str]) -> list[str]:
	"""Tell columns of one header apart: the second "Дата рождения" is about somebody else than the first."""
	seen = Counter()
	for index, text in enumerate(texts):
		key = header_key(text)
		seen[key] += 1
		if text and seen[key] > 1:
			texts[index] = f"{text} {seen[key]}"
	return texts


def cell_at(row: tuple, index: int):
	return row[index] if index < len(row) else None
