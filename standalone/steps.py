"""Steps that are done once: each leaves a stamp keyed by a hash of its inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from .commands import end_running
from .paths import write_atomic
from .progress import Progress


@dataclass
class Step:
	"""Something to do unless its stamp already says it was done with the same inputs; without a title it is not shown."""

	name: str
	title: str
	run: Callable[[], None]
	inputs: Callable[[], str] = lambda: ""
	after: tuple[str, ...] = ()
	# What may have gone missing although the stamp is there (a deleted folder, a purged package).
	still_there: Callable[[], bool] = field(default=lambda: True)


class Stamps:
	"""One file per finished step, written only after the step has ended."""

	def __init__(self, folder: Path) -> None:
		self._folder = folder

	def holds(self, name: str, key: str) -> bool:
		path = self._folder / name
		return path.exists() and path.read_text(encoding="utf-8") == key

	def write(self, name: str, key: str) -> None:
		write_atomic(self._folder / name, key)

	def remove(self, name: str) -> None:
		(self._folder / name).unlink(missing_ok=True)


def run_steps(steps: list[Step], stamps: Stamps, progress: Progress) -> None:
	"""Run the steps, side by side where their order allows; the first failure stops new ones."""
	waiting, finished = list(steps), set()
	running: dict[Future, Step] = {}
	failure: BaseException | None = None
	with ThreadPoolExecutor(max_workers=4) as pool:
		try:
			while running or (waiting and failure is None):
				ready = [] if failure else [step for step in waiting if set(step.after) <= finished]
				for step in ready:
					waiting.remove(step)
					running[pool.submit(run_step, step, stamps, progress)] = step
				done, _ = wait(running, return_when=FIRST_COMPLETED)
				for future in done:
					step = running.pop(future)
					failure = failure or future.exception()
					finished.add(step.name)
		except KeyboardInterrupt:
			end_running()
			raise
	if failure:
		raise failure


def run_step(step: Step, stamps: Stamps, progress: Progress) -> None:
	key = digest_text(step.inputs())
	if stamps.holds(step.name, key) and step.still_there():
		return
	# Without its stamp an interrupted step is begun anew, never taken for finished.
	stamps.remove(step.name)
	if step.title:
		with progress.step(step.title):
			step.run()
	else:
		step.run()
	stamps.write(step.name, key)


def digest_text(text: str) -> str:
	return hashlib.sha256(text.encode()).hexdigest()


def digest_files(files: Iterable[Path]) -> str:
	"""One figure for the content and the names of these files."""
	digest = hashlib.sha256()
	for file in sorted(files):
		digest.update(f"{file}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
	return digest.hexdigest()
