"""The app leaves a site as it found it."""

import json
import subprocess
import sys

import pytest

from ppss_support.tests.conftest import needed

SITE = "ppss-throwaway.localhost"


@pytest.fixture
def life(sites):
	"""Return a function that takes a step in the life of a site of its own, which is dropped in the end."""
	needed("PPSS_DB_ROOT_PASSWORD")

	def step(name: str) -> str:
		command = [sys.executable, "-m", "ppss_support.tests.site_steps", name, SITE]
		done = subprocess.run(command, cwd=sites, capture_output=True, text=True, check=False)
		assert done.returncode == 0, done.stderr[-2000:]
		return done.stdout

	yield step
	step("drop")


@pytest.mark.slow
def test_uninstalling_leaves_nothing(life):
	life("create")
	before = held(life)
	life("install")
	assert len(held(life)["DocType"]) > len(before["DocType"])
	life("use")
	life("uninstall")
	after = held(life)
	assert difference(after, before) == {}
	assert difference(before, after) == {}


def held(life) -> dict[str, list[str]]:
	return json.loads(life("snapshot").splitlines()[-1])


def difference(more: dict, less: dict) -> dict[str, list[str]]:
	"""Return what the first site holds beyond the second, kind by kind."""
	found = {kind: sorted(set(names) - set(less[kind])) for kind, names in more.items()}
	return {kind: names for kind, names in found.items() if names}
