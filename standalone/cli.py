"""The commands of `./ppss`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import ports, prepare, system, web
from .errors import RuntimeProblem
from .lock import one_at_a_time
from .paths import BENCHMARK_SITE, DEMO_SITE, TEST_SITES, Paths
from .progress import Progress
from .secrets_store import read_logins
from .services import Services
from .site import SNAPSHOT, Sites
from .steps import Step, digest_text, run_steps

DESCRIPTION = "Builds and runs a real Frappe bench with this app, from package registries only."


class Launcher:
	"""One checkout with its bench."""

	def __init__(self, root: Path) -> None:
		self.paths = Paths(root)
		self.progress = Progress()
		self.services = Services(self.paths)
		self.stamps = prepare.make_stamps(self.paths)
		self.sites = Sites(self.paths, self.services, self.stamps)
		self.web = web.Web(self.paths)

	def prepare(self, steps: Callable[[prepare.Plan], list[Step]]) -> None:
		system.check_machine(self.paths.state)
		self.paths.make()
		with one_at_a_time(self.paths.state / "lock", self.progress):
			plan = prepare.Plan(self.paths, self.services, self.sites)
			run_steps(steps(plan), self.stamps, self.progress)

	def need_bench(self) -> None:
		"""For commands that work on a bench made before."""
		if not (self.paths.site(DEMO_SITE) / "site_config.json").exists():
			raise RuntimeProblem("There is no bench yet.", "run ./ppss up first")
		with one_at_a_time(self.paths.state / "lock", self.progress):
			self.services.start()
			self.sites.write_bench_config()

	# Commands

	def up(self, given: argparse.Namespace) -> int:
		system.check_machine(self.paths.state)
		self.paths.make()
		port = ports.remember_web_port(self.services.config_file, given.port)
		if not self.web.pid():
			ports.require_free(port)
		self.prepare(lambda plan: plan.up(demo=not given.no_demo))
		self._start_web(port)
		self._say_ready(port, given.no_demo)
		if not given.detach:
			self._stay()
		return 0

	def _start_web(self, port: int) -> None:
		"""New processes only where the code or the address changed."""
		address = f"http://{ports.LOOPBACK}:{port}"
		self.sites.set_config(DEMO_SITE, host_name=address)
		about = digest_text(f"{port} {self.sites.code_digest()} {self.sites.level_key()}")
		if self.web.running_as() == about:
			return
		with self.progress.step("Starting web server, worker and scheduler"):
			self.web.stop()
			self.web.start_demo(port, about)

	def _say_ready(self, port: int, no_demo: bool) -> None:
		self.progress.say("Ready.\n")
		print(f"  Address: http://{ports.LOOPBACK}:{port}")
		every = read_logins(self.paths.secrets)
		logins = one_per_role(every)
		show_logins(logins)
		if len(logins) < len(every):
			print("  More of them: ./ppss logins")
		if not logins:
			print("  Login:   Administrator, password in .bench/secrets/administrator")
		if not no_demo and not self.sites.demo_exists():
			print("  Note: this checkout has no demo school (ppss_support/demo/load.py) to load.")
		print("  Stop it with: ./ppss down\n", flush=True)

	def _stay(self) -> None:
		log = self.web.log()
		print("Ctrl-C stops everything; `./ppss up --detach` leaves it running.", flush=True)
		try:
			web.follow(log, log.stat().st_size)
		except KeyboardInterrupt:
			print()
			self.down(None)

	def down(self, _given: argparse.Namespace | None) -> int:
		self.web.stop()
		for site in (*TEST_SITES, BENCHMARK_SITE):
			self._test_server(site).stop()
		self.services.stop()
		self.progress.say("Stopped.")
		return 0

	def status(self, _given: argparse.Namespace) -> int:
		port = ports.load_config(self.services.config_file).get("web_port")
		running = bool(self.web.pid())
		print(
			f"web server, worker, scheduler: {f'http://{ports.LOOPBACK}:{port}' if running else 'not running'}"
		)
		numbers = ports.load_config(self.services.config_file).get("ports", {})
		state = "running" if self.services.running() else "not running"
		print(
			f"database and Redis: {state} ({', '.join(f'{name} {number}' for name, number in numbers.items())})"
		)
		print(f"state: {self.paths.state}\nlogs:  {self.paths.logs}, {self.paths.bench / 'logs'}")
		return 0 if running else 3

	def reset(self, given: argparse.Namespace) -> int:
		if not given.yes:
			if not sys.stdin.isatty():
				raise RuntimeProblem(
					"Nothing was deleted: there is nobody to confirm it.", "./ppss reset --yes"
				)
			if input(f"Delete {self.paths.state} with its database for good? [y/N] ").lower() not in (
				"y",
				"yes",
			):
				return 1
		self.down(None)
		shutil.rmtree(self.paths.state, ignore_errors=True)
		self.progress.say("Deleted.")
		return 0

	def test(self, given: argparse.Namespace) -> int:
		self.paths.make()
		# A second run would pull the site away from under the first.
		with one_at_a_time(self.paths.state / "test-lock", self.progress):
			return self._test(_after_dashes(given.arguments))

	def _test(self, arguments: list[str]) -> int:
		"""Everything in two halves; what was chosen by arguments on one site."""
		sites = TEST_SITES[:1] if arguments else TEST_SITES
		self.prepare(lambda plan: plan.test(sites))
		try:
			addresses = [self._serve_tests(site) for site in sites]
			halves = ["-n", str(len(sites)), "--dist", "loadfile"] if len(sites) > 1 else []
			return self._pytest(dict(zip(sites, addresses, strict=True)), [*halves, *arguments])
		finally:
			for site in sites:
				self._test_server(site).stop()

	def _test_server(self, site: str) -> web.Web:
		return web.Web(self.paths, f"web-{site}")

	def _serve_tests(self, site: str) -> str:
		"""Start the server of a test site anew; return its address."""
		server = self._test_server(site)
		server.stop()
		port = ports.find_free(set(self.services.ports().values()), os.getpid())
		address = f"http://{ports.LOOPBACK}:{port}"
		self.sites.set_config(site, host_name=address)
		server.start_alone(site, port)
		return address

	def _pytest(self, addresses: dict[str, str], arguments: list[str]) -> int:
		env = {
			**os.environ,
			**web.bench_env(self.paths),
			"PPSS_BENCH": str(self.paths.bench),
			"PPSS_TEST_SITE": ",".join(addresses),
			"PPSS_TEST_URL": ",".join(addresses.values()),
			"PPSS_DB_ROOT_PASSWORD": self.services.root_password,
			"PPSS_EMPTY_SITE": str(self.paths.snapshots / SNAPSHOT),
			"PPSS_AXE": str(self.paths.node / "node_modules" / "axe-core" / "axe.min.js"),
			**browser_env(),
		}
		self.progress.say("Tests")
		command = [str(self.paths.python), "-m", "pytest", *arguments]
		return subprocess.run(command, cwd=self.paths.root, env=env, check=False).returncode

	def benchmark(self, given: argparse.Namespace) -> int:
		"""On a site of its own, with a web server: the framework's own print fetches its styles from there."""
		self.prepare(lambda plan: plan.test((BENCHMARK_SITE,)))
		script = self.paths.standalone / "inside" / "run_file.py"
		file = self.paths.root / "benchmarks" / f"{given.what}.py"
		self._serve_tests(BENCHMARK_SITE)
		try:
			command = [self.paths.python, script, BENCHMARK_SITE, file]
			return self._in_bench(command, self.paths.sites, **browser_env())
		finally:
			self._test_server(BENCHMARK_SITE).stop()

	def papers(self, given: argparse.Namespace) -> int:
		if not (self.paths.app / "demo" / "papers.py").exists():
			raise RuntimeProblem(
				"This checkout cannot write papers (ppss_support/demo/papers.py is missing)."
			)
		self.prepare(lambda plan: plan.up(demo=True))
		folder = Path(given.folder).resolve()
		was_running = self.web.pid()
		# The PDF program fetches pictures and styles from the site's address.
		self._start_web(
			ports.load_config(self.services.config_file).get("web_port") or ports.DEFAULT_WEB_PORT
		)
		try:
			with self.progress.step("Papers of the demo school"):
				self.sites.write_papers(folder)
		finally:
			if not was_running:
				self.web.stop()
		print(f"{len(list(folder.rglob('*.pdf')))} papers in {folder}")
		return 0

	def run(self, given: argparse.Namespace) -> int:
		self.need_bench()
		script = self.paths.standalone / "inside" / "run_file.py"
		file = Path(given.file).resolve()
		command = [self.paths.python, script, given.site, file, *given.arguments]
		return self._in_bench(command, self.paths.sites)

	def bench(self, given: argparse.Namespace) -> int:
		self.need_bench()
		return self._in_bench(
			[self.paths.env / "bin" / "bench", *_after_dashes(given.arguments)], self.paths.bench
		)

	def _in_bench(self, command: list, cwd: Path, **more: str) -> int:
		env = {**os.environ, **web.bench_env(self.paths), **more}
		return subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=False).returncode

	def logins(self, given: argparse.Namespace) -> int:
		logins = read_logins(self.paths.secrets)
		if given.json:
			print(json.dumps(logins, ensure_ascii=False, indent=1))
		elif logins:
			show_logins(logins)
		else:
			raise RuntimeProblem("There are no demo logins yet.", "run ./ppss up without --no-demo")
		return 0


def one_per_role(logins: list[dict[str, str]]) -> list[dict[str, str]]:
	first: dict[str, dict[str, str]] = {}
	for login in logins:
		first.setdefault(login["role"], login)
	return list(first.values())


def show_logins(logins: list[dict[str, str]]) -> None:
	width = max((len(login["role"]) for login in logins), default=0)
	for number, login in enumerate(logins):
		place = login.get("organisation")
		if place and (not number or place != logins[number - 1].get("organisation")):
			print(f"  {place}")
		print(f"  {login['role']:{width}}  {login['user']}  {login['password']}")


def browser_env() -> dict[str, str]:
	return {"PPSS_CHROMIUM": system.program("chromium"), "PPSS_CHROMEDRIVER": system.program("chromedriver")}


def _after_dashes(arguments: list[str]) -> list[str]:
	return arguments[1:] if arguments[:1] == ["--"] else arguments


def parser() -> argparse.ArgumentParser:
	top = argparse.ArgumentParser(prog="./ppss", description=DESCRIPTION)
	commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

	up = commands.add_parser("up", help="build what is missing, then start the site with its demo schools")
	up.add_argument(
		"--port", type=int, help=f"port of the web server (remembered; at first {ports.DEFAULT_WEB_PORT})"
	)
	up.add_argument("--detach", action="store_true", help="return when it runs")
	up.add_argument("--no-demo", action="store_true", help="do not load the demo school")

	test = commands.add_parser("test", help="run all tests on a site of their own")
	test.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- pytest arguments")

	benchmark = commands.add_parser("benchmark", help="measure on a site of its own; prints one line of JSON")
	benchmark.add_argument("what", choices=("desk", "engines", "import", "journals", "pack", "papers"))

	papers = commands.add_parser("papers", help="write every paper of the demo school as PDF")
	papers.add_argument("folder", metavar="DIR")

	run = commands.add_parser("run", help="run a Python file with the site connected")
	run.add_argument(
		"--site", default=DEMO_SITE, choices=(DEMO_SITE, *TEST_SITES), help="which site (default: the demo)"
	)
	run.add_argument("file", metavar="FILE")
	run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="args")

	bench = commands.add_parser("bench", help="any bench command")
	bench.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- ARGS")

	logins = commands.add_parser("logins", help="the demo schools' logins")
	logins.add_argument("--json", action="store_true")

	commands.add_parser("status", help="what runs, and where")
	commands.add_parser("down", help="stop everything")
	reset = commands.add_parser("reset", help="stop everything and delete .bench/")
	reset.add_argument("--yes", action="store_true", help="do not ask")
	return top


def main(arguments: list[str]) -> int:
	# The launcher's own environment must not leak into the bench's Python.
	for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
		os.environ.pop(name, None)
	signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
	given = parser().parse_args(arguments)
	launcher = Launcher(Path(__file__).resolve().parent.parent)
	try:
		return getattr(launcher, given.command)(given)
	except RuntimeProblem as problem:
		print(f"\n{problem}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("\nInterrupted; the same command continues where it stopped.", file=sys.stderr)
		return 130
