"""Ctrl-C in a terminal, as `make up` sees it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PLATFORM = Path(__file__).resolve().parents[3] / "platform"
CHILD = """
import signal, time
from headrace_bootstrap.terminal import alone_in_foreground
# What runs in the background of a shell would ignore SIGINT without being told.
signal.signal(signal.SIGINT, signal.default_int_handler)
with alone_in_foreground():
    try:
        print("READY", flush=True)
        time.sleep(30)
    except KeyboardInterrupt:
        print("CHILD ENDS WELL", flush=True)
"""
# Like make: in the same job as its child, and killed by an interrupt that reaches it.
PARENT = """
import fcntl, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
code = subprocess.run([sys.executable, "-c", sys.argv[1]]).returncode
print(f"PARENT SAW {code}", flush=True)
"""


def test_ctrl_c_reaches_the_command_and_not_the_make_that_started_it():
    keyboard, terminal = pty.openpty()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD],
        env={"PYTHONPATH": str(PLATFORM)},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )

    seen = _read_until(keyboard, "READY")
    os.write(keyboard, b"\x03")
    seen += _read_until(keyboard, "PARENT SAW 0")

    assert "CHILD ENDS WELL" in seen
    assert parent.wait(10) == 0
    os.close(keyboard)
    os.close(terminal)


def _read_until(keyboard: int, words: str) -> str:
    seen = ""
    while words not in seen:
        try:
            seen += os.read(keyboard, 4096).decode()
        except OSError:
            pytest.fail(f"The terminal closed before {words!r}: {seen}")
    return seen
