"""Runs other programs: output into a log file, the last lines into the error."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from .errors import RuntimeProblem, command_failed

LAST_LINES = 15
_running: set[subprocess.Popen] = set()
_interrupted = threading.Event()


def run_logged(
	title: str,
	command: Sequence[str | Path],
	log: Path,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	stdin: str | None = None,
	way_out: str = "",
) -> None:
	"""Run to the end; a failure names the log and shows its last lines."""
	if _interrupted.is_set():
		raise RuntimeProblem(
			f"{title} was not begun: the run was interrupted.", "run it again; it goes on there"
		)
	with open(log, "w", encoding="utf-8") as output:
		started = subprocess.Popen(
			[*_dies_with_us(), *(str(part) for part in command)],
			cwd=cwd,
			env={**os.environ, **(env or {})},
			stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
			stdout=output,
			stderr=subprocess.STDOUT,
			text=True,
		)
		_running.add(started)
		try:
			started.communicate(stdin)
		finally:
			_running.discard(started)
	if started.returncode:
		raise command_failed(title, log, last_lines(log), way_out)


def _dies_with_us() -> list[str]:
	"""Even a launcher that is killed leaves no half-done step at work behind it."""
	setpriv = shutil.which("setpriv")
	return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def end_running() -> None:
	"""End what steps have started, so that an interruption need not wait for it."""
	_interrupted.set()
	for process in list(_running):
		process.send_signal(signal.SIGTERM)


def last_lines(log: Path, count: int = LAST_LINES) -> str:
	return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
