"""Sites of the bench: created once, then kept level with the app's tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from . import ports, system
from .commands import run_logged
from .paths import APP, DEMO_SITE, TEST_SITES, Paths, write_atomic
from .secrets_store import SECRET_MODE, secret
from .services import Services
from .steps import Stamps, digest_files, digest_text

# A change in these changes the database or what the framework keeps in its cache.
SCHEMA_PATTERNS = (
	"**/*.json",
	"hooks.py",
	"install.py",
	"modules.txt",
	"patches.txt",
	"patches/**/*.py",
	"setup/**/*.py",
	"fixtures/**/*",
	"data/**/*",
	"translations/*.csv",
)
NOT_SCHEMA = ("tests", "public", "__pycache__", "node_modules")
SNAPSHOT = "framework.sql"


class Sites:
	"""Creates sites, installs the app on them, migrates them."""

	def __init__(self, paths: Paths, services: Services, stamps: Stamps) -> None:
		self._paths = paths
		self._services = services
		self._stamps = stamps

	# The bench's own files

	def write_bench_config(self) -> None:
		"""What all sites share; written anew on each run, since ports may have changed."""
		numbers = self._services.ports()
		config = {
			"db_host": ports.LOOPBACK,
			"db_port": numbers["database"],
			"redis_cache": self._services.redis_address("redis_cache"),
			"redis_queue": self._services.redis_address("redis_queue"),
			"default_site": DEMO_SITE,
			"serve_default_site": True,
			"developer_mode": 0,
			"server_script_enabled": False,
			# There is no socketio server: without this the Desk would ask for one again and again.
			"disable_async": True,
			"mute_emails": 1,
			# frappe-bench refuses to work as root unless it is named here.
			"frappe_user": _user_name(),
			"background_workers": 1,
		}
		_write_config(self._paths.sites / "common_site_config.json", config)
		write_atomic(self._paths.sites / "apps.txt", f"frappe\n{APP}\n" if self.app_exists() else "frappe\n")
		for app, public in (("frappe", self._paths.frappe / "public"), (APP, self._paths.app / "public")):
			_link(self._paths.sites / "assets" / app, public)

	def set_config(self, site: str, **values: object) -> None:
		path = self._paths.site(site) / "site_config.json"
		config = json.loads(path.read_text(encoding="utf-8"))
		if any(config.get(key) != value for key, value in values.items()):
			_write_config(path, {**config, **values})

	# The app on a site

	def app_exists(self) -> bool:
		"""Whether the checkout holds an installable app (its hooks are what the framework looks for)."""
		return (self._paths.app / "hooks.py").exists()

	def schema_digest(self) -> str:
		return digest_files(schema_files(self._paths.app))

	def code_digest(self) -> str:
		"""A change here needs no migration, but new processes."""
		return digest_files(file for file in self._paths.app.rglob("*.py") if "tests" not in file.parts)

	def level_key(self) -> str:
		"""A site is level with the app when this is unchanged."""
		return digest_text(f"{self.app_exists()} {self.schema_digest()}")

	# Creating

	def create_demo(self) -> None:
		"""A fresh site, and a snapshot of it: further sites are copies, three times as fast."""
		self._inside(
			"Creating the site",
			"create_site",
			{
				"site": DEMO_SITE,
				"root_password": self._services.root_password,
				"admin_password": secret(self._paths.secrets, "administrator"),
			},
			DEMO_SITE,
		)
		self._dump(DEMO_SITE, self._paths.snapshots / SNAPSHOT)
		self._stamps.remove(f"level-{DEMO_SITE}")
		self._stamps.remove("demo")

	def create_test(self, site: str) -> None:
		"""A copy of the snapshot under a name and a database of its own."""
		folder = self._paths.site(site)
		shutil.rmtree(folder, ignore_errors=True)
		for part in ("private/files", "private/backups", "public/files", "locks", "logs"):
			(folder / part).mkdir(parents=True)
		config = {
			"db_name": f"_test_{digest_text(str(folder))[:12]}",
			"db_password": secret(self._paths.secrets, "test_database"),
			"db_type": "mariadb",
			"allow_tests": True,
			# A running bench has one scheduler for all its sites: tests call the jobs themselves.
			"pause_scheduler": True,
			# Apart from the demo site, whose worker must not take these jobs.
			"redis_queue": self._services.redis_address("redis_queue", 1),
		}
		_write_config(folder / "site_config.json", config)
		self._restore(config, self._paths.snapshots / SNAPSHOT)
		self._stamps.remove(f"level-{site}")

	def make_level(self, site: str) -> None:
		"""Install the app or migrate the site, whichever is due."""
		if not self.app_exists():
			return
		given = {"site": site, "app": APP}
		if site in TEST_SITES:
			given["admin_password"] = secret(self._paths.secrets, "administrator")
		self._inside(f"Installing or migrating the app on {site}", "app_site", given, f"level-{site}")

	# The demo school

	def demo_exists(self) -> bool:
		return self.app_exists() and (self._paths.app / "demo" / "load.py").exists()

	def load_demo(self) -> None:
		given = {
			"site": DEMO_SITE,
			"password": secret(self._paths.secrets, "demo_password"),
			"logins": str(self._paths.secrets / "logins.json"),
		}
		self._inside("Loading the demo school", "load_demo", given, "demo")

	def write_papers(self, folder: Path) -> None:
		folder.mkdir(parents=True, exist_ok=True)
		given = {"site": DEMO_SITE, "folder": str(folder.resolve())}
		self._inside("Writing the papers", "write_papers", given, "papers")

	# How

	def _inside(self, title: str, script: str, given: dict, log: str) -> None:
		run_logged(
			title,
			[self._paths.python, self._paths.standalone / "inside" / f"{script}.py"],
			self._paths.logs / f"site-{log}.log",
			cwd=self._paths.sites,
			stdin=json.dumps(given),
		)

	def _client(self, name: str) -> list[str]:
		return [system.program(name), f"--defaults-extra-file={self._services.client_config}"]

	def _dump(self, site: str, target: Path) -> None:
		config = json.loads((self._paths.site(site) / "site_config.json").read_text(encoding="utf-8"))
		partial = target.with_suffix(".partial")
		run_logged(
			"Taking a snapshot of the empty site",
			[*self._client("mariadb-dump"), "--skip-comments", f"--result-file={partial}", config["db_name"]],
			self._paths.logs / "snapshot.log",
		)
		os.replace(partial, target)

	def _restore(self, config: dict, snapshot: Path) -> None:
		name, password = config["db_name"], config["db_password"]
		account = f"'{name}'@'{ports.LOOPBACK}'"
		statements = f"""
            DROP DATABASE IF EXISTS `{name}`; CREATE DATABASE `{name}`;
            CREATE OR REPLACE USER {account} IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON `{name}`.* TO {account};
            USE `{name}`; SET unique_checks=0; SET foreign_key_checks=0;
            SOURCE {snapshot}
        """
		run_logged(
			"Copying the snapshot",
			self._client("mariadb"),
			self._paths.logs / "restore.log",
			stdin="\n".join(line.strip() for line in statements.splitlines()) + "\n",
		)


def schema_files(app: Path) -> set[Path]:
	"""The files of the app that shape the database."""
	found = {file for pattern in SCHEMA_PATTERNS for file in app.glob(pattern) if file.is_file()}
	return {file for file in found if not set(file.relative_to(app).parts) & set(NOT_SCHEMA)}


def _write_config(path: Path, config: dict) -> None:
	"""Site settings hold database passwords: for the owner only."""
	write_atomic(path, json.dumps(config, indent=1) + "\n", SECRET_MODE)


def _link(link: Path, target: Path) -> None:
	if link.is_symlink() and link.readlink() == target:
		return
	if link.is_symlink():
		link.unlink()
	link.symlink_to(target)


def _user_name() -> str:
	return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
