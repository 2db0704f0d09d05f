"""Measures printing by the hundred, old way and new side by side, and prints one line of JSON.

Run by `./ppss benchmark papers` on a site of its own. The school, one child and one prepared consent come through the
app's own rules; the other consents are copies of that row with names of their own, since what is measured is printing.
"""

import json
from functools import partial

import frappe
from frappe.utils.print_format import download_multi_pdf
from measuring import copied, peak_memory, seconds

from ppss_support.archive import freezing
from ppss_support.pdf import engine, mass
from ppss_support.pdf.join import Bookmark, joined
from ppss_support.tests.factories import School

CONSENTS, STOCK, TRIES = 1000, 40, 2
FORM = mass.ONE_PAGE["PPSS Consent"]
FROZEN, MINUTES = 20, 6


def main():
	school = School()
	names = prepared_consents(school)
	frappe.db.commit()
	with school.acting("DEP"):
		figures = measure(names)
	print(json.dumps({**figures, "freeze_s": round(freeze_time(school), 2)}))


def prepared_consents(school: School) -> list[str]:
	first = school.consent(school.child(consent=False), state="Prepared", date_signed=None, is_signed=0)
	return copied(first.name, CONSENTS)


def measure(names: list[str]) -> dict:
	slices = engine.sheets(mass.bodies(mass.read("PPSS Consent", names), FORM), FORM)
	ours, own_time = [], []
	with peak_memory() as peak:
		for _try in range(TRIES):
			ours.append(seconds(partial(mass.consents, names)))
			own_time.append(seconds(partial(engine.render_sheets, slices)))
	stock = seconds(partial(download_multi_pdf, "PPSS Consent", json.dumps(names[:STOCK]), FORM)) / STOCK
	each = min(ours) / CONSENTS
	return {
		"stock_ratio": round(stock / each, 1),
		"engine_ratio": round(min(ours) / min(own_time), 2),
		"peak_mb": round(peak[0] / 2**20),
		"merge_ms_per_page": round(merging(names) * 1000, 2),
		"stock_ms": round(stock * 1000, 1),
		"ours_ms": round(each * 1000, 2),
		"documents": CONSENTS,
	}


def merging(names: list[str]) -> float:
	"""Return seconds a page for joining as many papers of one page, each a file of its own, with bookmarks."""
	docs = mass.read("PPSS Consent", names[:FROZEN])
	kept = [mass.papers.render(doc, FORM) for doc in docs] * (CONSENTS // FROZEN)
	marks = [Bookmark(name, page) for page, name in enumerate(names)]
	return min(seconds(partial(joined, kept, marks)) for _try in range(TRIES)) / len(kept)


def freeze_time(school: School) -> float:
	"""Return seconds for freezing the minutes of a meeting in two languages, once the process is warm."""
	school.order()
	made = [school.meeting() for _number in range(MINUTES)]
	# The job that the commit would call for is not to take them away.
	frappe.db.after_commit.reset()
	frappe.db.commit()
	freezing.work_off(made[0].doctype, made[0].name)
	times = [seconds(partial(freezing.work_off, paper.doctype, paper.name)) for paper in made[1:]]
	of_these = {"document": ("in", [paper.name for paper in made]), "status": "Done"}
	assert frappe.db.count("PPSS Freezing", of_these) == MINUTES
	return sum(times) / len(times)


main()
