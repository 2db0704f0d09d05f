"""Loads terms, regulation profiles and norms from the files of the app.

Terms are refreshed, document types in what nobody has changed. Profiles and norms are only added: they carry dates and
values a school may have corrected.
"""

import json
from pathlib import Path

import frappe

from ppss_support.regulation.norms.catalogue import NORMS_BY_PROFILE

DOCUMENT_TYPE = "PPSS Document Type"
DATA = Path(__file__).parents[1] / "data"
FEATURE_VALUE = {"1": "On", "0": "Off", "optional": "Optional"}
ENFORCEMENT = {"block": "Block", "warn": "Warn", "info": "Inform"}
PROFILE_FIELDS = [
	"code",
	"title_official",
	"issuer",
	"act_number",
	"act_date",
	"registration_body",
	"registration_no",
	"registration_date",
	"legal_basis",
	"signatory",
	"first_publication_date",
	"effective_from",
	"repealed_from",
	"repealed_by",
	"note",
	"default_language",
	"coordinator",
]


def load():
	profiles = read("profiles.json")
	load_terms(read("terms.json"), {p["code"] for p in profiles})
	for profile in profiles:
		add_profile(profile)
		add_norms(profile["code"])
	set_term_profiles(read("terms.json"), {p["code"] for p in profiles})
	load_document_types(read("document_types.json"))


def read(name: str) -> list[dict]:
	return json.loads((DATA / name).read_text(encoding="utf-8"))


def load_terms(rows: list[dict], profiles: set[str]):
	"""Add or refresh the terms; links to parents and profiles follow once all exist."""
	known = set(frappe.get_all("PPSS Term", pluck="name"))
	for row in rows:
		values = {
			"kind": row["kind"],
			"title": row["label_en"],
			"label_kk": row["label_kk"],
			"label_ru": row["label_ru"],
			"label_ky": row["label_ky"],
			"citation": row["citation"],
		}
		if row["code"] in known:
			frappe.db.set_value("PPSS Term", row["code"], values, update_modified=False)
		else:
			frappe.get_doc({"doctype": "PPSS Term", "code": row["code"], "active": 1, **values}).db_insert()


def set_term_profiles(rows: list[dict], profiles: set[str]):
	codes = {row["code"] for row in rows}
	for row in rows:
		links = {
			"regulation_profile": row["profile"] if row["profile"] in profiles else None,
			"parent_term": row["parent"] if row["parent"] in codes else None,
		}
		frappe.db.set_value("PPSS Term", row["code"], links, update_modified=False)
	frappe.clear_cache(doctype="PPSS Term")


def add_profile(row: dict):
	if frappe.db.exists("PPSS Regulation Profile", row["code"]):
		return
	profile = frappe.new_doc("PPSS Regulation Profile")
	profile.update({field: row.get(field) for field in PROFILE_FIELDS})
	profile.extend("service_roles", [{"term": code} for code in row["service_roles"]])
	profile.extend("features", [{**f, "value": FEATURE_VALUE[f["value"]]} for f in row["features"]])
	profile.extend("replaces", [repealed_act(act) for act in row["replaces"]])
	# Setup runs whoever migrates.
	profile.insert(ignore_permissions=True)


def repealed_act(act: dict) -> dict:
	return {
		"act": act["act"],
		"act_number": act["number"],
		"act_date": act["date"],
		"part": act["part"],
		"registration_no": act["registration_no"],
	}


def add_norms(profile: str):
	known = set(frappe.get_all("PPSS Norm", {"regulation_profile": profile}, pluck="norm_code"))
	for norm in NORMS_BY_PROFILE.get(profile, ()):
		if norm.code not in known:
			# Setup runs whoever migrates.
			frappe.get_doc(norm_values(profile, norm)).insert(ignore_permissions=True)


def norm_values(profile: str, norm) -> dict:
	return {
		"doctype": "PPSS Norm",
		"norm_code": norm.code,
		"regulation_profile": profile,
		"applies_to": norm.applies_to,
		"age_group": (norm.age_group or "").capitalize(),
		"session_form": norm.session_form,
		"value_min": norm.value_min,
		"value_max": norm.value_max,
		"unit": norm.unit,
		"enforcement": ENFORCEMENT[norm.enforcement],
		"message_code": norm.message_code,
		"clause": str(norm.citation.row or norm.citation.clause),
		"valid_from": norm.valid_from,
		"valid_to": norm.valid_to,
	}


def load_document_types(rows: list[dict]):
	"""Bring the documents the acts themselves name; further ones each organisation enters (KZ92-23.1, ALM-5, KG-6.3).

	A field somebody changed on the site stays as it was made.
	"""
	terms = {row["code"]: row for row in read("terms.json")}
	wanted = [document_type_values(row, terms[row["term"]]) for row in rows]
	standing = {row.term: row for row in frappe.get_all(DOCUMENT_TYPE, {"term": ("is", "set")}, ["*"])}
	changed = fields_changed([row.name for row in standing.values()])
	for values in wanted:
		row = standing.get(values["term"])
		if row:
			refresh(row, {field: value for field, value in values.items() if field not in changed[row.name]})
		else:
			# Setup runs whoever migrates.
			frappe.get_doc({"doctype": DOCUMENT_TYPE, "active": 1, **values}).insert(ignore_permissions=True)


def refresh(row: frappe._dict, values: dict):
	"""Write what differs; the record keeps the day and the hand of its last change."""
	differing = {field: value for field, value in values.items() if (row[field] or None) != (value or None)}
	if differing:
		frappe.db.set_value(DOCUMENT_TYPE, row.name, differing, update_modified=False)


def fields_changed(names: list[str]) -> dict[str, set[str]]:
	"""Return the fields that were changed on the site, by record, as its versions tell."""
	found = {name: set() for name in names}
	own = {"ref_doctype": DOCUMENT_TYPE, "docname": ("in", names)}
	for name, data in frappe.get_all("Version", own, ["docname", "data"], as_list=True):
		found[name] |= {field for field, *_values in json.loads(data).get("changed") or ()}
	return found


def document_type_values(row: dict, term: dict) -> dict:
	return {
		"title": term["label_kk"] or term["label_ky"],
		"title_ru": term["label_ru"],
		"regulation_profile": term["profile"],
		"basis": "Order No 92",
		"clause": term["citation"],
		"owner_role": term.get("owner_role"),
		"approver": term.get("approver"),
		"paper": None,
		"activity_kind": None,
		**row,
	}
