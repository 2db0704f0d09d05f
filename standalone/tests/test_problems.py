"""Every error says what went wrong and the way out."""

import shutil
import stat
from collections import namedtuple

import pytest

from standalone import commands, secrets_store, system
from standalone.cli import one_per_role, parser
from standalone.errors import RuntimeProblem
from standalone.site import schema_files

Usage = namedtuple("Usage", "total used free")


def test_a_full_disk(tmp_path, monkeypatch):
	monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(1, 1, 2**30))
	with pytest.raises(RuntimeProblem, match="GiB are free") as problem:
		system.check_disk(tmp_path / ".bench")
	assert problem.value.way_out


def test_a_wrong_python(monkeypatch):
	monkeypatch.setattr(system, "NEEDED_PYTHON", (2, 7))
	with pytest.raises(RuntimeProblem, match=r"Python 2\.7 is needed"):
		system.check_python()


def test_no_node(monkeypatch):
	monkeypatch.setattr(shutil, "which", lambda _name: None)
	with pytest.raises(RuntimeProblem, match=r"Node\.js"):
		system.check_node()


def test_no_package_manager(monkeypatch):
	monkeypatch.setattr(shutil, "which", lambda _name: None)
	with pytest.raises(RuntimeProblem, match="apt-get was not found"):
		system._apt_command()


def test_neither_root_nor_sudo(monkeypatch):
	monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
	monkeypatch.setattr(system, "is_root", lambda: False)
	with pytest.raises(RuntimeProblem, match="neither root nor") as problem:
		system._apt_command()
	assert "apt-get install" in problem.value.way_out


def test_a_failed_command_shows_its_last_lines_and_its_log(tmp_path):
	log = tmp_path / "x.log"
	with pytest.raises(RuntimeProblem) as problem:
		commands.run_logged("Trying", ["sh", "-c", "echo bad luck; exit 3"], log)
	assert "Trying failed" in problem.value.problem
	assert "bad luck" in problem.value.problem
	assert str(log) in problem.value.problem


def test_secrets_are_random_and_for_their_owner(tmp_path):
	first = secrets_store.secret(tmp_path, "x")
	assert secrets_store.secret(tmp_path, "x") == first != secrets_store.secret(tmp_path, "y")
	assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600


def test_one_login_per_role():
	logins = [{"role": "A", "user": "1"}, {"role": "B", "user": "2"}, {"role": "A", "user": "3"}]
	assert [login["user"] for login in one_per_role(logins)] == ["1", "2"]


def test_what_shapes_the_database(tmp_path):
	for path in ("hooks.py", "m/doctype/x/x.json", "m/doctype/x/x.py", "public/x.json", "patches/v1_0/a.py"):
		(tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / path).touch()
	found = {str(file.relative_to(tmp_path)) for file in schema_files(tmp_path)}
	assert found == {"hooks.py", "m/doctype/x/x.json", "patches/v1_0/a.py"}


def test_pytest_arguments_pass_through():
	assert parser().parse_args(["test", "--", "-k", "x"]).arguments[-2:] == ["-k", "x"]
