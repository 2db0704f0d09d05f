"""Every code of a rule that stands in force is raised over HTTP by some integration test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import ppss_support.regulation
from ppss_support.regulation.messages import CATALOGUE

APP = Path(ppss_support.regulation.__file__).parents[1]
TESTS = APP / "tests" / "integration"
CODE = re.compile(r"\b[AM]\d\d\b")
NOT_RULES = {"tests", "demo", "__pycache__"}
# Codes no paper of order No 92 raises.
LATER = {
	"M48": "qualification of the psychologist, Almaty rules",
	"M49": "approved plan, programme or elaboration, Almaty rules",
	"M50": "journal certified by the seal, Almaty rules",
	"M51": "regulation considered by the council, school No 95",
	"M52": "structure of the service, school No 95",
	"M53": "information about child and family, school No 95",
}


def strings(path: Path) -> Iterator[str]:
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Constant) and isinstance(node.value, str):
			yield node.value


def codes_in(paths) -> set[str]:
	return {code for path in paths for text in strings(path) for code in CODE.findall(text)}


def rule_files() -> list[Path]:
	files = [path for path in APP.rglob("*.py") if not NOT_RULES & set(path.relative_to(APP).parts)]
	return [path for path in files if path.name != "messages.py" and "norms" not in path.parts]


def of_order_92() -> set[str]:
	return {code for code, message in CATALOGUE.items() if any(c.act == "KZ92" for c in message.citations)}


RAISED = codes_in(TESTS.glob("test_*.py"))


def test_every_code_in_use_is_raised_by_an_integration_test():
	used = codes_in(rule_files()) & set(CATALOGUE)
	assert sorted((used | of_order_92()) - RAISED - set(LATER)) == []


def test_codes_of_later_profiles_are_not_raised_yet():
	assert sorted(set(LATER) & RAISED) == []
	assert sorted(set(LATER) - set(CATALOGUE)) == []
