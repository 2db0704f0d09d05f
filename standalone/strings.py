"""Every string of the app that a user reads, and how many of them each language still lacks.

python -m standalone.strings            prints, by kind of place, how many strings lack a translation
python -m standalone.strings --check    the same; names them and exits 1 if a language lacks one or a text
                                        stands where no translation reaches

`collect()` maps each English source that passes through the framework's translation to the places that use it.
Messages of the rules and terms carry their own wordings: `own_wordings()`; of Kyrgyz only those of its profile are
asked. A text given to the reader past any translation is found by `raw_texts()`. framework_strings.txt lists the
strings of the framework that our users meet and that it leaves untranslated in Kazakh and Kyrgyz; a line break inside
one is written \\n there.
"""

import argparse
import ast
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

APP = Path(__file__).resolve().parents[1] / "ppss_support"
FRAMEWORK_FILE = Path(__file__).with_name("framework_strings.txt")
REQUIRED = ("kk", "ru")
KAZAKH, KYRGYZ = "kk", "ky"
LANGUAGES = (*REQUIRED, KYRGYZ)
# Profiles whose schools read Kyrgyz.
KYRGYZ_PROFILES = {"KG95"}
NOT_OURS = {"tests", "node_modules", "demo", "standalone"}
# Dictionaries whose keys are handed to a rule as labels are assigned to these names.
LABEL_TABLES = {"lines", "gaps", "labels"}
# Headings of papers, alone or by kind of paper, and texts by kind are the values of these names.
HEADINGS = {"TITLE", "TITLES", "HEADINGS", "TEXTS", "CONSENT_TEXTS", "PROGRAMME_TEXTS"}
# What a field, a column or a menu entry given as a dictionary shows; the framework translates a plain text.
SHOWN_KEYS = {"label", "description", "title", "placeholder"}
CALLS = {"_", "_lt", "Label"}
# Calls that show their first argument as it is.
SAYING = {"throw", "msgprint"}
# What has no letters is shown as it is.
NO_WORD = re.compile(r"[\W\d_]+")
# Names of acts, issuers and programmes are in the language of the act, which is understood without translation.
ACT_NAME = re.compile(r"[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІіЁё]{3}")
SCRIPT_CALL = re.compile(r"""\b__?\(\s*(["'`])((?:\\.|(?!\1).)+)\1""", re.DOTALL)
SCRIPT_LABEL = re.compile(
	r"""\b(?:label|description|title|placeholder|primary_action_label):\s*"((?:\\.|[^"\\])+)\""""
)
# A call that shows a text, begun with the text itself.
SCRIPT_SAYING = re.compile(r"""\bfrappe\.(?:msgprint|throw|show_alert|confirm)\(\s*["'`]([^"'`]+)""")
MARKUP = re.compile(r"<[^>]+>")
# What a template computes, and what is no text of the page.
COMPUTED = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NO_TEXT = re.compile(r"<!--.*?-->|<(style|script).*?</\1>|<[^>]+>|&\w+;", re.DOTALL)
# What a reader is told by a hint or by a program that reads the page aloud.
ATTRIBUTE = re.compile(r"""\b(?:title|alt|aria-label|placeholder)="([^"]*)\"""")
WORD = re.compile(r"[^\W\d_]{2,}")


class Place(NamedTuple):
	"""Where a string is used: the kind of thing it belongs to, and the file within the app."""

	kind: str
	file: str


@cache
def collect(app: Path = APP) -> dict[str, set[Place]]:
	"""Return the places of each source text that the framework translates."""
	found = defaultdict(set)
	for path in sources(app):
		for kind, text in READERS[path.suffix](path):
			if text and not NO_WORD.fullmatch(text):
				found[text].add(Place(kind, path.relative_to(app).as_posix()))
	return found


def sources(app: Path) -> list[Path]:
	"""Return the files of the app that hold texts."""
	paths = (path for path in app.rglob("*") if path.suffix in READERS)
	return sorted(path for path in paths if not NOT_OURS & set(path.relative_to(app).parts))


# ---- Python: _("…"), Label("…"), tables of labels and headings, labels of fields and columns


def python_strings(path: Path) -> Iterator[tuple[str, str]]:
	kind = "Report" if path.parent.parent.name == "report" else "Python"
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		for text in node_strings(node):
			yield kind, text


def node_strings(node: ast.AST) -> Iterator[str]:
	if isinstance(node, ast.Call) and called(node) in CALLS and node.args:
		yield from texts([node.args[0]])
	elif isinstance(node, ast.Dict):
		named = zip(node.keys, node.values, strict=True)
		yield from texts(value for key, value in named if getattr(key, "value", None) in SHOWN_KEYS)
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


def texts(nodes: Iterable[ast.AST]) -> Iterator[str]:
	"""Yield the literal texts; a condition between two texts gives both."""
	for node in nodes:
		if isinstance(node, ast.IfExp):
			yield from texts([node.body, node.orelse])
		elif isinstance(node, ast.Constant) and isinstance(node.value, str):
			yield node.value


# ---- scripts and templates: __("…") and _("…"), labels of dialogs


def script_strings(path: Path) -> Iterator[tuple[str, str]]:
	content = path.read_text(encoding="utf-8")
	for text in [text for _quote, text in SCRIPT_CALL.findall(content)] + SCRIPT_LABEL.findall(content):
		yield "Script", re.sub(r"\\(.)", r"\1", text)


def template_strings(path: Path) -> Iterator[tuple[str, str]]:
	kind = next((kind for folder, kind in TEMPLATES.items() if folder in path.parts), "Template")
	for _quote, text in SCRIPT_CALL.findall(path.read_text(encoding="utf-8")):
		yield kind, re.sub(r"\\(.)", r"\1", text)


# ---- JSON: what the framework translates of each kind of record


def json_strings(path: Path) -> Iterator[tuple[str, str]]:
	content = json.loads(path.read_text(encoding="utf-8"))
	for record in content if isinstance(content, list) else [content]:
		kind = DATA_FILES.get(path.name) or record.get("doctype")
		for text in RECORDS.get(kind, lambda _record: ())(record):
			yield kind, text


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


def card_strings(record: dict) -> Iterator[str]:
	for filters in (record.get("filters_json"), record.get("dynamic_filters_json")):
		yield from (name for name in re.findall(r'"label": "([^"]+)"', filters or ""))
	yield record.get("label") or record.get("chart_name")


def mail_strings(record: dict) -> Iterator[str]:
	for key in ("subject", "message", "response", "response_html"):
		for _quote, text in SCRIPT_CALL.findall(record.get(key) or ""):
			yield text


def board_strings(record: dict) -> Iterator[str]:
	yield record["kanban_board_name"]
	yield from (row["column_name"] for row in record.get("columns", []))


def block_strings(record: dict) -> Iterator[str]:
	for key in ("html", "script"):
		yield from (text for _quote, text in SCRIPT_CALL.findall(record.get(key) or ""))
	yield from SCRIPT_LABEL.findall(record.get("script") or "")


TEMPLATES = {"print_format": "Print Format", "print_formats": "Print Format", "parents": "Parents' page"}
DATA_FILES = {"terms.json": "Term", "profiles.json": "Profile"}
RECORDS = {
	"Calendar View": lambda r: (r["name"],),
	"Custom Field": lambda r: (r.get("label"), r.get("description")),
	"Custom HTML Block": block_strings,
	"Dashboard": lambda r: (r["dashboard_name"],),
	"Dashboard Chart": card_strings,
	"DocType": doctype_strings,
	"Email Template": mail_strings,
	"Form Tour": lambda r: (r["title"], *(s.get(k) for s in r["steps"] for k in ("title", "description"))),
	"Kanban Board": board_strings,
	"Module Onboarding": lambda r: (r["title"], r.get("subtitle"), r.get("success_message")),
	"Notification": mail_strings,
	"Number Card": card_strings,
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


def module_names(path: Path) -> Iterator[tuple[str, str]]:
	lines = path.read_text(encoding="utf-8").split("\n") if path.name == "modules.txt" else []
	return (("Module", line) for line in lines)


READERS = {
	".html": template_strings,
	".js": script_strings,
	".json": json_strings,
	".py": python_strings,
	".txt": module_names,
}


# ---- texts with their own wordings: messages of the rules, terms


def own_wordings() -> Iterator[tuple[str, str, dict[str, str]]]:
	"""Yield kind, code and the wordings by language of what carries its own; of Kyrgyz only what must be there."""
	from ppss_support.regulation.messages import CATALOGUE, PROFILE_VARIANTS

	for message in CATALOGUE.values():
		yield "Message of a rule", message.code, {lang: getattr(message, lang) for lang in REQUIRED}
	for (profile, code), message in PROFILE_VARIANTS.items():
		langs = LANGUAGES if profile in KYRGYZ_PROFILES else REQUIRED
		yield "Message of a rule", f"{profile} {code}", {lang: getattr(message, lang) for lang in langs}
	for term in json.loads((APP / "data" / "terms.json").read_text(encoding="utf-8")):
		langs = (KYRGYZ, "ru") if term["profile"] in KYRGYZ_PROFILES else REQUIRED
		yield "Label of a term", term["code"], {lang: term[f"label_{lang}"] for lang in langs}


def said_in_russian() -> list[str]:
	"""Return the codes of the messages that have no Kyrgyz even in the wording of a Kyrgyz profile."""
	from ppss_support.regulation.messages import CATALOGUE, find

	return [code for code in CATALOGUE if not any(find(code, profile).ky for profile in KYRGYZ_PROFILES)]


# ---- texts no translation reaches


def raw_texts(app: Path = APP) -> Iterator[tuple[str, str]]:
	"""Yield file and text of what is shown as it stands in the code."""
	for path in sources(app):
		name = path.relative_to(app).as_posix()
		for text in RAW.get(path.suffix, lambda _path: ())(path):
			yield name, text


def raw_python(path: Path) -> Iterator[str]:
	"""Texts said without translation, and translations of texts put together, which no table can hold."""
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		first = node.args[0] if isinstance(node, ast.Call) and node.args else None
		if first is None:
			continue
		said = called(node) in SAYING and (list(texts([first])) or isinstance(first, ast.JoinedStr))
		if said or (called(node) in CALLS and isinstance(first, ast.JoinedStr | ast.BinOp)):
			yield ast.unparse(first)


def raw_scripts(path: Path) -> list[str]:
	return SCRIPT_SAYING.findall(path.read_text(encoding="utf-8"))


def raw_template(path: Path) -> Iterator[str]:
	return raw_markup(path.read_text(encoding="utf-8"))


def raw_markup(markup: str) -> Iterator[str]:
	"""The form of an annex stands in the words of its act, in the language of the act."""
	written = COMPUTED.sub("\n", markup)
	lines = [*NO_TEXT.sub("\n", written).splitlines(), *ATTRIBUTE.findall(written)]
	yield from (line.strip() for line in lines if WORD.search(line) and not ACT_NAME.search(line))


def raw_json(path: Path) -> Iterator[str]:
	content = json.loads(path.read_text(encoding="utf-8"))
	for record in content if isinstance(content, list) else [content]:
		if record.get("doctype") == "Custom HTML Block":
			yield from raw_markup(record.get("html") or "")
			yield from SCRIPT_SAYING.findall(record.get("script") or "")


RAW = {".py": raw_python, ".js": raw_scripts, ".html": raw_template, ".json": raw_json}


# ---- what each language has


def rows_of(lang: str) -> list[list[str]]:
	with (APP / "translations" / f"{lang}.csv").open(encoding="utf-8", newline="") as file:
		return list(csv.reader(file))


def table_of(lang: str) -> dict[str, str]:
	"""Return the plain wordings; a third column is a context, which gives a wording for one place only."""
	return {row[0]: row[1] for row in rows_of(lang) if not any(row[2:])}


def framework_strings() -> set[str]:
	lines = FRAMEWORK_FILE.read_text(encoding="utf-8").splitlines()
	return {line.replace("\\n", "\n") for line in lines}


def missing() -> Iterator[tuple[str, str, str]]:
	"""Yield language, kind and text of every string without a wording."""
	used = collect()
	for lang in LANGUAGES:
		have = table_of(lang)
		for text, places in used.items():
			if not have.get(text) and not ACT_NAME.search(text):
				yield lang, min(places).kind, text
	for lang in (KAZAKH, KYRGYZ):
		have = table_of(lang)
		yield from ((lang, "Framework", text) for text in framework_strings() if not have.get(text))
	for kind, code, wordings in own_wordings():
		yield from ((lang, kind, code) for lang, text in wordings.items() if not text)


def counted() -> Counter:
	"""Return how many strings there are of each kind."""
	kinds = Counter(min(places).kind for places in collect().values())
	kinds["Framework"] = len(framework_strings())
	kinds.update(kind for kind, _code, _wordings in own_wordings())
	return kinds


def main(given: list[str] | None = None) -> int:
	parser = argparse.ArgumentParser(prog="python -m standalone.strings")
	parser.add_argument("--check", action="store_true", help="name what is missing; exit 1 if anything is")
	check = parser.parse_args(given).check
	lacking, raw = list(missing()), list(raw_texts())
	totals = Counter((lang, kind) for lang, kind, _text in lacking)
	print(f"{'kind':22}{'strings':>9}" + "".join(f"{lang + ' lacks':>10}" for lang in LANGUAGES))
	for kind, count in sorted(counted().items()):
		print(f"{kind:22}{count:9}" + "".join(f"{totals[lang, kind]:10}" for lang in LANGUAGES))
	print(
		f"{'all':22}{sum(counted().values()):9}"
		+ "".join(f"{sum(n for (own, _kind), n in totals.items() if own == lang):10}" for lang in LANGUAGES)
	)
	print(f"texts no translation reaches: {len(raw)}")
	print(f"messages of the rules said in Russian where Kyrgyz is read: {len(said_in_russian())}")
	if check:
		for line in (*lacking, *raw):
			print(*line, sep=" | ")
	return 1 if check and (lacking or raw) else 0


if __name__ == "__main__":
	sys.exit(main())
