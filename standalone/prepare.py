"""What has to be there before anything runs: the steps, their inputs and their order."""

from __future__ import annotations

from . import assets, framework, python_env, system
from .paths import DEMO_SITE, TEST_SITE, Paths
from .services import Services
from .site import Sites
from .steps import Stamps, Step


def build_steps(paths: Paths, services: Services, sites: Sites, with_tests: bool, demo: bool) -> list[Step]:
	"""All steps of `up`, or of `test`."""
	steps = [*_programs(paths, with_tests), *_framework(paths), *_site(paths, services, sites)]
	if with_tests:
		return steps + _test_site(paths, sites)
	return steps + (_demo(sites) if demo and sites.demo_exists() else [])


def _programs(paths: Paths, with_tests: bool) -> list[Step]:
	wanted = system.PACKAGES + (system.TEST_PACKAGES if with_tests else ())

	def install() -> None:
		system.install_packages(wanted, paths.logs / "system-packages.log")

	return [
        Step("system", "System packages", install, inputs=lambda: " ".join(wanted),
             still_there=lambda: not system.missing_packages(wanted)),
    ]  # fmt: skip


def _framework(paths: Paths) -> list[Step]:
	lock = (paths.standalone / "requirements.txt").read_text

	def tree() -> None:
		framework.build_tree(python_env.download_framework(paths), paths.frappe)

	def packages() -> None:
		python_env.install_requirements(paths, "requirements.txt", "Installing Python packages")
		python_env.link_framework(paths)

	# Debian's Python may lack `venv` until the system packages are in.
	before_env = () if system.can_make_env() else ("system",)
	return [
        Step("env", "Python environment", lambda: python_env.make_env(paths), after=before_env,
             inputs=lambda: str(paths.root), still_there=lambda: python_env.env_works(paths)),
        Step("packages", "Python packages", packages, inputs=lambda: lock() + str(paths.env.stat().st_ino), after=("env",)),
        Step("framework", "Framework from its registry package, verified", tree, after=("env",),
             inputs=lambda: framework.WHEEL_SHA256 + framework.TREE_SHA256, still_there=paths.frappe.is_dir),
        Step("npm", "Desk packages (npm)", lambda: assets.install_packages(paths),
             inputs=lambda: assets.lock_digest(paths), still_there=(paths.node / "node_modules").is_dir),
        Step("assets", "Desk scripts and styles", lambda: assets.build(paths), after=("npm", "framework"),
             inputs=lambda: assets.source_digest(paths) + framework.TREE_SHA256,
             still_there=(paths.sites / "assets" / "assets.json").exists),
    ]  # fmt: skip


def _site(paths: Paths, services: Services, sites: Sites) -> list[Step]:
	project = paths.root / "pyproject.toml"
	return [
        Step("database", "Private database server", services.initialise, after=("system",),
             still_there=(paths.database / "data" / "mysql").is_dir),
        Step("services", "Starting database and Redis", services.start, after=("database",), still_there=services.running),
        Step("app", "App in editable form", lambda: python_env.install_app(paths), after=("packages",),
             inputs=lambda: project.read_text(encoding="utf-8") + str(paths.env.stat().st_ino)),
        # New settings reach the processes by themselves; a running server must not be without its file.
        Step("config", "", sites.write_bench_config, after=("services", "framework"), still_there=lambda: False),
        Step("site", "Site", sites.create_demo, after=("config", "packages"),
             still_there=(paths.site(DEMO_SITE) / "site_config.json").exists),
        _level(sites, DEMO_SITE, "site"),
    ]  # fmt: skip


def _level(sites: Sites, site: str, after: str) -> Step:
	return Step(
		f"level-{site}",
		f"App on {site}",
		lambda: sites.make_level(site),
		after=(after, "app"),
		inputs=sites.level_key,
	)


def _demo(sites: Sites) -> list[Step]:
	return [Step("demo", "Demo school", sites.load_demo, after=(f"level-{DEMO_SITE}",))]


def _test_site(paths: Paths, sites: Sites) -> list[Step]:
	def packages() -> None:
		python_env.install_requirements(paths, "requirements-test.txt", "Installing test packages")

	lock = (paths.standalone / "requirements-test.txt").read_text
	return [
        Step("test-packages", "Test packages", packages, after=("packages", "app"),
             inputs=lambda: lock() + str(paths.env.stat().st_ino)),
        Step("test-site", "Test site", sites.create_test, after=("site",), inputs=sites.level_key,
             still_there=(paths.site(TEST_SITE) / "site_config.json").exists),
        _level(sites, TEST_SITE, "test-site"),
    ]  # fmt: skip


def make_stamps(paths: Paths) -> Stamps:
	return Stamps(paths.stamps)
