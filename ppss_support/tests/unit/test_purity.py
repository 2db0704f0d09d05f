"""The package `regulation` stays pure: no Frappe, no files, no network; reading tables needs no site either."""

import ast
from pathlib import Path

import pytest

import ppss_support.regulation

FOLDER = Path(ppss_support.regulation.__file__).parent
# Pure as well, but for the files it reads from memory and the list of words it comes with.
TABLES = FOLDER.parent / "importing"
FILES = sorted(FOLDER.rglob("*.py"))
FORBIDDEN_MODULES = {"frappe", "os", "io", "pathlib", "sys", "socket", "subprocess", "urllib", "requests"}
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}


def imported_modules(tree: ast.AST) -> set[str]:
	found = set()
	for node in ast.walk(tree):
		if isinstance(node, ast.Import):
			found |= {alias.name.partition(".")[0] for alias in node.names}
		elif isinstance(node, ast.ImportFrom):
			found.add((node.module or "").partition(".")[0])
	return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_regulation_is_pure(path):
	tree = ast.parse(path.read_text(encoding="utf-8"))
	calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
	assert not imported_modules(tree) & FORBIDDEN_MODULES
	assert not calls & FORBIDDEN_CALLS


@pytest.mark.parametrize("path", sorted(TABLES.rglob("*.py")), ids=lambda path: path.name)
def test_reading_tables_needs_no_site(path):
	tree = ast.parse(path.read_text(encoding="utf-8"))
	assert not imported_modules(tree) & {"frappe", "os", "socket", "subprocess", "urllib", "requests"}


def test_the_walk_sees_imports_inside_functions():
	assert imported_modules(ast.parse("def f():\n\timport frappe.utils")) == {"frappe"}
