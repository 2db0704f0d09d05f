"""Packs of papers: what goes in, who may, what fails, and what a killed worker leaves."""

import os
import random
import signal
import time
import zipfile
from io import BytesIO
from pathlib import Path

import frappe
import pytest
from pypdf import PdfReader

from ppss_support import papers
from ppss_support.packs import build, jobs
from ppss_support.pdf import mass
from ppss_support.pdf.join import Piece, joined
from ppss_support.tests import support
from ppss_support.tests.factories import make
from ppss_support.tests.guards import Create

CONSENT = "PPSS Consent"
A4 = (595, 842)
KILLS, PATIENCE = 20, 30
# So many of them while the engine is at work, the others at the steps between.
AT_LAYOUT = 4


@pytest.fixture(scope="module")
def class_of_five(school):
	"""Five children of a class of their own: three without a consent, one with a prepared and one with a signed one."""
	with school.acting("DEP"):
		values = {"organisation": school.organisation, "school_year": school.year, "level": "L2"}
		own = make("PPSS Class", title="5 Ғ", class_teacher=school.staff["CLS"], **values).name
	children = [school.child(consent=False, school_class=own, patronymic=f"Әкеұлы{n}") for n in range(5)]
	prepared = blank_date(school, children[0])
	school.consent(children[1])
	frappe.db.commit()
	return frappe._dict(name=own, children=children, prepared=prepared.name)


def blank_date(school, learner, **values):
	return school.consent(learner, state="Prepared", date_signed=None, is_signed=0, **values)


def pack_as(school, key: str, **values):
	"""Ask for a pack as this person, let it be made, return it as it is then."""
	with school.acting(key):
		pack = make("PPSS Pack", **{"organisation": school.organisation, **values})
	frappe.db.commit()
	build.build(pack.name)
	return frappe.get_doc("PPSS Pack", pack.name)


def chosen(*docs) -> dict:
	items = [{"document_type": doc.doctype, "document": doc.name} for doc in docs]
	return {"scope": "Chosen Documents", "items": items}


def content(pack) -> bytes:
	file = frappe.get_doc("File", {"attached_to_doctype": "PPSS Pack", "attached_to_name": pack.name})
	assert file.is_private
	return Path(file.get_full_path()).read_bytes()


def text_of(pdf_page) -> str:
	"""Return the text without its blanks: where a line is broken is the affair of the engine."""
	return "".join(pdf_page.extract_text().split())


# ---- many consents in one pass


def test_consents_printed_together_read_as_the_single_print(site, school):
	names = [blank_date(school, school.child(consent=False)).name for _n in range(2)]
	long = blank_date(
		school,
		school.child(consent=False),
		learner_full_name="Қаһарманұлы " * 11,
		representative_full_name="Өмірбекқызы Ғайнижамал Үңгіт" * 4,
	)
	names.append(long.name)
	with school.acting("DEP"):
		together = PdfReader(BytesIO(mass.consents(names)))
		alone = [
			PdfReader(BytesIO(papers.render(frappe.get_doc(CONSENT, name), "PPSS Consent Form")))
			for name in names
		]
	assert [text_of(page) for page in together.pages] == [text_of(pdf.pages[0]) for pdf in alone]
	for page in together.pages:
		assert tuple(round(float(side)) for side in page.mediabox[2:]) == A4
		fonts = [
			font.get_object()["/DescendantFonts"][0].get_object()
			for font in page["/Resources"]["/Font"].values()
		]
		assert fonts and all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_consents_printed_together_leave_out_what_the_reader_may_not_see(site, school):
	own = blank_date(school, school.child(consent=False))
	other = school.add_learner(school_class=other_class(school))
	foreign = blank_date(school, other, made_by="DEP")
	with school.acting("CLS"):
		pdf = PdfReader(BytesIO(mass.consents([own.name, foreign.name])))
	assert len(pdf.pages) == 1 and own.name in pdf.pages[0].extract_text()


def other_class(school) -> str:
	values = {"organisation": school.organisation, "school_year": school.year, "level": "L2"}
	return make("PPSS Class", title="9 Ң", **values).name


# ---- what goes in


def test_class_gets_prepared_consents_in_two_clicks(site, school, rest, class_of_five):
	answer = rest(school.users["DEP"]).method(
		"ppss_support.packs.doors.consents_for_class", school_class=class_of_five.name
	)
	assert answer.ok, answer
	site.db.rollback()
	build.build(answer.data)
	pack = frappe.get_doc("PPSS Pack", answer.data)
	assert (pack.status, pack.total, pack.done, pack.failed) == ("Ready", 4, 4, 0)
	assert class_of_five.prepared in {item.document for item in pack.items}
	reader = PdfReader(BytesIO(content(pack)))
	assert len(reader.pages) == pack.pages == 5
	assert len(reader.outline) == 5
	for page, item in zip(reader.pages[1:], pack.items, strict=True):
		assert item.document in page.extract_text()
	assert pack.expires_on and pack.progress == 100
	about = {"document_type": "PPSS Pack", "document_name": pack.name, "for_user": school.users["DEP"]}
	assert frappe.db.exists("Notification Log", about)


def test_blank_consents_are_one_for_each_child(site, school, rest, class_of_five):
	answer = rest(school.users["CLS"]).method(
		"ppss_support.packs.doors.consents_for_class", school_class=class_of_five.name, blank=1
	)
	site.db.rollback()
	build.build(answer.data)
	pack = frappe.get_doc("PPSS Pack", answer.data)
	assert (pack.done, pack.pages) == (5, 6)
	assert all("Әкеұлы" not in page.extract_text() for page in PdfReader(BytesIO(content(pack))).pages[1:])


def test_file_of_a_child_holds_its_papers_and_no_other_childs(site, school):
	child, other = school.assessed_child(), school.assessed_child()
	school.learner_list([other, child], amends=school.approved_list())
	school.meeting(
		decisions=(
			{"learner": other.name, "text": "Бөтен баланы қолдау"},
			{"learner": child.name, "text": "Осы баланы қолдау"},
		)
	)
	support.lesson_held(school, [child, other])
	pack = pack_as(school, "HEAD", scope="Child's Whole File", learner=child.name)
	assert {item.status for item in pack.items} == {"Delivered"}
	assert {item.document_type for item in pack.items} >= {CONSENT, "PPSS Needs Assessment", "PPSS Learner"}
	assert [(item.print_format, item.row_no) for item in pack.items if item.print_format] == [
		("PPSS Participation Sheet", 0),
		("PPSS Extract from List", 2),
		("PPSS Extract from Minutes", 2),
	]
	text = "".join(text_of(page) for page in PdfReader(BytesIO(content(pack))).pages)
	lesson = frappe.db.get_value("PPSS Term", "SF3", "label_kk").replace(" ", "")
	assert child.given_name in text and "Осыбаланықолдау" in text and lesson in text
	assert other.given_name not in text and "Бөтен" not in text
	with school.acting("PSY"):
		own = make("PPSS Pack", organisation=school.organisation, scope=pack.scope, learner=child.name)
	kinds = {item.print_format for item in own.items if item.print_format}
	assert kinds == {"PPSS Extract from Minutes", "PPSS Participation Sheet"}


def test_class_and_period_choose_by_kind_of_paper(site, school, class_of_five):
	of_class = pack_as(
		school,
		"DEP",
		scope="Class",
		school_class=class_of_five.name,
		document_type=CONSENT,
		output="Separate Files",
	)
	with zipfile.ZipFile(BytesIO(content(of_class))) as archive:
		assert len(archive.namelist()) == of_class.done + 1
		assert all(PdfReader(BytesIO(archive.read(name))).pages for name in archive.namelist())
	period = {"from_date": "2020-01-01", "to_date": frappe.utils.today()}
	orders = pack_as(school, "DEP", scope="Period", document_type="PPSS Support Order", **period)
	assert (orders.status, orders.done) == ("Ready", 1)


# ---- refusals


def asking(**values):
	return lambda school: {"organisation": school.organisation, **values}


REFUSALS = [
	Create("DEP", "PPSS Pack", asking(scope="Class"), "A21"),
	Create(
		"DEP",
		"PPSS Pack",
		asking(scope="Period", document_type=CONSENT, from_date="2026-02-01", to_date="2026-01-01"),
		"A05",
	),
	Create(
		"DEP",
		"PPSS Pack",
		asking(scope="Period", document_type=CONSENT, from_date="2001-01-01", to_date="2001-02-01"),
		"A71",
	),
	Create(
		"DEP",
		"PPSS Pack",
		asking(scope="Chosen Documents", items=[{"document_type": "User", "document": "Guest"}]),
		"A73",
	),
]


@pytest.mark.parametrize("guard", REFUSALS)
def test_pack_without_sense_is_refused(school, rest, guard):
	guard.check(school, rest)


def test_pack_has_a_greatest_size(site, school, rest, class_of_five):
	frappe.db.set_value("PPSS Organisation", school.organisation, "pack_limit", 2)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	values = {"scope": "Blank Consents for a Class", "school_class": class_of_five.name}
	answer = rest(school.users["DEP"]).create("PPSS Pack", organisation=school.organisation, **values)
	frappe.db.set_value("PPSS Organisation", school.organisation, "pack_limit", 2000)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	site.db.commit()
	assert answer.codes == {"A72"}


def test_papers_that_fail_are_named_and_the_rest_delivered(site, school):
	good, gone = (blank_date(school, school.child(consent=False)) for _n in range(2))
	foreign = blank_date(school, school.add_learner(school_class=other_class(school)), made_by="DEP")
	with school.acting("CLS"):
		pack = make("PPSS Pack", organisation=school.organisation, **chosen(good, gone, foreign))
	frappe.delete_doc(CONSENT, gone.name, force=True)
	frappe.db.commit()
	build.build(pack.name)
	pack = frappe.get_doc("PPSS Pack", pack.name)
	assert [item.status for item in pack.items] == ["Delivered", "Not Delivered", "Not Delivered"]
	assert all(item.reason for item in pack.items[1:])
	text = "".join(page.extract_text() for page in PdfReader(BytesIO(content(pack))).pages)
	assert good.name in text and foreign.learner_full_name not in text
	assert (pack.status, pack.done, pack.failed) == ("Ready", 1, 2)


def test_packs_are_for_their_maker_and_the_leaders(site, school, rest, class_of_five):
	pack = pack_as(school, "PSY", **chosen(blank_date(school, school.child(consent=False))))
	for key, reads in (
		("PSY", True),
		("HEAD", True),
		("DEP", True),
		("SOC", False),
		("TCH", False),
		("ACC", False),
	):
		client = rest(school.users[key])
		assert client.read("PPSS Pack", pack.name).ok == reads, key
		assert (client.call("GET", pack.file).status == 200) == reads, key
		assert (pack.name in client.names("PPSS Pack")) == reads, key
	kinds = rest(school.users["CLS"]).method("ppss_support.packs.doors.kinds").data
	assert CONSENT in kinds and "PPSS Learner List" not in kinds
	assert not rest(school.users["PSY"]).change("PPSS Pack", pack.name, status="Queued").ok
	assert not rest(school.users["ACC"]).create("PPSS Pack", **chosen(pack)).ok


def test_pack_expires_with_its_file(site, school):
	pack = pack_as(school, "DEP", **chosen(blank_date(school, school.child(consent=False))))
	path = jobs.file_of(pack)
	assert path.exists()
	frappe.db.set_value("PPSS Pack", pack.name, "expires_on", "2020-01-01")
	jobs.expire()
	pack.reload()
	assert (pack.status, pack.file, path.exists()) == ("Expired", None, False)
	assert pack.items


def test_index_and_bookmarks_lead_to_the_page_of_each_paper(site, school):
	"""Papers of one page and of several, under an index of several pages."""
	order = frappe.get_doc("PPSS Support Order", {"organisation": school.organisation})
	meeting = school.meeting()
	consents = copies(blank_date(school, school.child(consent=False)), 40)
	named = [*consents[:20], (order.doctype, order.name), (meeting.doctype, meeting.name), *consents[20:]]
	items = [{"document_type": doctype, "document": name} for doctype, name in named]
	pack = pack_as(school, "HEAD", scope="Chosen Documents", items=items)
	pdf = PdfReader(BytesIO(content(pack)))
	pages = [text_of(page) for page in pdf.pages]
	page = first = len(pages) - sum(item.pages for item in pack.items)
	index = "".join(pages[:first])
	assert first > 1
	for item, mark in zip(pack.items, pdf.outline[1:], strict=True):
		assert pdf.get_destination_page_number(mark) == page and item.document in mark.title
		assert all(item.document in text for text in pages[page : page + item.pages])
		assert f"{item.document}{page + 1}{item.pages}" in index
		page += item.pages


# ---- killed workers


@pytest.fixture
def two_hundred(site, school):
	named = copies(blank_date(school, school.child(consent=False)), 200)
	items = [{"document_type": doctype, "document": name} for doctype, name in named]
	with school.acting("DEP"):
		pack = make("PPSS Pack", organisation=school.organisation, scope="Chosen Documents", items=items)
	attempts_allowed(school, 0)
	yield pack.name
	attempts_allowed(school, 3)


def copies(consent, count: int) -> list[tuple[str, str]]:
	"""Write copies of the consent past the rules; return kind and name of all."""
	row = frappe.db.get_value(CONSENT, consent.name, "*", as_dict=True)
	rows = [{**row, "name": f"{consent.name}-{number:03}"} for number in range(1, count)]
	frappe.db.bulk_insert(CONSENT, list(row), [list(one.values()) for one in rows])
	return [(CONSENT, consent.name), *((CONSENT, one["name"]) for one in rows)]


def printed_before(pack: str):
	"""Print all papers of the pack once; return what picks from them, so that a worker dies at other steps too."""
	names = [item.document for item in frappe.get_doc("PPSS Pack", pack).items]
	whole = mass.one_pdf(mass.read(CONSENT, names))
	pages = {name: Piece(whole, number, 1) for number, name in enumerate(names)}
	return lambda docs, print_format=None: joined([pages[doc.name] for doc in docs])


def attempts_allowed(school, count: int):
	frappe.db.set_value("PPSS Organisation", school.organisation, "paper_attempts", count)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	frappe.db.commit()


def test_pack_survives_twenty_killed_workers(site, sites, two_hundred, monkeypatch):
	chance, killed, reached = random.Random(92), 0, set()
	for kill in range(KILLS):
		if kill == AT_LAYOUT:
			monkeypatch.setattr(mass, "one_pdf", printed_before(two_hundred))
		worker = begun(site.local.site, sites, two_hundred)
		saved(two_hundred, 0 if kill < AT_LAYOUT else chance.choice((0, 0, 1)))
		time.sleep(chance.uniform(0.02, 0.6 if kill < AT_LAYOUT else 0.15))
		killed += killed_now(worker)
		frappe.db.rollback()
		reached.add(frappe.db.get_value("PPSS Pack", two_hundred, "done"))
	forget_worker(two_hundred)
	build.build(two_hundred)
	frappe.db.rollback()
	pack = frappe.get_doc("PPSS Pack", two_hundred)
	assert killed == KILLS and len(reached) > 3, (killed, reached)
	assert (pack.status, pack.total, pack.done, pack.failed) == ("Ready", 200, 200, 0)
	files = frappe.get_all("File", {"attached_to_name": pack.name}, pluck="name")
	assert len(files) == 1 and not jobs.workshop(pack.name).exists()
	reader = PdfReader(BytesIO(content(pack)))
	papers_of_pack = [page.extract_text().split()[-1] for page in reader.pages[pack.pages - 200 :]]
	assert papers_of_pack == [item.document for item in pack.items]


def test_paper_that_kills_every_worker_is_left_out_and_tried_again_by_a_button(
	site, sites, school, rest, monkeypatch
):
	items = [blank_date(school, school.child(consent=False)) for _n in range(2)]
	items.insert(1, school.assessed_child())
	deadly = frappe.get_doc("PPSS Needs Assessment", {"learner": items[1].name})
	items[1] = deadly
	with school.acting("DEP"):
		pack = make("PPSS Pack", organisation=school.organisation, **chosen(*items))
	frappe.db.commit()
	made = papers.copy_of
	monkeypatch.setattr(
		papers, "copy_of", lambda paper, *more: die(paper.name == deadly.name) or made(paper, *more)
	)
	deaths = 0
	while died(begun(site.local.site, sites, pack.name)):
		deaths += 1
	pack.reload()
	assert deaths == 3 and (pack.status, pack.done, pack.failed) == ("Ready", 2, 1)
	assert [item.status for item in pack.items] == ["Delivered", "Not Delivered", "Delivered"]
	assert "without an answer" in pack.items[1].reason
	monkeypatch.undo()
	client = rest(school.users["DEP"])
	assert not rest(school.users["SOC"]).method("ppss_support.packs.doors.try_again", pack=pack.name).ok
	assert client.method("ppss_support.packs.doors.try_again", pack=pack.name).ok
	frappe.db.rollback()
	build.build(pack.name)
	pack.reload()
	assert (pack.status, pack.done, pack.failed) == ("Ready", 3, 0)
	assert frappe.db.count("File", {"attached_to_name": pack.name}) == 1


def test_killed_job_is_taken_up_by_the_schedule_and_ends_with_a_notice(site, sites, school, monkeypatch):
	"""The path of a pack through queue, worker and schedule, as on a bench."""
	consent = blank_date(school, school.child(consent=False))
	with school.acting("DEP"):
		pack = make("PPSS Pack", organisation=school.organisation, **chosen(consent))
	frappe.db.commit()
	with monkeypatch.context() as broken:
		broken.setattr(mass, "one_pdf", lambda *more: die(True))
		assert died(run_job(pack.name))
	frappe.db.rollback()
	assert frappe.db.get_value("PPSS Pack", pack.name, "status") == "Being Made"
	forget_worker(pack.name)
	scheduled("packs.jobs.take_up")
	assert not died(run_job(pack.name))
	frappe.db.rollback()
	pack.reload()
	assert (pack.status, pack.done, pack.progress) == ("Ready", 1, 100) and jobs.file_of(pack).exists()
	about = {"document_type": "PPSS Pack", "document_name": pack.name, "for_user": school.users["DEP"]}
	assert frappe.db.count("Notification Log", about) == 1
	frappe.db.set_value("PPSS Pack", pack.name, "expires_on", "2020-01-01")
	scheduled("packs.jobs.expire")
	assert frappe.db.get_value("PPSS Pack", pack.name, "status") == "Expired"
	assert not jobs.file_of(pack).exists()


def scheduled(method: str):
	"""Run a job of the schedule, as the scheduler knows it."""
	frappe.get_doc("Scheduled Job Type", {"method": f"ppss_support.{method}", "stopped": 0}).execute()
	frappe.db.commit()


def run_job(pack: str) -> int:
	"""Let a worker of the queue do the job of this pack in a process of its own; jobs of others are not ours."""
	from frappe.utils.background_jobs import get_queue
	from rq import SimpleWorker

	queue = get_queue("long")
	job = next(job for job in reversed(queue.jobs) if job.kwargs["kwargs"].get("pack") == pack)
	queue.remove(job)
	child = os.fork()
	if not child:
		try:
			frappe.local.db = None
			SimpleWorker([queue], connection=queue.connection).perform_job(job, queue)
		finally:
			os._exit(0)
	return child


def die(now: bool):
	if now:
		os.kill(os.getpid(), signal.SIGKILL)


def begun(site_name: str, sites, pack: str) -> int:
	"""Make the pack in a process of its own, return its number when it is at work."""
	forget_worker(pack)
	ready, at_work = os.pipe()
	child = os.fork()
	if not child:
		work_until_killed(site_name, sites, pack, at_work)
	os.close(at_work)
	os.read(ready, 1)
	os.close(ready)
	return child


def saved(pack: str, papers: int):
	"""Wait until so many papers more are in the pack, or there are no more to come."""
	first = frappe.db.get_value("PPSS Pack", pack, "done")
	end = time.monotonic() + PATIENCE
	while time.monotonic() < end:
		done, total = frappe.db.get_value("PPSS Pack", pack, ["done", "total"])
		if done >= min(total, first + papers):
			return
		time.sleep(0.01)
		frappe.db.rollback()


def killed_now(worker: int) -> bool:
	"""Kill the process; tell whether it was still at work."""
	os.kill(worker, signal.SIGKILL)
	return died(worker)


def died(worker: int) -> bool:
	"""Wait for the end of the process; tell whether it was killed."""
	return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


def work_until_killed(site_name: str, sites, pack: str, at_work: int):
	"""Run in the forked process, with a connection of its own; leave without what the parent has to do at its end."""
	try:
		frappe.local.db = None
		frappe.init(site=site_name, sites_path=str(sites), force=True)
		frappe.connect()
		os.write(at_work, b".")
		build.build(pack)
	finally:
		os._exit(0)


def forget_worker(pack: str):
	"""What ten minutes without a sign of work do."""
	frappe.db.set_value("PPSS Pack", pack, "heartbeat", "2020-01-01 00:00:00", update_modified=False)
	frappe.db.commit()


def test_stale_packs_are_taken_up_and_live_ones_left_alone(site, two_hundred, monkeypatch):
	taken = []
	monkeypatch.setattr(jobs, "enqueue", taken.append)
	jobs.take_up()
	assert two_hundred not in taken
	assert build.take(two_hundred, "first") and not build.take(two_hundred, "second")
	forget_worker(two_hundred)
	jobs.take_up()
	assert two_hundred in taken
	assert build.take(two_hundred, "second")
	with pytest.raises(build.Superseded):
		build.must_hold(two_hundred, "first")
