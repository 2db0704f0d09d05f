"""Actions of lists over HTTP: each row by the reader's own rights, whole or not at all, with its own answer."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import frappe
import pytest
from frappe.utils import add_days, today

from ppss_support import tasks
from ppss_support.bulk import doors
from ppss_support.bulk import rows as bulk_rows
from ppss_support.reminders import sending
from ppss_support.tests import support
from ppss_support.tests.client import Answer
from ppss_support.tests.guards import check_ok, check_refused, fresh, state_of

clause = pytest.mark.clause
CASE, PROGRAMME, SESSION = "PPSS Support Case", "PPSS Programme", "PPSS Session"
CONSENT, MEMBER = "PPSS Consent", "PPSS Case Membership"
STEPS = "frappe.model.workflow.bulk_workflow_approval"
REASSIGN, REMIND = "ppss_support.bulk.doors.reassign", "ppss_support.bulk.doors.remind"


class Rows:
	"""What came of each row of an action."""

	def __init__(self, answer):
		check_ok(answer)
		self.done = [row["done"] for row in answer.data]
		self.codes = [" ".join(row["codes"]) for row in answer.data]
		self.texts = [row["text"] for row in answer.data]


def members(case: str) -> set[tuple]:
	columns = ["specialist", "from_date", "to_date"]
	return set(frappe.get_all(MEMBER, {"parent": case}, columns, as_list=True))


def pass_on():
	tasks.pass_on_responsibility(nullcontext)
	frappe.db.commit()


@pytest.fixture
def another(school, site) -> str:
	"""Return another psychologist whom the order names, too."""
	person = school.add_person("PSY", f"PSY{frappe.generate_hash(length=4)}")
	known = frappe.get_last_doc("PPSS Order Member", {"specialist": school.staff["PSY"]})
	row = frappe.copy_doc(known)
	row.update({"specialist": person, "parent": known.parent, "docstatus": 1})
	row.set_new_name()
	row.db_insert()
	return person


def begun(learner, days: int):
	"""Let everybody work on the case since some days ago."""
	since = {"from_date": add_days(today(), -days)}
	frappe.db.set_value(MEMBER, {"parent": support.case_of(learner)}, since)


def let_come(*cases: str, leaving: str, taking: str):
	"""Turn the days on until it is the first one of whoever takes over."""
	for case in cases:
		frappe.db.set_value(MEMBER, {"parent": case, "specialist": leaving}, "to_date", add_days(today(), -1))
		frappe.db.set_value(MEMBER, {"parent": case, "specialist": taking}, "from_date", today())
	for doctype in (PROGRAMME, CONSENT):
		frappe.db.set_value(doctype, {"owner": ("like", "psy%")}, "creation", add_days(today(), -9))


@clause("KZ92-14.2.1b")
def test_many_are_handed_over_and_each_refusal_is_told(school, rest):
	good = school.programme(school.listed_child(), "Draft")
	bad = school.programme(school.child(consent=False), "Draft")
	foreign = school.programme(school.make_listed_child(), "Draft", made_by="PSY")
	frappe.db.delete("PPSS Case Membership", {"parent": foreign.support_case})
	frappe.db.set_value(PROGRAMME, foreign.name, "owner", school.users["DEP"])
	names = [good.name, bad.name]
	given = {"doctype": PROGRAMME, "action": "Hand Over"}
	rows = Rows(rest(school.users["PSY"]).method(STEPS, docnames=frappe.as_json(names), **given))
	assert rows.done == [True, False]
	assert rows.codes[1].startswith("M"), rows.codes
	assert (state_of(good), state_of(bad)) == ("With deputy head", "Draft")
	assert rest(school.users["PSY"]).method(STEPS, docnames=[foreign.name], **given).status == 403


@clause("KZ92-14.0", "KZ92-5.5")
def test_own_children_go_over_with_dates_papers_and_lessons(school, rest, another):
	"""The psychologist gives them away, one of them to whom works with the child already, for some days to come."""
	listed, second = school.make_listed_child(), school.make_listed_child()
	for learner in (listed, second):
		begun(learner, 20)
	draft = school.programme(listed, "Draft")
	lesson_day = add_days(today(), 2)
	programme = school.programme(second)
	lesson = support.session(
		school, [listed], made_by="DEP", provider=school.staff["PSY"], date=lesson_day, start="11:00:00"
	)
	consent = school.consent(second, "Prepared", made_by="PSY")
	cases = [support.case_of(listed), support.case_of(second)]
	known = frappe.get_doc(CASE, cases[1])
	days = {"from_date": add_days(today(), -20), "to_date": add_days(today(), 2)}
	known.append("members", {"specialist": another, "role": "PSY", **days})
	known.save()
	given = {"leaving": school.staff["PSY"], "taking": another, "first_day": today()}
	rows = Rows(rest(school.users["PSY"]).method(REASSIGN, names=cases, **given))
	assert rows.done == [True, True], rows.texts
	assert all("[A51]" in text for text in rows.texts), rows.texts
	for case in cases:
		dated = {(one, str(first), str(last) if last else None) for one, first, last in members(case)}
		assert (school.staff["PSY"], add_days(today(), -20), add_days(today(), -1)) in dated
		assert (another, today(), None) in dated
		assert fresh(CASE, case).responsible == another
	assert (another, add_days(today(), -20), add_days(today(), -1)) in dated
	assert fresh(PROGRAMME, draft.name).author == another
	assert fresh(CONSENT, consent.name).prepared_by == another
	assert fresh(SESSION, lesson.name).provider == another
	assert fresh(PROGRAMME, programme.name).author == school.staff["PSY"]
	assert programme.name in rows.texts[1]
	assert cases[0] not in rest(school.users["PSY"]).names(CASE)
	again = Rows(rest(school.users["DEP"]).method(REASSIGN, names=cases[:1], **given))
	assert not again.done[0] and again.codes == ["A157"]


@clause("KZ92-14.0")
def test_nothing_of_a_refused_row_is_done(school, rest, another):
	"""The other one gives a lesson at the hour of the child's own: the case stays with whoever had it."""
	mine, theirs = school.make_listed_child(), school.make_listed_child()
	begun(mine, 20)
	hour = {"date": add_days(today(), 3), "start": "12:00:00", "made_by": "DEP"}
	support.session(school, [theirs], provider=another, **hour)
	lesson = support.session(school, [mine], provider=school.staff["PSY"], **hour)
	draft = school.programme(mine, "Draft")
	case = support.case_of(mine)
	before = members(case)
	given = {"leaving": school.staff["PSY"], "taking": another, "first_day": today()}
	rows = Rows(rest(school.users["DEP"]).method(REASSIGN, names=[case], **given))
	assert not rows.done[0] and rows.codes == ["A24"], rows.texts
	frappe.db.rollback()
	assert members(case) == before
	assert fresh(PROGRAMME, draft.name).author == school.staff["PSY"]
	assert fresh(SESSION, lesson.name).provider == school.staff["PSY"]


@clause("KZ92-14.0", "KZ92-5.5")
def test_who_may_take_over_and_when(school, rest, another):
	learner = school.child()
	begun(learner, 20)
	case, psychologist = support.case_of(learner), school.staff["PSY"]
	client = rest(school.users["DEP"])

	def tried(taking: str, day: str) -> Rows:
		given = {"leaving": psychologist, "taking": taking, "first_day": day}
		return Rows(client.method(REASSIGN, names=[case], **given))

	assert tried(school.staff["SOC"], today()).codes == ["A158"]
	assert tried(psychologist, today()).codes == ["A150"]
	assert tried(another, add_days(today(), -1)).codes == ["A159"]
	assert tried(another, add_days(today(), 4)).done == [True]
	assert fresh(CASE, case).responsible == psychologist
	back = {"leaving": another, "taking": psychologist, "first_day": add_days(today(), 1)}
	teacher = Rows(rest(school.users["TCH"]).method(REASSIGN, names=[case], **back))
	assert not teacher.done[0]


@clause("KZ92-14.0")
def test_on_the_first_day_work_under_way_goes_over(school, rest, another):
	"""Also of whoever worked on a case without being responsible for it; what is written later is the writer's own."""
	one, other = school.child(), school.child(consent=False)
	own, foreign = support.case_of(one), support.case_of(other)
	for learner in (one, other):
		begun(learner, 20)
	frappe.db.set_value(CASE, foreign, "responsible", school.staff["SOC"])
	draft = school.programme(one, "Draft")
	consent = school.consent(other, "Prepared", made_by="PSY")
	leaving = school.staff["PSY"]
	given = {"leaving": leaving, "taking": another, "first_day": add_days(today(), 4)}
	rows = Rows(rest(school.users["DEP"]).method(REASSIGN, names=[own, foreign], **given))
	assert rows.done == [True, True], rows.texts
	pass_on()
	assert fresh(PROGRAMME, draft.name).author == leaving
	let_come(own, foreign, leaving=leaving, taking=another)
	pass_on()
	assert [fresh(CASE, case).responsible for case in (own, foreign)] == [another, school.staff["SOC"]]
	assert fresh(PROGRAMME, draft.name).author == another
	assert fresh(CONSENT, consent.name).prepared_by == another
	frappe.db.set_value(PROGRAMME, draft.name, {"author": leaving, "creation": f"{today()} 09:00:00"})
	pass_on()
	assert fresh(PROGRAMME, draft.name).author == leaving


def test_two_who_write_at_once_learn_it_in_the_row(school, rest, another):
	learner = school.child()
	begun(learner, 20)
	case, client = support.case_of(learner), rest(school.users["DEP"])
	before = members(case)
	given = {"names": [case], "leaving": school.staff["PSY"], "taking": another, "first_day": today()}
	frappe.db.commit()
	# The one who has written more is let go on by the database.
	frappe.db.sql("update `tabPPSS Case Membership` set idx = idx + 1 where parent = %s", case)
	frappe.db.get_value(CASE, case, "name", for_update=True)
	with ThreadPoolExecutor(1) as pool:
		asked = pool.submit(client.http.post, f"{client.url}/api/method/{REASSIGN}", json=given, timeout=30)
		wait_for_lock(CASE)
		frappe.db.get_value("PPSS Organisation", school.organisation, "name", for_update=True)
		reply = asked.result()
	frappe.db.rollback()
	rows = Rows(Answer(reply.status_code, reply.json()))
	assert rows.codes == ["A152"] and "Deadlock" not in rows.texts[0]
	assert members(case) == before


def wait_for_lock(doctype: str):
	"""Wait until somebody else on this site wants a row of the table that is taken."""
	waiting = """select count(*) from information_schema.processlist
		where db = database() and id <> connection_id() and info like %s"""
	until = time.monotonic() + 20
	while not frappe.db.sql(waiting, f"%tab{doctype}%for update%")[0][0]:
		assert time.monotonic() < until, "nobody waits"
		time.sleep(0.02)


def test_whoever_is_responsible_is_reminded_once_a_day_without_a_name(school, rest):
	learner = school.child(consent=False)
	case = support.case_of(learner)
	client = rest(school.users["DEP"])
	assert Rows(client.method(REMIND, doctype=CASE, names=[case, "PPSS-CASE-0"])).done == [True, False]
	assert Rows(client.method(REMIND, doctype=CASE, names=[case])).done == [True]
	frappe.db.rollback()
	told = {"document_name": case, "for_user": school.users["PSY"]}
	(subject,) = frappe.get_all("Notification Log", told, pluck="subject")
	assert case in subject and learner.full_name not in subject and learner.surname not in subject
	frappe.db.set_value("PPSS Specialist", school.staff["SOC"], "user", None)
	frappe.db.set_value(CASE, case, "responsible", school.staff["SOC"])
	assert Rows(client.method(REMIND, doctype=CASE, names=[case])).codes == ["A153"]
	frappe.db.set_value("PPSS Specialist", school.staff["SOC"], "user", school.users["SOC"])
	frappe.db.commit()
	assert client.method(REMIND, doctype="PPSS Learner", names=[learner.name]).status == 403


def test_only_whose_turn_it_is_hears_of_it_in_one_letter(school, rest, monkeypatch):
	learner = school.child(consent=False)
	prepared = [school.consent(learner, "Prepared", made_by="PSY").name for _ in (0, 1)]
	signed = school.consent(school.child(consent=False)).name
	rows = Rows(rest(school.users["DEP"]).method(REMIND, doctype=CONSENT, names=[signed]))
	assert rows.codes == ["A151"]
	letters = []
	monkeypatch.setattr(sending, "writes_letters", lambda: True)
	monkeypatch.setattr(sending, "write_letter", lambda person, lines: letters.append((person.name, lines)))
	with school.acting("DEP"):
		done = doors.remind(CONSENT, [*prepared, signed])
		again = doors.remind(CONSENT, prepared)
	assert [row["done"] for row in (*done, *again)] == [True, True, False, True, True]
	assert letters == [(school.users["PSY"], 2)]


def test_no_request_takes_more_than_it_can_do(school, rest):
	names = [f"PPSS-CASE-{n}" for n in range(bulk_rows.LIMIT + 1)]
	check_refused(rest(school.users["DEP"]).method(REMIND, doctype=CASE, names=names), "A156")
