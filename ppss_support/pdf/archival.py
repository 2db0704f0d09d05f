"""PDF/A-3b for the archive: everything needed to show the page stands in the file, for as long as it is kept."""

import hashlib
import os
from contextlib import contextmanager

from pydyf import Stream

from ppss_support import papers

VARIANT = "pdf/a-3b"


def render_pdfa(html: str) -> bytes:
	"""Return the page as PDF/A-3b with embedded fonts; the same page gives the same bytes."""
	from weasyprint import HTML

	with papers.ONE_AT_A_TIME, fonts_without_clock():
		fonts, style = papers.fonts_and_style()
		return HTML(string=html, url_fetcher=papers.fetch).write_pdf(
			stylesheets=[style],
			font_config=fonts,
			pdf_variant=VARIANT,
			# ISO 19005-3, 6.1.3: a file has an identifier. Taken from the content, so that no two runs differ.
			pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
			uncompressed_pdf=True,
			finisher=compress,
		)


@contextmanager
def fonts_without_clock():
	"""Keep the time of day out of the embedded fonts: the library that cuts them reads this variable for it."""
	before = os.environ.get("SOURCE_DATE_EPOCH")
	os.environ["SOURCE_DATE_EPOCH"] = "0"
	try:
		yield
	finally:
		if before is None:
			del os.environ["SOURCE_DATE_EPOCH"]
		else:
			os.environ["SOURCE_DATE_EPOCH"] = before


def compress(document, pdf):
	"""Compress the streams but for those that readers of the archive would stumble over.

	Metadata is to be found without unpacking (ISO 19005-3, 6.6.2.1). Compressed bytes that happen to end in a carriage
	return run into the line feed before `endstream`: readers take both for the line end and miss a byte (6.1.7.1).
	"""
	for one in pdf.objects:
		if isinstance(one, Stream) and "Filter" not in one.extra and one.extra.get("Type") != "/Metadata":
			one.compress = True
			one.compress = not one.data.endswith(b"\r\nendstream")
