"""The web server, the worker and the scheduler, started together through frappe-bench and honcho."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from pathlib import Path

from . import ports
from .paths import DEMO_SITE, Paths, write_atomic
from .processes import Process
from .services import check_loopback_only

WEB = "{python} -m gunicorn --chdir {sites} --pythonpath {inside} --bind 127.0.0.1:{port} --worker-class gthread --threads 8 --timeout 300{more} webserver:application"
PROCFILE = """\
web: {web}
worker: bench worker
schedule: bench schedule
"""


def bench_env(paths: Paths) -> dict[str, str]:
	"""What programs of the bench find in their environment."""
	return {
		"PATH": f"{paths.env / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}:/usr/sbin",
		# frappe-bench would ask the registry for its newest version after each command.
		"FRAPPE_DOCKER_BUILD": "1",
	}


class Web:
	"""The web server of one site, alone or with worker and scheduler."""

	def __init__(self, paths: Paths, name: str = "web") -> None:
		self._paths = paths
		self._process = Process(paths, name)

	def running_as(self) -> str:
		"""What the running processes were started with; empty when there are none."""
		return self._process.record().get("about", "") if self._process.pid() else ""

	def start_demo(self, port: int, about: str) -> None:
		"""Web server, worker and scheduler by `bench start`, which runs honcho over the Procfile."""
		ports.require_free(port)
		procfile = PROCFILE.format(web=self._web_command(port, " --reload"))
		write_atomic(self._paths.bench / "Procfile", procfile)
		env = {**bench_env(self._paths), "PPSS_SITE": DEMO_SITE}
		bench = self._paths.env / "bin" / "bench"
		self._process.start([bench, "start", "--no-dev"], self._paths.bench, env, about)
		self._wait(port)

	def start_alone(self, site: str, port: int) -> None:
		"""The test site's server: no reloading, no worker."""
		env = {**bench_env(self._paths), "PPSS_SITE": site}
		self._process.start(self._web_command(port, "").split(" "), self._paths.sites, env)
		self._wait(port)

	def _web_command(self, port: int, more: str) -> str:
		parts = {
			"python": self._paths.python,
			"sites": self._paths.sites,
			"inside": self._paths.standalone / "inside",
		}
		return WEB.format(port=port, more=more, **parts)

	def _wait(self, port: int) -> None:
		self._process.wait_until(lambda: answers(port), 60)
		check_loopback_only("The web server", port)

	def stop(self) -> None:
		self._process.stop()

	def log(self) -> Path:
		return self._process.log

	def pid(self) -> int | None:
		return self._process.pid()


def answers(port: int) -> bool:
	server = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=20)
	try:
		server.request("GET", "/api/method/ping")
		return json.load(server.getresponse()).get("message") == "pong"
	except (OSError, ValueError, http.client.HTTPException):
		return False
	finally:
		server.close()


def follow(log: Path, start: int) -> None:
	"""Show a log as it grows, until interrupted."""
	with open(log, encoding="utf-8", errors="replace") as file:
		file.seek(start)
		while True:
			line = file.readline()
			if line:
				sys.stdout.write(line)
				sys.stdout.flush()
			else:
				time.sleep(0.3)
