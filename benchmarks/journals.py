"""Measures the journals of a year at 20,000 rows of the log, a tenth of them requests, and prints one line of JSON.

Run by `./ppss benchmark journals` on a site of its own. The school, its children and one entry of each sort come through
the app's own rules; the other entries are copies of those rows with names of their own, since what is measured is reading.
"""

import gc
import json
import time
from itertools import cycle, islice

import frappe
from frappe.desk.query_report import run

from ppss_support import journals
from ppss_support.papers import html_of
from ppss_support.regulation.journals import INDIVIDUAL_WORK, JOURNALS, NEEDS
from ppss_support.tests import log
from ppss_support.tests.factories import School
from ppss_support.tests.support import counted

ROWS, SMALL, REQUESTS = 20_000, 200, 2000
DRAWS = 5
TABLES = ("PPSS Term Item", "PPSS Participant")


def main():
	school = School()
	patterns = {"PPSS Activity": entries(school), "PPSS Request": [log.request(school).name]}
	few = multiply("PPSS Activity", patterns["PPSS Activity"], SMALL)
	multiply("PPSS Request", patterns["PPSS Request"], SMALL // 10)
	opened = {journal: open_volume(school, journal) for journal in JOURNALS}
	frappe.db.commit()
	small = {journal: drawn(school, journal) for journal in JOURNALS}
	multiply("PPSS Activity", patterns["PPSS Activity"], ROWS - REQUESTS - few)
	multiply("PPSS Request", patterns["PPSS Request"], REQUESTS)
	began = time.monotonic()
	for volume in opened.values():
		journals.take_in_the_year(volume)
	numbering = time.monotonic() - began
	frappe.db.commit()
	# As a web worker does when it starts: what was loaded to make the data is no affair of the reading.
	gc.collect()
	gc.freeze()
	full = {journal: drawn(school, journal) for journal in JOURNALS}
	began = time.monotonic()
	html_of(opened[INDIVIDUAL_WORK], "PPSS Journal", "kk")
	print(
		json.dumps(
			{
				"log_rows": ROWS,
				"slowest_s": max(one["s"] for one in full.values()),
				"statements": {
					journal: [small[journal]["statements"], full[journal]["statements"]] for journal in full
				},
				"rows": {journal: one["rows"] for journal, one in full.items()},
				"seconds": {journal: one["s"] for journal, one in full.items()},
				"draws_s": {journal: one["draws_s"] for journal, one in full.items()},
				"numbering_s": round(numbering, 2),
				"html_of_j7_s": round(time.monotonic() - began, 2),
			}
		)
	)


def entries(school: School) -> list[str]:
	"""Return an entry of each sort a psychologist records."""
	return [
		log.entry(school, kind, "Recorded", **values).name
		for kind, values in (
			("CONSULTATION", {}),
			("CONSULTATION", {"client_type": "Parent or Representative"}),
			("DIAGNOSTICS", {}),
			("TRAINING", {}),
			("ENLIGHTENMENT", {"audience": "W2", "detail": "E4c"}),
			("ENLIGHTENMENT", {"problem_theme": "OP2", "school_class": school.school_class}),
		)
	]


def open_volume(school: School, journal: str):
	"""Write the volume past the profile: the registration journal belongs to another one than this school's."""
	volume = frappe.new_doc(journals.VOLUME)
	volume.update(
		{**log.volume_values(school, journal), "number": 1, "workflow_state": "Open", "date": "2026-09-01"}
	)
	volume.set_new_name()
	volume.db_insert()
	journals.take_in_the_year(volume)
	return volume


def multiply(doctype: str, names: list[str], count: int) -> int:
	"""Copy these documents with what their journals read of their tables, so many in all; return how many there are."""
	first = frappe.db.count(doctype)
	patterns = frappe.db.sql(f"select * from `tab{doctype}` where name in %s", [names], as_dict=True)
	made = [
		(pattern["name"], {**pattern, "name": f"{pattern['name']}-{first + number}"})
		for number, pattern in enumerate(islice(cycle(patterns), count))
	]
	insert(doctype, [copy for _pattern, copy in made])
	for table in TABLES:
		rows = frappe.db.sql(f"select * from `tab{table}` where parent in %s", [names], as_dict=True)
		own = {name: [row for row in rows if row["parent"] == name] for name in names}
		insert(
			table,
			[
				{**row, "name": f"{row['name']}-{first + number}", "parent": copy["name"]}
				for number, (pattern, copy) in enumerate(made)
				for row in own[pattern]
			],
		)
	return count


def insert(doctype: str, rows: list[dict]):
	if rows:
		frappe.db.bulk_insert(doctype, list(rows[0]), [list(row.values()) for row in rows], chunk_size=2000)


def drawn(school: School, journal: str) -> dict:
	"""Draw a journal as the psychologist's screen does, the first time to fill the caches.

	The quickest of the next draws counts: whatever else the machine does only adds to it; all of them are told.
	"""
	filters = {"organisation": school.organisation, "journal": journal}
	times = []
	with school.acting("PSY"):
		run("PPSS Journal", filters=filters)
		for _draw in range(DRAWS):
			began = time.monotonic()
			with counted([]) as statements:
				rows = run("PPSS Journal", filters=filters)["result"]
			times.append(round(time.monotonic() - began, 2))
	assert rows and (journal != NEEDS or len(rows) > 1)
	return {"s": min(times), "draws_s": times, "rows": len(rows), "statements": len(statements)}


main()
