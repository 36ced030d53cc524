"""Where the figures were taken."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Any

from headrace_bootstrap.project import ROOT
from headrace_bootstrap.stack import Stack
from tests.support.running import rows


def facts(stack: Stack) -> dict[str, Any]:
    """Everything that a figure depends on. `load` is that of the last minute, others' included."""
    processor = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": processor[1] if processor else platform.machine(),
        "memory_gb": round(int(memory[1]) / 2**20, 1) if memory else None,
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "postgresql": rows(stack, "show server_version")[0][0],
        "fsync": rows(stack, "show fsync")[0][0],
        "revision": _revision(),
    }


def _revision() -> str:
    words = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
