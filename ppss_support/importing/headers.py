"""Finds the header of a table and what its columns hold."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ppss_support.importing.sheets import SAMPLE, Sheet
from ppss_support.importing.values import cyrillic, key_of, plain

WORDS = Path(__file__).parents[1] / "data" / "import_words.json"


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
	"""Return the text of a header as it is compared: without brackets, punctuation, and whose name or birth it is."""
	bare = re.sub(r"\(.*?\)", " ", plain(text))
	parts = key_of(" ".join(cyrillic(word) for word in bare.split())).split()
	kept = [word for word in parts if word not in words()["whose"]]
	return " ".join(kept or parts) or plain(text)


@cache
def known(kind: str) -> dict[str, str]:
	"""Return field by header for a kind of import, as schools write them in Kazakh and Russian."""
	fields = {**words()["fields"]["Everybody"], **words()["fields"][kind]}
	return {header_key(text): field for field, texts in fields.items() for text in texts}


def find(sheet: Sheet, kind: str, chosen: Mapping[str, str], row: int = 0) -> Header | None:
	"""Return the header with the most known columns among the first rows; of equals the first.

	`chosen`: field by key of a header, where a person has decided. `row`: the number of the header, 0 where it is to be found.
	"""
	fields = {**known(kind), **chosen}
	places = [row - 1] if row else range(min(len(sheet.rows), SAMPLE))
	found = [read(sheet, place, depth, fields) for place in places for depth in (1, 2)]
	best = max(found, key=lambda one: len(one.fields), default=None)
	return best if best and (best.fields or row) else None


def read(sheet: Sheet, place: int, depth: int, fields: Mapping[str, str]) -> Header:
	"""Read a header of one row, or of two where the lower one parts what the upper one names."""
	upper = sheet.rows[place] if place < len(sheet.rows) else ()
	lower = sheet.rows[place + 1] if depth == 2 and place + 1 < len(sheet.rows) else ()
	width = max(len(upper), len(lower))
	texts = [plain(cell_at(lower, index)) or plain(cell_at(upper, index)) for index in range(width)]
	taken: set[str] = set()
	columns = []
	for index, text in enumerate(texts):
		field = fields.get(header_key(text), "") if text else ""
		# A second column of the name is about somebody else.
		field = "" if field in taken else field
		taken.add(field)
		if text:
			columns.append(Column(index, text, field))
	return Header(tuple(columns), place + depth + 1, texts)


def cell_at(row: tuple, index: int):
	return row[index] if index < len(row) else None
