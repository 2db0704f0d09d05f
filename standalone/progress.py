"""Says what goes on: each step's beginning and end with elapsed time."""

from __future__ import annotations

import sys
import threading
import time


class Progress:
	"""Prints one line as a step begins and one as it ends; steps may run side by side."""

	def __init__(self, stream=None) -> None:
		self._stream = stream or sys.stdout
		self._begun = time.monotonic()
		self._lock = threading.Lock()

	def elapsed(self) -> float:
		return time.monotonic() - self._begun

	def say(self, text: str) -> None:
		with self._lock:
			print(f"[{self.elapsed():6.1f} s] {text}", file=self._stream, flush=True)

	def step(self, title: str) -> _Step:
		return _Step(self, title)


class _Step:
	"""Context manager around one step."""

	def __init__(self, progress: Progress, title: str) -> None:
		self._progress, self._title = progress, title

	def __enter__(self) -> None:
		self._begun = time.monotonic()
		self._progress.say(f"{self._title} ...")

	def __exit__(self, kind, *_rest) -> None:
		took = time.monotonic() - self._begun
		outcome = "failed after" if kind else "done in"
		self._progress.say(f"{self._title}: {outcome} {took:.1f} s")
