"""One browser for the run, one school for a module.

PPSS_CHROMIUM, PPSS_CHROMEDRIVER   the browser and its driver
PPSS_AXE                           the script of axe-core
PPSS_SCREENSHOTS                   folder for pictures; without it none are taken
"""

import os
from pathlib import Path

import pytest

from ppss_support.tests.conftest import PASSWORD, needed

START = Path.cwd()


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
	pytest.importorskip("selenium")
	from ppss_support.tests.browser.desk import start_browser

	chromium, chromedriver = needed("PPSS_CHROMIUM"), needed("PPSS_CHROMEDRIVER")
	driver = start_browser(chromium, chromedriver, tmp_path_factory.mktemp("profile"))
	yield driver
	driver.quit()


@pytest.fixture(scope="session")
def desk(browser):
	from ppss_support.tests.browser.desk import Desk

	pictures = os.environ.get("PPSS_SCREENSHOTS")
	# Tests run in the folder of the sites: a relative path means the one they were started from.
	return Desk(browser, needed("PPSS_TEST_URL"), str(START / pictures) if pictures else None)


@pytest.fixture(scope="module")
def school(connected):
	"""A school of its own for each module, everybody with a password, with a service order in force."""
	from frappe.utils.password import update_password

	from ppss_support.tests.browser.people import NamedSchool

	connected.db.rollback()
	set_up(connected)
	# Its number is free, however often the tests have run on this site.
	made = NamedSchool(str(101 + connected.db.count("PPSS Organisation")))
	made.order(order_no="14-Ө")
	for user in made.users.values():
		update_password(user, PASSWORD)
	connected.db.commit()
	return made


def set_up(frappe):
	"""Without this the framework's wizard stands before the Desk."""
	if not frappe.db.get_single_value("System Settings", "setup_complete"):
		frappe.db.set_single_value("System Settings", "setup_complete", 1)
		frappe.db.set_default("desktop:home_page", "workspace")


@pytest.fixture
def log_in(desk, site, school):
	"""Return a function that logs in the person of a role, and sees whatever the test has prepared."""

	def log_in(key: str):
		site.db.commit()
		desk.log_in(school.users[key], PASSWORD)
		return desk

	yield log_in
	desk.check_for_errors()
	desk.close_dialogs()
