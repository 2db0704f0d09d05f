"""The machine: who we are, what it has, and the system packages it lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .commands import run_logged
from .errors import RuntimeProblem

# The "core" packages carry the programs without the machine-wide services: nothing of the machine's own is started.
PACKAGES = (
	"mariadb-server-core",
	"mariadb-client",
	"redis-tools",
	"wkhtmltopdf",
	"poppler-utils",
	"fonts-liberation",
	"fontconfig",
	"libpango-1.0-0",
	"libpangoft2-1.0-0",
	"libpangocairo-1.0-0",
	"libharfbuzz-subset0",
	"ca-certificates",
	"git",
)
TEST_PACKAGES = ("chromium", "chromium-driver")
NEEDED_FREE_GIB = 4
NEEDED_PYTHON = (3, 11)
NEEDED_NODE = 18


def is_root() -> bool:
	return os.geteuid() == 0


def check_machine(state: Path) -> None:
	"""What can be said before anything is touched."""
	check_python()
	check_node()
	check_disk(state)


def check_python() -> None:
	if sys.version_info[:2] != NEEDED_PYTHON:
		found, needed = (".".join(map(str, version)) for version in (sys.version_info[:2], NEEDED_PYTHON))
		raise RuntimeProblem(
			f"Python {needed} is needed, this is {found}: the pinned packages are built for {needed}.",
			f"install python{needed} (with its venv package); ./ppss picks `python{needed}` from the PATH",
		)


def check_node() -> None:
	node, npm = shutil.which("node"), shutil.which("npm")
	if not (node and npm):
		raise RuntimeProblem(
			"Node.js with npm was not found; the Desk's scripts and styles are built with it.",
			f"install Node {NEEDED_NODE} or newer (20 is what the project is tested with), with npm",
		)
	found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
	if int(found.lstrip("v").split(".")[0] or 0) < NEEDED_NODE:
		raise RuntimeProblem(
			f"Node {NEEDED_NODE} or newer is needed, this is {found}.",
			"install Node 20 and put it first in the PATH",
		)


def check_disk(state: Path) -> None:
	"""A full disk breaks a database in the middle of things; say so before."""
	needed = NEEDED_FREE_GIB / 8 if (state / "stamps" / "site").exists() else NEEDED_FREE_GIB
	place = state if state.exists() else state.parent
	free = shutil.disk_usage(place).free / 2**30
	if free < needed:
		raise RuntimeProblem(
			f"Only {free:.1f} GiB are free on the disk of {place}; {needed:.1f} GiB are needed.",
			"free some space, or clone the repository to a larger disk",
		)


def missing_packages(wanted: tuple[str, ...]) -> list[str]:
	if not shutil.which("dpkg-query"):
		return list(wanted)
	query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *wanted]
	shown = subprocess.run(query, capture_output=True, text=True, check=False).stdout
	installed = {line.split()[0] for line in shown.splitlines() if line.endswith(" installed")}
	missing = [package for package in wanted if package not in installed]
	if not can_make_env() and "python3-venv" not in missing:
		missing.append("python3-venv")
	return missing


def can_make_env() -> bool:
	"""Debian ships Python without `ensurepip`, which a virtual environment needs."""
	return (
		subprocess.run(
			[sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
		).returncode
		== 0
	)


def install_packages(wanted: tuple[str, ...], log: Path) -> None:
	missing = missing_packages(wanted)
	if not missing:
		return
	apt = _apt_command()
	env = {"DEBIAN_FRONTEND": "noninteractive"}
	way_out = f"check that the machine reaches its package registry, then try: {' '.join(apt)} install {' '.join(missing)}"
	install = [*apt, "install", "--yes", "--no-install-recommends", *missing]
	# Another apt at work is waited for instead of failing.
	options = ["-o", "DPkg::Lock::Timeout=300"]
	run_logged(
		"Reading the list of system packages", [*apt, *options, "update"], log, env=env, way_out=way_out
	)
	run_logged("Installing system packages", [*install, *options], log, env=env, way_out=way_out)


def _apt_command() -> list[str]:
	if not shutil.which("apt-get"):
		raise RuntimeProblem(
			"The package manager apt-get was not found: this runtime works on Debian and Ubuntu only.",
			"use such a machine or container, or install the app on an existing Frappe bench (see README.md)",
		)
	if is_root():
		return ["apt-get"]
	if not shutil.which("sudo"):
		raise RuntimeProblem(
			"System packages are missing, and you are neither root nor is sudo there.",
			"as root: apt-get install " + " ".join(missing_packages(PACKAGES)),
		)
	# Inherited terminal for the password; without one, sudo fails at once instead of waiting for ever.
	ask = [] if sys.stdin.isatty() else ["--non-interactive"]
	return ["sudo", *ask, "DEBIAN_FRONTEND=noninteractive", "apt-get"]


def program(*names: str) -> str:
	"""The path of the first of these programs that is there."""
	for name in names:
		for folder in (*os.environ.get("PATH", "").split(":"), "/usr/sbin", "/usr/local/sbin"):
			if folder and os.access(Path(folder) / name, os.X_OK):
				return str(Path(folder) / name)
	raise RuntimeProblem(
		f"The program {names[0]} was not found.", "run ./ppss up again; it installs what is missing"
	)
