"""Every choice of terms is a choice of some kind, and every save of its paper asks for it."""

import json
from pathlib import Path

import ppss_support
from ppss_support import hooks
from ppss_support.regulation.terms import kinds_of

APP = Path(ppss_support.__file__).parent
DOCTYPES = {
	one["name"]: one
	for one in (json.loads(path.read_text("utf-8")) for path in APP.glob("ppss_support/doctype/*/*.json"))
}
CHOICES, TABLES = (
	{("Link", "PPSS Term"), ("Table MultiSelect", "PPSS Term Item")},
	{"Table", "Table MultiSelect"},
)
# A theme, form or measure is judged by the kind of the entry; a term may stand under any other.
OTHERWISE = {("PPSS Activity", "detail"), ("PPSS Term", "parent_term"), ("PPSS Term Item", "term")}
KINDS = {row["kind"] for row in json.loads((APP / "data" / "terms.json").read_text("utf-8"))}
ASKED = {
	name
	for names, events in hooks.doc_events.items()
	if isinstance(names, tuple) and "before_validate" in events
	for name in names
}


def choices(doctype: str) -> set[str]:
	return {
		f["fieldname"] for f in DOCTYPES[doctype]["fields"] if (f["fieldtype"], f.get("options")) in CHOICES
	}


def test_every_choice_has_its_kinds():
	fields = {(doctype, field) for doctype in DOCTYPES for field in choices(doctype)}
	assert {(d, f) for d, f in fields - OTHERWISE if not kinds_of(d, f)} == set()
	assert {kind for d, f in fields - OTHERWISE for kind in kinds_of(d, f)} <= KINDS


def test_every_paper_with_a_choice_is_asked():
	def has_choice(name: str) -> bool:
		tables = {f["options"] for f in DOCTYPES[name]["fields"] if f["fieldtype"] in TABLES}
		return bool(choices(name)) or any(choices(table) for table in tables)

	papers = {name for name, one in DOCTYPES.items() if not one.get("istable") and has_choice(name)}
	assert papers - {"PPSS Term"} == ASKED
