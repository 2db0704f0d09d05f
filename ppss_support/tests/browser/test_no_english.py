"""Nobody meets English: what stands on pages of every role, in Kazakh and in Russian.

Each role opens its workspace, and of its lists, empty forms and reports those whose turn it is, so that the roles
together open many kinds and each kind is opened once a language.
"""

import frappe
import pytest

from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.tests.browser.people import EVERY_ROLE
from ppss_support.tests.conftest import PASSWORD
from ppss_support.tests.reading import english_on

# Of each kind of page, how many a role opens in one language.
TURNS = 2
MAY_OPEN = """
	const names = (list) => (list || []).filter((name) => name.startsWith("PPSS ")).sort();
	const user = frappe.boot.user;
	return {
		list: names(user.can_read).filter((name) => !frappe.boot.single_types.includes(name)),
		new: names(user.can_create),
		report: names(Object.keys(user.all_reports || {})),
	};
"""
# Dialogs and menus of the framework that open from a list or a form of ours.
OPENED_FROM_LIST = {
	"filter": "cur_list.filter_area.filter_list.filter_button.click()",
	"shortcuts": "frappe.ui.keys.show_keyboard_shortcut_dialog()",
}
OPENED_FROM_FORM = {
	"assign": "cur_frm.assign_to.add()",
	"attach": "cur_frm.attachments.new_attachment()",
}


@pytest.fixture
def reading_in(site, desk, school):
	"""Return a function that gives all logins of the school a language; they read their own again afterwards."""
	before = dict(
		frappe.get_all(
			"User", {"name": ("in", list(school.users.values()))}, ["name", "language"], as_list=True
		)
	)

	def read(languages: dict[str, str]):
		for user, lang in languages.items():
			frappe.db.set_value("User", user, "language", lang)
			frappe.cache.hdel("lang", user)
			frappe.cache.hdel("bootinfo", user)
		site.db.commit()
		desk.leave()

	yield lambda lang: read(dict.fromkeys(before, lang))
	read(before)


@pytest.mark.skipif(not EVERY_ROLE, reason="PPSS_EVERY_ROLE is not set: the walk takes minutes")
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_english_on_the_pages_of_any_role(desk, site, school, reading_in, lang):
	doctype, name = school.order_paper()
	reading_in(lang)
	found, opened = {}, {"list": set(), "new": set(), "report": set()}

	def look(where: str):
		for text, place in english_on(desk):
			found.setdefault(text, f"{where}, {place}")

	desk.login_page(lang)
	look("login page")
	for role in ROLE_OF_TERM:
		if role not in school.users:
			continue
		desk.log_in(school.users[role], PASSWORD)
		desk.workspace(ROLE_OF_TERM[role])
		look(f"{role} workspace")
		for kind, names in desk.script(MAY_OPEN).items():
			fresh = [one for one in names if one not in opened[kind]][:TURNS]
			opened[kind].update(fresh)
			for one in fresh:
				OPEN[kind](desk, one)
				look(f"{role} {kind} {one}")
		if role == "DEP":
			look_into_dialogs(desk, doctype, name, look)
	assert found == {}
	assert min(len(names) for names in opened.values()) > 10, opened


def look_into_dialogs(desk, doctype: str, name: str, look):
	desk.names_in_list(doctype)
	for which, script in OPENED_FROM_LIST.items():
		open_and_look(desk, which, script, look)
	desk.form(doctype, name)
	look(f"form {doctype}")
	for which, script in OPENED_FROM_FORM.items():
		open_and_look(desk, which, script, look)
	desk.print_view(doctype, name)
	look(f"print {doctype}")


def open_and_look(desk, which: str, script: str, look):
	desk.script(script)
	desk.wait(lambda: desk.messages() or desk.script(POPOVER), which)
	desk.idle()
	look(which)
	desk.close_dialogs()


POPOVER = 'return document.querySelectorAll(".popover.show, .filter-popover.show").length'


def open_new(desk, doctype: str):
	desk.new(doctype)
	desk.close_dialogs()
	# The next page asks nothing about what was never typed.
	desk.script("cur_frm.doc.__unsaved = 0")


OPEN = {
	"list": lambda desk, doctype: desk.names_in_list(doctype),
	"new": open_new,
	"report": lambda desk, name: desk.report(name),
}
