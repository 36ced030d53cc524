"""`make gen`: everything that is derived from the code, written again."""

from __future__ import annotations

import os

from headrace_bootstrap import borrowing, front_end
from headrace_bootstrap.console import step
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import FRONT_END, PYTHON, ROOT


def generate() -> int:
    """API schema, events and catalogue from Python; then TypeScript from those."""
    with step("Generated files"):
        run(
            [PYTHON, ROOT / "manage.py", "generate"],
            doing="manage.py generate",
            cwd=ROOT,
            environment=borrowing.settings(os.environ),
        )
        run(
            front_end.npm("run", "gen"),
            doing="npm run gen",
            cwd=FRONT_END,
            environment=front_end.environment(),
        )
    return 0
