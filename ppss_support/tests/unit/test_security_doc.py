"""The tables in docs/security.md are the ones the tests read."""

import csv
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DOCUMENT = TESTS.parents[1] / "docs" / "security.md"


def as_markdown(path: Path) -> str:
	"""Return a table of access as docs/security.md shows it."""
	with open(path, encoding="utf-8", newline="") as file:
		head, *rows = csv.reader(file)
	lines = [head, ["---"] * len(head), *([row[0].removeprefix("PPSS "), *row[1:]] for row in rows)]
	return "".join(f"| {' | '.join(line)} |\n" for line in lines)


@pytest.mark.parametrize("name", ["access.csv", "access_reports.csv"])
def test_document_shows_the_table(name):
	assert as_markdown(TESTS / name) in DOCUMENT.read_text(encoding="utf-8")
