"""Connects the integration tests to a site; unit tests run without one.

PPSS_BENCH       folder of the bench, with `sites` in it
PPSS_TEST_SITE   site whose data the tests may add to; with commas between them, one for each worker of pytest-xdist
PPSS_TEST_URL    address at which that site is served; as many as sites
PPSS_DB_ROOT_PASSWORD   of the database server, for the test that makes a site of its own
PPSS_EMPTY_SITE  SQL of a site without the app, to make that site from; without it one is installed
"""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
	sys.path.insert(0, str(ROOT))

PASSWORD = "Kx7-сынақ-91-Qm"


def pytest_configure(config):
	config.addinivalue_line("markers", "slow: makes a site of its own; takes minutes")
	with suppress(ImportError):
		from hypothesis import HealthCheck, settings

		# How long an example takes is the machine's affair, not a property of the rules.
		settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
		settings.load_profile("untimed")


def needed(name: str) -> str:
	"""Return a setting, the worker's own where there are several, or skip the test with the name of what is missing."""
	if not os.environ.get(name):
		pytest.skip(f"{name} is not set: the test needs a site")
	values = os.environ[name].split(",")
	worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
	return values[int(worker.removeprefix("gw")) if len(values) > 1 else 0]


@pytest.fixture(scope="session")
def sites() -> Path:
	return Path(needed("PPSS_BENCH"), "sites").resolve()


@pytest.fixture(scope="session")
def connected(sites):
	"""Connect to the site as Administrator for the whole run."""
	site = needed("PPSS_TEST_SITE")
	import frappe

	before = Path.cwd()
	os.chdir(sites)
	frappe.init(site=site, sites_path=str(sites))
	frappe.connect()
	remember_fields()
	# Documents come by the thousand and live briefly: looking for garbage costs a fifth of the time.
	gc.freeze()
	gc.set_threshold(100_000, 20, 20)
	yield frappe
	frappe.destroy()
	os.chdir(before)


def remember_fields():
	"""Parse the name of each field once: the framework does so in every query, an eighth of what making a paper costs."""
	from functools import lru_cache
	from types import SimpleNamespace

	from frappe.database import query

	if hasattr(query, "sqlparse"):
		query.sqlparse = SimpleNamespace(format=lru_cache(maxsize=None)(query.sqlparse.format))


@pytest.fixture
def site(connected, sites, monkeypatch):
	"""The site, as it was before the test: whatever the test has not committed is rolled back."""
	monkeypatch.chdir(sites)
	start_clean(connected)
	yield connected
	start_clean(connected)


def start_clean(frappe):
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.clear_messages()
	frappe.local.lang = "en"
	frappe.local.response.pop("ppss_codes", None)


@pytest.fixture(scope="module")
def school(connected):
	"""A school of its own for each module, committed, with a service order in force."""
	from ppss_support.tests.factories import School

	connected.db.rollback()
	made = School()
	made.order()
	connected.db.commit()
	return made


@pytest.fixture(scope="module")
def almaty(connected):
	"""A school of its own for each module under the Almaty rules, with a psychologist of clause 20."""
	from ppss_support.tests import profiles

	connected.db.rollback()
	made = profiles.ready(profiles.almaty_school())
	profiles.qualified(made)
	connected.db.commit()
	return made


@pytest.fixture(scope="module")
def bishkek(connected):
	"""A school of its own for each module under the regulation of school No 95."""
	from ppss_support.tests import profiles

	connected.db.rollback()
	made = profiles.ready(profiles.school_95())
	connected.db.commit()
	return made


@pytest.fixture(scope="session")
def logins() -> dict:
	return {}


@pytest.fixture
def rest(site, logins):
	"""Return a function that gives the logged-in client of a user."""
	from frappe.utils.password import update_password

	from ppss_support.tests.client import Client

	url = needed("PPSS_TEST_URL")

	def let_see():
		"""Commit what the site is to see, and forget what it may change."""
		site.db.commit()
		site.local.cache = {}

	def client(user: str) -> Client:
		if user not in logins:
			update_password(user, PASSWORD)
			logins[user] = Client(url, site.local.site, user, PASSWORD, let_see)
		return logins[user]

	return client
