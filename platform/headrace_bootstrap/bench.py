"""`make bench`: hand over to the measurements in `tests/bench`."""

from __future__ import annotations

import subprocess
import sys

from headrace_bootstrap.project import PYTHON, ROOT
from headrace_bootstrap.up import install


def bench() -> int:
    """Run them with the words that follow `bench`; their exit code."""
    install()
    command = [str(PYTHON), "-m", "tests.bench", *sys.argv[2:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
