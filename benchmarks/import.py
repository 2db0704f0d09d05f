"""Measures the import of a class list of 5,000 children, and prints one line of JSON.

Run by `./ppss benchmark import` on a site of its own: the file as a school has it, checked, entered and entered again by
the app's own rules, as the registrar. PPSS_PROFILE=FILE keeps where the time of entering goes.
"""

import cProfile
import json
import os
import sys
import time
from datetime import date

import frappe

from ppss_support.entering import import_jobs
from ppss_support.tests import tables
from ppss_support.tests.factories import School, make
from ppss_support.tests.support import counted

ROWS, CLASS_SIZE = 5000, 25
LETTERS = "АӘБВГҒДЕЖЗИЙКҚЛМН"
SYLLABLES = (
	"ал",
	"бек",
	"дар",
	"ғал",
	"жан",
	"кен",
	"қай",
	"мер",
	"нұр",
	"өмір",
	"сәу",
	"тал",
	"ұлы",
	"үсен",
	"шың",
	"іңк",
)


def main():
	school = School()
	with school.acting("ADM"):
		file = make("File", file_name="tizim.xlsx", content=class_list(), is_private=1)
		own = {"organisation": school.organisation, "school_year": school.year}
		doc = make("PPSS Import", kind="Learners", file=file.file_url, **own)
	frappe.db.commit()
	steps, progress = {}, []
	frappe.publish_progress = lambda percent, **_about: progress.append(percent)
	for step, status in (("enter", "Being Entered"), ("again", "Being Entered"), ("check", "Being Checked")):
		steps[step] = measured(doc.name, status, step)
		print(step, steps[step], file=sys.stderr, flush=True)
	print(json.dumps({"rows": ROWS, **steps, "progress_reports": len(progress)}))


def measured(name: str, status: str, step: str) -> dict:
	import_jobs.begin(name, status)
	frappe.db.commit()
	profile = cProfile.Profile() if step == "enter" and os.environ.get("PPSS_PROFILE") else None
	began = time.monotonic()
	with counted([]) as statements:
		if profile:
			profile.runcall(import_jobs.run, name)
			profile.dump_stats(os.environ["PPSS_PROFILE"])
		else:
			import_jobs.run(name)
	seconds = time.monotonic() - began
	doc = frappe.get_doc("PPSS Import", name)
	assert doc.status in ("Checked", "Done"), doc.failure
	counts = {key: doc.get(key) for key in import_jobs.COUNTS[1:]}
	return {
		"s": round(seconds, 1),
		"ms_a_row": round(1000 * seconds / ROWS, 1),
		"statements_a_row": round(len(statements) / ROWS, 1),
		**counts,
	}


def class_list() -> bytes:
	return tables.xlsx([["№", "ЖСН", *tables.KK], *map(line, range(ROWS))])


def line(number: int) -> list:
	"""Return a child; two of three numbers begin with zeros that Excel has dropped."""
	born = date((2000, 2009, 2013)[number % 3], 5, number % 28 + 1)
	whole = tables.number(f"{born:%y%m%d}5{number:04}")
	surname, given = (name(number, step) for step in (1, 7))
	school_class = number // CLASS_SIZE
	title = f"{school_class % 11 + 1} «{LETTERS[school_class // 11 % len(LETTERS)]}»"
	return [
		number + 1,
		int(whole) if whole.isdigit() else None,
		surname,
		given,
		None,
		born,
		title,
	]


def name(number: int, step: int) -> str:
	parts = (SYLLABLES[number // 16**place * step % 16] for place in range(3))
	return "".join(parts).capitalize()


main()
