"""The Desk's scripts and styles: npm packages by a lock file, then our own build script."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import system
from .commands import run_logged
from .paths import APP, Paths
from .steps import digest_files

PACKAGE_FILES = ("package.json", "package-lock.json")


def lock_digest(paths: Paths) -> str:
	return digest_files(paths.standalone / name for name in PACKAGE_FILES)


def source_digest(paths: Paths) -> str:
	"""What a build depends on: the lock, the build script, the app's own public files."""
	public = paths.app / "public"
	own = [
		file for file in public.rglob("*") if file.is_file() and "dist" not in file.relative_to(public).parts
	]
	return lock_digest(paths) + digest_files([paths.standalone / "build.mjs", *own])


def install_packages(paths: Paths) -> None:
	"""`npm ci`: exactly the lock file, or an error."""
	for name in PACKAGE_FILES:
		shutil.copy(paths.standalone / name, paths.node / name)
	run_logged(
		"Installing npm packages",
		[system.program("npm"), "ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"],
		paths.logs / "npm.log",
		cwd=paths.node,
		way_out="check that this machine reaches its npm registry (as npm is set up here), then run again",
	)


def build(paths: Paths) -> None:
	# Some libraries are loaded by the Desk straight from `node_modules`, when they are first needed.
	link = paths.frappe / "public" / "node_modules"
	if not link.is_symlink():
		link.symlink_to(os.path.relpath(paths.node / "node_modules", link.parent))
	apps = [f"frappe={paths.frappe / 'public'}", f"{APP}={paths.app / 'public'}"]
	script = paths.node / "build.mjs"
	# Node resolves packages from where the script lies.
	shutil.copy(paths.standalone / "build.mjs", script)
	run_logged(
		"Building the Desk's scripts and styles",
		[
			system.program("node"),
			script,
			paths.sites / "assets",
			*[app for app in apps if Path(app.split("=", 1)[1]).is_dir()],
		],
		paths.logs / "assets.log",
		cwd=paths.node,
	)
