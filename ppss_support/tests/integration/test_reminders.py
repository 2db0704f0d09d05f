"""Reminders: each person is told of each occasion once, in the own language, and the letter names nobody."""

import email

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from ppss_support.notices import languages_of
from ppss_support.reminders import due, job, sending
from ppss_support.tests import support
from ppss_support.tests.factories import School, day
from ppss_support.tests.guards import check_ok

clause = pytest.mark.clause
CASE, NOTICE = "PPSS Support Case", "Notification Log"
MAIL_KINDS = (due.missing_consents, due.untouched_cases)


@pytest.fixture
def child(school, site):
	"""A child without consent whose case stands still for 40 days."""
	learner = school.child(consent=False)
	stand_still(learner, 40)
	return learner


def stand_still(learner, days: int):
	then = {"opened_on": day(-days), "modified": f"{day(-days)} 10:00:00"}
	frappe.db.set_value(CASE, {"learner": learner.name}, then, update_modified=False)


def told(learner, user: str) -> list[str]:
	about = {"document_name": support.case_of(learner), "for_user": user}
	return sorted(frappe.get_all(NOTICE, about, pluck="subject"))


def mail_account(monkeypatch):
	# The framework keeps the account it met first as long as the process lives.
	monkeypatch.setattr(frappe.local, "outgoing_email_account", {}, raising=False)
	account = frappe.new_doc("Email Account")
	account.update({"email_id": "school@example.com", "enable_outgoing": 1, "default_outgoing": 1})
	account.update({"name": frappe.generate_hash(length=8), "smtp_server": "localhost"})
	account.db_insert()


def letters_to(user: str) -> list[str]:
	rows = frappe.get_all("Email Queue Recipient", {"recipient": user}, pluck="parent")
	return frappe.get_all("Email Queue", {"name": ("in", rows)}, pluck="message")


@clause("KZ92-11.1", "KZ92-2.4")
def test_missing_consent_and_standing_case_are_told_once_in_the_own_language(school, child, monkeypatch):
	mail_account(monkeypatch)
	user, name = school.users["PSY"], child.full_name
	frappe.db.set_value("User", user, "language", "ru")
	support.remind(*MAIL_KINDS)
	frappe.db.set_value(NOTICE, {"for_user": user}, "read", 1)
	support.remind(*MAIL_KINDS)
	since = getdate(day(-40)).strftime("%d.%m.%Y")
	assert told(child, user) == [
		f"{name}: дело открыто с {since}, подписанного согласия нет.",
		f"{name}: по делу ничего не сделано с {since}.",
	]
	(letter,) = letters_to(user)
	words = decoded(letter)
	assert "/app/notification-log" in words and "вас ждёт" in words
	assert not [part for part in (*name.split(), support.case_of(child), "огласи") if part in words]


def decoded(letter: str) -> str:
	parts = email.message_from_string(letter).walk()
	texts = [part.get_payload(decode=True) for part in parts if part.get_content_maintype() == "text"]
	return "\n".join(text.decode() for text in texts)


@clause("KZ92-11.1")
@pytest.mark.parametrize(
	("setting", "value", "times"),
	[("reminder_interval", 7, 2), ("reminder_interval", 0, 1), ("consent_reminder_days", 0, 0)],
)
def test_days_are_the_organisations(school, child, monkeypatch, setting, value, times):
	frappe.db.set_value("PPSS Organisation", school.organisation, setting, value)
	about = {"document_name": support.case_of(child)}
	for later in (0, 1, 7):
		monkeypatch.setattr(due, "getdate", lambda given=None, later=later: moved(given, later))
		support.remind(due.missing_consents)
	assert frappe.db.count(NOTICE, about) == times


def moved(given, later: int):
	return getdate(given) if given else getdate(add_days(today(), later))


@clause("KZ92-2.4")
def test_a_case_stands_still_from_the_last_lesson_on(school, child):
	held = support.lesson_held(school, [child])
	for days, lines in ((29, 0), (31, 1)):
		frappe.db.set_value("PPSS Session", held.name, "date", day(-days))
		support.remind(due.untouched_cases)
		assert len(told(child, school.users["PSY"])) == lines
	assert getdate(day(-31)).strftime("%d.%m.%Y") in told(child, school.users["PSY"])[0]


@clause("KZ92-2.4")
def test_any_paper_about_the_child_is_work_on_the_case(school, child):
	ages = iter(range(20, 0, -1))
	for doctype in due.WORK_ON_A_CASE:
		written(doctype, then := day(-next(ages)), learner=child.name)
		assert due.last_work(due.Round())[child.name] == getdate(then), doctype
	group_work = written(due.ACTIVITY, then := day(-next(ages)))
	row = frappe.new_doc("PPSS Participant", parent_doc=group_work, parentfield="participants")
	row.update({"name": frappe.generate_hash(length=10), "learner": child.name}).db_insert()
	assert due.last_work(due.Round())[child.name] == getdate(then)


def written(doctype: str, then: str, **values):
	"""Put a paper into its table as one last changed that day."""
	paper = frappe.new_doc(doctype)
	paper.update({"name": frappe.generate_hash(length=10), **values})
	paper.update({"creation": then, "modified": f"{then} 10:00:00"})
	paper.db_insert()
	return paper


@clause("KZ92-11.1")
def test_consent_is_asked_for_where_the_regulation_of_the_day_wants_one(school, child):
	earlier = {"regulation_profile": "ALM15", "from_date": day(-100), "name": frappe.generate_hash(length=10)}
	organisation = frappe.get_doc("PPSS Organisation", school.organisation)
	row = frappe.new_doc("PPSS Profile Period", parent_doc=organisation, parentfield="earlier_profiles")
	row.update(earlier).db_insert()
	for first_day, lines in ((1, 0), (0, 1)):
		frappe.db.set_value("PPSS Organisation", school.organisation, "profile_from", day(first_day))
		support.remind(due.missing_consents)
		assert len(told(child, school.users["PSY"])) == lines


@clause("KZ92-5.5")
def test_deputies_are_told_where_nobody_else_may_know(school, child, monkeypatch):
	person, case = school.staff["PSY"], support.case_of(child)
	about = {"organisation": school.organisation, "name": case, "meeting": case, "row": case}
	late = frappe._dict(about, responsible=person, to_person=person, deadline=day(-9), due=day(-9))
	monkeypatch.setattr(due.registers, "unexecuted_decisions", lambda _filters: [late])
	monkeypatch.setattr(due.activity_facts, "requests_overdue", lambda: [late])

	def asked() -> list[str]:
		now, kinds = due.Round(), (due.missing_consents, due.overdue_decisions, due.overdue_requests)
		users = [one.users for kind in kinds for one in kind(now) if one.name == case]
		deputies = now.deputies(school.organisation)
		return ["deputies" if one == deputies else "PSY" for one in users if one & {*school.users.values()}]

	assert asked() == ["PSY", "PSY", "PSY"]
	membership = {"parent": case, "specialist": person}
	frappe.db.set_value("PPSS Case Membership", membership, "to_date", day(-1))
	assert asked() == ["deputies", "PSY", "PSY"]
	frappe.db.set_value("PPSS Specialist", person, "active", 0)
	assert asked() == ["deputies", "deputies", "deputies"]


def test_login_without_a_language_reads_that_of_the_site(school, site, monkeypatch):
	user = school.users["PSY"]
	frappe.db.set_value("User", user, "language", None)
	monkeypatch.setattr(frappe.db, "get_default", {"lang": "ru"}.get)
	assert languages_of([user])[user] == sending.logins([user])[user].language == "ru"


@clause("KZ92-11.1")
def test_nobody_is_reminded_of_what_is_done_or_was_refused(school, child, site):
	school.consent(child)
	refused = school.child(consent=False)
	stand_still(refused, 40)
	paper = school.consent(refused, state="Prepared")
	frappe.db.set_value("PPSS Consent", paper.name, "workflow_state", "Refused")
	support.remind(*MAIL_KINDS)
	assert told(child, school.users["PSY"]) == told(refused, school.users["PSY"]) == []


def test_a_job_that_dies_tells_the_rest_the_next_time(school, site, rest, monkeypatch):
	learner = school.child(consent=False)
	users = frozenset({school.users["PSY"], school.users["SOC"]})
	one = sending.Reminder(
		"test", users, CASE, support.case_of(learner), "once", lambda lang: f"Тексеру {lang}"
	)

	def broken(_now):
		name = learner.full_name
		frappe.throw(name)

	monkeypatch.setattr(due, "KINDS", (broken, lambda _now: [one]))
	write = sending.write_notices

	def failing(person, notices):
		write(person, notices)
		if person.name == school.users["SOC"]:
			raise RuntimeError

	for writing, heard in ((failing, 0), (write, 1), (write, 1)):
		monkeypatch.setattr(sending, "write_notices", writing)
		frappe.db.commit()
		job.send_due()
		frappe.db.rollback()
		assert [len(told(learner, school.users[key])) for key in ("PSY", "SOC")] == [1, heard]
	logged = frappe.get_all("Error Log", {"method": "PPSS reminders: broken"}, pluck="error")
	assert logged and all("ValidationError" in text and learner.full_name not in text for text in logged)
	seen = rest(school.users["SOC"]).names(NOTICE, document_name=support.case_of(learner))
	assert len(seen) == 1 and not rest(school.users["DEP"]).names(
		NOTICE, document_name=support.case_of(learner)
	)
	with pytest.raises(frappe.UniqueValidationError):
		sending.write_notices(sending.logins([school.users["PSY"]])[school.users["PSY"]], marked(one, school))


def marked(one, school) -> dict:
	return {one.mark(school.users["PSY"]): one}


def test_what_is_due_is_read_in_as_many_statements_for_one_case_and_school_as_for_many(school, site):
	stand_still(school.child(consent=False), 40)
	# What is read once for a run of the program is not counted.
	statements_of_a_round()
	counts = [statements_of_a_round()]
	for _n in range(4):
		stand_still(school.child(consent=False), 40)
	counts.append(statements_of_a_round())
	another = School()
	stand_still(another.child(consent=False), 40)
	frappe.clear_document_cache("PPSS Organisation", another.organisation)
	assert {*counts, statements_of_a_round()} == {counts[0]}


def statements_of_a_round() -> int:
	statements = []
	with support.counted(statements):
		assert [one for kind in due.KINDS for one in kind(due.Round())]
	return len(statements)


def test_head_sets_the_days(school, rest):
	head = rest(school.users["HEAD"])
	check_ok(head.change("PPSS Organisation", school.organisation, untouched_days=21))
	assert not head.change("PPSS Organisation", school.organisation, untouched_days=-1).ok
