"""The workspace of a role in the browser: in Kazakh and Russian, on a desk and on a phone; its buttons, its help."""

import re

import pytest

from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.tests.browser.desk import SIZE, WORK_LIST
from ppss_support.tests.browser.people import EVERY_ROLE, READS_RUSSIAN
from ppss_support.tests.factories import ROLE_TERMS

OPENED = ROLE_TERMS if EVERY_ROLE else ("HEAD", "CLS")
PHONE = (390, 844)
# What waits is headed so.
HEADING = {"kk": "Мені күтіп тұр", "ru": "Ждут меня"}
# Words in Latin letters stand in numbers of papers alone.
LATIN = re.compile(r"[A-Za-z]{3,}")
NUMBER = re.compile(r"\bPPSS-[A-Z]+-\S+")
SHOWN = """
	const page = document.querySelector("#page-Workspaces .layout-main-section");
	return page.innerText;
"""
TOO_WIDE = (
	WORK_LIST
	+ "return list.scrollWidth > list.clientWidth || list.getBoundingClientRect().right > innerWidth"
)
# The bars of a chart grow from nothing.
DRAWN = """
	return [...document.querySelectorAll(".frappe-chart .bar")]
		.every((bar) => bar.getBoundingClientRect().height > 2);
"""


def english_in(desk) -> list[str]:
	texts = [*desk.work_list(), *desk.script(SHOWN).split("\n")]
	return [text for text in texts if LATIN.search(NUMBER.sub("", text))]


@pytest.fixture(scope="module")
def busy(school, connected):
	"""Something waits for the head, the class teacher and the special pedagogue."""
	school.group_lesson_today()
	school.programme(school.make_listed_child(), "With head")
	school.consent(school.add_learner(), "Prepared")
	connected.db.commit()
	return school


@pytest.mark.parametrize("key", OPENED)
def test_workspace_in_both_languages_on_desk_and_phone(log_in, busy, site, key):
	user, own = busy.users[key], "ru" if key in READS_RUSSIAN else "kk"
	desk = log_in(key)
	desk.workspace(ROLE_OF_TERM[key])
	look_at(desk, own)
	desk.picture(f"workspace-{key}")
	other = "kk" if own == "ru" else "ru"
	speak(site, user, other)
	desk.size(*PHONE)
	desk.driver.refresh()
	desk.workspace_shown()
	look_at(desk, other)
	desk.picture(f"workspace-{key}-phone", key == "CLS")
	desk.size(*SIZE)
	speak(site, user, own)


def look_at(desk, language: str):
	assert any(line.startswith(HEADING[language]) for line in desk.work_list())
	assert desk.script('return jQuery(".codex-editor .links-widget-box a:visible").length') > 2
	assert english_in(desk) == []
	desk.wait(lambda: desk.script(DRAWN), "charts drawn")
	assert not desk.script(TOO_WIDE)


def speak(site, user: str, language: str):
	site.db.set_value("User", user, "language", language)
	site.db.commit()
	site.clear_cache(user=user)


def test_head_approves_from_the_list(log_in, busy):
	desk = log_in("HEAD")
	desk.driver.refresh()
	desk.workspace(ROLE_OF_TERM["HEAD"])
	before = len(desk.work_list())
	kind = desk.script('return __("PPSS Programme")')
	desk.press_in_work_list(kind)
	desk.press_in_dialog("primary")
	desk.wait(lambda: not any(line.startswith(kind) for line in desk.work_list()), "programme approved")
	assert len(desk.work_list()) < before
	desk.check_for_errors()


def test_list_that_cannot_be_read_says_what_to_do(log_in, busy):
	desk = log_in("TCH")
	desk.workspace(ROLE_OF_TERM["TCH"])
	assert desk.script('return __("Nothing waits for you. What others hand over to you appears here.")') in (
		desk.work_list()
	)
	desk.script("window.kept = frappe.call; frappe.call = () => Promise.reject()")
	desk.script(
		"""const roots = [...document.querySelectorAll(".custom-block-widget-box *")].map((one) => one.shadowRoot);
		ppss.worklist.load(roots.find(Boolean).querySelector(".ppss-worklist"))"""
	)
	again = desk.script('return __("Try Again")')
	desk.wait(lambda: again in desk.work_list(), "what to do")
	desk.script("frappe.call = window.kept")


@pytest.mark.clause("KZ92-11.1")
def test_form_leads_to_the_clause_and_the_guide(log_in, busy):
	desk = log_in("CLS")
	desk.new("PPSS Consent")
	desk.click_in_page('jQuery(".ppss-help:visible").get(0)')
	desk.wait(lambda: "№ 92 бұйрық, 11-т." in desk.messages(), "clause")
	assert "Қолын тіркеу" in desk.messages()
	desk.picture("help-CLS")
	desk.click_in_page('jQuery(".modal.show button:contains(Нұсқаулық)").get(0)')
	desk.wait(lambda: "Сіздің жұмысыңыз" in desk.messages(), "guide")
