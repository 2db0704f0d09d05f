"""The engines that turn HTML into PDF. Which does what, and the figures behind the choice: docs/performance.md."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from ppss_support.exceptions import EngineFailed
from ppss_support.pdf.join import joined, page_count

FONTS = Path(__file__).resolve().parents[1] / "public" / "fonts"
# How many papers one run takes: the program walks all of them for each page, and its memory grows with them.
SLICE = 250
# Two runs side by side: more only wait for one another on the two processors of a small server.
RUNS = 2
TIMEOUT = 600
# wkhtmltopdf without its own changes to Qt, as Debian ships it, prints smaller than told and cannot be told not to.
SHRINKING = 1.3
PROGRAM = "wkhtmltopdf"
MARGINS = {"top": "20mm", "right": "10mm", "bottom": "10mm", "left": "25mm"}
OPTIONS = [
	*("--quiet", "--encoding", "utf-8", "--page-size", "A4"),
	*(word for side, width in MARGINS.items() for word in (f"--margin-{side}", width)),
	*("--disable-javascript", "--disable-local-file-access", "--disable-smart-shrinking"),
]
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
FOOT = re.compile(r'<div id="footer-html".*?</div>', re.DOTALL)
# The font comes by its name: one that comes by address is drawn as curves, at forty times the size and ten times the time.
FONT_ADDRESSES = re.compile(r"@supports[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}|@font-face\s*\{[^}]*\}")
FONT_LIST = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir></fontconfig>
"""
# A sheet is a page: nothing in it is positioned, for the program walks every positioned box for every page. The rule
# under a written line hangs from a box without height, and what is too long is cut off by the line's own box.
SHEETS = """<style>
html, body {{ margin: 0; }}
body {{ zoom: {zoom}; }}
.sheet {{ page-break-after: always; page-break-inside: avoid; }}
.sheet:last-child {{ page-break-after: auto; }}
.sheet .ppss-paper {{ height: 261mm; position: static; }}
.sheet .ppss-paper.official-form p, .sheet .ppss-paper .form-line .word {{ position: static; }}
.sheet .ppss-paper .written {{ margin-top: -2pt; overflow: hidden; padding-top: 2pt; position: static; }}
.sheet .ppss-paper .rules {{ height: 0; margin-top: -2pt; overflow: visible; padding-bottom: 2pt; position: static; }}
.sheet .pages {{ display: none; }}
</style>"""
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{style}</head>
<body>{sheets}</body></html>"""


def render(html: str, *, archive: bool = False) -> bytes:
	"""Return the PDF of one paper, `html` being a whole page; `archive`: as PDF/A, with everything it needs inside."""
	if archive:
		from ppss_support.pdf.archival import render_pdfa

		return render_pdfa(html)
	from weasyprint import HTML

	from ppss_support import papers

	with papers.ONE_AT_A_TIME:
		fonts, style = papers.fonts_and_style()
		return HTML(string=html, url_fetcher=papers.fetch).write_pdf(stylesheets=[style], font_config=fonts)


# ---- many papers of one page each


@dataclass(frozen=True)
class Slice:
	"""One whole page of HTML with `papers` sheets on it."""

	html: str
	papers: int


def sheets(bodies: Sequence[str], title: str, lang: str = "kk") -> list[Slice]:
	"""Lay papers out one to a page; `bodies` are papers as their template gives them, all of one template."""
	if not bodies:
		return []
	style = STYLE.search(bodies[0]).group()
	head = FONT_ADDRESSES.sub("", style) + SHEETS.format(zoom=zoom())
	return [
		Slice(
			PAGE.format(
				lang=lang,
				title=escape(title),
				style=head,
				sheets="".join(sheet(body, style) for body in part),
			),
			len(part),
		)
		for part in (bodies[first : first + SLICE] for first in range(0, len(bodies), SLICE))
	]


def sheet(body: str, style: str) -> str:
	"""The style stands once in the head; the foot, which other engines lift out of the text, goes below it."""
	body = body.replace(style, "")
	foot = FOOT.search(body).group()
	return f'<div class="sheet">{body.replace(foot, "")}{foot}</div>'


def render_sheets(slices: Sequence[Slice]) -> bytes:
	"""Return one PDF with a page for each sheet.

	Raises EngineFailed when the program fails or a paper does not fit on its page.
	"""
	with ThreadPoolExecutor(RUNS) as pool:
		return joined(list(pool.map(fast_run, slices)))


def fast_run(part: Slice) -> bytes:
	with tempfile.TemporaryDirectory(prefix="ppss-pdf-") as folder:
		page, pdf = Path(folder, "page.html"), Path(folder, "papers.pdf")
		page.write_text(part.html, encoding="utf-8")
		command = [PROGRAM, *OPTIONS, str(page), str(pdf)]
		run = subprocess.run(command, env=environment(folder), capture_output=True, timeout=TIMEOUT)
		if run.returncode or not pdf.exists():
			raise EngineFailed(run.stderr.decode(errors="replace")[-500:])
		made = pdf.read_bytes()
	if page_count(made) != part.papers:
		raise EngineFailed(f"{page_count(made)} pages for {part.papers} papers")
	return made


def environment(folder: str) -> dict[str, str]:
	"""The program sees the shipped font beside those of the machine, and needs no screen."""
	fonts = Path(folder, "fonts.conf")
	fonts.write_text(FONT_LIST.format(fonts=escape(str(FONTS))), encoding="utf-8")
	own = {"FONTCONFIG_FILE": str(fonts), "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder}
	return {**os.environ, **own}


@lru_cache(maxsize=1)
def zoom() -> float:
	version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
	return 1 if "patched qt" in version else SHRINKING
