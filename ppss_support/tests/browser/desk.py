"""The Desk as a person uses it: forms, buttons and dialogs of one browser, logged in as one user at a time."""

import re
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
)
SIZE = (1400, 900)
OURS = "/assets/ppss_support/"
# A promise rejected without an error is what the framework leaves behind when a step is refused.
SCRIPT_ERROR = re.compile(r"Uncaught (\(in promise\) )?\w*Error")
SERVER_ERRORS = ("Server Error", "Traceback (most recent call last)", "Not found", "Not permitted")
IDLE = """
	return document.readyState === "complete" && !!window.frappe && !!window.jQuery
		&& !frappe.request?.ajax_count && !jQuery.active && !jQuery("#freeze.in:visible").length
		&& !frappe.dom?.freeze_count && !jQuery(".modal.fade:visible:not(.show)").length;
"""
UNREST = """
	return [document.readyState, window.frappe?.request?.ajax_count, window.jQuery?.active,
		window.frappe?.dom?.freeze_count];
"""
STARTED = """
	return !!window.frappe?.set_route && !!frappe.boot?.user && !!document.querySelector(".page-container");
"""
LOGIN_READY = 'return document.readyState === "complete" && !!window.login?.login_handlers'
FORM_SHOWN = """
	const [doctype, name] = arguments, frm = window.cur_frm, route = frappe.get_route();
	return route[0] === "Form" && route[2] === name && frm?.doc?.name === name
		&& frm.doc === locals[doctype]?.[name] && !!frappe.model.docinfo[doctype]?.[name]
		&& jQuery(frm.page.wrapper).is(":visible");
"""
DIALOG = ".modal.show"
ACTIONS = 'jQuery(cur_frm.page.wrapper).find(".actions-btn-group")'
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
PAPER_FONT_LOADED = """
	const paper = jQuery("iframe.print-format-container").get(0).contentDocument;
	return [...paper.fonts].some((font) => font.family.includes("Tinos") && font.status === "loaded");
"""
FADING = 'return document.getAnimations().some((one) => one.effect?.target?.closest?.(".modal, .alert"))'
# The framework draws a block of a workspace apart from the page.
WORK_LIST = """
	const roots = [...document.querySelectorAll(".custom-block-widget-box *")].map((one) => one.shadowRoot);
	const list = roots.find(Boolean)?.querySelector(".ppss-worklist");
"""
FETCH_ROWS = """
	const [doctype, done] = arguments;
	fetch(`/api/resource/${doctype}`).then(async (reply) => done([reply.status, (await reply.json()).data || []]));
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

	def login_page(self, lang: str):
		"""Open the login page as a guest who reads the language sees it."""
		self.leave()
		self.driver.get(f"{self.url}/login?_lang={lang}")
		self.wait(lambda: self.script(LOGIN_READY), "login page")

	def leave(self):
		"""Forget user and session; the session itself goes on at the server."""
		self.driver.get(f"{self.url}/api/method/ping")
		self.driver.delete_all_cookies()
		self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
		self.user = None

	# ---- where

	def form(self, doctype: str, name: str):
		"""Open a document as it stands at the server, whatever form is open."""
		self.script(
			"""const [doctype, name] = arguments;
			frappe.set_route("");
			frappe.model.clear_doc(doctype, name);
			setTimeout(() => frappe.set_route("Form", doctype, name), 50);""",
			doctype,
			name,
		)
		self.wait(lambda: self.script(FORM_SHOWN, doctype, name), f"{doctype} {name} opened")
		self.idle()
		self.check_for_errors()

	def new(self, doctype: str, **values):
		"""Open an empty form and fill it."""
		self.script("frappe.new_doc(arguments[0])", doctype)
		self.wait(
			lambda: self.script(
				"return window.cur_frm?.doctype === arguments[0] && cur_frm.is_new()", doctype
			),
			f"new {doctype}",
		)
		self.idle()
		self.set(**values)

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

	def workspace(self, title: str):
		"""Open a workspace, which is named as its role."""
		self.script('frappe.set_route("Workspaces", arguments[0])', title)
		self.workspace_shown()

	def workspace_shown(self):
		self.wait(
			lambda: self.script('return !!jQuery(".codex-editor .ce-block:visible").length'), "workspace"
		)
		self.wait(lambda: self.script(WORK_LIST + "return !!list && !list.ariaBusy"), "work list")
		self.idle()
		self.check_for_errors()

	def work_list(self) -> list[str]:
		"""Return the lines of the work list."""
		return self.script(WORK_LIST + 'return list.innerText.split("\\n").filter((line) => line.trim())')

	def press_in_work_list(self, text: str):
		"""Press the button of the line with this text."""
		line = '[...list.querySelectorAll("li")].find((one) => one.innerText.includes(arguments[0]))'
		self.wait(lambda: self.script(f"{WORK_LIST} return !!{line}", text), f"line {text}")
		self.script(f'{WORK_LIST} {line}.querySelector("button").click()', text)
		self.settle()

	def size(self, width: int, height: int):
		"""Show the page as on a screen of this size, in pixels."""
		size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
		self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
		self.idle()

	def print_view(self, doctype: str, name: str) -> str:
		"""Open the print view; return the text of the paper in it."""
		self.script('frappe.set_route("print", ...arguments)', doctype, name)
		paper = (
			'return jQuery("iframe.print-format-container").contents().find(".print-format").text().trim()'
		)
		self.wait(lambda: self.script(paper), "print view")
		# Letters stay unseen until their font has come.
		self.wait(lambda: self.script(PAPER_FONT_LOADED), "fonts of the paper")
		self.idle()
		self.check_for_errors()
		return self.script(paper)

	def report(self, name: str) -> list[dict]:
		"""Open a report with the filters it brings; return its rows."""
		self.script('frappe.set_route("query-report", arguments[0])', name)
		shown = "return frappe.query_report?.report_name === arguments[0] && !!frappe.query_report.data"
		self.wait(lambda: self.script(shown, name), f"report {name}")
		self.idle()
		self.check_for_errors()
		return self.script("return frappe.query_report.data.map((row) => ({ ...row }))")

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
			f"""return {ACTIONS}.find(".dropdown-item:not(.user-action)").toArray()
				.map((item) => item.textContent.trim())"""
		)

	def buttons_of_workflow(self) -> list[str]:
		"""Return the steps the menu offers, without the help the framework adds to them."""
		return [label for label in self.buttons() if label != self.script('return __("Help")')]

	def open_actions(self):
		self.wait(self.buttons, "Actions menu")
		self.click_in_page(f'{ACTIONS}.find("> button:visible").get(0)')

	def set(self, **values):
		self.script("return cur_frm.set_value(arguments[0])", values)
		self.idle()

	def save(self):
		"""Press the save button; the document must be saved."""
		self.click_in_page("cur_frm.page.btn_primary.get(0)")
		saved = "return !cur_frm.is_dirty() && !cur_frm.is_new()"
		self.wait(lambda: self.messages() or self.script(saved), "saved")
		assert not self.messages(), self.messages()
		self.idle()

	def press(self, action: str):
		"""Choose a step in the Actions menu."""
		self.script("window.scrollTo(0, 0)")
		label = self.script("return __(arguments[0])", action)
		self.wait(lambda: label in self.buttons(), f"{label} in the menu")
		if not self.script(f'return {ACTIONS}.find(".dropdown-menu.show").length'):
			self.open_actions()
		self.click_in_page(
			f"""{ACTIONS}.find(".dropdown-item:visible").toArray()
				.find((item) => item.textContent.trim() === arguments[0])""",
			label,
		)
		self.settle()

	def custom_button(self, label: str):
		"""Press a button the form itself brings."""
		self.click_in_page(
			"""cur_frm.page.inner_toolbar.find("button:visible").toArray()
				.find((button) => button.textContent.trim() === __(arguments[0]))""",
			label,
		)
		self.settle()

	def press_in_dialog(self, which: str):
		self.click_in_page(f"cur_dialog.get_{which}_btn().get(0)")
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
		assert not self.messages(), self.messages()
		self.idle()
		self.check_for_errors()

	def refusal(self, action: str) -> str:
		"""Press the button; return what the dialog says instead of taking the step."""
		self.press(action)
		self.wait(self.messages, f"{action} refused")
		return self.messages()

	def answer_reason(self, text: str):
		self.find(f"{DIALOG} textarea[data-fieldname=reason]").send_keys(text)
		self.find(f"{DIALOG} .btn-modal-primary").click()
		self.wait(lambda: not self.messages(), "dialog closed")
		self.settle()

	# ---- dialogs

	def messages(self) -> str:
		"""Return title and text of the dialogs in sight."""
		return self.script(
			"""return jQuery(".modal.show:visible").toArray().map((modal) => modal.innerText.trim()).join("\\n")"""
		)

	def close_dialogs(self):
		"""A dialog still fading in does not hear of being closed: tell it until it is gone."""
		self.wait(
			lambda: self.script(
				"""jQuery(".modal.show").modal("hide");
				return !jQuery(".modal:visible, .modal-backdrop:visible").length"""
			),
			"dialogs closed",
		)
		self.idle()

	# ---- what the session of the browser may fetch

	def read(self, doctype: str) -> tuple[int, list]:
		"""Ask for all documents of a DocType; return status and rows."""
		return self.driver.execute_async_script(FETCH_ROWS, doctype)

	def pdf(self, doctype: str, name: str, print_format: str, **more) -> tuple[int, str]:
		"""Fetch a paper; return status and content in base 64."""
		query = {"doctype": doctype, "name": name, "format": print_format, **more}
		return self.driver.execute_async_script(FETCH_PDF, query)

	# ---- looking

	def picture(self, name: str, telling: bool = True):
		"""Save what is in sight, if pictures are wanted and this one tells something others do not."""
		if self.pictures and telling:
			self.idle()
			self.wait(lambda: not self.script(FADING), "dialogs come to rest")
			save_picture(self.driver.get_screenshot_as_png(), self.pictures / f"{name}.png")

	def check_for_errors(self):
		"""Fail on a server error in a dialog and on an error of a script."""
		shown = self.messages()
		known = [
			self.script("return window.__ ? __(arguments[0]) : arguments[0]", text) for text in SERVER_ERRORS
		]
		assert not [text for text in {*SERVER_ERRORS, *known} if text in shown], shown
		errors = [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"]
		assert not [text for text in errors if OURS in text or SCRIPT_ERROR.search(text)], errors

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
		passing = (JavascriptException, NoSuchElementException, StaleElementReferenceException)
		waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.1, ignored_exceptions=passing)
		try:
			return waiting.until(lambda _driver: condition())
		except TimeoutException:
			raise AssertionError(f"{what}; in sight: {self.glance()}") from None

	# ---- underneath

	def glance(self) -> str:
		shown = self.script("return document.querySelector('.modal.show, .for-login')?.innerText || ''")
		return f"{self.driver.current_url} {self.script(UNREST)} {' '.join(shown.split())[:500]}"

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
