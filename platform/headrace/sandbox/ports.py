"""What the sandbox is told from outside, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from headrace.sandbox.limits import CODE

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Ports:
    """`folder` keeps what was compiled, and only we may write there; `None` keeps nothing.

    With `must_be_sealed` code is refused where a wall of the kernel does not hold. `engine` is the
    only one that may run Python; without it the best that is there. `memory_bytes` is what a job of
    code may have.
    """

    is_on: bool = True
    must_be_sealed: bool = False
    engine: str = ""
    memory_bytes: int = CODE.memory_bytes
    folder: Path | None = None


ports = Ports()


def cache_folder() -> Path | None:
    """The folder, made and closed to others; `None` where that cannot be done.

    Then each process compiles for itself, which takes a second or, for Python, half a minute.
    """
    if ports.folder is None:
        return None
    try:
        ports.folder.mkdir(parents=True, exist_ok=True)
        ports.folder.chmod(0o700)
    except OSError as error:
        logger.warning("Compiled engines of the sandbox cannot be kept: %s", error)
        return None
    return ports.folder.absolute()
