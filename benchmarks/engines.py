"""Measures the PDF programs on the same consents and prints one line of JSON: for each, by page, time passed, time of
the processors and size.

Run by `./ppss benchmark engines`. WeasyPrint gets each consent alone, as a single print does, and all as one document.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import frappe

from ppss_support import papers
from ppss_support.pdf import engine, mass

PAGES = 200
FORM = mass.ONE_PAGE["PPSS Consent"]
CHROMIUM = ("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def main():
	docs = [consent(number) for number in range(PAGES)]
	bodies = mass.bodies(docs, FORM)
	alone = [papers.html_of(doc, FORM, mass.LANG) for doc in docs]
	style = engine.STYLE.search(bodies[0]).group()
	breaks = '<div style="page-break-after: always"></div>'
	body = style + breaks.join(body.replace(style, "") for body in bodies)
	whole = papers.PAGE.format(lang=mass.LANG, title=FORM, body=body)
	slices = engine.sheets(bodies, FORM)
	engine.render(alone[0])
	print(
		json.dumps(
			{
				"pages": PAGES,
				"wkhtmltopdf": measured(partial(engine.render_sheets, slices)),
				"chromium": measured(partial(by_chromium, slices[0].html)),
				"weasyprint_one_document": measured(partial(engine.render, whole)),
				"weasyprint_each_alone": measured(lambda: b"".join(engine.render(page) for page in alone)),
			}
		)
	)


def consent(number: int):
	doc = frappe.new_doc("PPSS Consent")
	doc.update({"organisation": frappe.db.get_value("PPSS Organisation", {}), "class_text": "7 Ә"})
	doc.update({"learner_full_name": f"Әбдіқадыров Нұрсұлтан {number}", "regulation_profile": "KZ92"})
	doc.update({"representative_full_name": f"Өмірбекова Гүлшаһра Іңкәрқызы {number}"})
	return doc


def by_chromium(html: str) -> bytes:
	with tempfile.TemporaryDirectory() as folder:
		page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
		page.write_text(html, encoding="utf-8")
		command = [shutil.which(CHROMIUM[0]), *CHROMIUM[1:], f"--print-to-pdf={pdf}", page.as_uri()]
		subprocess.run(command, check=True, capture_output=True, cwd=folder)
		return pdf.read_bytes()


def measured(work) -> dict:
	start, worked = time.perf_counter(), processors()
	pdf = work()
	passed, worked = time.perf_counter() - start, processors() - worked
	return {
		"ms": round(passed / PAGES * 1000, 1),
		"processor_ms": round(worked / PAGES * 1000, 1),
		"kb": round(len(pdf) / PAGES / 1000, 1),
	}


def processors() -> float:
	"""Return the seconds this process and its finished children kept a processor busy."""
	return sum(os.times()[:4])


main()
