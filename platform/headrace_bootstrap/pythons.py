"""Find the newest Python that Headrace runs on. Older Pythons can import this."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.13", "3.12", "3.11")
_MANAGED = (
    ".pyenv/versions/{version}*/bin/python{version}",
    ".asdf/installs/python/{version}*/bin/python{version}",
    ".local/share/uv/python/cpython-{version}*/bin/python{version}",
)
_PROBE = "import ssl, venv, sys; print('%d.%d' % sys.version_info[:2], sys.executable)"


def newest() -> str:
    """The path of the newest working interpreter, on PATH or in a version manager's folder.

    Raises:
        SystemExit: with a sentence, when there is none.
    """
    for version in VERSIONS:
        for candidate in _candidates(version):
            python = _executable(candidate, version)
            if python:
                return python
    raise SystemExit("Headrace needs Python 3.11 or newer: apt-get install python3 python3-venv")


def hand_over() -> None:
    """Start this very command again under the newest Python; does not return."""
    python = newest()
    os.execv(python, [python, *sys.argv])  # noqa: S606


def _candidates(version: str) -> list[str]:
    on_path = [shutil.which("python" + version), shutil.which("python3")]
    shapes = [shape.format(version=version) for shape in _MANAGED]
    managed = [path for shape in shapes for path in Path.home().glob(shape)]
    return [name for name in on_path if name] + [str(path) for path in sorted(managed)]


def _executable(candidate: str, version: str) -> str:
    """The real path behind a candidate (a version manager's shim, perhaps), or nothing."""
    probe = subprocess.run([candidate, "-c", _PROBE], capture_output=True, text=True, check=False)
    found, _, path = probe.stdout.strip().partition(" ")
    return path if probe.returncode == 0 and found == version else ""
