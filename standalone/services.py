"""A private MariaDB and Redis: data under `.bench/`, loopback only, ports of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from . import ports, system
from .commands import run_logged
from .errors import RuntimeProblem
from .paths import Paths, write_atomic
from .processes import Process
from .secrets_store import SECRET_MODE, secret

REDIS_DATABASES = ("redis_cache", "redis_queue")

# Durability is traded for speed: a power cut may lose the last second of a trial installation.
DATABASE_CONFIG = """\
[mariadbd]
datadir={data}
socket=mariadb.sock
pid-file={data}/mariadb.pid
bind-address=127.0.0.1
port={port}
skip-name-resolve
skip-log-bin
character-set-server=utf8mb4
collation-server=utf8mb4_unicode_ci
init-file={init}
innodb-flush-log-at-trx-commit=2
innodb-buffer-pool-size=384M
innodb-log-file-size=128M
innodb-doublewrite=0
max-connections=100
performance-schema=0
{user}
"""

CLIENT_CONFIG = """\
[client]
host=127.0.0.1
port={port}
user=root
password={password}
default-character-set=utf8mb4
"""

INIT_SQL = """\
CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';
DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host NOT IN ('localhost', '127.0.0.1'));
FLUSH PRIVILEGES;
"""

REDIS_CONFIG = """\
bind 127.0.0.1
port {port}
dir {folder}
dbfilename {name}.rdb
requirepass {password}
save ""
appendonly no
daemonize no
"""


class Services:
	"""The database server and the two Redis servers of this checkout."""

	def __init__(self, paths: Paths) -> None:
		self._paths = paths
		self.config_file = paths.state / "config.json"
		self._database = Process(paths, "database")
		self._redis = {name: Process(paths, name) for name in REDIS_DATABASES}

	@property
	def client_config(self) -> Path:
		"""Options for MariaDB's own clients: keeps the password off command lines."""
		return self._paths.secrets / "client.cnf"

	@property
	def root_password(self) -> str:
		return secret(self._paths.secrets, "database_root")

	def ports(self) -> dict[str, int]:
		seed = sum(str(self._paths.root).encode()) * 17
		return ports.remembered_ports(self.config_file, seed)

	def redis_address(self, name: str, index: int = 0) -> str:
		password = secret(self._paths.secrets, "redis")
		return f"redis://:{password}@{ports.LOOPBACK}:{self.ports()[name]}/{index}"

	def running(self) -> bool:
		return all(process.pid() for process in (self._database, *self._redis.values()))

	def initialise(self) -> None:
		"""Create the empty database server; begun anew if it was interrupted."""
		data = self._paths.database / "data"
		self._database.stop()
		shutil.rmtree(data, ignore_errors=True)
		user = ["--user=root"] if system.is_root() else []
		run_logged(
			"Creating the private database server",
			[
				system.program("mariadb-install-db"),
				"--no-defaults",
				f"--datadir={data}",
				"--skip-test-db",
				"--skip-name-resolve",
				# A machine need not be able to look up its own name.
				"--force",
				"--auth-root-authentication-method=normal",
				*user,
			],
			self._paths.logs / "database-create.log",
		)
		os.chmod(data, 0o700)

	def start(self) -> None:
		if not self._database.pid():
			self._start_database()
		for name, process in self._redis.items():
			if not process.pid():
				self._start_redis(name, process)
		self._wait()

	def _start_database(self) -> None:
		port = self._own_port("database")
		init, config = self._paths.secrets / "init.sql", self._paths.database / "server.cnf"
		write_atomic(init, INIT_SQL.format(password=self.root_password), SECRET_MODE)
		write_atomic(
			self.client_config, CLIENT_CONFIG.format(port=port, password=self.root_password), SECRET_MODE
		)
		user = "user=root" if system.is_root() else ""
		data = self._paths.database / "data"
		write_atomic(config, DATABASE_CONFIG.format(data=data, port=port, init=init, user=user), SECRET_MODE)
		self._database.start([system.program("mariadbd", "mysqld"), f"--defaults-file={config}"], data)

	def _start_redis(self, name: str, process: Process) -> None:
		folder = self._paths.state / "redis"
		folder.mkdir(mode=0o700, exist_ok=True)
		text = REDIS_CONFIG.format(
			port=self._own_port(name), folder=folder, name=name, password=secret(self._paths.secrets, "redis")
		)
		write_atomic(folder / f"{name}.conf", text, SECRET_MODE)
		process.start([_redis_program(folder), folder / f"{name}.conf"], folder)

	def _own_port(self, name: str) -> int:
		port = self.ports()[name]
		if not ports.is_free(port):
			raise RuntimeProblem(
				f"Port {port} for {name} is now taken by another program.",
				f'stop that program, or delete the line "{name}" from .bench/config.json: another port is then chosen',
			)
		return port

	def _wait(self) -> None:
		numbers = self.ports()
		self._database.wait_until(self.database_answers, 60)
		for name, process in self._redis.items():
			process.wait_until(lambda name=name: ports.accepts(numbers[name]), 20)
		for name, number in numbers.items():
			check_loopback_only(name, number)

	def database_answers(self) -> bool:
		done = subprocess.run(
			[system.program("mariadb"), f"--defaults-extra-file={self.client_config}", "-e", "SELECT 1"],
			capture_output=True,
			check=False,
		)
		return done.returncode == 0

	def forget_assets(self) -> None:
		"""The framework keeps the list of built scripts in its cache; after a build that list is out of date."""
		if self._redis["redis_cache"].pid():
			command = [
				system.program("redis-cli"),
				"-p",
				str(self.ports()["redis_cache"]),
				"DEL",
				"assets_json",
			]
			env = {**os.environ, "REDISCLI_AUTH": secret(self._paths.secrets, "redis")}
			subprocess.run(command, env=env, capture_output=True, check=False)

	def stop(self) -> None:
		for process in (*self._redis.values(), self._database):
			process.stop()


def _redis_program(folder: Path) -> str:
	"""Debian's redis-tools ships the server under another name: one program, told apart by how it is called."""
	try:
		return system.program("redis-server")
	except RuntimeProblem:
		link = folder / "redis-server"
		if not link.is_symlink():
			link.symlink_to(system.program("redis-check-rdb"))
		return str(link)


def check_loopback_only(name: str, port: int) -> None:
	"""Stop if anything of ours could be reached from outside this machine."""
	open_addresses = [address for address in listening_addresses(port) if not address.startswith("127.")]
	if open_addresses:
		raise RuntimeProblem(
			f"{name} listens on {', '.join(open_addresses)}:{port}, not only on {ports.LOOPBACK}.",
			"run ./ppss down and report this: it must not happen",
		)


def listening_addresses(port: int) -> list[str]:
	"""The addresses on which something listens at this port, from the kernel's own table."""
	found = []
	for table in ("/proc/net/tcp", "/proc/net/tcp6"):
		try:
			lines = Path(table).read_text(encoding="ascii").splitlines()[1:]
		except OSError:
			continue
		for fields in (line.split() for line in lines):
			address, _, number = fields[1].rpartition(":")
			if fields[3] == "0A" and int(number, 16) == port:
				found.append(_readable(address))
	return found


def _readable(address: str) -> str:
	if len(address) != 8:
		return f"[{address}]"
	# IPv4 addresses stand there in the machine's byte order.
	return ".".join(str(byte) for byte in reversed(bytes.fromhex(address)))
