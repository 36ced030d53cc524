"""End what a killed stack left running. Ours is what carries this home's mark, and nothing else."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

from headrace_bootstrap.home import Home
from headrace_bootstrap.waiting import wait_until

# Set for supervised programs only, so that no shell or editor of the user's carries it.
MARK: Final = "HEADRACE_SUPERVISED"
_SUPERVISOR_S: Final = 60.0
_PROGRAM_S: Final = 20.0


def end(home: Home) -> int:
    """Stop the home's leftovers, supervisor first; how many there were."""
    found = _marked(home)
    supervisors = [pid for pid in found if "supervisor.supervisord" in _command(pid)]
    _stop(home, supervisors, signal.SIGTERM, _SUPERVISOR_S)
    # INT is PostgreSQL's fast shutdown, and an orderly end for the others too.
    _stop(home, _marked(home), signal.SIGINT, _PROGRAM_S)
    _stop(home, _marked(home), signal.SIGKILL, _PROGRAM_S)
    return len(found)


def _stop(home: Home, processes: list[int], signal_number: int, patience_s: float) -> None:
    for process in processes:
        try:
            # A frozen process would not even notice.
            os.kill(process, signal.SIGCONT)
            os.kill(process, signal_number)
        except ProcessLookupError:
            continue
    wait_until(lambda: not set(processes) & set(_marked(home)), patience_s)


def _marked(home: Home) -> list[int]:
    mark = f"{MARK}={home.path}".encode()
    folders = Path("/proc").glob("[0-9]*")
    return [int(folder.name) for folder in folders if mark in _environment(folder)]


def _environment(folder: Path) -> list[bytes]:
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _command(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []
