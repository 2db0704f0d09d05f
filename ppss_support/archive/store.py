"""The bytes of the archive: private files named by their own SHA-256, written once and never over."""

import hashlib
import os
import re

import frappe

ADDRESS = "/private/files/"
# Files of the archive and no others are named like this.
OURS = re.compile(r"/private/files/[0-9a-f]{64}\.\w+")


def keep(content: bytes, extension: str) -> tuple[str, str]:
	"""Write the bytes to disk, whole or not at all; return their address and SHA-256.

	The name follows from the content: the same file kept twice, before and after a crash, is one file.
	"""
	digest = sha256(content)
	url = f"{ADDRESS}{digest}.{extension}"
	if digest_of(url) != digest:
		write(path_of(url), content)
	return url, digest


def write(path: str, content: bytes):
	part = f"{path}.{os.getpid()}.part"
	with open(part, "wb") as file:
		file.write(content)
		file.flush()
		os.fsync(file.fileno())
	os.replace(part, path)
	folder = os.open(os.path.dirname(path), os.O_RDONLY)
	try:
		os.fsync(folder)
	finally:
		os.close(folder)


def read(url: str) -> bytes | None:
	"""Return the bytes behind an address of the archive, None where there is no file."""
	try:
		with open(path_of(url), "rb") as file:
			return file.read()
	except FileNotFoundError:
		return None


def digest_of(url: str) -> str | None:
	content = read(url)
	return None if content is None else sha256(content)


def path_of(url: str) -> str:
	return os.path.abspath(frappe.get_site_path("private", "files", os.path.basename(url)))


def sha256(content: bytes) -> str:
	return hashlib.sha256(content).hexdigest()


def is_ours(url: str | None) -> bool:
	return bool(url and OURS.fullmatch(url))
