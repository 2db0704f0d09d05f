"""Identity numbers of people: optional, checked by their own rule, shown by their last digits only.

Twelve digits with a check digit in Kazakhstan, fourteen without one in Kyrgyzstan. Neither birth date nor sex is read out.
"""

from ppss_support.regulation.finding import Finding

KAZAKH, KYRGYZ = 12, 14
WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
SHOWN = 4


def check_digit(first: str) -> int | None:
	"""Return the check digit of the first eleven digits, None for digits no number begins with."""
	for weights in WEIGHTS:
		rest = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
		if rest < 10:
			return rest
	return None


def holds(number: str) -> bool:
	if not (number.isascii() and number.isdigit()):
		return False
	return len(number) == KYRGYZ or (len(number) == KAZAKH and check_digit(number[:-1]) == int(number[-1]))


def masked(number: str) -> str:
	"""Return the number with all but its last digits hidden; nothing of one too short to hide anything."""
	kept = number[-SHOWN:] if len(number) > 2 * SHOWN else ""
	return "•" * (len(number) - len(kept)) + kept


def number(given: str) -> list[Finding]:
	"""Refuse what is no identity number (A84), without repeating it."""
	return [] if holds(given) else [Finding.of("A84", masked(given), len(given))]
