"""The archive and packs in the browser: scan, signature, check of the register, extracts, consents for a class in two clicks."""

import base64
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import frappe
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ppss_support.archive import register, store
from ppss_support.archive.doors import verify_and_tell
from ppss_support.packs import build
from ppss_support.tests import support
from ppss_support.tests.browser.people import opened
from ppss_support.tests.papers import read
from ppss_support.tests.signing import SIGNER, signed

PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# A script cannot choose in the window of the system: the field that would open it is laid on the page instead.
KEEP_FILE_FIELD = """
	HTMLInputElement.prototype.click = function () {
		if (this.type === "file") document.body.appendChild(this);
		else HTMLElement.prototype.click.call(this);
	};
"""
KEEP_ADDRESS = "window.open = (url) => { window.opened = url; }"


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


def sign_in_desk(desk, envelope: bytes, path: Path):
	path.write_bytes(envelope)
	desk.script(KEEP_FILE_FIELD)
	desk.custom_button("Add Electronic Signature")
	choose_file(desk, "body > input[type=file]", path)


def test_electronic_signature_is_added_and_shown(log_in, school, order, tmp_path):
	frozen, key = entry_of(order), ec.generate_private_key(ec.SECP256R1())
	desk = log_in("HEAD")
	desk.form(register.DOCTYPE, frozen.name)
	sign_in_desk(desk, signed(b"other bytes", key), tmp_path / "бөтен.p7s")
	desk.wait(lambda: "A63" in desk.messages(), "signature of other bytes refused")
	desk.picture("archive-signature-refused-kk")
	desk.close_dialogs()
	sign_in_desk(desk, signed(store.read(frozen.file_url), key), tmp_path / "бұйрық.p7s")
	desk.wait(lambda: desk.script('return window.cur_list?.doctype === "PPSS Archive Entry"'), "register")
	school.see_what_others_wrote()
	row = entry_of(order, "Signed Electronically")
	assert (row.signer, row.signature_standing, row.about_row) == (SIGNER, "Valid", frozen.name)
	desk.form(register.DOCTYPE, row.name)
	desk.picture("archive-signature-kk")
	shown = desk.script("return jQuery(cur_frm.wrapper).find('.form-page').text()")
	assert SIGNER in shown and row.signed_at.strftime("%H:%M:%S") in shown


def test_extract_is_of_the_child_chosen(log_in, school):
	children = [school.assessed_child(), school.assessed_child()]
	paper = school.learner_list(children)
	desk = log_in("DEP")
	desk.form(paper.doctype, paper.name)
	desk.script(KEEP_ADDRESS)
	desk.custom_button("Print an Extract")
	options = "cur_dialog.fields_dict.row_no.$input.find('option').toArray().map((o) => o.text)"
	offered = desk.wait(lambda: desk.script(f"return window.cur_dialog && {options}"), "choice of a row")
	assert offered == ["", *(f"{number}. {child.full_name}" for number, child in enumerate(children, 1))]
	desk.picture("list-extract-kk")
	desk.script("return cur_dialog.set_value('row_no', '2')")
	desk.press_in_dialog("primary")
	asked = dict(parse_qsl(urlsplit(desk.wait(lambda: desk.script("return window.opened"), "address")).query))
	assert asked == {
		"doctype": paper.doctype,
		"name": paper.name,
		"format": "PPSS Extract from List",
		"row_no": "2",
	}
	status, content = desk.pdf(paper.doctype, paper.name, asked["format"], row_no=asked["row_no"])
	assert status == 200
	text = read(base64.b64decode(content))
	assert children[1].given_name in text and children[0].given_name not in text


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


@pytest.mark.parametrize("key, report", opened(("DEP", "kk"), ("ADM", "ru")))
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
