"""Joins and divides PDFs without touching what is on their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import OutlineItem, Pdf


@dataclass(frozen=True)
class Bookmark:
	"""A line of the table of contents; `page` counts from 0."""

	title: str
	page: int


def page_count(pdf: bytes) -> int:
	with Pdf.open(BytesIO(pdf)) as opened:
		return len(opened.pages)


def joined(pdfs: Sequence[bytes], bookmarks: Iterable[Bookmark] = ()) -> bytes:
	"""Return one PDF with the pages of all, in their order."""
	marks = list(bookmarks)
	if len(pdfs) == 1 and not marks:
		return pdfs[0]
	# Pages are copied when the whole is written: until then their sources stay open.
	whole, sources = Pdf.new(), [Pdf.open(BytesIO(pdf)) for pdf in pdfs]
	for source in sources:
		whole.pages.extend(source.pages)
	if marks:
		with whole.open_outline() as outline:
			outline.root.extend(OutlineItem(mark.title, mark.page) for mark in marks)
	return written(whole)


def pages_of(pdf: bytes, first: int, count: int) -> bytes:
	"""Return `count` pages of a PDF from the one numbered `first`, counting from 0, as a PDF of their own."""
	with Pdf.open(BytesIO(pdf)) as source:
		if (first, count) == (0, len(source.pages)):
			return pdf
		part = Pdf.new()
		part.pages.extend(source.pages[first : first + count])
		return written(part)


def written(pdf: Pdf) -> bytes:
	target = BytesIO()
	pdf.save(target)
	return target.getvalue()
