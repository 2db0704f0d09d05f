"""Two launchers in one checkout wait for each other instead of building the same things twice."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .progress import Progress


@contextmanager
def one_at_a_time(path: Path, progress: Progress) -> Iterator[None]:
	with open(path, "w", encoding="utf-8") as file:
		try:
			fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			progress.say("Another ./ppss works in this checkout; waiting for it ...")
			fcntl.flock(file, fcntl.LOCK_EX)
		yield
