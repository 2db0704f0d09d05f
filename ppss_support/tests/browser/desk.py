"""The Desk as a person uses it: forms, buttons and dialogs of one browser, logged in as one user at a time."""

import re
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import (
	JavascriptException,
	NoSuchElementException,
	StaleElementReferenceException,
	TimeoutException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from ppss_support.tests.browser.pictures import save_picture

PATIENCE = 40
FLAGS = (
	"--headless=new",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--disable-dev-shm-usage",
	"--hide-scrollbars",
	"--lang=kk",
)
SIZE = (1400, 900)
# Requests the server refused are logged by the browser as well; the dialogs tell more about them.
REFUSED_REQUEST = "Failed to load resource"
# The framework shows the refusal in a dialog, then leaves the rejected promise to nobody.
SHOWN_REFUSAL = re.compile(r"Uncaught \(in promise\)(?! \w*Error)")
IDLE = """
	return document.readyState === "complete" && !!window.frappe && !!window.jQuery
		&& !frappe.request?.ajax_count && !jQuery.active && !jQuery("#freeze.in:visible").length
		&& !frappe.dom?.freeze_count && !jQuery(".modal.fade:visible:not(.show)").length;
"""
STARTED = (
	"return !!window.frappe?.set_route && !!frappe.boot?.user && !!document.querySelector('.page-container')"
)
LOGIN_READY = 'return document.readyState === "complete" && !!window.login?.login_handlers'
DIALOG = ".modal.show"
SERVER_ERRORS = ("Server Error", "Traceback (most recent call last)", "Not found", "Not permitted")
FETCH_PDF = """
	const [query, done] = arguments;
	fetch("/api/method/frappe.utils.print_format.download_pdf?" + new URLSearchParams(query))
		.then(async (reply) => {
			const bytes = new Uint8Array(await reply.arrayBuffer());
			let text = "";
			for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
			done([reply.status, btoa(text)]);
		})
		.catch((problem) => done([0, String(problem)]));
"""


def start_browser(chromium: str, chromedriver: str, profile: Path) -> webdriver.Chrome:
	options = webdriver.ChromeOptions()
	options.binary_location = chromium
	for flag in (*FLAGS, f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={profile}"):
		options.add_argument(flag)
	options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
	driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
	# The window of headless Chromium loses the height of a tool bar nobody sees.
	size = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
	driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
	driver.set_script_timeout(PATIENCE)
	return driver


class Desk:
	"""One browser at one site. Whatever it opens must come up without an error of the server or of our scripts."""

	def __init__(self, driver: webdriver.Chrome, url: str, pictures: str | None = None):
		self.driver = driver
		self.url = url.rstrip("/")
		self.pictures = Path(pictures) if pictures else None
		self.sessions: dict[str, list[dict]] = {}
		self.user: str | None = None

	# ---- who

	def log_in(self, user: str, password: str):
		"""Go through the login page the first time; later take up the session of then."""
		if user == self.user:
			return
		self.leave()
		if user in self.sessions:
			for cookie in self.sessions[user]:
				self.driver.add_cookie(cookie)
			self.driver.get(f"{self.url}/app")
		else:
			self.driver.get(f"{self.url}/login")
			self.wait(lambda: self.script(LOGIN_READY), "login page")
			self.find("#login_email").send_keys(user)
			self.find("#login_password").send_keys(password)
			self.find(".form-login .btn-login").click()
		self.wait(lambda: self.script(STARTED), f"{user} logged in")
		self.idle()
		self.user = user
		self.sessions[user] = self.driver.get_cookies()

	def leave(self):
		"""Forget user and session; the session itself goes on at the server."""
		self.driver.get(f"{self.url}/api/method/ping")
		self.driver.delete_all_cookies()
		self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
		self.user = None

	@contextmanager
	def language(self, code: str):
		"""Look at the pages in another language than the user's own, which stays as it is."""
		cookie = {"name": "preferred_language", "value": code, "path": "/"}
		self.driver.add_cookie(cookie)
		self.driver.get(f"{self.url}/app?_lang={code}")
		self.wait(lambda: self.script(STARTED), "Desk")
		self.idle()
		try:
			yield
		finally:
			self.driver.delete_cookie("preferred_language")

	# ---- where

	def form(self, doctype: str, name: str):
		"""Open a document as it stands at the server."""
		self.script(
			"""const [doctype, name] = arguments;
			frappe.model.clear_doc(doctype, name);
			window.cur_frm = null;
			frappe.set_route("Form", doctype, name);""",
			doctype,
			name,
		)
		self.wait(lambda: self.script("return window.cur_frm?.doc?.name") == name, f"{doctype} {name} opened")
		self.idle()
		# The buttons of the workflow come with a request of their own.
		self.wait(lambda: self.script("return !!cur_frm.doc && !cur_frm.is_new()"), "form shown")
		self.check_for_errors()

	def names_in_list(self, doctype: str) -> list[str]:
		"""Open the list of a DocType; return the names of the documents shown."""
		self.script('frappe.set_route("List", arguments[0], "List")', doctype)
		self.wait(
			lambda: self.script(
				"return window.cur_list?.doctype === arguments[0] && !!cur_list.data", doctype
			),
			f"list of {doctype}",
		)
		self.idle()
		self.check_for_errors()
		return self.script("return cur_list.data.map((row) => row.name)")

	def workspace(self, title: str = "PPSS Support"):
		self.script('frappe.set_route("Workspaces", arguments[0])', title)
		self.wait(
			lambda: self.script('return !!jQuery(".codex-editor .ce-block:visible").length'), "workspace"
		)
		self.idle()
		self.check_for_errors()

	def print_view(self, doctype: str, name: str):
		self.script('frappe.set_route("print", ...arguments)', doctype, name)
		self.wait(
			lambda: self.script(
				"""return !!jQuery("iframe.print-format-container").contents().find(".print-format").text().trim()"""
			),
			"print view",
		)
		self.idle()
		self.check_for_errors()

	# ---- form

	@property
	def doc(self) -> dict:
		return self.script("return JSON.parse(JSON.stringify(cur_frm.doc))")

	def state(self) -> str:
		"""Return the state as the indicator beside the title names it."""
		return self.text(".page-container:visible .page-head .title-area .indicator-pill")

	def buttons(self) -> list[str]:
		"""Return the entries of the Actions menu."""
		return self.script(
			"""return jQuery(cur_frm.page.wrapper).find(".actions-btn-group .dropdown-item:not(.user-action)")
				.toArray().map((item) => item.textContent.trim())"""
		)

	def set(self, **values):
		self.script("return cur_frm.set_value(arguments[0])", values)
		self.idle()

	def save(self):
		self.click_in_page("cur_frm.page.btn_primary.get(0)")
		self.idle()

	def press(self, action: str):
		"""Choose a step in the Actions menu."""
		label = self.script("return __(arguments[0])", action)
		self.wait(lambda: label in self.buttons(), f"{label} among {self.buttons()}")
		self.click_in_page('jQuery(cur_frm.page.wrapper).find(".actions-btn-group > button:visible").get(0)')
		self.click_in_page(
			"""jQuery(cur_frm.page.wrapper).find(".actions-btn-group .dropdown-item:visible").toArray()
				.find((item) => item.textContent.trim() === arguments[0])""",
			label,
		)
		self.settle()

	def take(self, action: str, reason: str | None = None):
		"""Press the button, give the reason if it is asked for; the step must go through."""
		before = self.doc["workflow_state"]
		self.press(action)
		if reason:
			self.answer_reason(reason)
		self.wait(
			lambda: self.messages() or self.doc["workflow_state"] != before, f"{action} led out of {before}"
		)
		self.idle()
		assert not self.messages(), self.messages()
		self.check_for_errors()

	def answer_reason(self, text: str):
		self.find(f"{DIALOG} textarea[data-fieldname=reason]").send_keys(text)
		self.find(f"{DIALOG} .btn-modal-primary").click()
		self.settle()

	# ---- dialogs

	def messages(self) -> str:
		"""Return title and text of the dialogs in sight."""
		return self.script(
			"""return jQuery(".modal.show:visible").toArray().map((modal) => modal.innerText.trim()).join("\\n")"""
		)

	def close_dialogs(self):
		self.script('jQuery(".modal.show").modal("hide"); frappe.hide_msgprint?.(true)')
		self.wait(lambda: not self.messages(), "dialogs closed")
		self.idle()

	# ---- papers

	def pdf(self, doctype: str, name: str, print_format: str) -> tuple[int, str]:
		"""Fetch a paper with the session of the browser; return status and content in base 64."""
		query = {"doctype": doctype, "name": name, "format": print_format}
		return self.driver.execute_async_script(FETCH_PDF, query)

	# ---- looking

	def picture(self, name: str):
		"""Save what is in sight, if pictures are wanted."""
		if self.pictures:
			self.idle()
			save_picture(self.driver.get_screenshot_as_png(), self.pictures / f"{name}.png")

	def scroll_to(self, fieldname: str):
		self.script(
			"""const field = cur_frm.get_field(arguments[0]);
			if (field.tab) field.tab.set_active();
			(field.section?.wrapper?.get(0) ?? field.wrapper).scrollIntoView({ block: "start" });
			window.scrollBy(0, -110);""",
			fieldname,
		)

	def check_for_errors(self):
		"""Fail on a server error in a dialog and on an error of a script."""
		shown = self.messages()
		known = [
			self.script("return window.__ ? __(arguments[0]) : arguments[0]", text) for text in SERVER_ERRORS
		]
		assert not [text for text in {*SERVER_ERRORS, *known} if text in shown], shown
		errors = [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"]
		ours = [text for text in errors if REFUSED_REQUEST not in text and not SHOWN_REFUSAL.search(text)]
		assert not ours, ours

	# ---- waiting

	def settle(self):
		"""Wait until the page is at rest or asks something."""
		self.wait(lambda: self.script(IDLE) or self.messages(), "answer")

	def idle(self):
		self.wait(self.at_rest, "page at rest")

	def at_rest(self) -> bool:
		"""Whether nothing is under way, also not after whatever was waiting its turn."""
		return self.script(IDLE) and self.driver.execute_async_script(
			"const done = arguments[0]; setTimeout(() => done((() => {" + IDLE + "})()), 120)"
		)

	def wait(self, condition, what: str):
		ignored = (JavascriptException, NoSuchElementException, StaleElementReferenceException)
		waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.1, ignored_exceptions=ignored)
		try:
			return waiting.until(lambda _driver: condition())
		except TimeoutException:
			raise AssertionError(f"{what}; in sight: {self.glance()}") from None

	# ---- underneath

	def glance(self) -> str:
		shown = self.script(
			"return document.querySelector('.modal.show, .for-login, .page-container')?.innerText || ''"
		)
		return f"{self.driver.current_url}: {shown[:300]}"

	def find(self, selector: str):
		return self.wait(
			lambda: next(
				(e for e in self.driver.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()), None
			),
			selector,
		)

	def text(self, selector: str) -> str:
		return self.script("return jQuery(arguments[0]).filter(':visible').first().text().trim()", selector)

	def script(self, code: str, *given):
		return self.driver.execute_script(code, *given)

	def click_in_page(self, expression: str, *given):
		"""Click, as a person would, the element the expression yields."""
		self.wait(lambda: self.script(f"return {expression}", *given), expression)
		self.script(f"return {expression}", *given).click()
