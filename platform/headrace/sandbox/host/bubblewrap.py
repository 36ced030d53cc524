"""One more wall where this computer has bubblewrap and it works: no processes and files of ours.

What it adds to what a process gives away by itself: it sees no process but its own, and may write
nowhere but where compiled engines are kept.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

TRIED_S: Final = 10.0
APART: Final = (
    "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--clearenv",
    *("--ro-bind", "/", "/"), *("--dev", "/dev"), *("--proc", "/proc"),
)  # fmt: skip
AS_ROOT: Final = (
    *("--cap-drop", "ALL"), *("--cap-add", "CAP_SETUID"), *("--cap-add", "CAP_SETGID"),
    *("--cap-add", "CAP_SYS_CHROOT"), *("--cap-add", "CAP_SYS_ADMIN"),
)  # fmt: skip
"""What the process itself needs in order to become nobody; it has lost all of it then."""


@functools.cache
def around(folder: Path | None) -> tuple[str, ...]:
    """What a command begins with, so that it is in there; nothing where it does not work."""
    program = shutil.which("bwrap")
    if program is None:
        return ()
    own = AS_ROOT if os.getuid() == 0 else ("--unshare-user",)
    kept = ("--bind", str(folder.resolve()), str(folder.resolve())) if folder else ()
    found = (program, *APART, *own, *kept, "--")
    return found if _works(found) else ()


def _works(around: tuple[str, ...]) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603 - our own interpreter
            [*around, sys.executable, "-I", "-S", "-c", ""],
            env={},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRIED_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0
