"""Collects every string of the app that a user reads and that passes through the framework's translation.

`collect()` maps each English source to the files that use it. Messages of the rules are not here: they carry
their own four wordings in `regulation/messages.py`.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import ppss_support.regulation

APP = Path(ppss_support.regulation.__file__).parents[1]
# Dictionaries whose keys are handed to a rule as labels are assigned to these names.
LABEL_TABLES = {"lines", "gaps", "labels"}
# Headings of papers, alone or by kind of paper, and texts by kind are the values of these names.
HEADINGS = {"TITLE", "TITLES", "HEADINGS", "TEXTS", "CONSENT_TEXTS", "PROGRAMME_TEXTS"}
# Codes of languages and what has no letters are shown as they are.
CODE = re.compile(r"[a-z]{2}|[\W\d_]+")
SCRIPT_CALL = re.compile(r"""\b__?\(\s*(["'`])((?:\\.|(?!\1).)+)\1""", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>")


def collect() -> dict[str, set[str]]:
	found = defaultdict(set)
	for path in sorted(APP.rglob("*")):
		read = READERS.get(path.suffix)
		if read and not {"tests", "node_modules", "demo", "standalone"} & set(path.relative_to(APP).parts):
			for source in read(path):
				if source and not CODE.fullmatch(source):
					found[source].add(path.relative_to(APP).as_posix())
	return found


# ---- Python: _("…"), Label("…"), tables of labels and headings


def python_strings(path: Path) -> Iterator[str]:
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Call) and called(node) in {"_", "_lt", "Label"} and node.args:
			yield from texts([node.args[0]])
		elif isinstance(node, ast.Assign | ast.AnnAssign):
			targets = node.targets if isinstance(node, ast.Assign) else [node.target]
			names = {target.id for target in targets if isinstance(target, ast.Name)}
			table = isinstance(node.value, ast.Dict)
			if names & LABEL_TABLES and table:
				yield from texts(node.value.keys)
			elif names & HEADINGS:
				yield from texts(node.value.values if table else [node.value])


def called(node: ast.Call) -> str:
	return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts(nodes: list) -> Iterator[str]:
	"""Yield the literal texts; a condition between two texts gives both."""
	for node in nodes:
		if isinstance(node, ast.IfExp):
			yield from texts([node.body, node.orelse])
		elif isinstance(node, ast.Constant) and isinstance(node.value, str):
			yield node.value


# ---- scripts and templates: __("…") and _("…")


def script_strings(path: Path) -> Iterator[str]:
	for _quote, text in SCRIPT_CALL.findall(path.read_text(encoding="utf-8")):
		yield re.sub(r"\\(.)", r"\1", text)


# ---- JSON: what the framework translates of each kind of record


def json_strings(path: Path) -> Iterator[str]:
	content = json.loads(path.read_text(encoding="utf-8"))
	for record in content if isinstance(content, list) else [content]:
		kind = DATA_FILES.get(path.name) or record.get("doctype")
		if kind in RECORDS:
			yield from filter(None, RECORDS[kind](record))


def doctype_strings(record: dict) -> Iterator[str]:
	yield record["name"]
	yield record.get("description")
	for field in record["fields"]:
		yield field.get("label")
		yield field.get("description")
		yield field.get("placeholder")
		if field["fieldtype"] == "Select":
			yield from (field.get("options") or "").split("\n")
		elif field["fieldtype"] == "HTML":
			yield MARKUP.sub("", field.get("options") or "").strip()
	for row in record.get("links", []):
		yield row.get("group")
	for row in record.get("actions", []):
		yield row.get("label")


def workflow_strings(record: dict) -> Iterator[str]:
	yield from (row["state"] for row in record["states"])
	yield from (row.get("message") for row in record["states"])
	yield from (row["action"] for row in record["transitions"])


def workspace_strings(record: dict) -> Iterator[str]:
	yield record["label"]
	yield record["title"]
	for table in ("links", "shortcuts", "quick_lists", "number_cards", "charts"):
		yield from (row.get("label") for row in record.get(table, []))
	yield from (row.get("format") for row in record.get("shortcuts", []))
	for block in json.loads(record.get("content") or "[]"):
		yield MARKUP.sub("", block["data"].get("text", "")).strip()


def report_strings(record: dict) -> Iterator[str]:
	yield record["name"]
	for table in ("columns", "filters"):
		yield from (row.get("label") for row in record.get(table, []))


def web_form_strings(record: dict) -> Iterator[str]:
	for key in ("title", "introduction_text", "button_label", "success_title", "success_message"):
		yield record.get(key)
	for field in record.get("web_form_fields", []):
		yield field.get("label")
		yield field.get("description")


DATA_FILES = {"terms.json": "Term", "profiles.json": "Profile"}
RECORDS = {
	"Custom Field": lambda r: (r.get("label"), r.get("description")),
	"Dashboard Chart": lambda r: (r["chart_name"],),
	"DocType": doctype_strings,
	"Form Tour": lambda r: (r["title"], *(s.get(k) for s in r["steps"] for k in ("title", "description"))),
	"Module Onboarding": lambda r: (r["title"], r.get("subtitle"), r.get("success_message")),
	"Number Card": lambda r: (r["label"],),
	"Onboarding Step": lambda r: (r["title"], r.get("description"), r.get("action_label")),
	"Print Format": lambda r: (r["name"],),
	"Profile": lambda r: (r["title_official"], r["issuer"]),
	"Report": report_strings,
	"Role": lambda r: (r["name"],),
	"Term": lambda r: (r["label_en"],),
	"Web Form": web_form_strings,
	"Workflow": workflow_strings,
	"Workflow Action Master": lambda r: (r["name"],),
	"Workflow State": lambda r: (r["name"],),
	"Workspace": workspace_strings,
}


def module_names(path: Path) -> list[str]:
	return path.read_text(encoding="utf-8").split("\n") if path.name == "modules.txt" else []


READERS = {
	".html": script_strings,
	".js": script_strings,
	".json": json_strings,
	".py": python_strings,
	".txt": module_names,
}
