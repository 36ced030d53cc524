"""Install one of Debian's packages where that is allowed, and name the command where it is not."""

from __future__ import annotations

import os
import shutil

from headrace_bootstrap.console import step
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.processes import run


def install(package: str) -> None:
    """Install `package` by apt-get.

    Raises:
        BootstrapError: `package_missing`, naming the command, when this account may not.
    """
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise BootstrapError(
            "package_missing",
            f"{package} is missing. Install it with: sudo apt-get install {package}",
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Debian package {package}"):
        run(["apt-get", "update"], doing="apt-get update", environment=quiet)
        run(
            ["apt-get", "install", "--yes", "--no-install-recommends", package],
            doing=f"apt-get install {package}",
            environment=quiet,
        )
