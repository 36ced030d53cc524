"""`make chaos`: hand over to the seeded faults in `tests/chaos`."""

from __future__ import annotations

import subprocess
import sys

from headrace_bootstrap.project import PYTHON, ROOT
from headrace_bootstrap.up import install


def chaos() -> int:
    """Run them with the words that follow `chaos`; their exit code."""
    install()
    command = [str(PYTHON), "-m", "tests.chaos", *sys.argv[2:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
