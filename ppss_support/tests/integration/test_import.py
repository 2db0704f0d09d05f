"""Lists taken in from tables over HTTP: what is recognised, who may, what is refused, what a killed job leaves."""

import json
import re

import frappe
import pytest

from ppss_support import facts
from ppss_support.entering import import_jobs
from ppss_support.importing import sheets
from ppss_support.tests import files, tables
from ppss_support.tests.factories import School, make
from ppss_support.tests.guards import check_ok, check_refused
from ppss_support.tests.support import counted

IMPORT, DOORS = "PPSS Import", "ppss_support.entering.doors"
TITLE = "5 Ә"
CODE = re.compile(r"\[([AM]\d+)\]")


def send(client, school, name: str, content: bytes, kind: str = "Learners", **values):
	"""Upload the file and begin an import of it, as the form does."""
	sent = files.upload(client, name, content)
	assert sent.ok, sent
	own = {"organisation": school.organisation, "school_year": school.year, "file": sent.data["file_url"]}
	return client.create(IMPORT, kind=kind, **{**own, **values})


def press(client, name: str, step: str):
	return client.method(f"{DOORS}.{step}", name=name)


class Course:
	"""An import after its job; `codes` are those its rows name."""

	def __init__(self, name: str):
		self.doc = frappe.get_doc(IMPORT, name)
		self.counts = [self.doc.get(key) for key in import_jobs.COUNTS]
		refused = [row.message for row in self.doc.rows if row.severity == "Refused"]
		self.codes = {code for message in refused for code in CODE.findall(message)}
		self.texts = [row.message for row in self.doc.rows]


def worked_off(client, name: str, *steps: str) -> Course:
	for step in steps:
		check_ok(press(client, name, step))
		frappe.db.rollback()
		import_jobs.run(name)
	return Course(name)


def entered(client, school, content: bytes, name: str = "tizim.csv", **values) -> Course:
	answer = send(client, school, name, content, **values)
	check_ok(answer)
	return worked_off(client, answer.data["name"], "check", "enter")


def children(school) -> list[tuple]:
	fields = ["surname", "given_name", "birth_date", "school_class"]
	return frappe.get_all("PPSS Learner", {"organisation": school.organisation}, fields, as_list=True)


# ---- a class list


def test_a_class_list_is_checked_entered_and_found_when_repeated(site, school, rest):
	client = rest(school.users["ADM"])
	name, content = tables.FILES["title above, numbers without their zeros"]
	answer = send(client, school, name, content)
	check_ok(answer)
	holds = held(answer)
	assert holds["ЖСН"] == "Identity Number" and holds["Сыныбы"] == "Class" and not holds["№"]
	import_name = answer.data["name"]
	check_refused(press(client, import_name, "enter"), "A149")
	before = children(school)
	checked = worked_off(client, import_name, "check")
	assert checked.doc.status == "Checked" and checked.counts == [4, 4, 0, 0, 0]
	assert children(school) == before, "a check has left something behind"
	done = worked_off(client, import_name, "enter")
	assert done.doc.status == "Done" and done.counts == [4, 4, 0, 0, 0] and done.doc.progress == 100
	made = frappe.get_all(
		"PPSS Learner", {"owner": school.users["ADM"]}, ["name", "school_class", "full_name"]
	)
	assert len(made) == 4
	shown = {client.read("PPSS Learner", one.name).data["identity_shown"] for one in made}
	assert shown == {"••••••••" + number[-4:] for number in tables.NUMBERS}
	school_class = frappe.get_doc("PPSS Class", made[0].school_class)
	assert (school_class.title, school_class.level) == (TITLE, "L2")
	versions = frappe.db.count("Version")
	again = worked_off(client, import_name, "enter")
	assert again.counts == [4, 0, 0, 4, 0] and frappe.db.count("Version") == versions
	# Another file of the same children without numbers, in another spelling, changes nothing either.
	_name, other = tables.FILES["class and letter in two columns, capitals, days with dashes"]
	assert entered(client, school, other, "Свод.xlsx").counts == [4, 0, 0, 4, 0]


BROKEN = [
	["Тегі", "Аты", "Әкесінің аты", "Туған күні", "Сынып", "ЖСН"],
	["Дұрыс", "Бала", "", "01.02.2015", "5 Ә", ""],
	["Дұрыс", "Бала", "", "01.02.2015", "5 Ә", ""],
	["Күнсіз", "Бала", "", "", "5 Ә", ""],
	["Қате күн", "Бала", "", "<img src=x onerror=alert(92)>", "5 Ә", ""],
	["Ертең", "Туған", "", "01.02.2045", "5 Ә", ""],
	["Ж?тка", "Бала", "", "01.02.2015", "5 Ә", ""],
	["Топсыз", "Бала", "", "01.02.2015", "Күншуақ", ""],
	["Нөмір", "Қате", "", "01.02.2015", "5 Ә", "150201500000"],
	["Аты жоқ", "", "", "01.02.2015", "5 Ә", ""],
]


def test_good_rows_go_in_and_bad_rows_come_back_with_their_reasons(site, school, rest):
	client = rest(school.users["DEP"])
	done = entered(client, school, tables.text(BROKEN, "kz1048"))
	assert done.counts == [9, 1, 0, 0, 8]
	assert done.codes == {"A14", "A84", "A142", "A143", "A144", "A148"}
	said = {(row.row_no, row.column_label, row.message.partition("]")[0][1:]) for row in done.doc.rows}
	assert {(3, "", "A144"), (4, "", "A143"), (5, "Туған күні", "A142"), (6, "", "A14")} <= said
	assert {(7, "Тегі", "A142"), (8, "Сынып", "A148"), (9, "ЖСН", "A84"), (10, "", "A143")} <= said
	assert not any("150201500000" in text or "<img" in text for text in done.texts)
	back = sheets.sheets_of(client.bytes(f"/api/method/{DOORS}.bad_rows", name=done.doc.name))[0]
	assert [row[2] for row in back.rows[1:]] == [line[0] for line in BROKEN[2:]]
	assert all(str(row[0]).count("[A") == 1 for row in back.rows[1:])
	mended = [list(row) for row in back.rows]
	mended[2][5] = "03.03.2015"
	answer = send(client, school, "түзетілген.xlsx", tables.xlsx(mended))
	check_ok(answer)
	assert worked_off(client, answer.data["name"], "check").counts == [8, 1, 0, 1, 6]


def test_what_cannot_be_read_or_may_not_be_entered_is_refused(site, school, rest):
	registrar = rest(school.users["ADM"])
	good = tables.text(tables.plain())
	check_refused(send(registrar, school, "a.csv", good, kind="Support Cases"), "A140")
	check_refused(send(registrar, school, "a.csv", good, kind="Next School Year"), "A140")
	nameless = send(registrar, school, "b.csv", tables.text([["Сынып", "Туған күні"], ["5 Ә", "01.02.2015"]]))
	check_ok(nameless)
	check_refused(press(registrar, nameless.data["name"], "check"), "A141")
	# A deputy may put another file there; with the registrar's rights nobody else enters it.
	check_refused(press(rest(school.users["DEP"]), nameless.data["name"], "check"), "A154")
	check_refused(send(registrar, school, "c.pdf", files.PDF), "A81")
	for other in ("PSY", "ACC", "HEAD"):
		refused = rest(school.users[other]).create(IMPORT, kind="Learners", organisation=school.organisation)
		assert refused.status == 403
	deputy = rest(school.users["DEP"])
	staff = [["Аты-жөні", "Лауазымы", "ЖСН"], ["Сапарова Айгүл", "педагог-психолог", tables.NUMBERS[2]]]
	seen = send(deputy, school, "d.csv", tables.text(staff), kind="Specialists")
	assert "[A140]" in seen.texts[0]
	assert held(seen)["ЖСН"] in (None, "")
	# What was closed to the deputy nobody has decided: the registrar takes it in.
	seen = send(registrar, school, "d.csv", tables.text(staff), kind="Specialists")
	assert held(seen)["ЖСН"] == "Identity Number"


def held(answer) -> dict[str, str]:
	"""Return what the columns of a new import hold."""
	check_ok(answer)
	return {row["header"]: row["holds"] for row in answer.data["columns"]}


def test_a_sheet_that_is_not_taken_in_is_told(site, school, rest):
	book = tables.openpyxl.Workbook()
	for line in (["Бұл кім", "Сынып"], ["Аты Белгісіз", TITLE]):
		book.active.append(line)
	book.create_sheet("6 Б").append(["Тегі", "Аты"])
	answer = send(rest(school.users["ADM"]), school, "a.xlsx", tables.xlsx([], "5 Ә", book))
	check_ok(answer)
	assert "[A160]" in answer.texts[0] and "5 Ә" in answer.texts[0] and "6 Б" not in answer.texts[0]


def test_a_namesake_of_another_class_is_not_meant(site, school, rest):
	make_child(school, "Аттас", "Бала", patronymic="Бекұлы")
	own = frappe.db.get_value("PPSS Class", school.school_class, "title")
	registrar = rest(school.users["ADM"])
	lines = [
		["ФИО", "Дата рождения", "Класс"],
		["Аттас Бала Бекұлы", "", "9 Ж"],
		["Аттас Бала Бекұлы", "", own],
		["Аттас Бала", "01.02.2015", own],
		["", "01.02.2015", own],
	]
	done = entered(registrar, school, tables.text([lines[0], *lines[1:2], *lines[4:]]))
	assert done.counts == [2, 0, 0, 0, 2] and done.codes == {"A145", "A143"}
	for line in lines[2:4]:
		assert entered(registrar, school, tables.text([lines[0], line])).counts == [1, 0, 0, 1, 0]
	child = frappe.get_all("PPSS Learner", {"surname": "Аттас"}, ["school_class", "patronymic"])
	assert child == [{"school_class": school.school_class, "patronymic": "Бекұлы"}]
	responsible = frappe.db.get_value("PPSS Specialist", school.staff["PSY"], "full_name")
	about = {"organisation": school.organisation, "school_year": school.year, "level": "L2"}
	make("PPSS Class", title="8 Ж", **about)
	deputy, header = rest(school.users["DEP"]), ["ФИО", "Класс", "Ответственный"]
	# A class that is not there, one that has no child of the name, and the child's own.
	for title, counts in (("9 Ж", [1, 0, 0, 0, 1]), ("8 Ж", [1, 0, 0, 0, 1]), (own, [1, 1, 0, 0, 0])):
		case = tables.text([header, ["Аттас Бала", title, responsible]])
		done = entered(deputy, school, case, kind="Support Cases")
		assert done.counts == counts and done.codes == ({"A148"} if counts[-1] else set())


def test_what_was_said_of_a_file_goes_with_it(site, school, rest):
	client = rest(school.users["ADM"])
	lines = [["ФИО", "Дата рождения", "Класс"], ["Жойылатын Бала", "", TITLE]]
	done = entered(client, school, tables.text(lines))
	assert done.counts == [1, 0, 0, 0, 1] and done.doc.rows
	other = files.upload(client, "b.csv", tables.text(tables.plain()))
	changed = client.change(IMPORT, done.doc.name, file=other.data["file_url"])
	check_ok(changed)
	assert not changed.data["rows"] and not changed.data["refused"] and changed.data["status"] == "New"
	_total, created, updated, unchanged, refused = worked_off(client, done.doc.name, "check").counts
	assert (created + unchanged, updated, refused) == (4, 0, 0)
	name = send(client, school, "a.csv", tables.text(lines)).data["name"]
	assert worked_off(client, name, "check").doc.rows
	check_ok(client.delete(IMPORT, name))
	frappe.db.rollback()
	kept = json.loads(frappe.db.get_value("Deleted Document", {"deleted_name": name}, "data"))
	assert not kept["rows"] and not kept.get("file")
	assert not frappe.db.exists("File", {"attached_to_name": name})


def test_a_row_that_fits_two_records_or_another_person_is_left_to_a_person(site, school, rest):
	client = rest(school.users["ADM"])
	twins = [make_child(school, "Егіз", "Бала") for _n in range(2)]
	left = make_child(school, "Кеткен", "Бала", leaving_date="2026-01-01", leaving_reason="Көшті")
	taken = tables.number("15020150001")
	owner = make_child(school, "Нөмірдің", "Иесі", identity_number=taken)
	lines = [
		["ФИО", "Дата рождения", "Класс", "ИИН"],
		["Егіз Бала", "01.02.2015", TITLE, ""],
		["Кеткен Бала", "01.02.2015", TITLE, ""],
		["Басқа Адам", "05.06.2013", TITLE, taken],
	]
	done = entered(client, school, tables.text(lines))
	assert done.counts == [3, 0, 0, 0, 3] and done.codes == {"A145", "A147", "A146"}
	assert all(child.name in done.texts[0] for child in twins)
	assert left.name in done.texts[1] and owner.name in done.texts[2]


def make_child(school, surname: str, given_name: str, **values):
	own = {
		"organisation": school.organisation,
		"school_class": school.school_class,
		"birth_date": "2015-02-01",
	}
	return make("PPSS Learner", surname=surname, given_name=given_name, **own, **values)


def test_columns_named_by_hand_are_remembered_by_the_organisation(site, school, rest):
	client = rest(school.users["ADM"])
	lines = [["Кім", "Қашан", "Қайда"], ["Есте Қалған", "01.02.2015", TITLE]]
	lost = send(client, school, "a.csv", tables.text(lines))
	assert "[A141]" in lost.texts[0] and not lost.data["columns"]
	first = send(client, school, "a.csv", tables.text(lines), header_row=1)
	check_ok(first)
	holds = {"Кім": "Full Name", "Қашан": "Birth Date", "Қайда": "Class"}
	columns = [{**row, "holds": holds[row["header"]]} for row in first.data["columns"]]
	check_ok(client.change(IMPORT, first.data["name"], columns=columns))
	assert worked_off(client, first.data["name"], "check", "enter").counts == [1, 1, 0, 0, 0]
	second = send(client, school, "b.csv", tables.text(lines))
	assert {row["header"]: row["holds"] for row in second.data["columns"]} == holds
	specialists = send(client, school, "c.csv", tables.text(lines), kind="Specialists")
	assert not specialists.data["columns"]


# ---- specialists and cases


def test_specialists_and_cases(site, school, rest):
	staff = [
		["Қызметкердің аты-жөні", "Должность", "ЖСН"],
		["Сапарова Айгүл Бекқызы", "Педагог-психолог", int(tables.NUMBERS[0])],
		["Петров Иван Ильич", "Учитель математики", None],
		["Серік Дана", "Ғарышкер", None],
	]
	done = entered(rest(school.users["ADM"]), school, tables.xlsx(staff), "штат.xlsx", kind="Specialists")
	assert done.counts == [3, 2, 0, 0, 1] and done.codes == {"A148"}
	child = make_child(school, "Қолдау", "Алатын")
	lines = [
		["Баланың аты-жөні", "Туған күні", "Жауапты", "Ашылған күні", "Себебі"],
		["Қолдау Алатын", "01.02.2015", "Сапарова А.Б.", "01.10.2026", "Үлгерімі төмен"],
		["Жоқ Бала", "01.02.2015", "Сапарова А.Б.", "", ""],
		["Қолдау Алатын", "01.02.2015", "Белгісіз", "", ""],
	]
	deputy = rest(school.users["DEP"])
	cases = entered(deputy, school, tables.text(lines, "utf-16", "\t"), "істер.txt", kind="Support Cases")
	assert cases.counts == [3, 1, 0, 0, 2] and cases.codes == {"A148", "A144"}
	case = frappe.get_doc("PPSS Support Case", {"learner": child.name})
	assert frappe.db.get_value("PPSS Specialist", case.responsible, "full_name") == "Сапарова Айгүл Бекқызы"
	assert worked_off(deputy, cases.doc.name, "enter").counts == [3, 0, 0, 1, 2]


# ---- jobs


def test_a_killed_job_goes_on_without_doubles_and_a_second_worker_is_kept_off(
	site, school, rest, monkeypatch
):
	client = rest(school.users["ADM"])
	monkeypatch.setattr("ppss_support.entering.lists.RowsOfFile.together", 2)
	lines = [
		["ФИО", "Дата рождения", "Класс"],
		*([f"Үзілген Бала{letter}", "01.02.2015", TITLE] for letter in "абвгд"),
	]
	name = send(client, school, "a.csv", tables.text(lines)).data["name"]
	worked_off(client, name, "check")
	check_ok(press(client, name, "enter"))
	frappe.db.rollback()
	kept, killed = import_jobs.keep, []

	def dies(*given):
		if killed or given[1] < 4:
			return kept(*given)
		killed.append(given)
		raise SystemExit

	monkeypatch.setattr(import_jobs, "keep", dies)
	with pytest.raises(SystemExit):
		import_jobs.run(name)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	assert Course(name).doc.position == 2
	check_refused(press(client, name, "enter"), "A149")
	check_refused(client.change(IMPORT, name, header_row=1), "A149")
	import_jobs.run(name)
	assert Course(name).doc.position == 2, "a worker that shows signs of life is left alone"
	frappe.db.set_value(IMPORT, name, "heartbeat", "2020-01-01 00:00:00", update_modified=False)
	frappe.db.commit()
	taken = []
	monkeypatch.setattr(import_jobs, "enqueue", taken.append)
	import_jobs.take_up()
	assert name in taken
	import_jobs.run(name)
	assert Course(name).counts == [5, 5, 0, 0, 0]
	assert len([one for one in children(school) if one[0] == "Үзілген"]) == 5


def test_progress_is_published_and_the_file_is_not_kept_for_ever(site, school, rest, monkeypatch):
	client = rest(school.users["ADM"])
	monkeypatch.setattr("ppss_support.entering.lists.RowsOfFile.together", 2)
	seen = []
	monkeypatch.setattr(frappe, "publish_progress", lambda percent, **_about: seen.append(percent))
	lines = [
		["ФИО", "Дата рождения", "Класс"],
		*([f"Барыс Бала{letter}", "01.02.2015", TITLE] for letter in "абвг"),
	]
	done = entered(client, school, tables.text(lines))
	assert seen == [50, 100, 50, 100]
	assert frappe.db.exists("File", {"attached_to_name": done.doc.name, "is_private": 1})
	frappe.db.set_value(IMPORT, done.doc.name, "expires_on", "2020-01-01")
	import_jobs.expire()
	assert not frappe.db.exists("File", {"attached_to_name": done.doc.name})
	kept = Course(done.doc.name)
	assert kept.counts == [4, 4, 0, 0, 0] and not kept.doc.file and not kept.doc.rows and kept.doc.columns


def test_existing_people_are_read_together(site, school, rest):
	"""Statements a row do not grow with the school."""
	client = rest(school.users["ADM"])
	lines = [
		["ФИО", "Дата рождения", "Класс"],
		*([f"Санақ Бала{letter}", "01.02.2015", TITLE] for letter in "абвгдежзик"),
	]
	done = entered(client, school, tables.text(lines))
	check_ok(press(client, done.doc.name, "enter"))
	frappe.db.rollback()
	with counted([]) as statements:
		import_jobs.run(done.doc.name)
	assert Course(done.doc.name).counts == [10, 0, 0, 10, 0]
	assert len(statements) < 80


# ---- the next year


@pytest.fixture(scope="module")
def ended(connected):
	"""A school whose year has ended: three classes of that year, a child with a case in each, a year that begins now."""
	connected.db.rollback()
	made = School()
	made.order()
	last = facts.school_year_before(made.year) or made.year_that_ended()
	classes = {}
	for title, level in (("4 Ә", "L1"), ("11 А", "L3"), ("Күншуақ", "L0")):
		own = {"organisation": made.organisation, "school_year": last, "class_teacher": made.staff["CLS"]}
		classes[title] = make("PPSS Class", title=title, level=level, **own).name
	made.children = {title: made.add_learner(school_class=name) for title, name in classes.items()}
	made.year, this_year = last, made.year
	made.cases = {title: made.open_case(child) for title, child in made.children.items()}
	# The class of the next year is there already, with another teacher.
	own = {"organisation": made.organisation, "school_year": this_year, "class_teacher": made.staff["TCH"]}
	make("PPSS Class", title="5 Ә", level="L2", **own)
	made.year = this_year
	connected.db.commit()
	return made


def year_of(cases, title: str):
	child = cases.children[title]
	fields = ["name", "status", "school_year", "closing_result"]
	return frappe.get_all("PPSS Support Case", {"learner": child.name}, fields, order_by="creation")


def stays(specialist: str, active: int):
	frappe.db.set_value("PPSS Specialist", specialist, "active", active)
	frappe.db.commit()


@pytest.mark.clause("KZ92-20")
def test_the_next_year_carries_on_what_a_person_has_decided(site, ended, rest):
	deputy = rest(ended.users["DEP"])
	about = {"kind": "Next School Year", "organisation": ended.organisation, "school_year": ended.year}
	answer = deputy.create(IMPORT, **about)
	check_ok(answer)
	name, rows = answer.data["name"], answer.data["rows"]
	proposed = {
		(row["document_type"], row["title"].partition(" (")[0]): row["decision"] or "" for row in rows
	}
	assert [proposed["PPSS Class", title] for title in ("4 Ә", "11 А", "Күншуақ")] == ["Move Up", "Leave", ""]
	assert sorted(row["decision"] or "" for row in rows if row["document_type"] != "PPSS Class") == [
		"",
		"",
		"Close",
	]
	checked = worked_off(deputy, name, "check")
	assert checked.counts[-1] == 4 and checked.codes == {"A143", "M42"}, checked.texts
	wanted = {
		ended.cases["4 Ә"].name: {"decision": "Carry On"},
		ended.cases["11 А"].name: {"decision": "Close", "note": "Мектепті бітірді"},
		ended.cases["Күншуақ"].name: {"decision": "Carry On"},
		ended.children["Күншуақ"].school_class: {"decision": "Same Class"},
	}
	decided = [
		{**row, **wanted.get(row["document"], {}), "title": "Басқа"}
		for row in deputy.read(IMPORT, name).data["rows"]
	]
	check_ok(deputy.change(IMPORT, name, rows=decided))
	stays(ended.staff["SOC"], 0)
	stays(ended.staff["PSY"], 0)
	checked = worked_off(deputy, name, "check")
	assert checked.counts[-1] == 2 and checked.codes == {"A148"}, checked.texts
	stays(ended.staff["PSY"], 1)
	done = worked_off(deputy, name, "check", "enter")
	assert done.counts[0] == 6 and done.counts[-1] == 0, done.texts
	assert "Басқа" not in {row.title for row in done.doc.rows}
	child = {title: frappe.get_doc("PPSS Learner", one.name) for title, one in ended.children.items()}
	moved = frappe.get_doc("PPSS Class", child["4 Ә"].school_class)
	assert (moved.title, moved.level, moved.school_year) == ("5 Ә", "L2", ended.year)
	assert child["4 Ә"].level == "L2"
	begun = {"school_year": ended.year, "title": "Күншуақ", "organisation": ended.organisation}
	assert frappe.db.get_value("PPSS Class", begun, "class_teacher") == ended.staff["CLS"]
	assert child["11 А"].leaving_date and "11 А" in child["11 А"].leaving_reason
	assert frappe.db.get_value("PPSS Class", child["Күншуақ"].school_class, ["title", "school_year"]) == (
		"Күншуақ",
		ended.year,
	)
	old, new = year_of(ended, "4 Ә")
	assert old.status == "Closed" and ended.year in old.closing_result
	assert (new.status, new.school_year) == ("Open", ended.year)
	# Last year's class teacher, the assistant and who works here no more are not of the new team.
	team = {row.specialist: row.role for row in frappe.get_doc("PPSS Support Case", new.name).members}
	wanted = {key: ended.staff[key] for key in ("PSY", "SPE", "CAR", "TCH")}
	assert set(team) == set(wanted.values())
	assert [case.closing_result for case in year_of(ended, "11 А")] == ["Мектепті бітірді"]
	before = frappe.db.count("PPSS Support Case"), frappe.db.count("PPSS Class")
	assert worked_off(deputy, name, "enter").counts == [6, 0, 0, 6, 0]
	assert (frappe.db.count("PPSS Support Case"), frappe.db.count("PPSS Class")) == before
