"""The accountant in the browser: makes the month, sees how each figure is computed; the head closes it; it is downloaded."""

import io

import pytest

from ppss_support.payroll import inputs
from ppss_support.tests import pay

DOWNLOAD = """
	const [query, done] = arguments;
	fetch("/api/method/ppss_support.payroll.export.download?" + new URLSearchParams(query))
		.then(async (reply) => done([reply.status, [...new Uint8Array(await reply.arrayBuffer())]]));
"""


@pytest.fixture(scope="module")
def staffed(school, connected):
	pay.staffed(school)
	connected.db.commit()
	return school


@pytest.mark.clause("ALM-21")
def test_month_is_made_explained_closed_and_downloaded(log_in, staffed):
	desk = log_in("ACC")
	desk.new(inputs.SHEET, organisation=staffed.organisation, kind=inputs.MONTHLY, date=pay.MONTH)
	desk.save()
	name = desk.doc["name"]
	explained = desk.script('return cur_frm.get_field("explained").$wrapper.text()')
	# Salary to and after the last day of the category, its surcharge, and what they rest on.
	for text in (
		"39\xa0375,83",
		"36\xa0278,85",
		"13\xa0781,54",
		"11 из 22 рабочих дней",
		"с 01.09.2025, Мысал",
	):
		assert text in explained, text
	desk.picture("pay-sheet-explained-ru")
	desk.take("Submit to Head")
	desk = log_in("HEAD")
	desk.form(inputs.SHEET, name)
	assert "22 жұмыс күнінің 11" in desk.script('return cur_frm.get_field("explained").$wrapper.text()')
	desk.picture("pay-sheet-head-kk")
	desk.take("Close")
	desk = log_in("ACC")
	desk.form(inputs.SHEET, name)
	status, content = desk.driver.execute_async_script(DOWNLOAD, {"sheet": name, "file_format": "xlsx"})
	assert status == 200
	from openpyxl import load_workbook

	page = load_workbook(io.BytesIO(bytes(content))).active
	assert sorted(row[-1].value for row in page.iter_rows(min_row=2)) == [pay.PSY_PAY, pay.SPE_PAY]


@pytest.mark.clause("KZ92-4.5", "ALM-21")
def test_staffing_table_says_what_is_needed_held_and_paid(log_in, staffed, connected):
	pay.sheet(staffed, "Closed", date="2025-11-10")
	days = {"from_date": "2025-09-01", "to_date": "2027-08-31"}
	table = staffed.staffing_table({pay.POSITION["SPE"]: 1.5, pay.POSITION["PSY"]: 1}, "Approved", **days)
	connected.db.commit()
	for key, paid in (("ACC", "Оплачено единиц"), ("HEAD", "Төленген бірліктер")):
		desk = log_in(key)
		desk.form(table.doctype, table.name)
		shown = desk.script('return cur_frm.get_field("gap").$wrapper.text()')
		assert paid in shown and "11.2025" in shown
		desk.script('cur_frm.get_field("gap").$wrapper.get(0).scrollIntoView({block: "center"})')
		desk.picture(f"staffing-table-gap-{key}")
	desk = log_in("DEP")
	desk.form(table.doctype, table.name)
	shown = desk.script('return cur_frm.get_field("gap").$wrapper.text()')
	assert "Атқарылатын бірліктер" in shown and "Төленген" not in shown
