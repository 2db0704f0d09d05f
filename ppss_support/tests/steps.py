"""Tables B.1 to B.11 of the requirements as data (`steps.csv`): which step leads where, who takes it, what it asks for.

A step without "who" is the app's own; the rows "Write" say who writes content in a state that is not decided.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("steps.csv")
WRITE = "Write"


@dataclass(frozen=True)
class Step:
	"""A row of the table; `who` are the keys of those who take it, `asks` the things it asks for."""

	document: str
	state: str
	action: str
	to: str
	who: tuple[str, ...]
	asks: tuple[str, ...]


def table() -> list[Step]:
	with TABLE.open(encoding="utf-8", newline="") as file:
		return [
			Step(**{**row, "who": tuple(row["who"].split()), "asks": tuple(row["asks"].split())})
			for row in csv.DictReader(file)
		]
