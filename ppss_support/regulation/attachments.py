"""What an attached file must be; how files are kept is a service of the program, not of an act."""

import unicodedata
from collections.abc import Sequence

from ppss_support.regulation.finding import Finding, Label

# Kinds a file can be told by its content, by the name the library gives them, and the endings they go by.
ENDINGS = {
	"pdf": ("pdf",),
	"jpg": ("jpg", "jpeg"),
	"png": ("png",),
	"tif": ("tif", "tiff"),
	"docx": ("docx",),
	"xlsx": ("xlsx",),
	"pptx": ("pptx",),
	"odt": ("odt",),
	"ods": ("ods",),
	"mp3": ("mp3",),
	"mp4": ("mp4",),
	"csv": ("csv", "txt"),
}
# What a list is imported from, whatever else an organisation takes.
TABLES = ("xlsx", "csv")
UNKNOWN = Label("Unknown")
NAMELESS = "file"
LONGEST = 100
MEGABYTE = 1024 * 1024
# Signs a name of a file cannot hold on every system, or that mean something in an address.
RESERVED = frozenset('<>:"|?*#%&;{}$`')


def clean_name(given: str) -> str:
	"""Return the name without a path, without signs nobody sees, at most LONGEST characters and its ending kept.

	Left out: control characters, marks that turn the direction of writing, and signs reserved by systems.
	"""
	last = unicodedata.normalize("NFC", given or "").replace("\\", "/").rpartition("/")[2]
	seen = "".join(" " if sign in RESERVED else sign for sign in last if unicodedata.category(sign)[0] != "C")
	stem, dot, ending = " ".join(seen.split()).strip(" .").rpartition(".")
	if not dot:
		return ending[:LONGEST] or NAMELESS
	return f"{stem.strip(' .')[: LONGEST - len(ending) - 1] or NAMELESS}.{ending}"[:LONGEST]


def listed(text: str | None) -> list[str]:
	"""Return the kinds a setting names: "pdf, jpg" gives two."""
	return [kind.strip().lower() for kind in (text or "").split(",") if kind.strip()]


def unknown_kinds(text: str | None) -> list[str]:
	return [kind for kind in listed(text) if kind not in ENDINGS]


def fits(name: str, kind: str | None, size: int, allowed: Sequence[str], largest_mb: int) -> list[Finding]:
	"""Judge a file by its content.

	`kind`: as told by the bytes, None where they tell nothing; `size` in bytes; `largest_mb` 0 is no limit. A81: kind
	or ending; A82: size.
	"""
	found = []
	if kind not in allowed:
		found.append(Finding.of("A81", name, kind or UNKNOWN, ", ".join(allowed)))
	elif name.rpartition(".")[2].lower() not in ENDINGS[kind]:
		found.append(Finding.of("A81", name, kind, ", ".join(f".{ending}" for ending in ENDINGS[kind])))
	if largest_mb and size > largest_mb * MEGABYTE:
		found.append(Finding.of("A82", name, f"{size / MEGABYTE:.1f}", largest_mb))
	return found
