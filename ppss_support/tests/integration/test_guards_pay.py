"""Guards of pay over REST: parameters, sheets, closed months, who may what, and what a download holds (ALM-21, B.12)."""

import csv
import io

import frappe
import pytest

from ppss_support import staffing_facts
from ppss_support.archive import freezing, store
from ppss_support.papers import download_pdf
from ppss_support.payroll import explain, inputs
from ppss_support.tests import pay, support
from ppss_support.tests.factories import School, make, take
from ppss_support.tests.guards import Create, Press, check_ok, check_refused, fresh, may_not, tried
from ppss_support.tests.papers import printed

pytestmark = pytest.mark.clause("ALM-21")

NUMBERS = "ppss_support.payroll.export.download_with_numbers"
EARLIER = {"from_date": "2025-11-05"}


@pytest.fixture(scope="module")
def school(connected):
	connected.db.rollback()
	made = pay.staffed(School())
	connected.db.commit()
	return made


@pytest.fixture(scope="module")
def closed(school):
	"""The sheet of October, closed."""
	sheet = pay.sheet(school, "Closed")
	frappe.db.commit()
	return sheet


def values_of(**values):
	return lambda school: pay.parameter_values(school, **values)


test_parameter = tried(
	[
		pytest.param(
			Create("ACC", inputs.PARAMETER, values_of(kind="Base Rate", value=1, **EARLIER)), id="entered"
		),
		pytest.param(
			Create("ACC", inputs.PARAMETER, values_of(kind="Base Rate", value=-1, **EARLIER), "A119"),
			id="negative",
		),
		*may_not(
			inputs.PARAMETER, values_of(kind="Base Rate", value=1, **EARLIER), "HEAD", "DEP", "ADM", "SPE"
		),
		*may_not(
			inputs.SHEET, lambda school: pay.sheet_values(school, date="2025-12-01"), "HEAD", "DEP", "SPE"
		),
	]
)


def draft(month: str, prepare):
	"""Return a function that makes a draft for this month of 2025 once `prepare` has changed the school."""

	def of(made):
		prepare(made)
		return pay.sheet(made, date=f"2025-{month}-10")

	return of


MISSING = [
	pytest.param(Press("ACC", "Submit to Head", draft("09", id), codes="A117"), id="nobody-there"),
	pytest.param(
		Press("ACC", "Submit to Head", draft("10", pay.appoint_one), codes="A111 A117"),
		id="no-parameters",
	),
	pytest.param(
		Press("ACC", "Submit to Head", draft("11", pay.make_base), codes="A112 A117"),
		id="no-coefficient",
	),
	pytest.param(
		Press("ACC", "Submit to Head", draft("12", pay.make_rivals), codes="A113 A117"), id="two-fit"
	),
]


class TestMissing:
	"""What is missing is named, and keeps a sheet from the head; each row finds what the one before has entered."""

	@pytest.fixture(scope="class")
	def school(self, connected):
		connected.db.rollback()
		made = School()
		connected.db.commit()
		return made

	@pytest.mark.parametrize("row", MISSING)
	def test_submit(self, school, rest, row):
		row.check(school, rest)


class TestSheet:
	def test_is_computed_explained_and_closed_by_the_head(self, school, rest, closed):
		answer = rest(school.users["HEAD"]).read(inputs.SHEET, closed.name)
		rows = {row["specialist"]: row for row in answer.data["rows"]}
		assert rows[school.staff["SPE"]]["total"] == pay.SPE_PAY
		assert rows[school.staff["PSY"]]["total"] == pay.PSY_PAY
		assert answer.data["total"] == round(pay.SPE_PAY + pay.PSY_PAY, 2)
		assert answer.data["workflow_state"] == "Closed"

	def test_figures_sent_by_a_client_have_no_effect(self, school, rest):
		rows = [{"specialist": school.staff["SPE"], "total": 10**6}]
		values = pay.sheet_values(school, kind=inputs.TARIFF_LIST, date="2025-09-10", rows=rows, total=10**6)
		answer = rest(school.users["ACC"]).create(inputs.SHEET, **values)
		check_ok(answer)
		assert answer.data["total"] == 143655.4

	def test_there_is_one_for_a_month(self, school, rest, closed):
		answer = rest(school.users["ACC"]).create(inputs.SHEET, **pay.sheet_values(school))
		check_refused(answer, "A115")

	def test_what_changed_meanwhile_is_computed_anew(self, school, rest):
		sheet = pay.sheet(school, "With head", kind=inputs.TARIFF_LIST, date="2026-02-10")
		with school.acting("ACC"):
			make(
				inputs.PARAMETER,
				**pay.parameter_values(school, kind="Base Rate", value=2, from_date="2026-02-02"),
			)
		head, accountant = rest(school.users["HEAD"]), rest(school.users["ACC"])
		check_refused(head.press(inputs.SHEET, sheet.name, "Close"), "A116")
		check_ok(head.press(inputs.SHEET, sheet.name, "Return", "Қайта есептеу"))
		check_ok(accountant.press(inputs.SHEET, sheet.name, "Submit to Head"))
		check_ok(head.press(inputs.SHEET, sheet.name, "Close"))

	def test_only_the_head_closes_and_reopens(self, school, rest, closed):
		check_refused(rest(school.users["ACC"]).press(inputs.SHEET, closed.name, "Reopen", "Себеп"), "M04")
		assert rest(school.users["ACC"]).buttons(inputs.SHEET, closed.name) == set()

	def test_reading_takes_the_same_statements_for_any_number_of_people(self, school, site):
		month = [frappe.utils.getdate(day) for day in ("2025-10-01", "2025-10-31")]
		everybody = list(school.staff.values())
		# The framework asks once for the columns of each table.
		inputs.people(everybody, *month)
		with support.counted([]) as few:
			inputs.people([school.staff["SPE"]], *month)
		with support.counted([]) as many:
			inputs.people(everybody, *month)
		assert len(few) == len(many)


def staffing_rows(school, rest, key: str) -> list[dict]:
	days = {"from_date": "2025-09-01", "to_date": "2025-11-30"}
	run = {"report_name": "PPSS Staffing", "filters": {"organisation": school.organisation, **days}}
	answer = rest(school.users[key]).method("frappe.desk.query_report.run", **run)
	check_ok(answer)
	return [row for row in answer.data["result"] if isinstance(row, dict)]


@pytest.mark.clause("KZ92-4.5")
class TestUnitsPaid:
	"""Needed, approved, held, and paid by the last closed month."""

	def test_stand_beside_the_units_held(self, school, rest, closed):
		rows = {row["title"]: (row["paid"], row["paid_month"]) for row in staffing_rows(school, rest, "ACC")}
		titles = staffing_facts.titles(list(pay.POSITION.values()))
		assert rows[titles[pay.POSITION["SPE"]]] == ("1", "10.2025")
		assert rows[titles[pay.POSITION["PSY"]]] == ("0.5", "10.2025")

	@pytest.mark.parametrize(("key", "sees"), [("HEAD", True), ("DEP", False), ("ADM", False)])
	def test_are_for_those_who_read_pay_sheets(self, school, rest, closed, key, sees):
		assert any(row.get("paid") for row in staffing_rows(school, rest, key)) == sees

	def test_stand_under_the_rows_of_the_staffing_table(self, school, rest, closed):
		table = school.staffing_table(
			{pay.POSITION["SPE"]: 1.5}, from_date="2025-09-01", to_date="2025-12-31"
		)
		frappe.db.commit()
		about = {"doctype": table.doctype, "name": table.name}
		shown = {}
		for key in ("ACC", "DEP"):
			answer = rest(school.users[key]).method("frappe.desk.form.load.getdoc", **about)
			shown[key] = answer.body["docs"][0]["__onload"]["gap"]
		assert [row[-2:] for row in shown["ACC"]["rows"] if row[-1]][:1] == [["0.5", "10.2025"]]
		assert len(shown["ACC"]["heads"]) == len(shown["DEP"]["heads"]) + 2


ENTRY = "PPSS Archive Entry"


def archived(paper) -> list:
	about = {"document_type": paper.doctype, "document": paper.name}
	return frappe.get_all(ENTRY, about, ["name", "event", "language", "sha256"], order_by="number")


class TestArchive:
	"""A closed sheet is frozen; its row and file are for those who read the sheet."""

	@pytest.fixture(scope="class")
	def entry(self, school, closed):
		freezing.work_off(closed.doctype, closed.name)
		rows = archived(closed)
		assert [(row.event, row.language) for row in rows] == [("Frozen", "kk"), ("Frozen", "ru")]
		return rows[0]

	def download(self, school, rest, key: str, entry):
		client = rest(school.users[key])
		client.before_call()
		door = f"{client.url}/api/method/ppss_support.archive.doors.download"
		return client.http.get(door, params={"entry": entry.name}, timeout=60)

	def test_head_reads_row_and_file(self, school, rest, entry):
		head = rest(school.users["HEAD"])
		check_ok(head.read(ENTRY, entry.name))
		assert store.sha256(self.download(school, rest, "HEAD", entry).content) == entry.sha256

	def test_accountant_prints_the_frozen_file(self, site, school, closed, entry):
		with school.acting("ACC"):
			download_pdf(closed.doctype, closed.name, language="kk")
		assert store.sha256(frappe.local.response.filecontent) == entry.sha256

	@pytest.mark.parametrize("key", ["DEP", "ADM"])
	def test_others_who_read_the_register_see_neither(self, school, rest, closed, entry, key):
		client = rest(school.users[key])
		assert client.read(ENTRY, entry.name).status == 403
		assert self.download(school, rest, key, entry).status_code == 403
		for doctype in (ENTRY, "PPSS Freezing"):
			asked = {"doctype": doctype, "filters": {"document_type": closed.doctype}}
			assert client.method("frappe.client.get_count", **asked).data == 0
		run = {"report_name": "PPSS Archive Inventory", "filters": {"organisation": school.organisation}}
		lines = client.method("frappe.desk.query_report.run", **run).data["result"]
		assert closed.name not in {line["document"] for line in lines if isinstance(line, dict)}


class TestClosedMonth:
	def test_parameters_of_it_stay(self, school, rest, closed):
		accountant = rest(school.users["ACC"])
		name = frappe.db.get_value(
			inputs.PARAMETER,
			{"organisation": school.organisation, "kind": "Base Rate", "from_date": pay.FIRST},
		)
		check_refused(accountant.change(inputs.PARAMETER, name, value=18000), "A110 A114")
		check_refused(accountant.delete(inputs.PARAMETER, name), "A114")
		late = pay.parameter_values(school, kind="Base Rate", value=18000, from_date="2025-10-20")
		check_refused(accountant.create(inputs.PARAMETER, **late), "A110")
		check_ok(accountant.change(inputs.PARAMETER, name, basis="Нақтыланған негіз"))

	def test_appointments_of_it_stay(self, school, rest, closed):
		registrar = rest(school.users["ADM"])
		name = frappe.db.get_value(inputs.APPOINTMENT, {"specialist": school.staff["PSY"]})
		check_refused(registrar.change(inputs.APPOINTMENT, name, to_date="2025-10-10"), "A110")
		check_refused(registrar.delete(inputs.APPOINTMENT, name), "A110")

	def test_a_reopened_one_is_computed_anew_and_stays_as_it_was(self, school, rest, closed):
		check_ok(
			rest(school.users["HEAD"]).press(inputs.SHEET, closed.name, "Reopen", "Базалық жалақы өзгерді")
		)
		late = pay.parameter_values(school, kind="Base Rate", value=18000, from_date="2025-10-01")
		accountant = rest(school.users["ACC"])
		check_ok(accountant.create(inputs.PARAMETER, **late))
		following = frappe.db.get_value(inputs.SHEET, {"amended_from": closed.name})
		answer = accountant.change(inputs.SHEET, following, archive_index="02-11")
		check_ok(answer)
		assert answer.data["version"] == 2
		assert answer.data["total"] > closed.total
		assert fresh(inputs.SHEET, closed.name).total == closed.total
		freezing.work_off(closed.doctype, closed.name)
		assert archived(closed)[-1].event == "Reopened"


class TestDownload:
	def file(self, school, rest, sheet, key: str, file_format: str):
		client = rest(school.users[key])
		args = {"sheet": sheet.name, "file_format": file_format}
		client.before_call()
		return client.http.get(
			f"{client.url}/api/method/ppss_support.payroll.export.download", params=args, timeout=60
		)

	def test_holds_every_figure(self, school, rest, closed):
		text = self.file(school, rest, closed, "ACC", "csv").content.decode("utf-8-sig")
		rows = list(csv.reader(io.StringIO(text), delimiter=";"))
		assert {row[-1] for row in rows[1:]} == {"89436.22", "37340.67"}
		from openpyxl import load_workbook

		page = load_workbook(io.BytesIO(self.file(school, rest, closed, "ACC", "xlsx").content)).active
		assert [row[-1].value for row in page.iter_rows(min_row=2)] == [float(row[-1]) for row in rows[1:]]
		assert {cell.value or "" for cell in page["A"][1:]} == {""}

	def test_identity_numbers_are_text_and_each_is_recorded(self, school, rest, closed):
		from openpyxl import load_workbook

		number, person = "000123456784", school.staff["SPE"]
		check_ok(rest(school.users["ADM"]).change("PPSS Specialist", person, identity_number=number))
		args = {"sheet": closed.name, "file_format": "xlsx"}
		check_refused(rest(school.users["ACC"]).method(NUMBERS, **args), "M42")
		found = {}
		for file_format in ("xlsx", "csv"):
			found[file_format] = self.sent(school, rest, "ACC", {**args, "file_format": file_format})
		cells = load_workbook(io.BytesIO(found["xlsx"].content)).active["A"][1:]
		assert [(cell.value, cell.data_type) for cell in cells if cell.value] == [(number, "s")]
		assert all(cell.number_format == "@" for cell in cells if cell.value)
		assert f'"{number}";' in found["csv"].content.decode("utf-8-sig")
		shown = {"document": person, "kind": "Disclosure", "rule": "A85"}
		assert frappe.get_all("PPSS Override", shown, pluck="reason") == ["Зейнетақы қорына"] * 2
		assert self.sent(school, rest, "DEP", args).status_code == 403

	def sent(self, school, rest, key: str, args: dict):
		client = rest(school.users[key])
		client.before_call()
		values = {**args, "reason": "Зейнетақы қорына"}
		return client.http.post(f"{client.url}/api/method/{NUMBERS}", data=values, timeout=60)

	@pytest.mark.parametrize("key", ["DEP", "PSY", "ADM"])
	def test_is_for_the_accountant_and_the_head(self, school, rest, closed, key):
		assert self.file(school, rest, closed, key, "csv").status_code == 403


def test_report_says_who_holds_what(school, rest):
	values = {"organisation": school.organisation, "from_date": "2025-10-01", "to_date": "2025-10-31"}
	run = {"report_name": "PPSS Staffing and Payroll", "filters": values}
	answer = rest(school.users["ACC"]).method("frappe.desk.query_report.run", **run)
	check_ok(answer)
	rows = [row for row in answer.data["result"] if isinstance(row, dict)]
	assert {(row["employee"], row["units"]) for row in rows} == {
		(f"SPE Тегі {school.tag}", 1.0),
		(f"PSY Тегі {school.tag}", 0.5),
	}
	assert not rest(school.users["DEP"]).method("frappe.desk.query_report.run", **run).ok


@pytest.mark.parametrize("kind", [inputs.MONTHLY, inputs.TARIFF_LIST])
@pytest.mark.parametrize(("lang", "total"), [("kk", "Барлығы, теңге"), ("ru", "Итого, тенге")])
def test_sheet_on_paper_holds_names_and_figures(site, school, kind, lang, total):
	paper = pay.sheet(school, kind=kind, date="2026-03-10")
	text = printed(paper, "PPSS Pay Sheet", lang)
	assert total in text
	for row in paper.rows:
		assert row.full_name in text and explain.money(row.total).replace(explain.SPACE, " ") in text


def test_closed_sheet_is_kept_in_the_archive_and_its_end_too(site, rest):
	school = pay.staffed(School())
	sheet = pay.sheet(school, "Closed")
	support.freeze_papers(school)
	with school.acting("HEAD"):
		take(sheet, "Reopen", "Қате")
	support.freeze_papers(school)
	kept = frappe.get_all(
		"PPSS Archive Entry", {"document": sheet.name}, ["event", "language", "name"], order_by="number"
	)
	assert [(row.event, row.language) for row in kept] == [
		("Frozen", "kk"),
		("Frozen", "ru"),
		("Reopened", None),
	]
	door = "/api/method/ppss_support.archive.doors.download"
	check_ok(rest(school.users["HEAD"]).call("GET", door, entry=kept[0].name))
	for key in ("DEP", "ADM", "PSY"):
		assert not rest(school.users[key]).call("GET", door, entry=kept[0].name).ok
