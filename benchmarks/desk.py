"""Measures how long pages of the Desk take to stand, with 600 children on the site and with 300,000, and prints one line of JSON.

Run by `./ppss benchmark desk` on a site of its own, in headless Chromium, as a deputy head. The school, a child and its case come
through the app's own rules; the other children, cases and schools are copies of those rows. The reader's own school has 600
children both times: what is added belongs to 499 other schools of the same site. A page is opened by its address, so the time is
that of a whole page: scripts, data, drawing. The files of the Desk come from the browser's store, as on a person's second day.
"""

import json
import sys
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import frappe
from frappe.utils.password import update_password
from measuring import SURNAMES

from ppss_support.names import sort_key
from ppss_support.tests.browser.conftest import set_up
from ppss_support.tests.browser.desk import IDLE, WORK_LIST, Desk, start_browser
from ppss_support.tests.browser.people import NamedSchool
from ppss_support.tests.conftest import PASSWORD, needed

SCHOOLS, CHILDREN, CASES = 500, 600, 60
TRIES = 5
STOOD = """
	const done = arguments[arguments.length - 1];
	const stands = () => {
		try {
			return (() => { %s })() && (() => { %s })();
		} catch {
			return false;
		}
	};
	const look = () => (stands() ? done(Math.round(performance.now())) : setTimeout(look, 20));
	look();
"""
ROWS = 'return cur_list?.doctype === "%s" && jQuery(".list-row:visible").length > 5'
numbers = count(1)


def main():
	set_up(frappe)
	school = NamedSchool("600")
	school.order()
	learner = school.child()
	update_password(school.users["DEP"], PASSWORD)
	fill(school, learner, [school.organisation])
	few = measured(school, learner.name)
	others = copies("PPSS Organisation", school.organisation, SCHOOLS - 1)
	fill(school, learner, others)
	many = measured(school, learner.name)
	on_site = frappe.db.count("PPSS Learner")
	print(json.dumps({"learners": [CHILDREN, on_site], **{page: [few[page], many[page]] for page in few}}))


def fill(school: NamedSchool, learner, organisations: list[str]):
	"""Write the children and cases of these schools past the rules, one class to a school."""
	case = frappe.db.get_value("PPSS Support Case", {"learner": learner.name})
	guardian = learner.representatives[0].name
	for organisation in organisations:
		own = {"organisation": organisation}
		names = copies("PPSS Learner", learner.name, CHILDREN, **own)
		copies("PPSS Learner Representative", guardian, CHILDREN, parent=names)
		copies("PPSS Support Case", case, CASES, learner=names[:CASES], **own)
	frappe.db.commit()
	for table in ("PPSS Organisation", "PPSS Learner", "PPSS Learner Representative", "PPSS Support Case"):
		frappe.db.sql(f"analyze table `tab{table}`")


def copies(doctype: str, name: str, how_many: int, **own) -> list[str]:
	"""Write copies of a row; a list among the values gives one to each copy. Return their names."""
	row = frappe.db.get_value(doctype, name, "*", as_dict=True)
	rows = [copy_of(doctype, row, at, own) for at in range(how_many)]
	frappe.db.bulk_insert(doctype, list(row), [list(one.values()) for one in rows])
	return [one["name"] for one in rows]


def copy_of(doctype: str, row: dict, at: int, own: dict) -> dict:
	number = next(numbers)
	surname = SURNAMES[number % len(SURNAMES)]
	values = {field: value[at] if isinstance(value, list) else value for field, value in own.items()}
	values["name"] = f"{row['name']}-{number:07}"
	if doctype == "PPSS Organisation":
		values["short_name"] = values["name"]
	if doctype == "PPSS Learner":
		full_name = f"{surname} Нұрсұлтан {number}"
		values |= {"surname": surname, "full_name": full_name, "sort_key": sort_key(full_name)}
	return {**row, **values}


def measured(school: NamedSchool, learner: str) -> dict[str, int]:
	"""Return the milliseconds until each page stood, the middle of several tries."""
	pages = {
		"workspace_ms": ("ppss-deputy", WORK_LIST + "return !!list && !list.ariaBusy"),
		"learner_list_ms": ("ppss-learner", ROWS % "PPSS Learner"),
		"case_list_ms": ("ppss-support-case", ROWS % "PPSS Support Case"),
		"learner_form_ms": (f"ppss-learner/{learner}", f'return cur_frm?.doc?.name === "{learner}"'),
	}
	with TemporaryDirectory() as profile:
		driver = start_browser(needed("PPSS_CHROMIUM"), needed("PPSS_CHROMEDRIVER"), Path(profile))
		try:
			desk = Desk(driver, frappe.conf.host_name)
			desk.log_in(school.users["DEP"], PASSWORD)
			return {page: stood(desk, *where) for page, where in pages.items()}
		finally:
			driver.quit()


def stood(desk: Desk, address: str, shown: str) -> int:
	times = []
	for _try in range(TRIES + 1):
		desk.driver.get(f"{desk.url}/app/{address}")
		times.append(desk.driver.execute_async_script(STOOD % (IDLE, shown)))
	desk.check_for_errors()
	print(address, times, file=sys.stderr)
	# The first opening fills the browser's store.
	return round(median(times[1:]))


main()
