"""Measures printing by the hundred, old way and new side by side, and prints one line of JSON.

Run by `./ppss benchmark papers` on a site of its own. The school, one child and one prepared consent come through the
app's own rules; the other consents are copies of that row with names of their own, since what is measured is printing.
"""

import json
import threading
import time
from contextlib import contextmanager
from functools import partial

import frappe
import psutil
from frappe.utils.print_format import download_multi_pdf

from ppss_support.archive import freezing
from ppss_support.pdf import engine, mass
from ppss_support.pdf.join import Bookmark, joined
from ppss_support.tests.factories import School

CONSENTS, STOCK, TRIES = 1000, 40, 2
FORM = mass.ONE_PAGE["PPSS Consent"]
FROZEN, MINUTES = 20, 6
SURNAMES = (
	"Әбдіқадыров",
	"Өмірбеков",
	"Ұлықбеков",
	"Қаһарманов",
	"Ғабитов",
	"Іңкәров",
	"Ысқақов",
	"Нүсіпбеков",
)


def main():
	school = School()
	names = prepared_consents(school)
	frappe.db.commit()
	with school.acting("DEP"):
		figures = measure(names)
	print(json.dumps({**figures, "freeze_s": round(freeze_time(school), 2)}))


def prepared_consents(school: School) -> list[str]:
	first = school.consent(school.child(consent=False), state="Prepared", date_signed=None, is_signed=0)
	row = frappe.db.get_value("PPSS Consent", first.name, "*", as_dict=True)
	copies = [copy_of(row, number) for number in range(1, CONSENTS)]
	frappe.db.bulk_insert("PPSS Consent", list(row), [list(copy.values()) for copy in copies])
	return [first.name, *(copy["name"] for copy in copies)]


def copy_of(row: dict, number: int) -> dict:
	surname = SURNAMES[number % len(SURNAMES)]
	own = {
		"name": f"{row['name']}-{number:04}",
		"learner_full_name": f"{surname} Нұрсұлтан {number}",
		"representative_full_name": f"{surname}а Гүлшаһра Өмірбекқызы {number}",
	}
	return {**row, **own}


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


def seconds(work) -> float:
	start = time.perf_counter()
	work()
	return time.perf_counter() - start


@contextmanager
def peak_memory():
	"""Give a list whose one number is the most memory this process and its children held, in bytes."""
	peak, over = [0], threading.Event()
	watch = threading.Thread(target=note_memory, args=(peak, over), daemon=True)
	watch.start()
	yield peak
	over.set()
	watch.join()


def note_memory(peak: list[int], over: threading.Event):
	me = psutil.Process()
	while not over.wait(0.1):
		peak[0] = max(peak[0], held_by(me) + sum(held_by(child) for child in me.children(recursive=True)))


def held_by(process: psutil.Process) -> int:
	try:
		return process.memory_info().rss
	except psutil.NoSuchProcess:
		return 0


main()
