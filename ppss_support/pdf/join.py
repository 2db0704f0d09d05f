"""Joins and divides PDFs without touching what is on their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pikepdf import OutlineItem, Pdf


@dataclass(frozen=True)
class Bookmark:
	"""A line of the table of contents; `page` counts from 0."""

	title: str
	page: int


def page_count(pdf: bytes) -> int:
	with opened(pdf) as source:
		return len(source.pages)


@dataclass(frozen=True)
class Piece:
	"""Pages of a PDF: `count` of them from the one numbered `first`, counting from 0; all without a count."""

	pdf: bytes | Path
	first: int = 0
	count: int | None = None


def joined(pieces: Sequence[bytes | Piece], bookmarks: Iterable[Bookmark] = ()) -> bytes:
	"""Return one PDF with the pages of all, in their order."""
	marks = list(bookmarks)
	if len(pieces) == 1 and isinstance(pieces[0], bytes) and not marks:
		return pieces[0]
	# Pages are copied when the whole is written: until then their sources stay open, a file once for all its pieces.
	whole, sources = Pdf.new(), {}
	for number, piece in enumerate(pieces):
		piece = Piece(piece) if isinstance(piece, bytes) else piece
		key = piece.pdf if isinstance(piece.pdf, Path) else number
		if key not in sources:
			sources[key] = opened(piece.pdf)
		source = sources[key]
		last = None if piece.count is None else piece.first + piece.count
		whole.pages.extend(source.pages[piece.first : last])
	if marks:
		with whole.open_outline() as outline:
			outline.root.extend(OutlineItem(mark.title, mark.page) for mark in marks)
	return written(whole)


def opened(pdf: bytes | Path) -> Pdf:
	return Pdf.open(pdf if isinstance(pdf, Path) else BytesIO(pdf))


def written(pdf: Pdf) -> bytes:
	target = BytesIO()
	pdf.save(target)
	return target.getvalue()
