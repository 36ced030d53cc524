"""A sandbox process: `python -I -m headrace.sandbox.guest LANGUAGE [folder for compiled code]`.

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
from headrace.sandbox.guest.cpython.interpreters import Interpreters
from headrace.sandbox.guest.frames import Answer, Header, Wait, pack, unpack
from headrace.sandbox.guest.jobs import Jobs

IN: Final = 0
OUT: Final = 1
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

    def serve(self, wait: Wait, answer: Answer) -> None:
        """Get ready, wait for one job, answer it."""
        ...


ENGINES: Final[dict[str, Callable[[Path | None], Engine]]] = {
    "javascript": Jobs,
    "python": Interpreters,
}


def main() -> None:
    """Serve until the host is gone."""
    is_offline = confinement.leave_network()
    os.environ.clear()  # noqa: TID251 - to have none, not to read one
    language, *folder = sys.argv[1:]
    engine = ENGINES[language](Path(folder[0]) if folder else None)
    _test(engine)
    is_filtered = confinement.seal(MAX_BODY_BYTES)
    # Once more: what a job needs must still work now.
    _test(engine)
    facts = {"offline": is_offline, "filtered": is_filtered, "compiled_s": engine.compiled_s}
    _answer({"ready": True, **facts})
    with suppress(EOFError):
        while True:
            engine.serve(_next_job, _answer)


def _next_job() -> tuple[Header, bytes]:
    while True:
        asked, body = unpack(_read, MAX_BODY_BYTES)
        if not asked.get("probe"):
            return asked, body
        _answer(probe.facts())


def _answer(header: Header, body: bytes = b"") -> None:
    _write(pack(header, body))


def _test(engine: Engine) -> None:
    told: list[Any] = []
    body = json.dumps(engine.self_test).encode()
    engine.serve(lambda: (SMALL, body), lambda *answer: told.append(answer))
    if b'"answer":42' not in told[0][1].replace(b" ", b""):
        sys.exit(f"The sandbox fails its own test: {told}")


def _read(length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = os.read(IN, min(length - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _write(frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[os.write(OUT, left) :]


if __name__ == "__main__":
    main()
