"""PDF/A-3b for the archive: everything needed to show the page stands in the file, for as long as it is kept."""

import hashlib
import os
from contextlib import contextmanager
from functools import partial

from ppss_support import papers

VARIANT = "pdf/a-3b"
# A stream that ends in a carriage return seems one byte shorter than it says to a reader that goes by the end of its
# line (ISO 19005-3, 6.1.7.1). One compressed stream in 256 does.
SEEMS_SHORTER = b"\r\nendstream"
# How many objects nobody names may be added to a file, each of which changes its table of objects.
SPARE = 8


def render_pdfa(html: str) -> bytes:
	"""Return the page as PDF/A-3b with embedded fonts; the same page gives the same bytes."""
	made = b""
	with papers.ONE_AT_A_TIME, fonts_without_clock():
		for spare in range(SPARE):
			made = written(html, spare)
			if SEEMS_SHORTER not in made:
				break
	return made


def written(html: str, spare: int) -> bytes:
	from weasyprint import HTML

	fonts, style = papers.fonts_and_style()
	return HTML(string=html, url_fetcher=papers.fetch).write_pdf(
		stylesheets=[style],
		font_config=fonts,
		pdf_variant=VARIANT,
		# ISO 19005-3, 6.1.3: a file has an identifier. Taken from the content, so that no two runs differ.
		pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
		finisher=partial(settle, spare=spare),
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


def settle(document, pdf, spare: int):
	"""Leave uncompressed what is to be found without unpacking (the metadata, ISO 19005-3, 6.6.2.1) or seems shorter."""
	from pydyf import Dictionary, Stream

	for one in pdf.objects:
		if isinstance(one, Stream) and (
			one.extra.get("Type") == "/Metadata" or one.data.endswith(SEEMS_SHORTER)
		):
			one.compress = False
	for _one in range(spare):
		pdf.add_object(Dictionary())
