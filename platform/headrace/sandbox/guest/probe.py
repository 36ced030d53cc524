"""Tries to get out of this process, and says what came of it (T-001)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def facts() -> dict[str, Any]:
    """What this process is and what it can still do."""
    return {
        "user": os.getuid(),
        "environment": sorted(os.environ),  # noqa: TID251
        "can_read_files": _succeeds(lambda: os.close(os.open("/etc/passwd", os.O_RDONLY))),
        "can_write_files": _succeeds(
            lambda: os.close(os.open("/tmp/headrace-probe", os.O_CREAT | os.O_WRONLY))  # noqa: S108
        ),
        "can_open_sockets": _succeeds(lambda: socket.socket().close()),
        "can_start_processes": _succeeds(_fork),
    }


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
