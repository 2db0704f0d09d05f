"""Runs other programs: output into a log file, the last lines into the error."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .errors import command_failed

LAST_LINES = 15


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
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode:
        raise command_failed(title, log, last_lines(log), way_out)


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
