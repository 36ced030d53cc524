"""A sandbox process: `python -I -m headrace.sandbox.guest [folder for compiled modules]`.

Loads everything, gives everything away, then answers frames from its standard input until that
ends. Whoever starts it gives it an empty environment.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Final

from headrace.sandbox.guest import confinement, probe
from headrace.sandbox.guest.frames import Header, pack, unpack
from headrace.sandbox.guest.jobs import Jobs
from headrace.sandbox.guest.machine import Machine

IN: Final = 0
OUT: Final = 1
MAX_BODY_BYTES: Final = 256 << 20
SELF_TEST: Final = json.dumps(
    {
        "source": "return [{ answer: 6 * 7 }];",
        "perItem": False,
        "items": [],
        "variables": {},
        "chance": [1, 2, 3, 4],
    }
).encode()
SMALL: Final = {"time_s": 10.0, "memory_bytes": 32 << 20, "output_bytes": 1_000, "now_ms": 0.0}


def main() -> None:
    """Serve until the host is gone."""
    is_offline = confinement.leave_network()
    os.environ.clear()  # noqa: TID251 - to have none, not to read one
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    jobs = Jobs(Machine(cache))
    _test(jobs)
    is_filtered = confinement.seal(MAX_BODY_BYTES)
    # Once more: what a job needs must still work now.
    _test(jobs)
    _write(pack({"ready": True, "offline": is_offline, "filtered": is_filtered}))
    while True:
        jobs.make_spare()
        try:
            asked, body = unpack(_read, MAX_BODY_BYTES)
        except EOFError:
            return
        _write(pack(*_answer(jobs, asked, body)))


def _answer(jobs: Jobs, asked: Header, body: bytes) -> tuple[Header, bytes]:
    if asked.get("probe"):
        return probe.facts(), b""
    return jobs.run(asked, body)


def _test(jobs: Jobs) -> None:
    header, body = jobs.run({**SMALL, "seed": 1}, SELF_TEST)
    if b'"answer":42' not in body:
        sys.exit(f"The sandbox fails its own test: {header} {body!r}")


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
