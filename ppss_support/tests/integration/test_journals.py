"""The journals over HTTP: one log, numbers of their own without gaps, corrections by a new row, volumes under seal."""

import json

import frappe
import pytest
from frappe.desk.query_report import run

from ppss_support.print_helpers import paper_language
from ppss_support.reporting import journal_rows
from ppss_support.tests import log, profiles, support
from ppss_support.tests.factories import School, day, take
from ppss_support.tests.guards import (
	Change,
	Create,
	Press,
	check_ok,
	check_refused,
	check_warned,
	fresh,
	tried,
)
from ppss_support.tests.papers import printed

clause, param = pytest.mark.clause, pytest.param
VOLUME, LINE, ACTIVITY = "PPSS Journal Volume", "PPSS Journal Line", "PPSS Activity"
# Words of an entry that no journal may tell.
FOUND, SAID = "Мазасыздық деңгейі өте жоғары", "Қауіп бар екенін айтты"


def in_state(journal: str, state: str, **values):
	"""Return the maker of a volume in a state; what stood open before is closed first."""

	def made(school):
		close_all(school, journal)
		return log.volume(school, journal, state, **values)

	return made


def close_all(school, journal: str):
	own = {"organisation": school.organisation, "kind": journal, "workflow_state": ("!=", "Closed")}
	for name in frappe.get_all(VOLUME, own, pluck="name"):
		# What is asked here is the next volume, not how this one was certified.
		frappe.db.set_value(VOLUME, name, {"workflow_state": "Closed", "docstatus": 1})


def while_open(school):
	"""Return the values of a second volume beside an open one."""
	in_state("J2", "Open")(school)
	return log.volume_values(school, "J2")


test_volume = tried(
	[
		param(
			Press("HEAD", "Certify", in_state("J1", "Open"), "Certified"),
			id="certified",
			marks=clause("ALM-5.8"),
		),
		param(Press("PSY", "Certify", in_state("J1", "Open"), codes="M04"), id="certified-by-the-head-alone"),
		param(
			Press("HEAD", "Certify", in_state("J1", "Open", sheets=0), codes="A131"), id="sheets-not-counted"
		),
		param(Press("PSY", "Close", in_state("J1", "Certified"), "Closed"), id="closed"),
		param(Change("PSY", in_state("J1", "Certified"), {"sheets": 50}, "M43"), id="sheets-are-certified"),
		param(Create("PSY", VOLUME, while_open, "A130"), id="one-volume-at-a-time"),
		param(
			Create("PSY", VOLUME, lambda s: log.volume_values(s, "J3", date="2020-09-01"), "A132"),
			id="of-the-year",
		),
		param(
			Create("PSY", VOLUME, lambda s: log.volume_values(s, "AJ"), "M47"), id="no-certified-journal-here"
		),
		param(Create("DEP", VOLUME, lambda s: log.volume_values(s, "J9")), id="opened-by-the-deputy"),
	]
)


@clause("OVR-F6")
def test_opened_volume_and_its_lines_stay(school, rest):
	opened = in_state("J5", "Open")(school)
	line = line_by_hand(school, opened)
	psychologist = rest(school.users["PSY"])
	assert psychologist.delete(VOLUME, opened.name).status == 403
	for client in (psychologist, rest(school.users["DEP"])):
		assert client.names(LINE) == set()
		assert client.create(LINE, **line).status == 403
	with pytest.raises(frappe.ValidationError, match="A56"):
		frappe.get_doc({"doctype": LINE, **line}).insert()


def line_by_hand(school, opened) -> dict:
	return {**log.volume_values(school), "journal": "J5", "number": 7, "volume": opened.name}


# ---- entries


@clause("OVR-F6", "OVR-J4", "OVR-D4")
def test_entries_before_and_after_the_opening_have_running_numbers(rest, connected):
	school = School()
	client = rest(school.users["PSY"])
	early = [log.entry(school, "CONSULTATION", "Recorded", date=day(-n)) for n in (1, 3)]
	drafted = log.entry(school, "CONSULTATION")
	opened = client.create(VOLUME, **log.volume_values(school))
	check_ok(opened)
	check_ok(client.press(ACTIVITY, drafted.name, "Record"))
	assert numbers(school, "J4") == [(1, early[1].name, 0), (2, early[0].name, 0), (3, drafted.name, 0)]
	check_ok(client.press(ACTIVITY, early[0].name, "Strike Out", "Күні қате"))
	assert numbers(school, "J4")[3:] == [(4, early[0].name, 2)]
	page = printed(frappe.get_doc(VOLUME, opened.data["name"]), "PPSS Journal")
	assert "2-жол сызып тасталды. Күні қате" in page
	assert "Кеңес беру журналы" in page
	# The deputy's entry is no psychologist's work, a rolled back one takes no number.
	log.entry(school, "METHODICAL", "Recorded")
	connected.db.commit()
	log.entry(school, "CONSULTATION", "Recorded")
	connected.db.rollback()
	assert [number for number, *_rest in numbers(school, "J4")] == [1, 2, 3, 4]


def numbers(school, journal: str) -> list[tuple]:
	"""Return number, entry and number struck out of each line, also of those another connection has committed."""
	frappe.db.commit()
	own = {"organisation": school.organisation, "journal": journal}
	rows = frappe.get_all(LINE, own, ["number", "document", "strikes"], order_by="number", as_list=True)
	return [tuple(row) for row in rows]


@clause("OVR-F6", "OVR-J6", "OVR-J7", "OVR-J8", "OVR-J9", "OVR-J1", "OVR-J2", "OVR-J3", "OVR-J5")
def test_one_entry_stands_in_every_journal_it_belongs_to(site):
	school = School()
	for journal in ("J1", "J2", "J3", "J5", "J6", "J7", "J8", "J9"):
		log.volume(school, journal)
	found = log.entry(school, "DIAGNOSTICS", "Recorded")
	trained = log.entry(school, "TRAINING", "Recorded")
	informed = log.entry(school, "ENLIGHTENMENT", "Recorded", audience="W2", detail="E4c")
	prevented = log.entry(
		school, "ENLIGHTENMENT", "Recorded", problem_theme="OP2", school_class=school.school_class
	)
	asked = log.request(school)
	log.request(school, to_person=school.staff["SOC"])
	stands = {
		journal: [name for _n, name, _s in numbers(school, journal)] for journal in ("J1", "J2", "J3", "J5")
	}
	assert stands == {"J1": [found.name], "J2": [prevented.name], "J3": [trained.name], "J5": [informed.name]}
	assert numbers(school, "J6") == [(1, asked.name, 0)]
	assert numbers(school, "J7") == [(1, found.name, 0)]
	assert numbers(school, "J8") == [(1, trained.name, 0), (2, prevented.name, 0)]
	assert numbers(school, "J9") == [(1, informed.name, 0)]


@clause("OVR-J3", "OVR-J8")
def test_lessons_of_the_psychologist_stand_in_the_journals(site):
	school = School()
	school.order()
	child = school.listed_child()
	school.programme(child, "In implementation")
	opened = log.volume(school, "J3")
	planned = support.session(school, [child], "PSY", provider=school.staff["PSY"])
	lesson = support.take_in(planned, actual_minutes=30, content="Назар жаттығулары")
	held = school.move(lesson, "Held", ("PSY", "Record Lesson"))
	assert numbers(school, "J3") == [(1, held.name, 0)]
	with school.acting("DEP"):
		take(held, "Correct", "Сабақ басқа күні өтті")
	assert numbers(school, "J3")[1:] == [(2, held.name, 1)]
	assert [row.struck for row in read(opened)] == [True, False]
	school.add_person("PSY", "PSY2")
	for key, named in (("DEP", held.name), ("PSY2", "")):
		with school.acting(key):
			assert [row.document for row in read(opened)] == [named, named], key


def read(opened) -> list:
	return journal_rows.rows_of(journal_rows.lines_of(volume=opened.name), paper_language())


@clause("OVR-S2")
def test_work_before_the_plan_is_warned_of(rest, connected):
	school = School()
	first, second = (log.entry(school, "ENLIGHTENMENT") for _n in range(2))
	log.volume(school, "J5")
	connected.db.commit()
	client = rest(school.users["PSY"])
	check_warned(client.press(ACTIVITY, first.name, "Record"), "A134")
	support.annual_plan(school, "Approved")
	assert client.press(ACTIVITY, second.name, "Record").texts == []


@clause("ALM-5.8")
def test_no_entry_before_the_head_has_certified(rest, connected):
	school = profiles.almaty_school()
	entries = [log.entry(school, "ENLIGHTENMENT", detail="AA12.1") for _n in range(3)]
	connected.db.commit()
	client = rest(school.users["PSY"])
	check_warned(client.press(ACTIVITY, entries[0].name, "Record"), "M50")
	opened = log.volume(school, "AJ")
	check_warned(client.press(ACTIVITY, entries[1].name, "Record"), "M50")
	school.move(opened, "Certified", ("HEAD", "Certify"))
	assert not any("M50" in text for text in client.press(ACTIVITY, entries[2].name, "Record").texts)
	assert [name for _n, name, _s in numbers(school, "AJ")] == [one.name for one in entries]
	certified = fresh(VOLUME, opened.name)
	page = printed(certified, "PPSS Certified Journal")
	assert f"{log.SHEETS} (қырық сегіз) парақ нөмірленген" in page
	assert page.count("ағартушылық") == 3
	assert certified.sealed_by == school.staff["HEAD"]


# ---- needs


def need(**values):
	"""Return the values of a parent's need the psychologist enters."""

	def made(school):
		parent = {
			"kind": "Need",
			"asker_group": "W2",
			"asker_name": "Сәуле апай",
			"from_person": school.staff["PSY"],
		}
		return log.request_values(school, **{**parent, **values})

	return made


test_need = tried(
	[
		param(Create("PSY", "PPSS Request", need()), id="entered", marks=clause("OVR-J6", "OVR-S3")),
		param(
			Create("PSY", "PPSS Request", need(asker_name=None), "A21"),
			id="somebody-has-it",
			marks=clause("OVR-J6"),
		),
		param(
			Create("PSY", "PPSS Request", need(to_person=None, to_role="CAR"), "A31"),
			id="put-to-a-specialist",
		),
	]
)


@clause("OVR-J6", "OVR-X1")
def test_need_is_considered_and_stands_in_its_journal(rest, connected):
	school = School()
	opened = log.volume(school, "J6")
	connected.db.commit()
	client = rest(school.users["PSY"])
	asked = client.create("PPSS Request", **need(learner=None)(school))
	name = asked.data["name"]
	check_refused(client.delete("PPSS Request", name), "A10")
	check_ok(client.press("PPSS Request", name, "Take Up"))
	check_ok(client.change("PPSS Request", name, answer="Кездесу өтті"))
	check_refused(client.press("PPSS Request", name, "Give Answer"), "A21")
	check_ok(client.change("PPSS Request", name, within_competence="Yes"))
	check_ok(client.press("PPSS Request", name, "Give Answer"))
	page = printed(fresh(VOLUME, opened.name), "PPSS Journal")
	assert "ата-аналармен жұмыс: Сәуле апай" in page and "Кездесу өтті" in page
	held = client.create(ACTIVITY, **log.entry_values(school, "CONSULTATION", request=name, aspect="OX1"))
	check_ok(held)
	assert (held.data["request"], held.data["aspect"]) == (name, "OX1")


@clause("OVR-X1", "OVR-X2", "OVR-X3")
def test_entry_is_of_one_of_three_aspects(school, rest):
	client = rest(school.users["PSY"])
	for aspect in ("OX1", "OX2", "OX3"):
		made = client.create(ACTIVITY, **log.entry_values(school, "ENLIGHTENMENT", aspect=aspect))
		check_ok(made)
		assert made.data["aspect"] == aspect
	check_refused(client.create(ACTIVITY, **log.entry_values(school, "ENLIGHTENMENT", aspect="W1")), "A08")


# ---- who reads what


@pytest.fixture(scope="module")
def two_psychologists(connected):
	"""A journal of two psychologists, each with a child of their own."""
	connected.db.rollback()
	school = School()
	school.add_person("PSY", "PSY2")
	mine, theirs = school.child(), school.add_learner()
	school.open_case(theirs, "PSY2")
	school.consent(theirs, made_by="DEP")
	opened = {journal: log.volume(school, journal) for journal in ("J1", "J2", "J4")}
	for key, child in (("PSY", mine), ("PSY2", theirs)):
		log.entry(school, "CONSULTATION", "Recorded", key, learner=child.name, recommendation=f"Кеңес {key}")
	log.entry(school, "DIAGNOSTICS", "Recorded", learner=mine.name, result=FOUND, conclusion=FOUND)
	log.entry(
		school,
		"CONSULTATION",
		"Recorded",
		learner=mine.name,
		problem_theme="OP1",
		overview_direction="OD2",
		recommendation=SAID,
	)
	connected.db.commit()
	return frappe._dict(school=school, mine=mine, theirs=theirs, opened=opened)


def print_of(world, journal: str, key: str) -> str:
	frappe.db.rollback()
	with world.school.acting(key):
		return printed(world.opened[journal], "PPSS Journal")


@clause("OVR-F6", "OVR-J4")
def test_journal_prints_what_its_reader_may_read(two_psychologists, site):
	world = two_psychologists
	whole = print_of(world, "J4", "HEAD")
	assert world.mine.full_name in whole and world.theirs.full_name in whole
	for key, child, other in (("PSY", world.mine, world.theirs), ("PSY2", world.theirs, world.mine)):
		page = print_of(world, "J4", key)
		assert child.full_name in page and other.full_name not in page
		assert page.count("Басқа маманның жазбасы") == 1
		assert [f"Кеңес {one}" in page for one in ("PSY", "PSY2")] == [True, key == "PSY2"]


@clause("OVR-P1", "OVR-J1", "OVR-J2")
def test_no_journal_tells_what_is_confidential(two_psychologists, site):
	world = two_psychologists
	for key in ("HEAD", "PSY"):
		assert FOUND not in print_of(world, "J1", key)
		assert world.mine.full_name in print_of(world, "J1", key)
		prevention = print_of(world, "J2", key)
		assert SAID not in prevention and world.mine.full_name not in prevention
		assert (
			"Өзіне-өзі қол жұмсаудан сақтандыру" in prevention
			or "өзіне-өзі қол жұмсаудан сақтандыру" in prevention
		)


@clause("OVR-P1")
def test_prevention_of_suicide_is_read_by_psychologists_and_leaders(two_psychologists, rest):
	school = two_psychologists.school
	name = frappe.db.get_value(ACTIVITY, {"organisation": school.organisation, "problem_theme": "OP1"})
	for key, reads in (
		("HEAD", True),
		("DEP", True),
		("PSY", True),
		("SOC", False),
		("CLS", False),
		("PSY2", False),
	):
		client = rest(school.users[key])
		assert client.read(ACTIVITY, name).ok == reads, key
		assert (name in client.names(ACTIVITY)) == reads, key


@clause("OVR-F6")
def test_report_of_a_journal_is_for_its_readers(two_psychologists, rest):
	world = two_psychologists
	filters = json.dumps({"organisation": world.school.organisation, "journal": "J4"})
	given = {"report_name": "PPSS Journal", "filters": filters}
	for key, status in (("HEAD", 200), ("PSY", 200), ("SOC", 403), ("ACC", 403)):
		assert (
			rest(world.school.users[key]).method("frappe.desk.query_report.run", **given).status == status
		), key
	rows = rest(world.school.users["PSY"]).method("frappe.desk.query_report.run", **given).data["result"]
	assert [bool(row["document"]) for row in rows] == [True, False]


# ---- what it costs


@clause("OVR-F6")
def test_journal_costs_the_same_at_any_length(site):
	"""One reading for each source of entries, however many entries there are."""
	school = School()
	log.volume(school, "J4")
	costs = []
	for more in (1, 6):
		for _n in range(more):
			log.entry(school, "CONSULTATION", "Recorded")
		with school.acting("PSY"):
			filters = {"organisation": school.organisation, "journal": "J4"}
			run("PPSS Journal", filters=filters)
			with support.counted([]) as statements:
				rows = run("PPSS Journal", filters=filters)["result"]
		costs.append((len(statements), len(rows)))
	assert costs[0][0] == costs[1][0] > 0
	assert [rows for _cost, rows in costs] == [1, 7]


def test_opening_a_volume_refuses_those_who_keep_none(school, rest):
	answer = rest(school.users["SOC"]).create(VOLUME, **log.volume_values(school, "J8"))
	check_refused(answer, "framework")
