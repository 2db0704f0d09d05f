"""Two processes at once: what must happen once happens once, and no number is lost or given twice."""

import frappe
import pytest
from frappe.utils import today

from ppss_support import facts
from ppss_support.tests import support
from ppss_support.tests.factories import SCAN, School, take
from ppss_support.tests.parallel import Task, Workers

clause = pytest.mark.clause
ROUNDS = 3
MANY = 10


@pytest.fixture(scope="module")
def workers(connected, sites):
	made = Workers(str(sites), connected.local.site)
	yield made
	made.stop()


@pytest.fixture
def together(site, workers):
	"""Return a function that commits what the test made and works off lists of tasks at the same time."""

	def run(*tasks):
		site.db.commit()
		outcomes = workers.at_once(*tasks)
		site.db.rollback()
		return outcomes

	return run


def press(school, key, paper, action) -> Task:
	return Task(school.users[key], {"doctype": paper.doctype, "name": paper.name}, action)


def insert(school, key, doctype, values) -> Task:
	return Task(school.users[key], {"doctype": doctype, **values})


def exactly_one(pairs, code: str):
	"""Of each pair one step was taken and the other refused with the code."""
	for pair in pairs:
		assert sorted(one.ok for one in pair) == [False, True], pair
		assert [one.codes for one in pair if not one.ok] == [(code,)], pair


def names_of(outcomes) -> list[str]:
	flat = [one for queue in outcomes for one in queue]
	assert all(one.ok for one in flat), [one.error for one in flat if not one.ok]
	return [one.name for one in flat]


def numbers_of(doctype, names) -> list[int]:
	return sorted(int(frappe.db.get_value(doctype, name, "number")) for name in names)


@clause("KZ92-14.1.1a")
def test_one_of_two_orders_comes_into_force(together):
	schools = [School() for _ in range(ROUNDS)]
	pairs = [[s.order("With head"), s.order("With head")] for s in schools]
	queues = [
		[press(s, "HEAD", pair[n], "Issue") for s, pair in zip(schools, pairs, strict=True)] for n in (0, 1)
	]
	exactly_one(zip(*together(*queues), strict=True), "M07")
	for school in schools:
		assert in_force(school) == 1


@clause("KZ92-14.1.1a")
def test_one_of_two_orders_supersedes(together):
	schools = [School() for _ in range(ROUNDS)]
	earlier = [s.order() for s in schools]
	pairs = [
		[s.order("With head", supersedes=e.name) for _ in (0, 1)]
		for s, e in zip(schools, earlier, strict=True)
	]
	queues = [
		[press(s, "HEAD", pair[n], "Issue") for s, pair in zip(schools, pairs, strict=True)] for n in (0, 1)
	]
	exactly_one(zip(*together(*queues), strict=True), "M07")
	for school, old in zip(schools, earlier, strict=True):
		assert in_force(school) == 1
		assert frappe.db.get_value(old.doctype, old.name, "workflow_state") == "Superseded"


def in_force(school) -> int:
	return frappe.db.count(
		"PPSS Support Order",
		{"organisation": school.organisation, "workflow_state": "In force", "docstatus": 1},
	)


def test_orders_of_two_schools_do_not_hinder_each_other(together):
	queues = []
	for _ in (0, 1):
		schools = [School() for _ in range(ROUNDS)]
		queues.append([press(s, "HEAD", s.order("With head"), "Issue") for s in schools])
	names_of(together(*queues))


@clause("KZ92-14.2.1c")
def test_one_of_two_lists_is_approved(together, school):
	learner = school.assessed_child()
	for _ in range(ROUNDS):
		amends = school.approved_list()
		pair = [school.learner_list([learner], "With head", amends=amends) for _ in (0, 1)]
		first, second = together(*[[press(school, "HEAD", paper, "Approve")] for paper in pair])
		exactly_one(zip(first, second, strict=True), "A16")
		approved = {"organisation": school.organisation, "workflow_state": "Approved", "docstatus": 1}
		assert frappe.db.count("PPSS Learner List", approved) == 1


def test_meetings_are_numbered_without_gap_or_double(together):
	school = School()
	school.order()
	queues = [
		[press(school, "DEP", school.meeting("Held"), "Adopt Decision") for _ in range(MANY)] for _ in (0, 1)
	]
	names = names_of(together(*queues))
	assert numbers_of("PPSS Meeting", names) == list(range(1, 2 * MANY + 1))


@clause("KZ92-14.2.1b")
def test_programmes_are_numbered_without_gap_or_double(together):
	school = School()
	school.order()
	learner = school.listed_child()
	queues = [
		[press(school, "HEAD", school.programme(learner, "With head"), "Approve") for _ in range(MANY)]
		for _ in (0, 1)
	]
	names = names_of(together(*queues))
	assert numbers_of("PPSS Programme", names) == list(range(1, 2 * MANY + 1))


def test_a_refused_step_leaves_no_gap_in_the_numbers(together):
	school = School()
	school.order()
	lacking = [school.meeting("Held", decisions=()) for _ in range(ROUNDS)]
	complete = [school.meeting("Held") for _ in range(ROUNDS)]
	refused, adopted = together(
		[press(school, "DEP", paper, "Adopt Decision") for paper in lacking],
		[press(school, "DEP", paper, "Adopt Decision") for paper in complete],
	)
	assert [one.codes for one in refused] == [("M36",)] * ROUNDS
	assert numbers_of("PPSS Meeting", names_of([adopted])) == list(range(1, ROUNDS + 1))


def test_first_numbers_of_two_schools_are_given_at_once(together):
	queues = []
	for _ in (0, 1):
		schools = [School() for _ in range(ROUNDS)]
		for school in schools:
			school.order()
		queues.append([press(s, "DEP", s.meeting("Held"), "Adopt Decision") for s in schools])
	names = names_of(together(*queues))
	assert numbers_of("PPSS Meeting", names) == [1] * 2 * ROUNDS


def test_number_written_twice_is_sent_once(together, school):
	learner = school.child()
	for turn in range(ROUNDS):
		pair = [school.referral(learner, "With administration", number=f"{turn}-ш") for _ in (0, 1)]
		first, second = together(*[[press(school, "HEAD", paper, "Send")] for paper in pair])
		exactly_one(zip(first, second, strict=True), "A06")


def test_papers_inserted_at_once_have_names_of_their_own(together, school):
	learner = school.child()
	queues = [
		[insert(school, "CLS", "PPSS Consent", school.consent_values(learner)) for _ in range(MANY)]
		for _ in (0, 1)
	]
	names = names_of(together(*queues))
	assert len(set(names)) == 2 * MANY


def test_one_of_two_cases_of_a_child_is_opened(together, school):
	for _ in range(ROUNDS):
		values = {
			"learner": school.add_learner().name,
			"school_year": school.year,
			"organisation": school.organisation,
			"responsible": school.staff["PSY"],
		}
		first, second = together(*[[insert(school, "DEP", "PPSS Support Case", values)]] * 2)
		exactly_one(zip(first, second, strict=True), "A11")


def test_paper_pressed_twice_moves_once(together, school):
	for _ in range(ROUNDS):
		paper = school.meeting("Held")
		task = press(school, "DEP", paper, "Adopt Decision")
		pair = [queue[0] for queue in together([task], [task])]
		assert sorted(one.ok for one in pair) == [False, True], pair
		moved = frappe.get_doc(paper.doctype, paper.name)
		assert [row.to_state for row in moved.history].count("Adopted") == 1


def test_one_of_two_assessments_stays_concluded(together, school):
	for _ in range(ROUNDS):
		learner = school.child()
		pair = [school.assessment(learner, "With deputy head") for _ in (0, 1)]
		names_of(together(*[[press(school, "DEP", paper, "Confirm")] for paper in pair]))
		concluded = {"learner": learner.name, "workflow_state": "Concluded", "docstatus": 1}
		assert frappe.db.count("PPSS Needs Assessment", concluded) == 1


@clause("KZ92-11.1")
def test_no_programme_starts_while_the_consent_is_withdrawn(together, school):
	for _ in range(ROUNDS):
		learner = school.make_listed_child()
		programme = school.programme(learner, "Approved")
		consent = frappe.get_doc("PPSS Consent", {"learner": learner.name})
		with school.acting("DEP"):
			consent.update({"withdrawn_on": today(), "withdrawal_statement": SCAN})
			consent.save()
		(started,), (withdrawn,) = together(
			[press(school, "PSY", programme, "Start")], [press(school, "DEP", consent, "Withdraw")]
		)
		assert withdrawn.ok, withdrawn
		assert started.ok or started.codes == ("M03",), started
		state = frappe.db.get_value(programme.doctype, programme.name, "workflow_state")
		assert state == ("Suspended" if started.ok else "Approved")


# ---- norms that two steps at once would break


def special_school(places_taken: int) -> School:
	"""Return a school whose special pedagogue may have 12 children and answers for so many."""
	school = School()
	set_cap(school, 12)
	school.order()
	for number in range(places_taken):
		taken = {
			"kind": "CDP",
			"organisation": school.organisation,
			"school_year": school.year,
			"learner": f"{school.tag}-{number}",
			"responsible_special_pedagogue": school.staff["SPE"],
			"workflow_state": "Approved",
			"docstatus": 1,
		}
		frappe.get_doc({"doctype": "PPSS Programme", "name": f"{school.tag}-{number}", **taken}).db_insert()
	return school


def running_cdps(school) -> int:
	filters = {"organisation": school.organisation, "kind": "CDP", "docstatus": 1}
	return len(set(frappe.get_all("PPSS Programme", filters, pluck="learner")))


@clause("KZ92-21.1")
def test_one_of_two_children_takes_the_last_place_of_a_special_pedagogue(together):
	school = special_school(places_taken=11)
	children = [support.limited_child(school) for _ in (0, 1)]
	support.put_on_list(school, *children)
	pair = [support.cdp(school, learner, "With deputy head") for learner in children]
	submitted = together(*[[press(school, "DEP", paper, "Submit to Head")] for paper in pair])
	exactly_one(zip(*submitted, strict=True), "M24")
	approved = next(paper for paper, (outcome,) in zip(pair, submitted, strict=True) if outcome.ok)
	names_of(together([press(school, "HEAD", approved, "Approve")], [insert_nothing(school)]))
	assert running_cdps(school) == 12


def insert_nothing(school) -> Task:
	"""Return a step of another kind, so that both processes have one."""
	return insert(school, "CLS", "PPSS Consent", school.consent_values(school.child(consent=False)))


@clause("KZ92-21.1")
def test_two_approvals_at_once_never_pass_the_cap(together):
	"""Both were submitted while the cap was higher: with 11 places taken, neither is approved before one is returned."""
	school = special_school(places_taken=11)
	set_cap(school, 14)
	children = [support.limited_child(school) for _ in (0, 1)]
	support.put_on_list(school, *children)
	pair = [support.cdp(school, learner, "With head") for learner in children]
	set_cap(school, 12)
	approved = together(*[[press(school, "HEAD", paper, "Approve")] for paper in pair])
	assert [outcome.codes for (outcome,) in approved] == [("M24",)] * 2
	back, kept = pair
	with school.acting("HEAD"):
		take(back, "Return", "Орын жоқ")
		take(kept, "Approve")
	assert running_cdps(school) == 12


def set_cap(school, cap: int):
	frappe.db.set_value("PPSS Organisation", school.organisation, "special_pedagogue_cap", cap)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)


@clause("KZ92-21.2")
def test_one_of_two_children_gets_the_assistant(together):
	school = School()
	school.order()
	for _ in range(2):
		assistant = support.another_assistant(school)
		pair = [
			support.write_decision(
				school, support.assignment(school, support.limited_child(school), assistant=assistant)
			)
			for _n in (0, 1)
		]
		appointed = together(*[[press(school, "DEP", paper, "Appoint")] for paper in pair])
		exactly_one(zip(*appointed, strict=True), "M29")
		standing = {"assistant": assistant, "workflow_state": "Appointed", "docstatus": 1}
		assert frappe.db.count("PPSS Assistant Assignment", standing) == 1


def test_one_of_two_lessons_takes_the_room(together, school):
	learners = support.special_children(school, 2)
	shared = {"room": support.room(school), "date": support.next_day(school)}
	queues = [
		[
			insert(
				school,
				key,
				"PPSS Session",
				support.session_values(school, [learner], provider=school.staff[key], **shared),
			)
		]
		for key, learner in zip(("SPE", "PSY"), learners, strict=True)
	]
	exactly_one(zip(*together(*queues), strict=True), "M71")


def test_turn_after_an_undone_attempt_keeps_nothing(site, school):
	"""The framework takes a transaction for unwritten once it went back to a savepoint."""
	most = ("PPSS Organisation", school.organisation, "attachment_max_mb")
	before = frappe.db.get_value(*most)
	frappe.db.set_value(*most, before + 1)
	frappe.db.savepoint("attempt")
	facts.undo("attempt")
	facts.take_turn(school.organisation)
	frappe.db.rollback()
	assert frappe.db.get_value(*most) == before
