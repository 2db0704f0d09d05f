"""The freezing worker killed at random points: what was approved is in the archive in the end, once."""

import multiprocessing
import os
import random

import frappe
import pytest
from frappe.utils import now_datetime

from ppss_support.archive import checking, freezing, register
from ppss_support.papers import fonts_and_style
from ppss_support.tests.factories import School

KILLS = 20
PAPERS = 20
WAIT = 60


@pytest.fixture(scope="module")
def processes():
	"""Processes that begin with everything loaded, so that they die at work and not on the way to it."""
	fonts_and_style()
	return multiprocessing.get_context("fork")


def work(sites: str, site: str, ready):
	os.chdir(sites)
	frappe.init(site=site, sites_path=sites)
	frappe.connect()
	ready.set()
	freezing.work_off_waiting()
	frappe.destroy()


def approved_meetings(count: int) -> School:
	"""Return a school with so many minutes waiting for the archive: copies of one, as the workflow leaves them."""
	# What other tests have left waiting would be at work when the worker is killed.
	frappe.db.delete("PPSS Freezing", {"status": "Waiting"})
	school = School()
	school.order()
	meeting = school.meeting()
	waiting = frappe.get_doc("PPSS Freezing", {"document": meeting.name})
	for _copy in range(count - 1):
		paper = frappe.copy_doc(meeting)
		paper.update({"docstatus": 1, "workflow_state": "Adopted", "name": None})
		paper.set("history", [row.as_dict(no_default_fields=True) for row in meeting.history])
		paper.set_new_name()
		for row in (paper, *paper.get_all_children()):
			row.parent = paper.name if row is not paper else None
			row.name = row.name or frappe.generate_hash(length=10)
			row.db_insert()
		row = frappe.copy_doc(waiting)
		row.update({"document": paper.name, "creation": now_datetime()})
		row.db_insert()
	frappe.db.commit()
	return school


def test_killed_twenty_times_the_archive_is_whole(site, sites, processes):
	school = approved_meetings(PAPERS)
	dice = random.Random(92)
	killed = 0
	for _kill in range(KILLS):
		ready = processes.Event()
		process = processes.Process(target=work, args=(str(sites), site.local.site, ready), daemon=True)
		process.start()
		assert ready.wait(WAIT)
		process.join(dice.uniform(0.02, 0.7))
		killed += process.is_alive()
		process.kill()
		process.join(WAIT)
		frappe.db.rollback()
		assert checking.verify(school.organisation) == []
	freezing.work_off_waiting()
	assert killed >= KILLS // 2, f"only {killed} were at work when killed"
	check_nothing_lost_or_doubled(school)


def check_nothing_lost_or_doubled(school):
	own = {"organisation": school.organisation}
	assert set(frappe.get_all("PPSS Freezing", own, pluck="status")) == {"Done"}
	papers = frappe.get_all("PPSS Freezing", own, pluck="document")
	rows = frappe.get_all(register.DOCTYPE, own, ["document", "language", "file_url"])
	expected = sorted((paper, lang) for paper in papers for lang in ("kk", "ru"))
	assert sorted((row.document, row.language) for row in rows) == expected
	assert len(papers) == PAPERS + 1
	urls = [row.file_url for row in rows]
	assert frappe.db.count("File", {"file_url": ("in", urls)}) == len(rows)
	assert register.last_number(school.organisation) == len(rows)
	assert checking.verify(school.organisation) == []
