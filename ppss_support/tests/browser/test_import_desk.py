"""Lists in the browser: columns, a check, refused rows as a file, and the decisions about the next year."""

import frappe
import pytest
from frappe.utils import add_days, getdate

from ppss_support.entering import import_jobs
from ppss_support.tests import tables
from ppss_support.tests.browser.people import opened
from ppss_support.tests.factories import make

IMPORT = "PPSS Import"
LIST = [
	["Аты-жөні", "Туған күні", "Сынып", "ЖСН", "Үйірме"],
	["Досанов Мирас Ерланұлы", "12.05.2005", "5 «Ә»", int(tables.NUMBERS[0]), "шахмат"],
	["Қасымова Аяулым", "31.02.2014", "5 «Ә»", None, "би"],
	["Н?рланов Әлішер", "03.11.2014", "5 «Ә»", "1,41E+11", None],
]


@pytest.mark.parametrize(("key", "lang"), opened(("DEP", "kk"), ("ADM", "ru")))
def test_a_list_is_checked_and_entered_by_buttons(log_in, site, school, key, lang):
	with school.acting(key):
		file = make("File", file_name=f"тізім-{lang}.xlsx", content=tables.xlsx(LIST), is_private=1)
		own = {"organisation": school.organisation, "school_year": school.year, "file": file.file_url}
		name = make(IMPORT, kind="Learners", **own).name
	desk = log_in(key)
	for step, status in (("Check", "Checked"), ("Enter", "Done")):
		desk.form(IMPORT, name)
		desk.custom_button(step)
		running = "Being Checked" if step == "Check" else "Being Entered"
		desk.wait(lambda status=running: desk.doc["status"] == status, running)
		school.see_what_others_wrote()
		import_jobs.run(name)
		school.see_what_others_wrote()
		desk.wait(lambda status=status: desk.doc["status"] == status, status)
		desk.idle()
		desk.picture(f"import-{status.lower()}-{lang}")
	assert [desk.doc[count] for count in ("total", "refused")] == [3, 2]
	offered = """return cur_frm.page.inner_toolbar.find("button:visible").toArray()
		.some((button) => button.textContent.trim() === __("Download Refused Rows"))"""
	desk.wait(lambda: desk.script(offered), "button of the refused rows")
	desk.script("""cur_frm.fields_dict.rows.grid.wrapper.get(0).scrollIntoView({block: "center"})""")
	desk.picture(f"import-rows-{lang}")


def test_the_next_year_is_decided_row_by_row(log_in, site, school):
	last = next_year_of(school)
	with school.acting("DEP"):
		name = make(IMPORT, kind="Next School Year", organisation=school.organisation, school_year=last).name
	school.child()
	desk = log_in("DEP")
	desk.form(IMPORT, name)
	desk.script("""cur_frm.fields_dict.rows.grid.wrapper.get(0).scrollIntoView({block: "center"})""")
	desk.picture("next-year-kk")
	assert desk.doc["rows"][0]["decision"] == "Move Up"


def next_year_of(school) -> str:
	"""Return the school year after this one."""
	over = getdate(frappe.db.get_value("PPSS School Year", school.year, "to_date"))
	known = frappe.db.get_value("PPSS School Year", {"from_date": (">", over)}, order_by="from_date")
	if known:
		return known
	first = add_days(over, 60)
	quarters = [
		{"quarter": n + 1, "from_date": add_days(first, n * 60), "to_date": add_days(first, n * 60 + 50)}
		for n in range(4)
	]
	last = add_days(first, 260)
	year = make(
		"PPSS School Year",
		title=f"{first.year}-{last.year}",
		from_date=first,
		to_date=last,
		quarters=quarters,
	)
	frappe.db.commit()
	return year.name
