"""What has to be there before anything runs: the steps, their inputs and their order."""

from __future__ import annotations

from collections.abc import Sequence

from . import assets, framework, python_env, system
from .paths import DEMO_SITE, Paths
from .services import Services
from .site import Sites
from .steps import Stamps, Step


class Plan:
	"""The steps of `up` and of `test`; which run side by side follows from what each comes after."""

	def __init__(self, paths: Paths, services: Services, sites: Sites) -> None:
		self._paths = paths
		self._services = services
		self._sites = sites

	def up(self, demo: bool) -> list[Step]:
		steps = [*self._common(), self._level(DEMO_SITE, "site")]
		return [*steps, self._demo()] if demo and self._sites.demo_exists() else steps

	def test(self, sites: Sequence[str]) -> list[Step]:
		steps = [*self._common(), *self._test_tools()]
		for site in sites:
			steps += [self._test_site(site), self._level(site, f"copy-{site}")]
		return steps

	def _common(self) -> list[Step]:
		system_packages = self._system("system", "System packages", system.PACKAGES)
		return [system_packages, *self._python(), *self._desk(), *self._database(), self._site()]

	def _system(self, name: str, title: str, wanted: tuple[str, ...], after: tuple[str, ...] = ()) -> Step:
		log = self._paths.logs / f"{name}-packages.log"
		return Step(
			name,
			title,
			lambda: system.install_packages(wanted, log),
			after=after,
			still_there=lambda: not system.missing_packages(wanted),
		)

	def _python(self) -> list[Step]:
		paths = self._paths

		def packages() -> None:
			python_env.install_requirements(paths, "requirements.txt", "Installing Python packages")
			python_env.link_framework(paths)

		env = Step(
			"env",
			"Python environment",
			lambda: python_env.make_env(paths),
			# A moved checkout needs a new one: its scripts name the place.
			inputs=lambda: str(paths.root),
			# Debian's Python may lack `venv` until the system packages are in.
			after=() if system.can_make_env() else ("system",),
			still_there=lambda: python_env.env_works(paths),
		)
		return [
			env,
			Step("packages", "Python packages", packages, self._locked("requirements.txt"), after=("env",)),
			Step(
				"app",
				"App in editable form",
				lambda: python_env.install_app(paths),
				self._in_env(lambda: (paths.root / "pyproject.toml").read_text(encoding="utf-8")),
				after=("packages",),
			),
		]

	def _desk(self) -> list[Step]:
		paths = self._paths

		def tree() -> None:
			framework.build_tree(python_env.download_framework(paths), paths.frappe)

		def build() -> None:
			assets.build(paths)
			self._services.forget_assets()

		return [
			Step(
				"framework",
				"Framework from its registry package, verified",
				tree,
				inputs=lambda: framework.WHEEL_SHA256 + framework.TREE_SHA256,
				after=("env",),
				still_there=paths.frappe.is_dir,
			),
			Step(
				"npm",
				"Desk packages (npm)",
				lambda: assets.install_packages(paths),
				inputs=lambda: assets.lock_digest(paths),
				still_there=(paths.node / "node_modules").is_dir,
			),
			Step(
				"assets",
				"Desk scripts and styles",
				build,
				inputs=lambda: assets.source_digest(paths) + framework.TREE_SHA256,
				after=("npm", "framework"),
				still_there=(paths.sites / "assets" / "assets.json").exists,
			),
		]

	def _database(self) -> list[Step]:
		return [
			Step(
				"database",
				"Private database server",
				self._services.initialise,
				after=("system",),
				still_there=(self._paths.database / "data" / "mysql").is_dir,
			),
			Step(
				"services",
				"Starting database and Redis",
				self._services.start,
				after=("database",),
				still_there=self._services.running,
			),
			Step(
				"config",
				"",
				self._sites.write_bench_config,
				after=("services", "framework"),
				# Ports, addresses and the app itself may have changed: always written.
				still_there=lambda: False,
			),
		]

	def _site(self) -> Step:
		return Step(
			"site",
			"Site",
			self._sites.create_demo,
			# Even the framework alone imports all apps of the bench when it asks for their modules.
			after=("config", "app"),
			still_there=(self._paths.site(DEMO_SITE) / "site_config.json").exists,
		)

	def _level(self, site: str, after: str) -> Step:
		return Step(
			f"level-{site}",
			f"App on {site}",
			lambda: self._sites.make_level(site),
			inputs=self._sites.level_key,
			after=(after, "app"),
		)

	def _demo(self) -> Step:
		return Step("demo", "Demo school", self._sites.load_demo, after=(f"level-{DEMO_SITE}",))

	def _test_tools(self) -> list[Step]:
		def packages() -> None:
			python_env.install_requirements(self._paths, "requirements-test.txt", "Installing test packages")

		return [
			self._system("system-test", "Browser for tests", system.TEST_PACKAGES, after=("system",)),
			Step(
				"test-packages",
				"Test packages",
				packages,
				self._locked("requirements-test.txt"),
				after=("packages", "app"),
			),
		]

	def _test_site(self, site: str) -> Step:
		return Step(
			f"copy-{site}",
			f"Test site {site}",
			lambda: self._sites.create_test(site),
			# Changed DocTypes: from the snapshot anew, as an installation would be, not migrated from test to test.
			inputs=self._sites.level_key,
			after=("site",),
			still_there=(self._paths.site(site) / "site_config.json").exists,
		)

	def _locked(self, lock: str):
		return self._in_env(lambda: (self._paths.standalone / lock).read_text(encoding="utf-8"))

	def _in_env(self, inputs):
		"""The same, but due again in a new environment."""
		return lambda: f"{inputs()} {self._paths.env.stat().st_ino}"


def make_stamps(paths: Paths) -> Stamps:
	return Stamps(paths.stamps)
