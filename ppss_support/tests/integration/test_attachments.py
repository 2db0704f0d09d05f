"""Files hang on documents privately, by their content, and are read by those who may read the document (KZ92-5.5)."""

import base64
import http.client
import os
from urllib.parse import urlsplit

import frappe
import pytest

from ppss_support.tests.files import PDF, PNG, attached, opened, upload, zipped
from ppss_support.tests.guards import check_ok, check_refused

pytestmark = pytest.mark.clause("KZ92-5.5")


@pytest.fixture(scope="module")
def papers(school):
	"""Two children: everybody supports the first, nobody of the team the second."""
	near, far = school.child(consent=False), school.add_learner()
	made = [school.consent(child, "Prepared", made_by="DEP") for child in (near, far)]
	frappe.db.commit()
	return made


def file_of(answer) -> dict:
	check_ok(answer)
	return frappe.get_doc("File", answer.data["name"])


class TestWhatComesIn:
	def test_private_however_it_was_sent(self, school, papers, rest):
		deputy = rest(school.users["DEP"])
		sent = {"doctype": papers[0].doctype, "docname": papers[0].name}
		by_upload = file_of(upload(deputy, "скан.pdf", PDF, **sent, is_private=0))
		by_method = file_of(
			deputy.method(
				"frappe.client.attach_file",
				**sent,
				filename="b.png",
				filedata=base64.b64encode(PNG).decode(),
				decode_base64=1,
				is_private=0,
			)
		)
		for file in (by_upload, by_method):
			assert (file.is_private, file.file_url[:15]) == (1, "/private/files/")
			check_ok(deputy.change("File", file.name, is_private=0))
			assert frappe.db.get_value("File", file.name, ["is_private", "file_url"]) == (1, file.file_url)

	def test_public_file_named_by_a_document_becomes_private(self, school, papers, rest):
		deputy = rest(school.users["DEP"])
		sent = {"file_name": f"{frappe.generate_hash(length=8)}.pdf", "content": PDF + school.tag.encode()}
		loose = frappe.get_doc({"doctype": "File", **sent, "is_private": 0}).insert()
		assert loose.file_url.startswith("/files/")
		check_ok(deputy.change(papers[0].doctype, papers[0].name, signed_paper=loose.file_url))
		frappe.db.rollback()
		url = frappe.db.get_value(papers[0].doctype, papers[0].name, "signed_paper")
		assert url == f"/private{loose.file_url}"
		assert frappe.db.get_value("File", loose.name, ["is_private", "attached_to_name"]) == (
			1,
			papers[0].name,
		)

	@pytest.mark.parametrize(
		("name", "content"),
		[
			("a.pdf", b"MZ" + b"\x00" * 100),
			("a.pdf", b"<html><script>alert(1)</script>"),
			("a.pdf", PNG),
			("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
		],
	)
	def test_refused_by_content(self, school, papers, rest, name, content):
		answer = attached(rest(school.users["DEP"]), papers[0], name, content)
		check_refused(answer, "A81")
		assert name in answer.texts[0]

	def test_refused_by_size(self, school, papers, rest):
		frappe.db.set_value("PPSS Organisation", school.organisation, "attachment_max_mb", 1)
		frappe.clear_document_cache("PPSS Organisation", school.organisation)
		answer = attached(rest(school.users["DEP"]), papers[0], "a.pdf", PDF + b"\x00" * (2 * 1024 * 1024))
		check_refused(answer, "A82")
		assert "2.0" in answer.texts[0]

	def test_refused_by_address(self, school, papers, rest):
		deputy, paper = rest(school.users["DEP"]), papers[0]
		about = {"doctype": paper.doctype, "docname": paper.name}
		check_refused(upload(deputy, "", None, **about, file_url="https://example.com/a.pdf"), "A83")
		check_refused(
			deputy.change(paper.doctype, paper.name, signed_paper="https://example.com/a.pdf"), "A83"
		)
		check_refused(deputy.change(paper.doctype, paper.name, signed_paper="/etc/passwd"), "A83")

	def test_names_are_cleaned(self, school, papers, rest):
		file = file_of(
			attached(rest(school.users["DEP"]), papers[0], "..\\..\\шот\u202efdp..pdf", PDF + b"n")
		)
		assert file.file_name == "шотfdp.pdf"
		assert "\u202e" not in file.file_url and ".." not in file.file_url


LARGEST = 10 * 1024 * 1024
TOO_LARGE = 413
PATHS = (
	"../../../../tmp/ppss.pdf",
	"..\\..\\ppss.pdf",
	"/etc/ppss.pdf",
	"C:\\ppss.pdf",
	"ppss\x00.pdf",
	"%2e%2e%2fppss.pdf",
	"ppss\r\nX-Header: 1.pdf",
	"<script>alert(92)<\\script>.pdf",
	f"{'ұ' * 300}.pdf",
)


class TestUploadDoor:
	"""The door of the Desk itself: what is too large is not read, and no name or argument leads out of the folder."""

	def begun(self, client, path: str, headers: dict) -> int:
		"""Send the head of an upload alone; return how it is answered."""
		client.before_call()
		line = http.client.HTTPConnection(urlsplit(client.url).netloc, timeout=20)
		cookies = "; ".join(f"{one.name}={one.value}" for one in client.http.cookies)
		site = client.http.headers["X-Frappe-Site-Name"]
		form = "multipart/form-data; boundary=x"
		line.request(
			"POST",
			path,
			headers={"X-Frappe-Site-Name": site, "Cookie": cookies, "Content-Type": form, **headers},
		)
		return line.getresponse().status

	def test_declared_size_is_refused_before_the_bytes(self, school, rest):
		deputy, size = rest(school.users["DEP"]), {"Content-Length": str(100 * LARGEST)}
		for path in ("/api/method/upload_file", "/api/method/frappe.client.attach_file", "/"):
			assert self.begun(deputy, path, size) == TOO_LARGE, path

	def test_undeclared_size_is_refused_too(self, school, papers, rest):
		"""In pieces the sender names no size."""
		deputy, before = rest(school.users["DEP"]), frappe.db.count("File")
		head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF
		pieces = (head, *(b"\x00" * 65536 for _n in range(LARGEST // 65536 + 2)), b"\r\n--x--\r\n")
		reply = deputy.http.post(
			f"{deputy.url}/api/method/upload_file?doctype={papers[0].doctype}&docname={papers[0].name}",
			data=iter(pieces),
			headers={"Content-Type": "multipart/form-data; boundary=x"},
			timeout=60,
		)
		assert reply.status_code in (TOO_LARGE, 417)
		frappe.db.rollback()
		assert frappe.db.count("File") == before

	@pytest.mark.parametrize("name", PATHS)
	def test_name_leads_nowhere(self, school, papers, rest, name):
		unlike = PDF + frappe.generate_hash().encode()
		file = file_of(attached(rest(school.users["DEP"]), papers[0], name, unlike))
		folder, path = (
			os.path.realpath(frappe.get_site_path("private", "files", *more))
			for more in ((), (file.file_url.rpartition("/")[2],))
		)
		assert os.path.dirname(path) == folder == os.path.dirname(os.path.realpath(file.get_full_path()))
		assert os.path.exists(path)
		assert not set(file.file_name) & set('/\\<>\r\n\x00"%') and len(file.file_name) <= 110
		assert file.file_name.endswith(".pdf")

	@pytest.mark.parametrize(
		"given",
		[
			{"folder": "../../.."},
			{"folder": "Home/../../../public"},
			{"docname": "../../x"},
			{"doctype": "../File", "docname": "x"},
			{"file_url": "/private/files/../../site_config.json"},
			{"file_url": "/files/../../site_config.json"},
			{"file_url": "file:///etc/passwd"},
			{"file_url": "/private/files/%2e%2e/%2e%2e/site_config.json"},
			{"method": "frappe.client.get_list"},
		],
	)
	def test_argument_leads_nowhere(self, school, papers, rest, given):
		content = None if "file_url" in given else PDF + frappe.generate_hash().encode()
		about = {"doctype": papers[0].doctype, "docname": papers[0].name, **given}
		answer = upload(rest(school.users["DEP"]), "a.pdf", content, **about)
		assert not answer.ok, answer
		assert "db_password" not in str(answer.body) and "root:" not in str(answer.body)

	def test_what_staff_send_is_private_from_the_start(self, school, rest):
		"""Before a new form is saved its scan hangs on nothing yet."""
		psychologist = rest(school.users["PSY"])
		file = file_of(upload(psychologist, "a.html", f"<p>{school.tag}</p>".encode(), is_private=0))
		check_ok(psychologist.change("File", file.name, is_private=0))
		frappe.db.rollback()
		assert frappe.db.get_value("File", file.name, "file_url").startswith("/private/files/")
		assert opened(rest(school.users["DEP"]), file.file_url) == [403] * 3


class TestWhoReads:
	@pytest.fixture
	def scan(self, school, papers, rest):
		"""A scan of the child nobody of the team supports."""
		unlike = frappe.generate_hash(length=12).encode()
		return file_of(attached(rest(school.users["DEP"]), papers[1], "құпия.pdf", PDF + unlike))

	def test_with_the_document(self, school, rest, scan):
		assert opened(rest(school.users["HEAD"]), scan.file_url) == [200] * 3

	def test_not_without_it(self, school, rest, scan):
		outsider = rest(school.users["PSY"])
		assert opened(outsider, scan.file_url) == [403] * 3
		assert zipped(outsider, scan.name) == [403] * 2
		assert outsider.read("File", scan.name).status == 403
		assert scan.name not in outsider.names("File", is_folder=0)
		found = outsider.method("frappe.core.api.file.get_files_by_search_text", text="құпия")
		assert scan.name not in {row["name"] for row in found.data}
		assert scan.name in rest(school.users["HEAD"]).names("File", is_folder=0)

	def test_not_by_naming_it_elsewhere(self, school, papers, rest, scan):
		"""A file of another child is not drawn over by an own paper, a file by address, or a moved file."""
		member, own = rest(school.users["SOC"]), papers[0]
		check_refused(member.change(own.doctype, own.name, signed_paper=scan.file_url), "A83")
		taken = upload(member, "", None, doctype=own.doctype, docname=own.name, file_url=scan.file_url)
		assert taken.status == 403
		for values in ({"attached_to_name": own.name}, {"owner": member.user}, {"is_private": 0}):
			assert member.change("File", scan.name, **values).status == 403, values
		assert member.delete("File", scan.name).status == 403
		assert opened(member, scan.file_url) == [403] * 3

	def test_uploader_loses_it_with_the_document(self, school, papers, rest):
		member = rest(school.users["PSY"])
		learner = school.child(consent=False)
		paper = school.consent(learner, "Prepared", made_by="PSY")
		file = file_of(attached(member, paper, "a.pdf", PDF + learner.name.encode()))
		assert opened(member, file.file_url)[0] == 200
		case = frappe.db.get_value("PPSS Support Case", {"learner": learner.name})
		left = {"to_date": frappe.utils.add_days(frappe.utils.today(), -1)}
		frappe.db.set_value("PPSS Case Membership", {"parent": case, "specialist": school.staff["PSY"]}, left)
		assert opened(member, file.file_url) == [403] * 3

	def test_of_a_field_only_with_the_field(self, school, rest):
		meeting = school.meeting()
		deputy = rest(school.users["DEP"])
		file = file_of(attached(deputy, meeting, "хаттама.pdf", PDF + b"m", fieldname="minutes_file"))
		assert opened(rest(school.users["ADM"]), file.file_url)[0] == 403

	def test_of_a_decided_paper_is_not_removed(self, school, rest):
		paper = school.consent(school.add_learner(), made_by="DEP")
		deputy = rest(school.users["DEP"])
		file = file_of(attached(deputy, paper, "a.pdf", PDF + paper.name.encode()))
		assert deputy.delete("File", file.name).status == 403
		assert frappe.db.exists("File", file.name)
