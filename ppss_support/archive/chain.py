"""The chain of the archive register, without Frappe: each row carries the hash of the row before it.

Plain rows in, faults out. A row is a dictionary of FIELDS besides `row_hash`; dates are given as ISO text.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# What a row says for good. Case index, retention and legal hold stay open to the archivist and are not in the chain.
FIELDS = (
	"organisation",
	"number",
	"event",
	"document_type",
	"document",
	"learner",
	"print_format",
	"language",
	"version",
	"pages",
	"sha256",
	"file_url",
	"about_row",
	"decided_at",
	"decided_by",
	"position",
	"user",
	"reason",
	"archive_index",
	"signer",
	"signed_at",
	"signature_standing",
	"entered_at",
	"previous_hash",
)
GENESIS = "0" * 64
# A row of this event stands for the destruction of the row it is about; its checksum seals what is left of that row.
DESTROYED = "Destroyed"

MISSING_ROW, ALTERED_ROW, REORDERED_ROW = "Row missing", "Row altered", "Row re-ordered"
DOUBLED_ROW, BROKEN_LINK = "Row doubled", "Row rewritten"
MISSING_FILE, ALTERED_FILE = "File missing", "File altered"


@dataclass(frozen=True)
class Fault:
	"""What is wrong at one number of the register; `where` is the number the row belongs to, if another."""

	kind: str
	number: int
	document: str = ""
	where: int | None = None


def hash_of(row: dict) -> str:
	"""Return the SHA-256 of the lasting fields as canonical JSON: keys sorted, nothing empty told from missing."""
	values = {field: row.get(field) or None for field in FIELDS}
	text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
	return hashlib.sha256(text.encode()).hexdigest()


def sealed(row: dict, number: int, previous_hash: str) -> dict:
	"""Return the row as it enters the register after the row with `previous_hash`."""
	whole = {**row, "number": number, "previous_hash": previous_hash}
	return {**whole, "row_hash": hash_of(whole)}


def seal_of(row: dict) -> str:
	"""Return what a destruction says of the row it is about: what is left of it, and the hash it had before."""
	return hashlib.sha256(f"{hash_of(row)}{row['row_hash']}".encode()).hexdigest()


def lawfully_emptied(rows: Sequence[dict]) -> set[int]:
	"""Return the numbers of rows that are as a sound row of destruction says it left them."""
	seals = {
		row["about_row"]: row["sha256"]
		for row in rows
		if row["event"] == DESTROYED and hash_of(row) == row["row_hash"]
	}
	return {
		int(row["number"]) for row in rows if row.get("name") in seals and seals[row["name"]] == seal_of(row)
	}


def verify(rows: Sequence[dict], last: int, digest_of: Callable[[str], str | None]) -> list[Fault]:
	"""Return every fault of one organisation's register, in the order of its numbers.

	`rows` in any order; `last`: number of the last row ever entered, so that a cut end is seen;
	`digest_of` gives the SHA-256 of a file by its address, None where there is no file. What an act of destruction has
	emptied is no fault; `name` of a row is what another one is about.
	"""
	by_number = {int(row["number"]): row for row in rows}
	count = max([last, *by_number])
	faults = [
		*(
			Fault(DOUBLED_ROW, number)
			for number, times in Counter(int(row["number"]) for row in rows).items()
			if times > 1
		),
		*(Fault(MISSING_ROW, number) for number in range(1, count + 1) if number not in by_number),
		*changed_rows(by_number, lawfully_emptied(rows)),
		*file_faults(by_number.values(), digest_of),
	]
	return sorted(faults, key=lambda fault: (fault.number, fault.kind))


def changed_rows(by_number: dict[int, dict], emptied: set[int]) -> Iterator[Fault]:
	unsound = {number for number, row in by_number.items() if hash_of(row) != row["row_hash"]} - emptied
	for number, row in by_number.items():
		if number in unsound:
			yield unsound_row(row, number, unsound)
		elif rewritten(row, by_number.get(number + 1), unsound, by_number.get(number - 1)):
			yield Fault(BROKEN_LINK, number, row["document"])


def unsound_row(row: dict, number: int, unsound: set[int]) -> Fault:
	"""A row that is sound under the number of another unsound one has only changed its place."""
	for other in sorted(unsound - {number}):
		if hash_of({**row, "number": other}) == row["row_hash"]:
			return Fault(REORDERED_ROW, number, row["document"], other)
	return Fault(ALTERED_ROW, number, row["document"])


def rewritten(row: dict, following: dict | None, unsound: set[int], before: dict | None) -> bool:
	"""Tell whether a row, sound in itself, is not the one its neighbours were chained to."""
	if before is None and row["number"] == 1 and row["previous_hash"] != GENESIS:
		return True
	if following is None or int(following["number"]) in unsound:
		return False
	return following["previous_hash"] != row["row_hash"]


def file_faults(rows, digest_of: Callable[[str], str | None]) -> Iterator[Fault]:
	for row in rows:
		if not row.get("file_url"):
			continue
		digest = digest_of(row["file_url"])
		if digest is None:
			yield Fault(MISSING_FILE, int(row["number"]), row["document"])
		elif digest != row["sha256"]:
			yield Fault(ALTERED_FILE, int(row["number"]), row["document"])
