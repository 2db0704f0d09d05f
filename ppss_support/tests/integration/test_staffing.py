"""Staffing tables, who holds their units, and files of qualification over HTTP (KZ92-4.4, KZ92-4.5, ALM-4)."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, today

from ppss_support import qualification_facts
from ppss_support.patches.v1_0 import move_units_and_diplomas
from ppss_support.reminders import due
from ppss_support.tests import support
from ppss_support.tests.factories import School, day, make
from ppss_support.tests.guards import (
	FRAMEWORK,
	Create,
	Press,
	check_ok,
	check_refused,
	check_warned,
	fresh,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
TABLE, APPOINTMENT, FILE = "PPSS Staffing Table", "PPSS Appointment", "PPSS Qualification"


def table(state: str, rows: dict[str, float] | None = None, **values):
	return lambda school: school.staffing_table(rows, state, **values)


def values_of(rows: dict[str, float], **values):
	return lambda school: school.staffing_values(rows, **values)


def far_off(years: int) -> dict[str, str]:
	"""Return the days of a table of a year of its own, so that the tests of one school do not meet."""
	return {"from_date": f"{2026 + years}-01-10", "to_date": f"{2026 + years}-12-20"}


def held(state: str, rows: dict[str, float], years: int):
	"""Return a maker of a table for days on which one unit of a psychologist is held already."""

	def make_it(school):
		days = far_off(years)
		school.appointment("PSY", units=1, from_date=days["from_date"], to_date=days["to_date"])
		return school.staffing_table(rows, state, **days)

	return make_it


def second(school):
	school.staffing_table({"3.9": 1}, "Approved", **far_off(40))
	return school.staffing_table({"3.9": 2}, **far_off(40))


ROWS = [
	param(Press("DEP", "Submit to Head", table("Draft", **far_off(30)), "With head"), id="deputy-submits"),
	param(Press("HEAD", "Approve", table("With head", **far_off(31)), "Approved"), id="head-approves"),
	param(Press("HEAD", "Return", table("With head", **far_off(32)), "Returned"), id="head-returns"),
	param(
		Press("ACC", "Submit to Head", table("Draft", **far_off(33)), "With head"), id="accountant-submits"
	),
	param(Press("ADM", "Approve", table("With head", **far_off(34)), codes="M04"), id="head-alone-approves"),
	param(Create("DEP", TABLE, values_of({"3.9": 0.3}), "A100"), id="units-out-of-step"),
	param(
		Create("DEP", TABLE, values_of({"3.9": 1}, from_date="2026-09-01", to_date="2026-08-01"), "A34"),
		id="days-reversed",
	),
	param(Press("DEP", "Submit to Head", second, codes="A103"), id="two-tables-a-day"),
	param(Press("DEP", "Submit to Head", held("Draft", {"3.9": 0.5}, 50), codes="A101"), id="less-than-held"),
	param(Press("DEP", "Submit to Head", held("Draft", {"3.9": 1}, 52), "With head"), id="as-much-as-held"),
	*may_not(TABLE, values_of({"3.9": 1}), "PSY", "TCH", "HEAD"),
]

test_staffing_table = clause("KZ92-4.5", "ALM-4")(tried(ROWS))


@clause("KZ92-4.5", "ALM-4")
def test_no_more_is_held_than_the_table_gives(site, rest):
	school = School()
	school.staffing_table({"3.9": 1.5, "3.12": 1}, "Approved")
	school.add_person("PSY", "PSY2")
	deputy = rest(school.users["DEP"])

	def asked(key="PSY", **values):
		return deputy.create(APPOINTMENT, **school.appointment_values(key, **values))

	check_ok(asked(units=1))
	check_refused(asked("PSY2", units=0.75), "A101")
	check_refused(asked("PSY2", units=0.6), "A100")
	check_ok(asked("PSY2", units=0.5))
	check_refused(asked("SOC", position="3.10", units=0.25), "A101")
	check_refused(asked("SOC", position="3.12", units=1, to_date=day(-70)), "A34")
	check_warned(asked("SOC", position="3.12", units=1, from_date=day(200)), "A104")


@clause("KZ92-4.5")
def test_one_person_holds_one_main_position_and_no_more_than_the_norm(site, rest):
	school = School()
	deputy = rest(school.users["DEP"])
	school.appointment(units=1)

	def asked(**values):
		return deputy.create(APPOINTMENT, **school.appointment_values(**{"units": 0.5, **values}))

	check_refused(asked(position="3.12"), "A105")
	check_refused(asked(position="3.12", kind="By Combination", units=0.75), "A102")
	check_ok(asked(position="3.12", kind="By Combination"))
	other = School()
	check_refused(asked(specialist=other.staff["PSY"], position="3.12", kind="By Combination"), "A09")


@clause("KZ92-4.5")
def test_next_table_ends_the_earlier_one_and_keeps_it_on_record(site, rest):
	school = School()
	first = school.staffing_table({"3.9": 1}, "Approved")
	following = school.staffing_table(
		{"3.9": 2}, "With head", from_date=day(10), to_date=day(300), supersedes=first.name
	)
	check_ok(rest(school.users["HEAD"]).press(TABLE, following.name, "Approve"))
	assert state_of(first) == "Superseded"
	assert str(fresh(TABLE, first.name).to_date) == day(9)
	support.freeze_papers(school)
	entered = {"document": first.name}
	events = frappe.get_all("PPSS Archive Entry", entered, pluck="event", order_by="number")
	assert events == ["Frozen", "Frozen", "Superseded"]
	with school.acting("HEAD"):
		answer = run("PPSS Staffing", filters={"organisation": school.organisation, "view": "History"})
	assert [(row["units"], str(row["from_date"])) for row in answer["result"]] == [
		(2, day(10)),
		(1, day(-180)),
	]


# ---- reports


@clause("KZ92-21.1", "KZ92-21.2")
def test_need_table_and_holders_stand_side_by_side(site):
	school = School()
	school.staffing_table({"3.9": 2, "3.12": 1}, "Approved")
	school.appointment("PSY", units=0.75)
	make(
		"PPSS Norm",
		norm_code="STAFF_NEED_PSY",
		regulation_profile="KZ92",
		value_max=1,
		unit="learners",
		clause="own",
		enforcement="Inform",
	)
	for _n in range(3):
		school.add_learner()
	with school.acting("ACC"):
		answer = run("PPSS Staffing", filters={"organisation": school.organisation})
		people = run("PPSS Staffing", filters={"organisation": school.organisation, "view": "People"})
	rows = {row["title"].split()[0]: row for row in answer["result"]}
	psychologist = rows["Педагог-психолог,"]
	columns = ("children", "needed", "approved", "held", "vacant", "missing")
	assert [float(psychologist[name]) for name in columns] == [3, 3, 2, 0.75, 1.25, 1]
	assert [(row["units"], row["kind"]) for row in people["result"]] == [(0.75, "Main")]


# ---- files


def file_values(school, key: str = "PSY", **values) -> dict:
	return {
		"specialist": school.staff[key],
		"education": [
			{
				"level": "Higher",
				"kind": "Pedagogical",
				"education_direction": "ED2",
				"diploma_no": "ЖБ-Б 0123456",
				"diploma_date": "2015-06-20",
			}
		],
		"categories": [
			{"qualification_category": "QC2", "from_date": day(-700), "to_date": day(60), "order_no": "15"}
		],
		"service": [
			{"position": "Педагог-психолог", "from_date": add_days(today(), -1500), "role": "PSY"},
		],
		**values,
	}


@clause("KZ92-4.4")
def test_file_is_kept_by_the_office_and_read_by_its_person_alone(school, rest):
	registrar = rest(school.users["ADM"])
	kept = registrar.create(FILE, **file_values(school, "PSY"))
	check_ok(kept)
	check_ok(rest(school.users["PSY"]).read(FILE, kept.data["name"]))
	for key in ("SOC", "SPE", "TCH", "ACC"):
		assert rest(school.users[key]).read(FILE, kept.data["name"]).status == 403, key
	wrong = {"education": [{"level": "Higher", "kind": "Pedagogical", "diploma_date": day(3)}]}
	check_refused(registrar.change(FILE, kept.data["name"], **wrong), "A14")
	reversed_days = {
		"categories": [{"qualification_category": "QC2", "from_date": day(3), "to_date": day(1)}]
	}
	check_refused(registrar.change(FILE, kept.data["name"], **reversed_days), "A34")
	role = {"categories": [{"qualification_category": "PSY", "from_date": day(-3)}]}
	check_refused(registrar.change(FILE, kept.data["name"], **role), "A08")
	check_refused(
		rest(school.users["PSY"]).change(FILE, kept.data["name"], qualification_variant="1"), FRAMEWORK
	)


@clause("KZ92-4.4")
def test_eligibility_is_told_with_the_point_of_each_requirement(site):
	school = School()
	school.appointment("PSY")
	with school.acting("ADM"):
		make(FILE, **file_values(school))
	with school.acting("DEP"):
		asked = {"organisation": school.organisation}
		answer = run("PPSS Eligibility", filters=asked)
		master = run("PPSS Eligibility", filters={**asked, "category": "QC5"})
	head, entry, years = answer["result"]
	assert (head["category"], head["result"], head["evidence"]) == ("pedagogue-moderator", "Met", 3)
	assert (entry["point"], entry["result"], years["point"], years["result"]) == (74, "Met", 74, "Met")
	assert years["asked"].startswith("және (немесе) біліктілігінің жоғары немесе орта деңгейі")
	assert master["result"][0]["result"] == "Needs a Person"
	assert [row["result"] for row in master["result"][1:]] == ["Met", "Not Met"]


GIVE = "ppss_support.verdicts.give"


@clause("KZ92-4.4")
def test_a_person_decides_what_the_order_leaves_open(site, rest):
	school = School()
	for key in ("PSY", "DEP"):
		school.appointment(key, position={"PSY": "3.9", "DEP": "3.4"}[key])
	with school.acting("ADM"):
		file, own = (make(FILE, **file_values(school, key)) for key in ("PSY", "DEP"))
	deputy, head = rest(school.users["DEP"]), rest(school.users["HEAD"])
	open_one = {"file": file.name, "position": "3.9", "category": "QC5", "verdict": "Met"}
	reason = {"reason": "Аттестаттау комиссиясының 12.03.2026 шешімі"}
	check_refused(deputy.method(GIVE, **{**open_one, "category": "QC2"}, **reason), "A98")
	check_refused(deputy.method(GIVE, **open_one), "M42")
	check_refused(deputy.method(GIVE, **{**open_one, "file": own.name, "position": "3.4"}, **reason), "A106")
	assert rest(school.users["ADM"]).method(GIVE, **open_one, **reason).status == 403
	check_ok(head.method(GIVE, **open_one, **reason))
	(row,) = fresh(FILE, file.name).verdicts
	assert (row.verdict, row.decided_by, str(row.decided_on)) == ("Met", f"HEAD Тегі {school.tag}", today())
	rows = [{"position": "3.9", "qualification_category": "QC5", "verdict": "Not Met", "reason": "Басқа"}]
	check_refused(rest(school.users["ADM"]).change(FILE, file.name, verdicts=rows), "A99")
	check_refused(deputy.change(FILE, file.name, verdicts=[]), "A99")
	check_refused(deputy.delete(FILE, file.name), "A99")

	def shown() -> tuple[str, str]:
		with school.acting("DEP"):
			asked = {
				"organisation": school.organisation,
				"category": "QC5",
				"specialist": school.staff["PSY"],
			}
			line = run("PPSS Eligibility", filters=asked)["result"][0]
		return line["result"], line["verdict"]

	result, verdict = shown()
	assert result == "Needs a Person"
	assert verdict == f"Met (HEAD Тегі {school.tag}, {getdate():%d.%m.%Y}): {reason['reason']}"
	check_ok(deputy.change(FILE, file.name, education=[]))
	site.db.rollback()
	assert shown()[1] in ("", f"{verdict} – given on an earlier state of the file")


def notes(school, key: str) -> list[str]:
	return frappe.get_all(
		"Notification Log", {"for_user": school.users[key], "document_type": FILE}, pluck="subject"
	)


@clause("KZ92-4.4")
def test_ending_category_is_announced_once_to_the_person_and_the_deputies(site):
	school = School()
	with school.acting("ADM"):
		file = make(FILE, **file_values(school))
	frappe.db.set_value("PPSS Organisation", school.organisation, "category_reminder_days", 59)
	support.remind(due.expiring_categories)
	assert notes(school, "PSY") == []
	frappe.db.set_value("PPSS Organisation", school.organisation, "category_reminder_days", 60)
	support.remind(due.expiring_categories)
	frappe.db.set_value("Notification Log", {"for_user": school.users["PSY"]}, "read", 1)
	support.remind(due.expiring_categories)
	(text,) = notes(school, "PSY")
	assert "pedagogue-moderator" in text and getdate(day(60)).strftime("%d.%m.%Y") in text
	assert len(notes(school, "DEP")) == 1 and notes(school, "SOC") == []
	# Nobody is told for ever of whoever has left.
	frappe.db.set_value("PPSS Specialist", school.staff["PSY"], "active", 0)
	assert qualification_facts.expiring(getdate(), {school.organisation: 60}) == []
	frappe.db.set_value("PPSS Specialist", school.staff["PSY"], "active", 1)
	# A later category goes on from it: nothing ends.
	file.reload()
	file.categories[0].to_date = day(50)
	file.append("categories", {"qualification_category": "QC3", "from_date": day(-5)})
	file.save()
	assert qualification_facts.expiring(getdate(), {school.organisation: 60}) == []


# ---- what stood in the staff record


def test_units_and_diplomas_of_old_records_move(site, monkeypatch):
	school = School()
	person = frappe._dict(
		name=school.staff["SPE"],
		organisation=school.organisation,
		active=1,
		units=0.5,
		creation=getdate(day(-400)),
		qualification_variant=None,
		diploma_no="ЖБ 0000001",
		diploma_date=getdate("2012-06-30"),
		diploma_file=None,
	)
	monkeypatch.setattr(frappe.db, "has_column", lambda *_names: True)
	monkeypatch.setattr(move_units_and_diplomas, "records", lambda: [person])
	move_units_and_diplomas.execute()
	move_units_and_diplomas.execute()
	(row,) = frappe.get_all(APPOINTMENT, {"specialist": person.name}, ["position", "units", "from_date"])
	assert (row.position, row.units, str(row.from_date)) == ("3.10", 0.5, day(-400))
	(file,) = frappe.get_all(FILE, {"specialist": person.name}, pluck="name")
	assert frappe.get_doc(FILE, file).education[0].diploma_no == "ЖБ 0000001"
