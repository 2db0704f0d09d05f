"""The finished pack: a cover that lists what is in it and what is not, then the papers with bookmarks, or a ZIP."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import get_datetime, get_fullname

from ppss_support import facts
from ppss_support.notices import day_text
from ppss_support.pdf import engine
from ppss_support.pdf.join import Bookmark, Piece, joined, page_count

COVER = "ppss_support/templates/packs/cover.html"
COVER_NAME = "0000.pdf"
NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def deliver(pack, folder: Path) -> tuple[bytes, int]:
	"""Return the file of the pack and its number of pages; `folder` holds the parts."""
	papers = [item for item in pack.items if item.status == "Delivered"]
	if pack.output == "Separate Files":
		return zipped(pack, papers, folder)
	cover, first = numbered_cover(pack, papers)
	marks, page = [Bookmark(_("List of the documents"), 0)], first
	for item in papers:
		marks.append(Bookmark(heading(item), page))
		page += item.pages
	return joined([cover, *(piece(item, folder) for item in papers)], marks), page


def numbered_cover(pack, papers: list) -> tuple[bytes, int]:
	"""Return the cover and its number of pages.

	The page numbers in the list depend on how long the list is, its length hardly on the numbers: laid out anew until
	they agree.
	"""
	first, found = 0, 1
	while first != found:
		first = found
		cover = cover_of(pack, papers, first)
		found = page_count(cover)
	return cover, first


def zipped(pack, papers: list, folder: Path) -> tuple[bytes, int]:
	"""Each paper is a file of its own; what the archive keeps stays the same bytes."""
	target, cover = BytesIO(), cover_of(pack, papers, None)
	with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr(COVER_NAME, cover)
		for number, item in enumerate(papers, 1):
			archive.writestr(file_name(number, item), alone(item, folder))
	return target.getvalue(), page_count(cover) + sum(item.pages for item in papers)


def alone(item, folder: Path) -> bytes:
	whole = (folder / item.part).read_bytes()
	return whole if item.pages == page_count(whole) else joined([piece(item, folder)])


def piece(item, folder: Path) -> Piece:
	return Piece(folder / item.part, item.part_page, item.pages)


def file_name(number: int, item) -> str:
	return NOT_IN_NAMES.sub("_", f"{number:04} {heading(item)}")[:120] + ".pdf"


def heading(item) -> str:
	return ", ".join(part for part in (_(item.document_type), item.title, item.document) if part)


# ---- cover


def cover_of(pack, papers: list, first: int | None) -> bytes:
	"""`first` is the page the first paper begins on, counting from 0; without it no pages are named."""
	lines, page = [], first
	for number, item in enumerate(papers, 1):
		lines.append(
			frappe._dict(
				number=number,
				kind=_(item.document_type),
				document=item.document or "",
				title=item.title or "",
				page="" if page is None else page + 1,
				pages=item.pages,
			)
		)
		page = None if page is None else page + item.pages
	missing = [item for item in pack.items if item.status == "Not Delivered"]
	own = facts.organisation(pack.organisation)
	about = {"organisation": own.name_kk, "name": pack.name, "filter": filter_text(pack)}
	made = _("Made by {0} on {1}").format(
		get_fullname(pack.owner), get_datetime(pack.creation).strftime("%d.%m.%Y %H:%M")
	)
	context = {**about, "made": made, "lines": lines, "missing": missing, "lang": frappe.local.lang}
	return engine.render(frappe.render_template(COVER, context))


def filter_text(pack) -> str:
	"""Return in words what the pack was chosen by."""
	period = pack.from_date and f"{day_text(pack.from_date)} – {day_text(pack.to_date)}"
	parts = (
		_(pack.scope),
		pack.document_type and _(pack.document_type),
		pack.school_class and frappe.db.get_value("PPSS Class", pack.school_class, "title"),
		pack.learner and facts.full_name("PPSS Learner", pack.learner),
		period,
	)
	return ", ".join(part for part in parts if part)
