"""Scans and electronic signatures of frozen papers: bound to the bytes, refused where they do not match."""

import base64
from datetime import datetime, timedelta

import frappe
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from frappe.utils import now_datetime

from ppss_support.archive import checking, cms, register, store
from ppss_support.tests import support
from ppss_support.tests.guards import check_ok, check_refused
from ppss_support.tests.signing import SIGNER, certificate, signed

BYTES = b"%PDF-1.7 frozen bytes"
PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def keys() -> dict:
	return {
		"rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
		"ec": ec.generate_private_key(ec.SECP256R1()),
	}


# ---- the envelope


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("hashing", [SHA256, SHA512])
@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_signature_of_the_bytes_is_valid(keys, kind, hashing, encoding):
	(one,) = cms.read(signed(BYTES, keys[kind], hashing=hashing, encoding=encoding), BYTES)
	assert (one.signer, one.standing) == (SIGNER, cms.VALID)
	assert abs(datetime.utcnow() - one.signed_at) < timedelta(minutes=5)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("more", [(), (pkcs7.PKCS7Options.NoAttributes,)])
def test_signature_of_other_bytes_is_a_mismatch(keys, kind, more):
	with pytest.raises(cms.Mismatch):
		cms.read(signed(BYTES, keys[kind], *more), BYTES + b" ")


def test_altered_signature_is_a_mismatch(keys):
	envelope = signed(BYTES, keys["rsa"])
	# The value of the signature stands at the end.
	altered = envelope[:-1] + bytes([envelope[-1] ^ 1])
	with pytest.raises(cms.Mismatch):
		cms.read(altered, BYTES)


def test_algorithm_the_library_does_not_know_is_said_to_be_unchecked(keys):
	envelope = signed(BYTES, keys["rsa"])
	sha256 = bytes.fromhex("0609608648016503040201")
	# The same length, under the national arc of Kazakhstan.
	unknown = bytes.fromhex("06092a830e030a01030103")
	(one,) = cms.read(envelope.replace(sha256, unknown), BYTES)
	assert (one.signer, one.standing) == (SIGNER, cms.UNKNOWN_ALGORITHM)


def test_what_is_no_detached_signature_is_unreadable(keys):
	attached = (
		pkcs7.PKCS7SignatureBuilder()
		.set_data(BYTES)
		.add_signer(certificate(keys["rsa"]), keys["rsa"], SHA256())
		.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
	)
	bare = signed(BYTES, keys["rsa"], pkcs7.PKCS7Options.NoCerts)
	for envelope in (
		b"",
		b"%PDF-1.7",
		b"\x30\x03\x02\x01\x01",
		attached,
		bare,
		signed(BYTES, keys["rsa"])[:-9],
	):
		with pytest.raises(cms.Unreadable):
			cms.read(envelope, BYTES)


# ---- the doors


@pytest.fixture(scope="module")
def order(connected, school):
	"""An order with its frozen file."""
	support.freeze_papers(school)
	return frappe.get_doc("PPSS Support Order", {"organisation": school.organisation})


def frozen_row(paper):
	return frappe.get_doc(register.DOCTYPE, register.last_frozen(paper.doctype, paper.name))


def sign(client, entry: str, envelope: bytes):
	encoded = base64.b64encode(envelope).decode()
	return client.method("ppss_support.archive.signatures.add", entry=entry, signature=encoded)


def test_signature_stands_in_the_register(site, school, order, rest, keys):
	row = frozen_row(order)
	answer = sign(rest(school.users["HEAD"]), row.name, signed(store.read(row.file_url), keys["rsa"]))
	check_ok(answer)
	frappe.db.rollback()
	entry = frappe.get_doc(register.DOCTYPE, answer.data[0])
	assert (entry.event, entry.signer, entry.signature_standing) == ("Signed Electronically", SIGNER, "Valid")
	assert entry.about_row == row.name
	assert abs(entry.signed_at - now_datetime()) < timedelta(minutes=5)
	assert checking.verify(school.organisation) == []


def test_signature_of_another_file_is_refused(site, school, order, rest, keys):
	head, row = rest(school.users["HEAD"]), frozen_row(order)
	before = register.last_number(school.organisation)
	check_refused(sign(head, row.name, signed(BYTES, keys["rsa"])), "A63")
	check_refused(sign(head, row.name, BYTES), "A62")
	frappe.db.rollback()
	assert register.last_number(school.organisation) == before


def test_signature_of_a_signature_is_refused(site, school, order, rest, keys):
	row = frozen_row(order)
	made = sign(rest(school.users["HEAD"]), row.name, signed(store.read(row.file_url), keys["ec"]))
	check_refused(sign(rest(school.users["HEAD"]), made.data[0], signed(BYTES, keys["ec"])), "A64")


def test_who_does_not_read_the_paper_does_not_sign_it(site, school, order, rest, keys):
	row = frozen_row(order)
	envelope = signed(store.read(row.file_url), keys["rsa"])
	for key in ("PSY", "ACC"):
		assert not sign(rest(school.users[key]), row.name, envelope).ok


def upload(school, order, content: bytes, name: str) -> str:
	with school.acting("DEP"):
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": name,
				"is_private": 1,
				"content": content,
				"attached_to_doctype": order.doctype,
				"attached_to_name": order.name,
			}
		).insert()
	frappe.db.commit()
	return file.name


def scan(client, order, file: str, **values):
	about = {"doctype": order.doctype, "name": order.name, "file": file}
	return client.method("ppss_support.archive.scans.add", **about, **values)


def test_scan_is_kept_with_its_place_in_the_archive(site, school, order, rest):
	file = upload(school, order, PNG, "скан.png")
	answer = scan(rest(school.users["DEP"]), order, file, archive_index="05-12/3")
	check_ok(answer)
	frappe.db.rollback()
	entry = frappe.get_doc(register.DOCTYPE, answer.data)
	assert (entry.event, entry.archive_index, entry.about_row) == (
		"Scanned",
		"05-12/3",
		frozen_row(order).name,
	)
	assert store.read(entry.file_url) == PNG
	assert not frappe.db.exists("File", file)
	assert checking.verify(school.organisation) == []


def test_broken_file_is_no_scan(site, school, order, rest):
	file = upload(school, order, b"%PDF-1.7 broken", "скан.pdf")
	check_refused(scan(rest(school.users["DEP"]), order, file), "A61")
	assert not scan(rest(school.users["ACC"]), order, file).ok


def test_largest_scan_is_a_setting_of_the_organisation(site, school, order, rest):
	organisation = frappe.get_doc("PPSS Organisation", school.organisation)
	organisation.update({"scan_max_mb": 1}).save()
	file = upload(school, order, PNG + b"0" * 1024 * 1024, "скан.png")
	check_refused(scan(rest(school.users["DEP"]), order, file), "A61")
	frappe.db.rollback()
	frappe.get_doc("PPSS Organisation", school.organisation).update({"scan_max_mb": 2}).save()
	check_ok(scan(rest(school.users["DEP"]), order, file))
