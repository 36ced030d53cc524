"""A sandbox process: `python -I -m headrace.sandbox.guest ENGINE MEMORY [FOLDER]`.

MEMORY is what a job may have, in bytes; in FOLDER compiled code is kept.

Loads everything, gives everything away, then answers frames from its standard input until that
ends. Whoever starts it gives it an empty environment.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

from headrace.sandbox.guest import confinement, probe
from headrace.sandbox.guest.frames import Answer, Header, Wait, pack, unpack

STANDARD: Final = (0, 1)
ERRORS: Final = 2
MAX_BODY_BYTES: Final = 256 << 20
SMALL: Final = {
    "time_s": 60.0,
    "memory_bytes": 32 << 20,
    "output_bytes": 1_000,
    "now_ms": 0.0,
    "seed": 1,
}


class Engine(Protocol):
    """How one language is run."""

    self_test: Header
    compiled_s: float
    has_threads: bool

    def serve(self, wait: Wait, answer: Answer) -> None:
        """Get ready, wait for one job, answer it."""
        ...


def _quickjs(folder: Path | None, _memory_bytes: int) -> Engine:
    from headrace.sandbox.guest.jobs import Jobs  # noqa: PLC0415 - each loads only its own

    return Jobs(folder)


def _cpython(folder: Path | None, memory_bytes: int) -> Engine:
    from headrace.sandbox.guest.cpython.interpreters import Interpreters  # noqa: PLC0415

    return Interpreters(folder, memory_bytes)


def _pyeryx(folder: Path | None, memory_bytes: int) -> Engine:
    from headrace.sandbox.guest.pyeryx.sandboxes import Sandboxes  # noqa: PLC0415

    return Sandboxes(folder, memory_bytes)


ENGINES: Final[dict[str, Callable[[Path | None, int], Engine]]] = {
    "quickjs": _quickjs,
    "cpython": _cpython,
    "pyeryx": _pyeryx,
}


def main() -> None:
    """Serve until the host is gone."""
    channel, meter = Channel(), confinement.Meter()
    is_offline = confinement.leave_network()
    os.environ.clear()  # noqa: TID251 - to have none, not to read one
    names = {name: confinement.namespace(name) for name in ("net", "pid", "mnt")}
    name, memory_bytes, *folder = sys.argv[1:]
    engine = ENGINES[name](Path(folder[0]) if folder else None, int(memory_bytes))
    os.environ.clear()  # noqa: TID251
    channel.complain(_fault(engine))
    channel.hide_errors()
    is_filtered = confinement.seal(meter.bytes() + MAX_BODY_BYTES, with_threads=engine.has_threads)
    # Once more: what a job needs must still work now.
    channel.complain(_fault(engine))
    facts = {"offline": is_offline, "filtered": is_filtered, "compiled_s": engine.compiled_s}
    channel.answer({"ready": True, "namespaces": names, **facts})
    with suppress(EOFError):
        while True:
            engine.serve(channel.next_job, channel.answer)


class Channel:
    """To the host and back, by descriptors that an engine does not know.

    What an engine takes for its standard input and output is nothing: one of them gives them to
    the code that it runs.
    """

    def __init__(self) -> None:
        self._in, self._out = map(os.dup, STANDARD)
        self._errors = os.dup(ERRORS)
        self._nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in STANDARD:
            os.dup2(self._nothing, descriptor)

    def hide_errors(self) -> None:
        """From now on only `complain` is heard."""
        os.dup2(self._nothing, ERRORS)

    def complain(self, fault: str) -> None:
        """End with these words, if there are any."""
        if fault:
            os.write(self._errors, fault.encode())
            sys.exit(1)

    def next_job(self) -> tuple[Header, bytes]:
        """The next one that is none of our own questions."""
        while True:
            asked, body = unpack(self._read, MAX_BODY_BYTES)
            if not asked.get("probe"):
                return asked, body
            self.answer(probe.facts())

    def answer(self, header: Header, body: bytes = b"") -> None:
        """To the host."""
        left = memoryview(pack(header, body))
        while left:
            left = left[os.write(self._out, left) :]

    def _read(self, length: int) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            part = os.read(self._in, min(length - len(parts), 1 << 20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)


def _fault(engine: Engine) -> str:
    """What its self-test finds."""
    told: list[Any] = []
    body = json.dumps(engine.self_test).encode()
    engine.serve(lambda: (SMALL, body), lambda *answer: told.append(answer))
    is_well = b'"answer":42' in told[0][1].replace(b" ", b"")
    return "" if is_well else f"The sandbox fails its own test: {told}"


if __name__ == "__main__":
    main()
