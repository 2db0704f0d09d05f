"""The text of a file, whatever encoding a school's programs have kept it in."""

import codecs
from collections.abc import Iterable

from charset_normalizer import from_bytes

BYTE_ORDER = (
	(codecs.BOM_UTF8, "utf-8-sig"),
	(codecs.BOM_UTF16_LE, "utf-16"),
	(codecs.BOM_UTF16_BE, "utf-16"),
)
# KZ-1048 is Windows-1251 with the Kazakh letters in the places of Serbian ones: what is plain Russian reads the same.
CANDIDATES = ("utf_16_le", "utf_16_be", "kz1048", "cp866", "koi8_r", "mac_cyrillic")
# What a text of a table never holds.
NO_TEXT = frozenset(map(chr, (*range(9), *range(14, 32)))) - {"\x1a"}
# Letters that Kazakh ones become where KZ-1048 was opened as Windows-1251; no name in Kazakhstan is written with these.
TAKEN_WRONGLY = frozenset("ЌќЋћЈјЅѕ")
KAZAKH = frozenset("ӘәҒғҚқҢңӨөҰұҺһ")


def text_of(content: bytes) -> str | None:
	"""Return the text, None where the bytes are none."""
	text = decoded(content)
	if text is None or NO_TEXT & set(text):
		return None
	return text.rstrip("\x1a")


def decoded(content: bytes) -> str | None:
	for sign, encoding in BYTE_ORDER:
		if content.startswith(sign):
			return decoded_as(content, encoding)
	if b"\0" not in content and (text := decoded_as(content, "utf-8")) is not None:
		return text
	found = from_bytes(content, cp_isolation=list(CANDIDATES)).best()
	return decoded_as(content, found.encoding) if found else None


def decoded_as(content: bytes, encoding: str) -> str | None:
	try:
		return content.decode(encoding)
	except UnicodeError:
		return None


def taken_wrongly(texts: Iterable[str]) -> bool:
	"""Tell by all texts of a table: one with a Kazakh letter is sound, and the Uzbek Ў alone tells nothing."""
	signs = set().union(*texts)
	return bool(TAKEN_WRONGLY & signs) and not KAZAKH & signs


def mended(text: str) -> str:
	"""Give back the Kazakh letters to a text that was read as Windows-1251 once before."""
	return "".join(map(mended_letter, text))


def mended_letter(letter: str) -> str:
	try:
		return letter.encode("cp1251").decode("kz1048")
	except UnicodeError:
		return letter
