"""The browser for the browser tests: the one at hand, else Debian's."""

from __future__ import annotations

import shutil
from typing import Final

from headrace_bootstrap import debian

_NAMES: Final = (
    # Without the parts of a window that nobody sees: less work for the same pictures.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def find_or_install() -> str:
    """The browser's path.

    Raises:
        BootstrapError: naming the command, when there is none and none can be installed.
    """
    found = _on_path()
    if not found:
        debian.install(_NAMES[0])
        found = _on_path()
    return found


def _on_path() -> str:
    return next((path for name in _NAMES if (path := shutil.which(name))), "")
