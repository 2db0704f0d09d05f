"""The archive and packs in the browser: scan, check of the register, and consents for a class in two clicks."""

import base64
from pathlib import Path

import frappe
import pytest

from ppss_support.archive import register, store
from ppss_support.archive.doors import verify_and_tell
from ppss_support.packs import build
from ppss_support.tests import support

PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def order(school):
	"""The order of the school with its frozen file."""
	support.freeze_papers(school)
	return frappe.get_doc("PPSS Support Order", school.order_in_force())


def entry_of(order, event: str = "Frozen"):
	about = {"document_type": order.doctype, "document": order.name, "event": event}
	found = frappe.get_all(register.DOCTYPE, about, pluck="name", order_by="number")
	return frappe.get_doc(register.DOCTYPE, found[0]) if found else None


def choose_file(desk, selector: str, path: Path):
	field = desk.wait(
		lambda: desk.driver.find_elements("css selector", selector), f"{selector} for the file"
	)[-1]
	field.send_keys(str(path))


def test_scan_goes_into_the_archive_with_its_place(log_in, school, order, tmp_path):
	scan = tmp_path / "бұйрық.png"
	scan.write_bytes(PNG)
	desk = log_in("DEP")
	desk.form(register.DOCTYPE, entry_of(order).name)
	desk.picture("archive-entry-kk")
	desk.custom_button("Add Scan")
	desk.wait(lambda: desk.script("return !!cur_dialog?.fields_dict.archive_index"), "place in the archive")
	desk.script('return cur_dialog.set_value("archive_index", "05-12/3")')
	desk.press_in_dialog("primary")
	choose_file(desk, ".file-uploader input[type=file]", scan)
	desk.wait(lambda: desk.script('return jQuery(".file-uploader .file-preview").length'), "file in sight")
	desk.script('return jQuery(".modal.show:visible .btn-modal-primary").last().get(0).click()')
	desk.wait(lambda: desk.script('return window.cur_list?.doctype === "PPSS Archive Entry"'), "register")
	school.see_what_others_wrote()
	kept = entry_of(order, "Scanned")
	assert kept.archive_index == "05-12/3" and store.read(kept.file_url) == PNG


def test_register_is_checked_by_a_button(log_in, school, order):
	desk = log_in("ADM")
	assert desk.names_in_list(register.DOCTYPE)
	desk.picture("archive-register-ru")
	desk.click_in_page(
		"""cur_list.page.inner_toolbar.find("button:visible").toArray()
			.find((button) => button.textContent.trim() === __("Check the Register"))"""
	)
	desk.wait(lambda: desk.script('return jQuery(".desk-alert:visible").text()'), "word that it is under way")
	# What the worker does.
	verify_and_tell(school.organisation, school.users["ADM"])
	told = {"for_user": school.users["ADM"], "document_type": "PPSS Organisation"}
	assert "цела" in frappe.get_last_doc("Notification Log", told).subject


@pytest.mark.parametrize("key, report", [("DEP", "kk"), ("ADM", "ru")])
def test_inventory_shows_each_paper(log_in, school, order, key, report):
	desk = log_in(key)
	rows = desk.report("PPSS Archive Inventory")
	desk.picture(f"archive-inventory-{report}")
	assert order.name in {row["document"] for row in rows}


def test_blank_consents_for_a_class_are_two_clicks(log_in, school):
	school.child(consent=False)
	desk = log_in("DEP")
	desk.form("PPSS Class", school.school_class)
	group = """cur_frm.page.inner_toolbar.find(".inner-group-button").toArray()
		.find((one) => jQuery(one).find("> button").text().trim() === __("Consents for the Class"))"""
	desk.click_in_page(f'jQuery({group}).find("> button").get(0)')
	desk.click_in_page(
		f"""jQuery({group}).find(".dropdown-item:visible").toArray()
			.find((item) => item.textContent.trim() === __("Blank Forms"))"""
	)
	desk.wait(
		lambda: desk.script('return window.cur_frm?.doctype === "PPSS Pack" && !cur_frm.is_new()'), "pack"
	)
	desk.idle()
	name = desk.doc["name"]
	school.see_what_others_wrote()
	build.build(name)
	school.see_what_others_wrote()
	desk.form("PPSS Pack", name)
	desk.wait(lambda: desk.doc["status"] == "Ready", "pack made")
	desk.picture("pack-ready-kk")
	assert desk.doc["done"] == desk.doc["total"] > 0
	desk.wait(
		lambda: desk.script(
			"""return cur_frm.page.inner_toolbar.find("button:visible").toArray()
				.some((button) => button.textContent.trim() === __("Open the File"))"""
		),
		"button of the file",
	)
