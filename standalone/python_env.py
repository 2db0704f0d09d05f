"""The bench's Python: a virtual environment with pinned, hash-checked packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .commands import run_logged
from .errors import RuntimeProblem
from .paths import Paths

REGISTRY_WAY_OUT = (
	"check that this machine reaches its Python package registry (as pip is set up here), then run again"
)


def make_env(paths: Paths) -> None:
	shutil.rmtree(paths.env, ignore_errors=True)
	run_logged(
		"Creating the Python environment",
		[sys.executable, "-m", "venv", paths.env],
		paths.logs / "python-env.log",
		way_out="install Python's venv package (python3-venv on Debian)",
	)


def env_works(paths: Paths) -> bool:
	return paths.python.exists() and os.access(paths.python, os.X_OK)


def install_requirements(paths: Paths, name: str, title: str) -> None:
	"""Install a lock file: exact versions, each checked against its hash, nothing resolved.

	uv takes a sixth of pip's time; where it does not reach the registry that pip is set up for, pip does it.
	"""
	locked = ["--no-deps", "--require-hashes", "-r", paths.standalone / name]
	log = paths.logs / f"python-{name.removesuffix('.txt')}.log"
	try:
		_install_uv(paths)
		run_logged(
			title, [paths.env / "bin" / "uv", "pip", "install", "--python", paths.python, *locked], log
		)
	except RuntimeProblem:
		pip = [paths.python, "-m", "pip", "install", "--no-compile", "--progress-bar=off"]
		run_logged(title, [*pip, *locked], log, way_out=REGISTRY_WAY_OUT)


def _install_uv(paths: Paths) -> None:
	pip = [paths.python, "-m", "pip", "install", "--no-deps", "--require-hashes", "--progress-bar=off"]
	run_logged(
		"Installing uv", [*pip, "-r", paths.standalone / "installer.txt"], paths.logs / "installer.log"
	)


def download_framework(paths: Paths) -> Path:
	"""The wheel that carries the framework, from the registry or from an earlier run."""
	if not list(paths.downloads.glob("*.whl")):
		run_logged(
            "Downloading the framework",
            [
                paths.python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--progress-bar=off",
                "--dest", paths.downloads, "-r", paths.standalone / "framework.txt",
            ],
            paths.logs / "framework-download.log",
            way_out=REGISTRY_WAY_OUT,
        )  # fmt: skip
	wheels = sorted(paths.downloads.glob("*.whl"))
	if len(wheels) != 1:
		raise RuntimeProblem(
			f"One package was expected in {paths.downloads}.", "delete that folder and run again"
		)
	return wheels[0]


def link_framework(paths: Paths) -> None:
	"""Put the framework on the environment's path, as an editable install would."""
	(_site_packages(paths) / "frappe.pth").write_text(f"{paths.frappe.parent}\n", encoding="utf-8")


def install_app(paths: Paths) -> None:
	"""Install the checkout in editable form: edits are live, its own requirements come along."""
	link = paths.bench / "apps" / paths.app.name
	if not link.is_symlink():
		link.symlink_to(os.path.relpath(paths.root, link.parent))
	run_logged(
        "Installing the app in editable form",
        [
            paths.python, "-m", "pip", "install", "--no-build-isolation", "--progress-bar=off",
            "--constraint", _constraints(paths), "--editable", paths.root,
        ],
        paths.logs / "pip-app.log",
        way_out=REGISTRY_WAY_OUT,
    )  # fmt: skip


def _constraints(paths: Paths) -> Path:
	"""The lock without hashes: pip takes hashes for everything or for nothing."""
	lines = (paths.standalone / "requirements.txt").read_text(encoding="utf-8").splitlines()
	pins = [
		line.removesuffix("\\").strip() for line in lines if "==" in line and not line.startswith((" ", "#"))
	]
	target = paths.state / "constraints.txt"
	target.write_text("\n".join(pins) + "\n", encoding="utf-8")
	return target


def _site_packages(paths: Paths) -> Path:
	command = [str(paths.python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
	return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
