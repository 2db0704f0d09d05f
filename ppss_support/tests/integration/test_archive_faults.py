"""The freezing worker killed at random points: what was approved is in the archive in the end, once."""

import multiprocessing
import os
import random
import signal
from io import BytesIO

import frappe
import pytest
from frappe.utils import now_datetime
from pikepdf import Pdf

from ppss_support.archive import checking, freezing, register
from ppss_support.papers import fonts_and_style
from ppss_support.tests.guards import check_ok

KILLS = 20
# So many of them while papers are laid out, which takes nearly all of the time; the others at the steps between.
AT_LAYOUT = 4
PAPERS = 100
WAIT = 60


@pytest.fixture(scope="module")
def processes():
	"""Processes that begin with everything loaded, so that they die at work and not on the way to it."""
	fonts_and_style()
	return multiprocessing.get_context("fork")


def work(sites: str, site: str, ready, layout=None):
	os.chdir(sites)
	frappe.init(site=site, sites_path=sites)
	frappe.connect()
	freezing.pdf_of = layout or freezing.pdf_of
	ready.set()
	freezing.work_off_waiting()
	frappe.destroy()


def quick(paper, lang: str) -> bytes:
	"""Return a page of its own for each paper, without laying it out."""
	page, target = Pdf.new(), BytesIO()
	page.add_blank_page()
	page.docinfo["/Title"] = f"{paper.name} {lang}"
	page.save(target)
	return target.getvalue()


def deadly(paper, lang: str):
	os.kill(os.getpid(), signal.SIGKILL)


def worker(site, sites, processes, layout=None):
	"""Start a worker in a process of its own; return it when it is about to begin."""
	ready = processes.Event()
	process = processes.Process(target=work, args=(str(sites), site.local.site, ready, layout), daemon=True)
	process.start()
	assert ready.wait(WAIT)
	return process


@pytest.fixture(scope="module")
def meeting(connected, school):
	"""Minutes that wait for the archive, and nothing else does: it would be at work when the worker is killed."""
	frappe.db.delete("PPSS Freezing", {"status": "Waiting"})
	made = school.meeting()
	connected.db.commit()
	return made


def copied(meeting, count: int):
	"""Write so many more minutes waiting for the archive, as the workflow leaves them."""
	waiting = frappe.get_doc("PPSS Freezing", {"document": meeting.name})
	for _copy in range(count):
		paper = frappe.copy_doc(meeting)
		paper.update({"docstatus": 1, "workflow_state": "Adopted", "name": None})
		paper.set("history", [row.as_dict(no_default_fields=True) for row in meeting.history])
		paper.set_new_name()
		for row in (paper, *paper.get_all_children()):
			row.parent = paper.name if row is not paper else None
			row.name = row.name or frappe.generate_hash(length=10)
			row.db_insert()
		row = frappe.copy_doc(waiting)
		row.update({"document": paper.name, "creation": now_datetime(), "status": "Waiting", "attempts": 0})
		row.db_insert()
	frappe.db.commit()


def attempts_allowed(school, count: int):
	frappe.db.set_value("PPSS Organisation", school.organisation, "paper_attempts", count)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	frappe.db.commit()


def standing(paper):
	return frappe.db.get_value(
		"PPSS Freezing", {"document": paper.name}, ["name", "status", "attempts", "last_error"], as_dict=True
	)


def test_paper_that_kills_every_worker_is_given_up_and_tried_again_by_a_button(
	site, sites, school, processes, meeting, rest
):
	attempts_allowed(school, 2)
	for _attempt in range(2):
		process = worker(site, sites, processes, deadly)
		process.join(WAIT)
		assert process.exitcode == -signal.SIGKILL
	frappe.db.rollback()
	assert standing(meeting).status == "Waiting" and standing(meeting).attempts == 2
	freezing.work_off_waiting()
	row = standing(meeting)
	assert (row.status, row.attempts) == ("Not Frozen", 2) and "жауапсыз" in row.last_error
	told = {"document_name": row.name, "for_user": school.users["HEAD"]}
	assert meeting.name in frappe.db.get_value("Notification Log", told, "subject")
	freezing.work_off_waiting()
	assert standing(meeting).status == "Not Frozen"
	method = "ppss_support.archive.doors.try_again"
	assert not rest(school.users["ACC"]).method(method, freezing=row.name).ok
	check_ok(rest(school.users["HEAD"]).method(method, freezing=row.name))
	freezing.work_off_waiting()
	assert standing(meeting).status == "Done" and checking.verify(school.organisation) == []


def test_killed_twenty_times_the_archive_is_whole(site, sites, school, processes, meeting, monkeypatch):
	copied(meeting, PAPERS)
	attempts_allowed(school, 0)
	dice = random.Random(92)
	killed, reached = 0, []
	for kill in range(KILLS):
		slow = kill < AT_LAYOUT
		process = worker(site, sites, processes, None if slow else quick)
		entered(school, 0 if slow else dice.randrange(12), process)
		process.join(dice.uniform(0.02, 0.5 if slow else 0.05))
		killed += process.is_alive()
		process.kill()
		process.join(WAIT)
		frappe.db.rollback()
		assert checking.verify(school.organisation) == []
		reached.append(register.last_number(school.organisation))
	assert killed == KILLS, f"only {killed} were at work when killed"
	assert len(set(reached)) > KILLS / 2, f"the workers died at the same few papers: {reached}"
	monkeypatch.setattr(freezing, "pdf_of", quick)
	freezing.work_off_waiting()
	check_nothing_lost_or_doubled(school)


def entered(school, papers: int, process):
	"""Wait until the worker has entered so many papers more."""
	wanted = register.last_number(school.organisation) + 2 * papers
	while process.is_alive() and register.last_number(school.organisation) < wanted:
		process.join(0.01)
		frappe.db.rollback()


def check_nothing_lost_or_doubled(school):
	own = {"organisation": school.organisation, "document_type": "PPSS Meeting"}
	assert set(frappe.get_all("PPSS Freezing", own, pluck="status")) == {"Done"}
	papers = frappe.get_all("PPSS Freezing", own, pluck="document")
	rows = frappe.get_all(register.DOCTYPE, own, ["document", "language", "file_url"])
	expected = sorted((paper, lang) for paper in papers for lang in ("kk", "ru"))
	assert sorted((row.document, row.language) for row in rows) == expected
	assert len(papers) == PAPERS + 1
	urls = [row.file_url for row in rows]
	assert frappe.db.count("File", {"file_url": ("in", urls)}) == len(rows)
	assert register.last_number(school.organisation) == frappe.db.count(
		register.DOCTYPE, {"organisation": school.organisation}
	)
	assert checking.verify(school.organisation) == []
