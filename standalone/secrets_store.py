"""Random secrets, made once per installation and readable by their owner only."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from .paths import write_atomic

SECRET_MODE = 0o600


def secret(folder: Path, name: str) -> str:
	"""The secret of this name, made up at first use."""
	path = folder / name
	if not path.exists():
		write_atomic(path, secrets.token_urlsafe(18), SECRET_MODE)
	return path.read_text(encoding="utf-8")


def read_logins(folder: Path) -> list[dict[str, str]]:
	path = folder / "logins.json"
	return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
