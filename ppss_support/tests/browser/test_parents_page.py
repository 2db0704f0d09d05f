"""The parents' page on a phone and on a desk, in Kazakh and Russian: readable, touchable, and nothing in English."""

import re

import frappe
import pytest
from frappe.utils import add_days, get_first_day_of_week, today
from frappe.utils.password import update_password

from ppss_support.tests import support
from ppss_support.tests.browser.desk import SIZE
from ppss_support.tests.conftest import PASSWORD
from ppss_support.tests.parents import signed_consent, supported_family

PHONE = (360, 740)
# Targets of a finger, WCAG 2.2: a box to tick is touched by its label.
TOUCHED = """
	return [...document.querySelectorAll("main a, main button, header a, header button, label.tick, textarea")]
		.map((one) => [one.innerText.trim(), one.getBoundingClientRect()])
		.filter(([_text, box]) => box.height < 44 || box.width < 44 || box.right > innerWidth)
		.map(([text]) => text);
"""
OVERFLOW = "return document.documentElement.scrollWidth - innerWidth"
# The framework's own line at the foot of its login page.
MAKER = {"Built", "on", "Frappe"}
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def family(school):
	learner, _programme, login = supported_family(school)
	to_come = add_days(get_first_day_of_week(today()), 7)
	support.session(school, [learner], made_by="PSY", provider=school.staff["PSY"], date=to_come)
	update_password(login, PASSWORD)
	frappe.db.commit()
	return frappe._dict(learner=learner, login=login, consent=signed_consent(learner))


class Page:
	"""The page in the browser of the run, with the screen of a phone or of a desk."""

	def __init__(self, desk):
		self.desk, self.driver = desk, desk.driver

	def screen(self, width: int, height: int):
		size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
		self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

	def open(self, path: str):
		self.driver.get(self.desk.url + path)
		self.desk.wait(lambda: self.desk.script("return document.readyState === 'complete'"), path)

	def log_in(self, user: str):
		"""Come as a guest, be led to the login, and from there to the page."""
		self.desk.leave()
		self.open("/parents")
		self.desk.wait(lambda: self.desk.script("return !!window.login?.login_handlers"), "login page")
		assert self.desk.script(OVERFLOW) <= 0
		assert set(LATIN_WORD.findall(self.text())) <= MAKER
		self.picture("parents-login")
		self.desk.find("#login_email").send_keys(user)
		self.desk.find("#login_password").send_keys(PASSWORD)
		self.desk.find(".form-login .btn-login").click()
		self.desk.wait(lambda: self.driver.current_url.endswith("/parents"), "page of the parents")

	def press(self, text: str):
		"""Press the link or button with this text."""
		find = (
			"[...document.querySelectorAll('a, button')].find((one) => one.innerText.trim() === arguments[0])"
		)
		self.desk.click_in_page(find, text)

	def shows(self, text: str):
		self.desk.wait(lambda: text in self.text(), text)

	def text(self) -> str:
		return self.desk.script("return document.body.innerText")

	def check(self):
		assert self.desk.script(OVERFLOW) <= 0
		assert self.desk.script(TOUCHED) == []
		assert LATIN_WORD.findall(self.text()) == []

	def picture(self, name: str):
		"""Save the whole page, also what a phone shows after scrolling."""
		if self.desk.pictures:
			from base64 import b64decode

			from ppss_support.tests.browser.pictures import save_picture

			whole = {"captureBeyondViewport": True, "format": "png"}
			shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", whole)
			save_picture(b64decode(shot["data"]), self.desk.pictures / f"{name}.png")


@pytest.fixture
def page(desk, site):
	page = Page(desk)
	page.screen(*PHONE)
	yield page
	page.screen(*SIZE)
	desk.leave()


@pytest.mark.clause("KZ92-11.1")
def test_parent_reads_and_withdraws(page, family):
	page.log_in(family.login)
	page.check()
	page.press("Толығырақ")
	page.shows("Алдағы сабақтар")
	page.shows("09:00")
	page.check()
	page.picture("parents-phone-kk")
	page.press("Русский")
	page.shows("Ближайшие занятия")
	page.check()
	page.screen(*SIZE)
	page.check()
	page.picture("parents-desk-ru")
	page.screen(*PHONE)
	page.press("Қазақша")
	page.shows("Алдағы сабақтар")
	page.press("Келісімді кері қайтарып алу")
	page.shows("Бүгіннен бастап")
	page.check()
	page.picture("parents-withdraw-kk")
	page.desk.find("label.tick input").click()
	page.desk.find("button.grave").click()
	page.shows("Келісімнің күші тоқтады")
	page.check()
	page.press("Шығу")
	page.desk.wait(lambda: "/login" in page.driver.current_url, "signed out")


def test_registrar_gives_access_on_the_form(log_in, school):
	learner = school.child()
	name = learner.representatives[0].representative
	frappe.db.set_value("PPSS Representative", name, "email", f"{name.lower()}@example.com")
	frappe.db.set_value("User", {"name": ("!=", "")}, "creation", "2026-01-01", update_modified=False)
	desk = log_in("DEP")
	desk.form("PPSS Representative", name)
	press = "[...document.querySelectorAll('.page-actions button')].find((one) => one.innerText.trim() === arguments[0])"
	desk.click_in_page(press, "Ата-аналар бетіне рұқсат беру")
	desk.wait(desk.messages, "question for the language")
	desk.picture("parents-invite")
	desk.find(".modal.show .btn-modal-primary").click()
	desk.wait(
		lambda: frappe.db.rollback() or frappe.db.get_value("PPSS Representative", name, "user"), "login"
	)
	desk.close_dialogs()
