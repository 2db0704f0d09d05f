"""Names of people as schools write them: never generated, never declined, only joined and sorted."""

ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
PLACE = {letter: index for index, letter in enumerate(ALPHABET)}
# Two digits a letter, so that the database may compare plain strings.
UNKNOWN = 99


def full_name(surname: str, given_name: str, patronymic: str | None) -> str:
	"""Join the parts that exist, in the order surname, given name, patronymic."""
	return " ".join(part.strip() for part in (surname, given_name, patronymic) if part and part.strip())


def sort_key(name: str) -> str:
	"""Return a string whose plain order is the order of the Kazakh alphabet."""
	return "".join(letter_key(letter) for letter in name.upper())[:140]


def letter_key(letter: str) -> str:
	if letter in PLACE:
		return f"{PLACE[letter] + 10:02d}"
	return "00" if letter in " -" else f"{UNKNOWN}{letter}"
