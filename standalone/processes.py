"""Starts programs in the background, finds them again and ends them: only those it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .commands import last_lines
from .errors import command_failed
from .paths import Paths, write_atomic


def born(pid: int) -> str:
	"""When a process began: tells it from a later one with the same number."""
	try:
		stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
	except OSError:
		return ""
	# The name in brackets may hold blanks; the state follows it, a dead process waits as Z.
	fields = stat.rpartition(")")[2].split()
	return "" if fields[0] == "Z" else fields[19]


class Process:
	"""A named background process of this checkout."""

	def __init__(self, paths: Paths, name: str) -> None:
		self.name = name
		self._record = paths.run / f"{name}.json"
		self.log = paths.logs / f"{name}.log"

	def record(self) -> dict:
		return json.loads(self._record.read_text(encoding="utf-8")) if self._record.exists() else {}

	def pid(self) -> int | None:
		"""The process id, if it still runs and is still the one we started."""
		record = self.record()
		alive = record and born(record["pid"]) == record["born"]
		return record["pid"] if alive else None

	def start(
		self, command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None, about: str = ""
	) -> None:
		"""Start in a session of its own, so that closing the terminal does not end it."""
		with open(self.log, "a", encoding="utf-8") as log:
			started = subprocess.Popen(
				[str(part) for part in command],
				cwd=cwd,
				env={**os.environ, **(env or {})},
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)
		record = {"pid": started.pid, "born": born(started.pid), "about": about}
		write_atomic(self._record, json.dumps(record), 0o600)

	def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
		deadline = time.monotonic() + seconds
		while not ready():
			if self.pid() is None or time.monotonic() > deadline:
				self.stop()
				raise command_failed(f"Starting {self.name}", self.log, last_lines(self.log))
			time.sleep(0.05)

	def stop(self, seconds: float = 20) -> None:
		"""Ask to end; what does not, is ended with its whole group."""
		pid = self.pid()
		if pid:
			_signal_group(pid, signal.SIGTERM)
			deadline = time.monotonic() + seconds
			while self.pid() and time.monotonic() < deadline:
				_reap(pid)
				time.sleep(0.05)
			if self.pid():
				_signal_group(pid, signal.SIGKILL)
				_reap(pid)
		self._record.unlink(missing_ok=True)


def _signal_group(pid: int, number: int) -> None:
	with contextlib.suppress(ProcessLookupError):
		os.killpg(pid, number)


def _reap(pid: int) -> None:
	"""Our own child stays a zombie until asked for; another launcher's child is none of ours."""
	with contextlib.suppress(ChildProcessError):
		os.waitpid(pid, os.WNOHANG)
