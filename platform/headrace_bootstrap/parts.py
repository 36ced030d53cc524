"""Run the parts of a long command, whatever fails, and sum up at the end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace_bootstrap.console import duration, file_apart, say
from headrace_bootstrap.errors import BootstrapError

_WIDTH: Final = 44


@dataclass(frozen=True)
class Part:
    """One named part: `run` says whether it went well, `cores` are how many it keeps busy."""

    name: str
    run: Callable[[], bool]
    cores: int = 1


@dataclass(frozen=True)
class Result:
    """How a part went."""

    name: str
    well: bool
    took_s: float


def run_all(parts: Iterable[Part]) -> int:
    """Run one part after the other and print a table; 0 when all went well."""
    results = []
    for part in parts:
        say(f"\n== {part.name}")
        results.append(result_of(part))
    return sum_up(results)


def result_of(part: Part) -> Result:
    """Run one part; what it cannot do is said, and a failure."""
    began = time.monotonic()
    try:
        well = part.run()
    except BootstrapError as error:
        say(str(error))
        well = False
    return Result(part.name, well, time.monotonic() - began)


def sum_up(results: Sequence[Result]) -> int:
    """Print a table; 0 when all went well."""
    failed = sum(not one.well for one in results)
    say()
    for one in results:
        say(f"{verdict(one)}  {one.name:<{_WIDTH}} {duration(one.took_s)}")
    say(f"parts: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def verdict(result: Result) -> str:
    """One word."""
    return "passed" if result.well else "FAILED"


def command(
    name: str,
    words: Sequence[str | Path],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    needs: Sequence[Path] = (),
    cores: int = 1,
) -> Part:
    """A part that is a program; what it needs and is not there makes it fail, not vanish."""

    def run() -> bool:
        missing = [str(path.relative_to(cwd)) for path in needs if not path.exists()]
        if missing:
            raise BootstrapError("part_missing", f"Missing: {', '.join(missing)}.")
        file = file_apart()
        errors = None if file is None else subprocess.STDOUT
        ended = subprocess.run(
            words, cwd=cwd, env=environment, stdout=file, stderr=errors, check=False
        )
        return ended.returncode == 0

    return Part(name, run, cores)
