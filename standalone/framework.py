"""Rebuilds the framework's source tree from the one registry package that carries it.

The package is Frappe with every name replaced; undoing the replacement gives back the upstream
files, and a digest over the code files, computed from upstream's own tree, proves it.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from .errors import RuntimeProblem

PACKAGE = "criscostack"
WHEEL_SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"
TREE_SHA256 = "a06f0ee8cbdb9eacb05a6e8d3c4a7900ef42ec93b4754f7cf4374e2275371738"

# The order matters: longer names first, and a name made by one rule is not touched by the next.
RENAMES = (
	("criscostackclient", "frappeclient"),
	("criscostack", "frappe"),
	("CRISCOSTACK", "FRAPPE"),
	("Criscostack", "Frappe"),
	("criscoerp", "erpnext"),
	("Criscoerp", "ERPNext"),
	("CriscoERP", "ERPNext"),
	("Crisco", "Frappe"),
	("crisco", "frappe"),
)
FILE_RENAMES = (("utils/brik_helper.py", "utils/bench_helper.py"),)

CODE_ENDINGS = (".py", ".js", ".ts", ".vue", ".html", ".json", ".scss", ".css", ".sql", ".txt", ".xml")
NOT_CODE = ("translations/", "public/dist/")


def rename(text: str) -> str:
	"""Give back upstream's names."""
	for old, new in RENAMES:
		text = text.replace(old, new)
	return text


def rename_path(path: str) -> str:
	path = rename(path)
	for old, new in FILE_RENAMES:
		if path.endswith(old):
			path = path.removesuffix(old) + new
	return path


def restore(content: bytes) -> bytes:
	"""A text file with upstream's names; any other file as it is."""
	if b"\0" in content:
		return content
	try:
		return rename(content.decode("utf-8")).encode("utf-8")
	except UnicodeDecodeError:
		return content


def check_wheel(wheel: Path) -> None:
	found = hashlib.sha256(wheel.read_bytes()).hexdigest()
	if found != WHEEL_SHA256:
		raise RuntimeProblem(
			f"The framework package {wheel.name} is not the expected one.\n"
			f"  sha256 expected {WHEEL_SHA256}\n  sha256 found    {found}",
			"delete that file and run again; if it stays so, the registry serves something else: do not run it",
		)


def build_tree(wheel: Path, target: Path) -> None:
	"""Unpack and rename beside the target, verify, and only then put it in place."""
	check_wheel(wheel)
	partial = target.with_name(f"{target.name}.partial")
	shutil.rmtree(partial, ignore_errors=True)
	with zipfile.ZipFile(wheel) as archive:
		for member in archive.infolist():
			_unpack(archive, member, partial)
	check_tree(partial)
	shutil.rmtree(target, ignore_errors=True)
	partial.rename(target)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
	inside = PurePosixPath(member.filename)
	if member.is_dir() or inside.parts[0] != PACKAGE or ".." in inside.parts:
		return
	file = target / rename_path(str(inside.relative_to(PACKAGE)))
	file.parent.mkdir(parents=True, exist_ok=True)
	file.write_bytes(restore(archive.read(member)))


def tree_digest(tree: Path) -> str:
	"""One figure for all code files: `sha256  path` lines sorted by path."""
	lines = []
	for file in tree.rglob("*"):
		path = file.relative_to(tree).as_posix()
		if _is_code(path) and file.is_file():
			content = file.read_bytes().rstrip(b"\n")
			lines.append((path, f"{hashlib.sha256(content).hexdigest()}  {path}\n"))
	return hashlib.sha256("".join(line for _, line in sorted(lines)).encode()).hexdigest()


def _is_code(path: str) -> bool:
	return (
		path.endswith(CODE_ENDINGS)
		and "__pycache__" not in path
		and not any(path.startswith(part) or f"/{part}" in path for part in NOT_CODE)
	)


def check_tree(tree: Path) -> None:
	found = tree_digest(tree)
	if found != TREE_SHA256:
		raise RuntimeProblem(
			"The rebuilt framework differs from upstream's source; it was not put in place.\n"
			f"  digest expected {TREE_SHA256}\n  digest found    {found}",
			"undo local changes to standalone/framework.py and run again",
		)
