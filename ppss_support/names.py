"""Names of people as schools write them: never generated, never declined, only joined and sorted."""

import re

ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
PLACE = {letter: index for index, letter in enumerate(ALPHABET)}
# Two digits a letter, so that the database may compare plain strings: its own order of letters is that of no alphabet
# here (І stands after И, Ұ after Ү). Kyrgyz and Russian letters stand among the Kazakh ones in their own order.
UNKNOWN = 99
# A run of digits is one part, every other sign another.
PART = re.compile(r"\d+|\D")
# A number comes before letters, and by its size: class 7 before class 10.
NUMBER = "05"


def full_name(surname: str, given_name: str, patronymic: str | None) -> str:
	"""Join the parts that exist, in the order surname, given name, patronymic."""
	return " ".join(part.strip() for part in (surname, given_name, patronymic) if part and part.strip())


def sort_key(name: str | None) -> str:
	"""Return a string whose plain order is the order of the Kazakh alphabet; "" for no name."""
	return "".join(part_key(part) for part in PART.findall((name or "").strip().upper()))[:140]


def part_key(part: str) -> str:
	return f"{NUMBER}{part:0>6}" if part.isdigit() else letter_key(part)


def letter_key(letter: str) -> str:
	if letter in PLACE:
		return f"{PLACE[letter] + 10:02d}"
	return "00" if letter in " -" else f"{UNKNOWN}{letter}"
