"""Every code of a rule that stands in force is asserted by some integration test that goes over HTTP."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import ppss_support.regulation
from ppss_support.regulation.messages import CATALOGUE

APP = Path(ppss_support.regulation.__file__).parents[1]
TESTS = APP / "tests" / "integration"
CODE = re.compile(r"\b[AM]\d\d\d?\b")
# In a test a code stands alone or among others, or in brackets as the user is shown it.
CODES, SHOWN = re.compile(r"[AM]\d\d\d?(?: [AM]\d\d\d?)*"), re.compile(r"\[([AM]\d\d\d?)\]")
# What asserts that an answer names its codes, and the fields of an answer they are found in.
CHECKS, ANSWER = (
	{"Press", "Create", "Change", "check_refused", "check_warned", "check_texts"},
	{"codes", "texts"},
)
# These run beside the web server, not through it.
IN_PROCESS = {"test_concurrency.py", "test_sequences.py"}
# The framework's rights refuse before the rule is asked: no role writes the registers of overrides and of the archive.
BEHIND_RIGHTS = {"A45", "A56", "A57"}
NOT_RULES = {"tests", "demo", "__pycache__"}


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


def asserted(path: Path) -> set[str]:
	"""Return the codes that a test expects of an answer; one merely mentioned does not count."""
	nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
	return {code for node in nodes if expects(node) for code in expected(node)}


def expects(node: ast.AST) -> bool:
	if isinstance(node, ast.Call):
		return isinstance(node.func, ast.Name) and node.func.id in CHECKS
	parts = ast.walk(node) if isinstance(node, ast.Assert) else ()
	return any(isinstance(part, ast.Attribute) and part.attr in ANSWER for part in parts)


def expected(node: ast.AST) -> Iterator[str]:
	for part in ast.walk(node):
		if isinstance(part, ast.Constant) and isinstance(part.value, str):
			yield from part.value.split() if CODES.fullmatch(part.value) else SHOWN.findall(part.value)


OVER_HTTP = [path for path in TESTS.glob("test_*.py") if path.name not in IN_PROCESS]
RAISED = set().union(*map(asserted, OVER_HTTP))


def test_every_code_in_use_is_expected_of_an_answer():
	used = codes_in(rule_files()) & set(CATALOGUE)
	assert sorted((used | of_order_92()) - RAISED - BEHIND_RIGHTS) == []


def test_a_code_merely_mentioned_does_not_count(tmp_path):
	test = tmp_path / "test_x.py"
	test.write_text(
		'''"""About M01."""
note = "M02"
check_refused(answer, "M03 A04")
assert "[M05]" in answer.texts[0] and kept == "M06 not alone"
assert kept == "M07"
Press("DEP", "Approve", paper, codes="M08")
''',
		encoding="utf-8",
	)
	assert asserted(test) == {"M03", "A04", "M05", "M08"}
