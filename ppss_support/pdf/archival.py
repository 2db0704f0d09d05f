"""PDF/A-3b for the archive: everything needed to show the page stands in the file, for as long as it is kept."""

from ppss_support import papers

VARIANT = "pdf/a-3b"


def render_pdfa(html: str) -> bytes:
	"""Return the page as PDF/A with embedded fonts; the same page gives the same bytes."""
	from weasyprint import HTML

	with papers.ONE_AT_A_TIME:
		fonts, style = papers.fonts_and_style()
		page = HTML(string=html, url_fetcher=papers.fetch)
		return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)
