"""Ports of our own on the loopback address, chosen free once and remembered."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from .errors import RuntimeProblem
from .paths import write_atomic

LOOPBACK = "127.0.0.1"
DEFAULT_WEB_PORT = 8080
# Below the kernel's range for outgoing connections, so that nobody borrows a port while we are down.
PRIVATE_RANGE = range(13000, 23000)
PRIVATE_SERVICES = ("database", "redis_cache", "redis_queue")


def is_free(port: int) -> bool:
	with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((LOOPBACK, port))
		except OSError:
			return False
	return True


def accepts(port: int) -> bool:
	with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
		probe.settimeout(1)
		return probe.connect_ex((LOOPBACK, port)) == 0


def find_free(taken: set[int], seed: int) -> int:
	"""A free port; the seed spreads checkouts apart so that two of them seldom try the same."""
	size = len(PRIVATE_RANGE)
	for offset in range(size):
		port = PRIVATE_RANGE[(seed + offset) % size]
		if port not in taken and is_free(port):
			return port
	raise RuntimeProblem(
		f"No free port between {PRIVATE_RANGE[0]} and {PRIVATE_RANGE[-1]}.",
		"stop programs that listen there (see them with `ss -ltnp`)",
	)


def load_config(path: Path) -> dict:
	return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def remembered_ports(config_file: Path, seed: int) -> dict[str, int]:
	"""Ports of the private services: chosen once, kept in config.json."""
	config = load_config(config_file)
	ports: dict[str, int] = config.setdefault("ports", {})
	missing = [service for service in PRIVATE_SERVICES if service not in ports]
	for service in missing:
		ports[service] = find_free(set(ports.values()), seed)
	if missing:
		write_atomic(config_file, json.dumps(config, indent=1) + "\n")
	return ports


def remember_web_port(config_file: Path, wanted: int | None) -> int:
	"""The web server's port: the one asked for, else the last one, else the default."""
	config = load_config(config_file)
	port = wanted or config.get("web_port") or DEFAULT_WEB_PORT
	config["web_port"] = port
	write_atomic(config_file, json.dumps(config, indent=1) + "\n")
	return port


def require_free(port: int) -> None:
	if not is_free(port):
		raise RuntimeProblem(
			f"Port {port} on {LOOPBACK} is taken by another program.",
			f"choose another one: ./ppss up --port {port + 1}",
		)
