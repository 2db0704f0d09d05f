"""Measures a pack of 1,000 papers of the archive and prints one line of JSON.

Run by `./ppss benchmark pack` on a site of its own. One signed consent comes through the app's own rules, the others are
copies of that row; each is frozen by the archive's own job as a file of its own, then the deputy head asks for the
pack and the job of packs makes it. The pack stays on the site for looking at; its path goes to stderr.
"""

import json
import sys
from functools import partial

import frappe
from measuring import copied, peak_memory, seconds
from pikepdf import Pdf

from ppss_support.archive import events, freezing, outbox, register
from ppss_support.packs import build, delivery, jobs
from ppss_support.tests.factories import School, make

PAPERS = 1000


def main():
	school = School()
	school.order()
	names = waiting_for_the_archive(school)
	# The job that the commit would call for is not to take them away.
	frappe.db.after_commit.reset()
	frappe.db.commit()
	freezing_time = seconds(freeze_all)
	assert frappe.db.count(register.DOCTYPE, {"document": ("in", names), "event": events.FROZEN}) == PAPERS
	items = [{"document_type": "PPSS Consent", "document": name} for name in names]
	with school.acting("DEP"):
		pack = make("PPSS Pack", organisation=school.organisation, scope="Chosen Documents", items=items)
	frappe.db.after_commit.reset()
	frappe.db.commit()
	print(json.dumps({"freezing_s": round(freezing_time / PAPERS, 2), **measured(pack.name)}))


def waiting_for_the_archive(school: School) -> list[str]:
	"""Return signed consents, each with the row that its signing leaves in the outbox."""
	first = school.consent(school.child(consent=False))
	names = copied(first.name, PAPERS)
	step = first.history[-1]
	who = {"decided_by": step.person, "position": step.position, "user": step.user, "decided_at": step.at}
	for name in names[1:]:
		paper = frappe._dict(doctype="PPSS Consent", name=name, organisation=school.organisation)
		outbox.write(paper, events.FROZEN, state=step.to_state, **who)
	return names


def freeze_all():
	while frappe.db.count(outbox.DOCTYPE, {"status": outbox.WAITING}):
		freezing.work_off_waiting()


def measured(pack: str) -> dict:
	times = {"index": [], "merge": []}
	delivery.cover_of = timed(delivery.cover_of, times["index"])
	delivery.joined = timed(delivery.joined, times["merge"])
	with peak_memory() as peak:
		whole = seconds(partial(build.build, pack))
	doc = frappe.get_doc("PPSS Pack", pack)
	path = jobs.file_of(doc)
	print(path, file=sys.stderr)
	with Pdf.open(path) as pdf:
		pages = len(pdf.pages)
		with pdf.open_outline() as outline:
			marks = len(outline.root)
	assert (doc.status, doc.done, doc.pages, marks) == ("Ready", PAPERS, pages, PAPERS + 1)
	return {
		"papers": doc.done,
		"pages": pages,
		"merge_ms_per_page": round(1000 * sum(times["merge"]) / pages, 2),
		"index_s": round(sum(times["index"]), 1),
		"pack_s": round(whole, 1),
		"peak_mb": round(peak[0] / 2**20),
		"file_mb": round(path.stat().st_size / 2**20, 1),
	}


def timed(work, times: list[float]):
	def done(*args):
		found = []
		times.append(seconds(lambda: found.append(work(*args))))
		return found[0]

	return done


main()
