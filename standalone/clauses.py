"""Table of the requirement rows, the code that carries them and the tests that name them.

python -m standalone.clauses --write    writes docs/clauses.md
python -m standalone.clauses --check    exit 1 if the table is stale or a row in scope has a hole

A row id ("KZ92-16.1") counts as code wherever it stands in the app's Python, JSON or HTML, and as
tested where a test carries `@pytest.mark.clause("KZ92-16.1")`. docs/clauses-scope.txt lists the rows
which the released version claims to cover, one a line; "#" starts a comment.
"""

import argparse
import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = "ppss_support"
TABLE = Path("docs/clauses.md")
SCOPE = Path("docs/clauses-scope.txt")
RULES = Path(APP, "regulation", "rules.py")

ROW_ID = re.compile(r"\b(?:KZ92|ALM|KG|OVR)-(?:\d+|[A-Z](?:\.?\d+)?)(?:\.\d+)*[a-z]?\b")
ACT_ORDER = ("KZ92", "ALM", "KG", "OVR")
# Calls that carry a code of their own: the place shown is that code, not the tuple around them.
CODED_CALLS = {"Message", "NormValue"}
JSON_NAMES = ("fieldname", "code", "name")

# row id -> file -> symbols in it
Places = dict[str, dict[str, set[str]]]


def new_places() -> Places:
	return defaultdict(lambda: defaultdict(set))


def sort_key(row: str) -> tuple:
	"""KZ92 before ALM, clause 9 before clause 10, digits before letters."""
	act, _, clause = row.partition("-")
	parts = re.findall(r"\d+|[A-Za-z]+", clause)
	return ACT_ORDER.index(act), [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts]


# ---- Python


def call_name(call: ast.Call) -> str:
	"""Last part of the called name: "clause" for pytest.mark.clause(...)."""
	return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def literal(node: ast.AST | None) -> str:
	return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def coded_name(call: ast.Call) -> str:
	"""The code of a Message or NormValue, "" where it is not a literal."""
	keyword = next((k.value for k in call.keywords if k.arg == "code"), None)
	return literal(keyword or (call.args[0] if call.args else None))


def is_coded(node: ast.AST) -> bool:
	return isinstance(node, ast.Call) and call_name(node) in CODED_CALLS and bool(coded_name(node))


def spans(node: ast.AST, prefix: str = "") -> Iterator[tuple[int, int, str]]:
	"""(first line, last line, name) of every definition, coded call and module-level assignment."""
	for child in ast.iter_child_nodes(node):
		name = ""
		if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
			name = f"{prefix}{child.name}"
			first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
			yield first, child.end_lineno, name
		elif is_coded(child):
			yield child.lineno, child.end_lineno, coded_name(child)
		elif isinstance(node, ast.Module) and isinstance(child, (ast.Assign, ast.AnnAssign)):
			target = child.targets[0] if isinstance(child, ast.Assign) else child.target
			yield child.lineno, child.end_lineno, getattr(target, "id", "")
		yield from spans(child, f"{name}." if name else prefix)


def symbol_at(line: int, known: Iterable[tuple[int, int, str]]) -> str:
	"""Name of the narrowest span around `line`; "" outside of all."""
	around = [(last - first, name) for first, last, name in known if first <= line <= last]
	return min(around, key=lambda item: item[0])[1] if around else ""


def python_places(path: str, source: str) -> Iterator[tuple[str, str]]:
	"""(row id, symbol) for every id in the source, comments and docstrings included."""
	known = list(spans(parse(path, source)))
	for number, line in enumerate(source.splitlines(), 1):
		for row in ROW_ID.findall(line):
			yield row, symbol_at(number, known)


def mark_places(path: str, source: str) -> Iterator[tuple[str, str]]:
	"""(row id, test) for every `clause("...")` mark."""
	tree = parse(path, source)
	known = list(spans(tree))
	for node in ast.walk(tree):
		if isinstance(node, ast.Call) and call_name(node) == "clause":
			for row in filter(None, map(literal, node.args)):
				yield row, symbol_at(node.lineno, known)


def parse(path: str, source: str) -> ast.Module:
	return ast.parse(source, filename=path)


# ---- JSON and HTML


def json_places(value: object, symbol: str = "") -> Iterator[tuple[str, str]]:
	"""(row id, name of the nearest object that has one) for every id in a JSON value."""
	if isinstance(value, dict):
		symbol = next((value[k] for k in JSON_NAMES if isinstance(value.get(k), str)), symbol)
		value = list(value.values())
	if isinstance(value, list):
		for item in value:
			yield from json_places(item, symbol)
	elif isinstance(value, str):
		yield from ((row, symbol) for row in ROW_ID.findall(value))


# ---- the repository


def is_test(path: Path) -> bool:
	return "tests" in path.parts or path.name.startswith("test_")


def read(root: Path, path: Path) -> str:
	return (root / path).read_text(encoding="utf-8")


def files(root: Path, folder: str, suffix: str) -> list[Path]:
	"""Paths relative to root, sorted; build leftovers of the front end are not source."""
	found = ((root / folder).rglob(f"*{suffix}")) if (root / folder).is_dir() else ()
	return sorted(p.relative_to(root) for p in found if "node_modules" not in p.parts)


def code_places(root: Path) -> Places:
	found = new_places()
	readers = {
		".py": python_places,
		".json": lambda path, text: json_places(json.loads(text)),
		".html": lambda path, text: ((row, "") for row in ROW_ID.findall(text)),
	}
	for suffix, reader in readers.items():
		for path in files(root, APP, suffix):
			if not is_test(path):
				collect(found, path, reader(path.as_posix(), read(root, path)))
	return found


def tested_places(root: Path) -> Places:
	found = new_places()
	for folder in (APP, "standalone"):
		for path in files(root, folder, ".py"):
			if is_test(path):
				collect(found, path, mark_places(path.as_posix(), read(root, path)))
	return found


def collect(found: Places, path: Path, places: Iterable[tuple[str, str]]) -> None:
	for row, symbol in places:
		found[row][path.as_posix()].add(symbol)


def scope_rows(root: Path) -> list[str]:
	"""Rows of docs/clauses-scope.txt. ValueError names a line which is no row id."""
	lines = (line.partition("#")[0].strip() for line in read(root, SCOPE).splitlines())
	rows = [line for line in lines if line]
	for row in rows:
		if not ROW_ID.fullmatch(row):
			raise ValueError(f"{SCOPE.as_posix()}: {row!r} is not a row id")
	return rows


# ---- what must be tested


def enforced_rows(root: Path) -> set[str]:
	"""Rows cited by a rule, or by a message or norm that blocks."""
	rows = set(ROW_ID.findall(read(root, RULES))) if (root / RULES).is_file() else set()
	for path in files(root, f"{APP}/regulation", ".py"):
		for node in ast.walk(parse(path.as_posix(), read(root, path))):
			if is_coded(node) and "block" in (texts := strings_of(node)):
				rows.update(ROW_ID.findall("\n".join(texts)))
	return rows


def strings_of(node: ast.AST) -> list[str]:
	return [text for child in ast.walk(node) if (text := literal(child))]


def holes(root: Path, code: Places, tests: Places) -> list[str]:
	"""One line for each row in scope which no code carries, or which is enforced and not tested."""
	enforced = enforced_rows(root)
	found = []
	for row in sorted(set(scope_rows(root)), key=sort_key):
		if row not in code:
			found.append(f"{row}: in scope, but no code names it")
		elif row in enforced and row not in tests:
			found.append(f"{row}: enforced, but no test names it")
	return found


# ---- the table


def cell(places: dict[str, set[str]]) -> str:
	"""`file`: symbol, symbol; `file` ... ; "–" for nothing."""
	parts = []
	for path in sorted(places):
		symbols = ", ".join(sorted(filter(None, places[path])))
		parts.append(f"`{path}`: {symbols}" if symbols else f"`{path}`")
	return "; ".join(parts) or "–"


def table(code: Places, tests: Places, scope: Iterable[str]) -> str:
	rows = sorted({*code, *tests, *scope}, key=sort_key)
	lines = [
		"# Clauses and code",
		"",
		"Generated by `python -m standalone.clauses --write`; not edited by hand.",
		"",
		"| Row | Code | Tests |",
		"|---|---|---|",
		*(f"| {row} | {cell(code.get(row, {}))} | {cell(tests.get(row, {}))} |" for row in rows),
	]
	return "\n".join(lines) + "\n"


def write(root: Path) -> int:
	text = table(code_places(root), tested_places(root), scope_rows(root))
	(root / TABLE).parent.mkdir(parents=True, exist_ok=True)
	(root / TABLE).write_text(text, encoding="utf-8")
	return 0


def check(root: Path) -> int:
	"""0 if the table is fresh and the scope has no hole; else 1, each failure on a line of stderr."""
	code, tests = code_places(root), tested_places(root)
	failures = holes(root, code, tests)
	written = read(root, TABLE) if (root / TABLE).is_file() else ""
	if written != table(code, tests, scope_rows(root)):
		failures.append(f"{TABLE.as_posix()} is stale: run python -m standalone.clauses --write")
	for failure in failures:
		print(failure, file=sys.stderr)
	return 1 if failures else 0


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
	parser = argparse.ArgumentParser(prog="python -m standalone.clauses", description=__doc__.splitlines()[0])
	mode = parser.add_mutually_exclusive_group(required=True)
	mode.add_argument("--write", action="store_true", help=f"write {TABLE.as_posix()}")
	mode.add_argument("--check", action="store_true", help="fail on a stale table or a hole in the scope")
	return write(root) if parser.parse_args(argv).write else check(root)


if __name__ == "__main__":
	sys.exit(main())
