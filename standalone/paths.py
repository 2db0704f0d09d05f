"""Where everything lies: one folder, `.bench/`, in the checkout."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

APP = "ppss_support"
DEMO_SITE = "ppss.localhost"
# The whole suite runs in two halves side by side, each on a site of its own.
TEST_SITES = ("test.localhost", "test2.localhost")
BENCHMARK_SITE = "benchmark.localhost"


@dataclass(frozen=True)
class Paths:
	"""The checkout and the folders of its private bench."""

	root: Path

	@property
	def state(self) -> Path:
		return self.root / ".bench"

	@property
	def bench(self) -> Path:
		return self.state / "bench"

	@property
	def env(self) -> Path:
		return self.bench / "env"

	@property
	def python(self) -> Path:
		return self.env / "bin" / "python"

	@property
	def sites(self) -> Path:
		return self.bench / "sites"

	@property
	def frappe(self) -> Path:
		"""The framework's package folder."""
		return self.bench / "apps" / "frappe" / "frappe"

	@property
	def node(self) -> Path:
		"""Where the npm packages are installed."""
		return self.state / "node"

	@property
	def database(self) -> Path:
		return self.state / "database"

	@property
	def snapshots(self) -> Path:
		return self.state / "snapshots"

	@property
	def downloads(self) -> Path:
		return self.state / "downloads"

	@property
	def stamps(self) -> Path:
		return self.state / "stamps"

	@property
	def logs(self) -> Path:
		return self.state / "logs"

	@property
	def run(self) -> Path:
		"""Process ids of what runs."""
		return self.state / "run"

	@property
	def secrets(self) -> Path:
		return self.state / "secrets"

	@property
	def standalone(self) -> Path:
		return self.root / "standalone"

	@property
	def app(self) -> Path:
		return self.root / APP

	def site(self, name: str) -> Path:
		return self.sites / name

	def make(self) -> None:
		"""Create the skeleton; what holds data or secrets is for the owner's eyes only."""
		private = (self.state, self.database, self.snapshots, self.run, self.secrets, self.logs)
		shared = (
			self.downloads,
			self.stamps,
			self.node,
			self.bench,
			self.sites / "assets",
			self.frappe.parent,
			self.bench / "logs",
			self.bench / "config" / "pids",
		)
		for folder in private:
			folder.mkdir(mode=0o700, parents=True, exist_ok=True)
		for folder in shared:
			folder.mkdir(parents=True, exist_ok=True)


def write_atomic(path: Path, text: str, mode: int = 0o644) -> None:
	"""Write the whole file or none of it: an interrupted run leaves no half-written state."""
	partial = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.partial")
	handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
	with os.fdopen(handle, "w", encoding="utf-8") as file:
		file.write(text)
	os.replace(partial, path)
