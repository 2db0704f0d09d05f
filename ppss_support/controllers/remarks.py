"""Warnings shown and rules decided against are written down beside the paper (RP16): never swallowed, never edited."""

import json
from collections.abc import Iterable
from datetime import date

import frappe
from frappe.utils import getdate, now_datetime

from ppss_support import facts
from ppss_support.answers import answer, text_of
from ppss_support.regulation import messages
from ppss_support.regulation.finding import Finding, Label
from ppss_support.texts import plain

DEFAULT_LANGUAGE = "kk"


def judge(doc, findings: Iterable[Finding]) -> list[str]:
	"""Refuse, or show the warnings and keep them until the document is saved; return their texts."""
	findings = list(findings)
	texts = answer(findings, profile=doc.get("regulation_profile"))
	doc.flags.remarks = [*(doc.flags.remarks or ()), *dict.fromkeys(f for f in findings if f.warning)]
	return texts


def write_down(doc, overridden: dict[str, str] | None = None):
	"""Write what `judge` kept, each remark on a document once.

	`overridden` maps the code of a rule to the reason for which somebody decided against it.
	"""
	remarks = doc.flags.pop("remarks", None)
	if not remarks:
		return
	own = {"document_type": doc.doctype, "document": doc.name}
	known = set(frappe.get_all("PPSS Override", own, ["rule", "parameters"], as_list=True))
	for finding in remarks:
		if (finding.code, packed(finding)) not in known:
			reason = (overridden or {}).get(finding.code)
			write(doc, finding, "Override" if reason else "Warning", reason)


def write(doc, finding: Finding, kind: str, reason: str | None, clause: str | None = None):
	"""Add one row of the register; the one who acts stands behind it."""
	person = facts.person_of_user(frappe.session.user)
	own = doc.name if doc.doctype == "PPSS Organisation" else doc.get("organisation")
	# What all organisations share, as the school year, is listed where it was decided.
	organisation = own or facts.organisation_of_user()
	profile = doc.get("regulation_profile")
	row = frappe.new_doc("PPSS Override")
	row.update(
		{
			"organisation": organisation,
			"kind": kind,
			"rule": finding.code,
			"clause": clause or clauses_of(finding.code, profile),
			"document_type": doc.doctype,
			"document": doc.name,
			"at": now_datetime(),
			"user": frappe.session.user,
			"person": person.full_name,
			"position": person.position,
			"message": plain(text_of(finding, DEFAULT_LANGUAGE, profile)),
			"reason": plain(reason),
			"parameters": packed(finding),
			**facts.place_of_request(),
		}
	)
	row.db_insert()


def clauses_of(code: str, profile: str | None = None) -> str:
	return ", ".join(c.row for c in messages.find(code, profile).citations if c.row)


def packed(finding: Finding) -> str:
	"""Return the parameters of a finding as text, so that each reader gets the message in the own language."""
	return json.dumps([pack(value) for value in finding.params], ensure_ascii=False)


def pack(value):
	if isinstance(value, Label):
		return {"label": str(value)}
	return {"date": value.isoformat()} if isinstance(value, date) else plain(value)


def unpacked(code: str, parameters: str | None) -> Finding:
	return Finding.warn(code, *(unpack(value) for value in json.loads(parameters or "[]")))


def unpack(value):
	if isinstance(value, dict):
		return Label(value["label"]) if "label" in value else getdate(value["date"])
	return value
