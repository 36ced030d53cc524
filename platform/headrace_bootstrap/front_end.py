"""The built editor: npm's locked packages and Vite's output, each made again only when needed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from headrace_bootstrap.console import say, step
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import FRONT_END
from headrace_bootstrap.stamps import Stamp, digest

_PACKAGES_STAMP: Final = Stamp(FRONT_END / "node_modules" / ".headrace-stamp")
_BUILD_STAMP: Final = Stamp(FRONT_END / "dist" / ".headrace-stamp")
_NOT_BUILT_FROM: Final = {
    "node_modules",
    "dist",
    "e2e",
    "bench",
    "test-results",
    "playwright-report",
}


def install() -> None:
    """Bring `node_modules` and `dist` up to date.

    Raises:
        BootstrapError: `npm_missing`, or what npm printed.
    """
    if not (FRONT_END / "package.json").is_file():
        say("  The editor is not part of this copy (frontend/package.json is missing): skipped.")
        return
    _install_packages()
    _build()


def npm(*arguments: str) -> list[str]:
    """The command line for npm.

    Raises:
        BootstrapError: `npm_missing`.
    """
    path = shutil.which("npm")
    if path is None:
        raise BootstrapError(
            "npm_missing", "Node.js 20 with npm is needed: apt-get install nodejs npm"
        )
    return [path, *arguments]


def environment() -> dict[str, str]:
    """The caller's environment, without a browser download: Debian's Chromium is used."""
    return {**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}


def _install_packages() -> None:
    wanted = digest([FRONT_END / "package.json", FRONT_END / "package-lock.json"])
    if _PACKAGES_STAMP.matches(wanted):
        return
    with step("Front-end packages"):
        run(npm("ci"), doing="npm ci", cwd=FRONT_END, environment=environment())
    _PACKAGES_STAMP.write(wanted)


def _build() -> None:
    wanted = digest(_sources())
    if _BUILD_STAMP.matches(wanted):
        return
    with step("Front-end build"):
        run(npm("run", "build"), doing="npm run build", cwd=FRONT_END, environment=environment())
    _BUILD_STAMP.write(wanted)


def _sources() -> Iterator[Path]:
    for folder, below, files in os.walk(FRONT_END):
        below[:] = [name for name in below if name not in _NOT_BUILT_FROM]
        yield from (Path(folder) / name for name in files)
