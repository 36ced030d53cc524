"""Run the parts of a long command one after the other, whatever fails, and sum up at the end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace_bootstrap.console import duration, say
from headrace_bootstrap.errors import BootstrapError

_WIDTH: Final = 44


@dataclass(frozen=True)
class Part:
    """One named part; `run` says whether it went well."""

    name: str
    run: Callable[[], bool]


def run_all(parts: Iterable[Part]) -> int:
    """Run every part and print a table; 0 when all went well."""
    rows = []
    for part in parts:
        say(f"\n== {part.name}")
        began = time.monotonic()
        rows.append((part.name, _runs_well(part), time.monotonic() - began))
    failed = sum(not well for _, well, _ in rows)
    say()
    for name, well, took_s in rows:
        say(f"{'passed' if well else 'FAILED'}  {name:<{_WIDTH}} {duration(took_s)}")
    say(f"parts: {len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


def command(
    name: str,
    words: Sequence[str | Path],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    needs: Sequence[Path] = (),
) -> Part:
    """A part that is a program; what it needs and is not there makes it fail, not vanish."""

    def run() -> bool:
        missing = [str(path.relative_to(cwd)) for path in needs if not path.exists()]
        if missing:
            raise BootstrapError("part_missing", f"Missing: {', '.join(missing)}.")
        return subprocess.run(words, cwd=cwd, env=environment, check=False).returncode == 0

    return Part(name, run)


def _runs_well(part: Part) -> bool:
    try:
        return part.run()
    except BootstrapError as error:
        say(str(error))
        return False
