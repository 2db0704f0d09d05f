"""What the benchmarks share: copies of one consent, time passed, and the most memory held."""

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

import frappe
import psutil

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


def copied(consent: str, count: int) -> list[str]:
	"""Write copies of a consent past the rules, each with a name of its own; return the names of all `count`."""
	row = frappe.db.get_value("PPSS Consent", consent, "*", as_dict=True)
	copies = [copy_of(row, number) for number in range(1, count)]
	frappe.db.bulk_insert("PPSS Consent", list(row), [list(copy.values()) for copy in copies])
	return [consent, *(copy["name"] for copy in copies)]


def copy_of(row: dict, number: int) -> dict:
	surname = SURNAMES[number % len(SURNAMES)]
	own = {
		"name": f"{row['name']}-{number:04}",
		"learner_full_name": f"{surname} Нұрсұлтан {number}",
		"representative_full_name": f"{surname}а Гүлшаһра Өмірбекқызы {number}",
	}
	return {**row, **own}


def seconds(work: Callable) -> float:
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
