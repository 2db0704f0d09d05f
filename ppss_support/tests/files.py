"""Files as people send them: small ones of known kinds, by the upload of the desk."""

import json

from ppss_support.tests.client import TIMEOUT, Answer, Client

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def upload(client: Client, name: str, content: bytes = PDF, **about) -> Answer:
	"""Send a file as the desk does; `about` names the document, the field, or an address in place of a file."""
	client.before_call()
	sent = {"file": (name, content)} if content is not None else None
	headers = {"Accept": "application/json"}
	reply = client.http.post(
		f"{client.url}/api/method/upload_file", files=sent, data=about, headers=headers, timeout=TIMEOUT
	)
	return Answer(reply.status_code, reply.json() if reply.content else {})


def attached(client: Client, paper, name: str, content: bytes = PDF, **more) -> Answer:
	return upload(client, name, content, doctype=paper.doctype, docname=paper.name, **more)


def opened(client: Client, url: str) -> list[int]:
	"""Return how the site answers to each way to the bytes of a file."""
	client.before_call()
	ways = (
		("GET", client.url + url, {}),
		("GET", f"{client.url}/api/method/frappe.core.doctype.file.file.download_file", {"file_url": url}),
		("GET", f"{client.url}/api/method/download_file", {"file_url": url}),
	)
	return [
		client.http.request(verb, path, params=given, timeout=TIMEOUT).status_code
		for verb, path, given in ways
	]


def zipped(client: Client, name: str) -> list[int]:
	ways = ("frappe.core.api.file.zip_files", "frappe.core.doctype.file.file.zip_files")
	return [client.method(way, files=json.dumps([name])).status for way in ways]
