"""The clause table: finds ids in every kind of file, and refuses holes and staleness."""

import pytest

from standalone import clauses

RULES = '''"""Rules."""


def small_group(count):
	"""Composition of a small group (KZ92-16.1)."""
	return 2 <= count <= 4
'''
MESSAGES = """CATALOGUE = (
	Message(
		code="M20",
		severity="block",
		citations=(Citation("KZ92", "16", "KZ92-16.1"),),
	),
	Message("M25", "warn", (Citation("KZ92", "21", "KZ92-21.1"),)),
)
"""
TEST = """import pytest


class TestGroups:
	@pytest.mark.clause("KZ92-16.1", "KZ92-16.2")
	@pytest.mark.parametrize("n", [1])
	def test_size(self, n):
		pass
"""


@pytest.fixture
def repo(tmp_path):
	put(tmp_path, "ppss_support/regulation/rules.py", RULES)
	put(tmp_path, "ppss_support/regulation/messages.py", MESSAGES)
	put(tmp_path, "ppss_support/tests/unit/test_rules.py", TEST)
	put(tmp_path, "docs/clauses-scope.txt", "# claimed\nKZ92-16.1\n\nKZ92-21.1  # a warning\n")
	return tmp_path


def put(root, path, text):
	(root / path).parent.mkdir(parents=True, exist_ok=True)
	(root / path).write_text(text, encoding="utf-8")


def plain(places):
	return {row: {path: set(symbols) for path, symbols in found.items()} for row, found in places.items()}


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("KZ92-16.1.", ["KZ92-16.1"]),
		("(KZ92-14.2.6b)", ["KZ92-14.2.6b"]),
		("KZ92-A.6, KZ92-R.1–R.5", ["KZ92-A.6", "KZ92-R.1"]),
		("ALM-19.12 KG-1.1a OVR-J9 OVR-G", ["ALM-19.12", "KG-1.1a", "OVR-J9", "OVR-G"]),
		("KG-only KZ92 KG-", []),
	],
)
def test_row_ids(text, expected):
	assert clauses.ROW_ID.findall(text) == expected


def test_rows_sort_as_numbers_by_act():
	rows = ["OVR-S1", "KZ92-10.1", "KZ92-A.1", "KG-1.1a", "KZ92-9", "ALM-5", "KZ92-10"]
	expected = ["KZ92-9", "KZ92-10", "KZ92-10.1", "KZ92-A.1", "ALM-5", "KG-1.1a", "OVR-S1"]
	assert sorted(rows, key=clauses.sort_key) == expected


def test_python_ids_belong_to_the_function_or_the_code(repo):
	assert plain(clauses.code_places(repo)) == {
		"KZ92-16.1": {
			"ppss_support/regulation/rules.py": {"small_group"},
			"ppss_support/regulation/messages.py": {"M20"},
		},
		"KZ92-21.1": {"ppss_support/regulation/messages.py": {"M25"}},
	}


def test_symbols_of_classes_comments_and_assignments():
	source = "# KZ92-1\nLIMIT = 4  # KZ92-2.1\n\n\nclass A:\n\tdef b(self):\n\t\treturn 1  # KZ92-3\n"
	expected = [("KZ92-1", ""), ("KZ92-2.1", "LIMIT"), ("KZ92-3", "A.b")]
	assert list(clauses.python_places("x.py", source)) == expected


def test_json_ids_belong_to_the_nearest_named_object(repo):
	put(repo, "ppss_support/data/terms.json", '[{"code": "C1", "citation": "KZ92-8.1"}]')
	put(
		repo,
		"ppss_support/ppss_support/doctype/x/x.json",
		'{"name": "X", "fields": [{"fieldname": "category", "description": "Source: KZ92-8.2"}]}',
	)
	put(repo, "ppss_support/templates/consent.html", "{# KZ92-A.1 #}")
	places = plain(clauses.code_places(repo))
	assert places["KZ92-8.1"] == {"ppss_support/data/terms.json": {"C1"}}
	assert places["KZ92-8.2"] == {"ppss_support/ppss_support/doctype/x/x.json": {"category"}}
	assert places["KZ92-A.1"] == {"ppss_support/templates/consent.html": {""}}


def test_marks_name_the_test_and_are_not_code(repo):
	found = plain(clauses.tested_places(repo))
	path = "ppss_support/tests/unit/test_rules.py"
	assert found == {row: {path: {"TestGroups.test_size"}} for row in ("KZ92-16.1", "KZ92-16.2")}
	assert "KZ92-16.2" not in clauses.code_places(repo)


def test_only_rules_and_blocking_messages_are_enforced(repo):
	assert clauses.enforced_rows(repo) == {"KZ92-16.1"}


def test_write_then_check_passes(repo):
	assert clauses.main(["--write"], root=repo) == 0
	assert clauses.main(["--check"], root=repo) == 0
	text = (repo / clauses.TABLE).read_text(encoding="utf-8")
	line = next(row for row in text.splitlines() if row.startswith("| KZ92-21.1 "))
	assert line == "| KZ92-21.1 | `ppss_support/regulation/messages.py`: M25 | – |"


def test_check_fails_on_a_stale_table(repo, capsys):
	assert clauses.main(["--check"], root=repo) == 1
	assert "docs/clauses.md is stale" in capsys.readouterr().err


def test_check_fails_on_an_enforced_row_without_test(repo, capsys):
	put(repo, "ppss_support/tests/unit/test_rules.py", "")
	clauses.main(["--write"], root=repo)
	assert clauses.main(["--check"], root=repo) == 1
	assert capsys.readouterr().err == "KZ92-16.1: enforced, but no test names it\n"


def test_check_fails_on_a_row_in_scope_without_code(repo, capsys):
	put(repo, "docs/clauses-scope.txt", "KZ92-16.1\nKZ92-22\n")
	clauses.main(["--write"], root=repo)
	assert clauses.main(["--check"], root=repo) == 1
	assert capsys.readouterr().err == "KZ92-22: in scope, but no code names it\n"


def test_rows_out_of_scope_are_not_demanded(repo):
	put(repo, "ppss_support/tests/unit/test_rules.py", "")
	put(repo, "docs/clauses-scope.txt", "KZ92-21.1\n")
	clauses.main(["--write"], root=repo)
	assert clauses.main(["--check"], root=repo) == 0


def test_a_line_of_the_scope_must_be_a_row_id(repo):
	put(repo, "docs/clauses-scope.txt", "KZ92-14.2.1a-c\n")
	with pytest.raises(ValueError, match="not a row id"):
		clauses.scope_rows(repo)
