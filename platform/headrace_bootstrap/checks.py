"""`make check` and `make fmt`: every tool that reads the code without running it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from headrace_bootstrap import borrowing, front_end, generation
from headrace_bootstrap.console import say
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.parts import Part, command, run_all
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import FRONT_END, PYTHON, ROOT, VIRTUAL_ENVIRONMENT
from headrace_bootstrap.up import install

_LAYOUT: Final = ROOT / "tests" / "contract" / "test_layout.py"
_CRUISED: Final = re.compile(r"\((\d+) modules")


def check_all() -> int:
    """Every check, each reported; the exit code."""
    install()
    with tempfile.TemporaryDirectory(prefix="headrace-") as home:
        # Tools that load the settings need values for them, never this machine's own.
        environment = borrowing.settings({**os.environ, "HEADRACE_HOME": home})
        return run_all(
            [*_python(environment), *_front_end(), Part("gen is up to date", _generated)]
        )


def format_all() -> int:
    """Format and mend everything that a tool can mend."""
    install()
    run([PYTHON, "-m", "ruff", "check", "--fix-only", "--quiet", "."], doing="ruff check", cwd=ROOT)
    run([PYTHON, "-m", "ruff", "format", "--quiet", "."], doing="ruff format", cwd=ROOT)
    run(front_end.npm("run", "fmt"), doing="npm run fmt", cwd=FRONT_END)
    return 0


def _python(environment: Mapping[str, str]) -> list[Part]:
    tools = {
        "ruff check": (PYTHON, "-m", "ruff", "check", "."),
        "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "mypy": (PYTHON, "-m", "mypy"),
        "import-linter": (VIRTUAL_ENVIRONMENT / "bin" / "lint-imports",),
        # What `make test` says about the tree's shape needs no server: say it before a commit.
        "layout": (PYTHON, "-m", "pytest", "-q", "--noconftest", "-p", "no:django", _LAYOUT),
    }
    return [
        command(name, words, cwd=ROOT, environment=environment) for name, words in tools.items()
    ]


def _front_end() -> list[Part]:
    tools = {"biome": ("biome", "check", "."), "tsc": ("tsc", "--noEmit")}
    parts = [
        command(
            name,
            front_end.npm("exec", "--", *words),
            cwd=FRONT_END,
            environment=front_end.environment(),
            needs=[FRONT_END / "package.json"],
        )
        for name, words in tools.items()
    ]
    return [*parts, Part("dependency-cruiser", _cruise)]


def _cruise() -> bool:
    """A cruiser that cannot read the sources finds nothing wrong in no module: count them."""
    words = ("exec", "--", "depcruise", "src", "--config", ".dependency-cruiser.cjs")
    printed = run(front_end.npm(*words), doing="dependency-cruiser", cwd=FRONT_END)
    say(printed.strip())
    cruised = _CRUISED.search(printed)
    return cruised is not None and int(cruised[1]) > 0


def _generated() -> bool:
    """Generating again must change nothing; what it changed is named, and stays for the commit."""
    before = _contents()
    generation.generate()
    stale = sorted({name for name, _ in before ^ _contents()})
    if stale:
        raise BootstrapError("generated_stale", f"Out of date until now: {', '.join(stale)}.")
    return True


def _contents() -> set[tuple[str, str]]:
    """Name and hash of every file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    files = [name for name in listed if name and (ROOT / name).is_file()]
    return {(name, _hash(ROOT / name)) for name in files}


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
