"""The editor in Chromium: opening large workflows, live updates on them (frontend/bench)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Final

from headrace_bootstrap import chromium, front_end
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import FRONT_END
from headrace_bootstrap.stack import Stack
from tests.bench.figures import Figure, table, told

_UNITS: Final = {
    "open_ms": "ms",
    "heap_mb": "MB",
    "elements": "elements",
    "requests": "requests",
    "transferred_kb": "kB",
    "update_ms": "ms of main thread",
    "frames_per_s": "frames/s",
}
"""What frontend/bench/editor.bench.ts writes, one line for each size of a workflow."""


def measure() -> list[Figure]:
    """Every figure, on a stack of its own; about a minute.

    `update_ms` is what one of 200 live updates a second costs; frames are those of the same time.
    """
    front_end.install()
    with Stack.temporary() as stack, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "editor.jsonl"
        _drive(stack, file)
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        told(f"editor.{name}", row[name], unit, nodes=row["size"])
        for row in rows
        for name, unit in _UNITS.items()
    ]


def report(measured: list[Figure]) -> str:
    """A table and JSON lines."""
    return "\n".join([table("editor", measured), "", *(one.json_line() for one in measured)])


def _drive(stack: Stack, file: Path) -> None:
    if stack.owner is None or stack.owner.password is None:
        raise BootstrapError("owner_missing", "A new stack named no owner to sign in as.")
    told_by = {
        **front_end.environment(),
        "HEADRACE_E2E_CHROMIUM": chromium.find_or_install(),
        "HEADRACE_E2E_URL": stack.url,
        "HEADRACE_E2E_EMAIL": stack.owner.email,
        "HEADRACE_E2E_PASSWORD": stack.owner.password,
        "HEADRACE_BENCH_FILE": str(file),
    }
    words = front_end.npm("run", "bench")
    run(words, doing="The editor in Chromium", cwd=FRONT_END, environment=told_by)
