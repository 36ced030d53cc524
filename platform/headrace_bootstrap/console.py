"""What the terminal is told: one line per step, with its duration once it took noticeable time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Final

_apart: Final[ContextVar[IO[str] | None]] = ContextVar("apart", default=None)


@contextmanager
def apart(file: IO[str]) -> Iterator[None]:
    """In this thread, write what is said into a file."""
    token = _apart.set(file)
    try:
        yield
    finally:
        _apart.reset(token)


def file_apart() -> IO[str] | None:
    """Where programs of this thread must write; `None` for the terminal."""
    return _apart.get()


def say(text: str = "") -> None:
    """Print one line at once, also into a pipe; a reader that went away is no reason to fail."""
    file = _apart.get()
    if file is not None:
        file.write(f"{text}\n")
        file.flush()
        return
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open("/dev/null", "w", encoding="utf-8")  # noqa: PTH123, SIM115


@contextmanager
def step(title: str) -> Iterator[None]:
    """Frame long work by its name and its duration; a failure is left to the caller."""
    say(f"  {title} …")
    began = time.monotonic()
    yield
    say(f"  {title}: done in {duration(time.monotonic() - began)}")


def duration(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 05 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
