"""Run another program to its end, and say usefully what failed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from headrace_bootstrap.errors import BootstrapError

# npm gives its reason first, Python last.
_FIRST_LINES, _LAST_LINES = 8, 12


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    text_in: str = "",
) -> str:
    """What the program printed on its standard output.

    Raises:
        BootstrapError: `command_failed`, with the first and last lines that it printed.
    """
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            input=text_in,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise BootstrapError("command_missing", f"{doing} failed: {error}") from error
    if done.returncode:
        shown = _shortened(done.stdout + done.stderr)
        raise BootstrapError("command_failed", f"{doing} failed (exit {done.returncode}):\n{shown}")
    return done.stdout


def _shortened(text: str) -> str:
    lines = text.strip().splitlines()
    if len(lines) > _FIRST_LINES + _LAST_LINES:
        lines[_FIRST_LINES:-_LAST_LINES] = ["…"]
    return "\n".join(lines)


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether the program ends well; what it prints is dropped."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
