"""What the sandbox is told from outside, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Ports:
    """`folder` keeps what was compiled, and only we may write there; `None` keeps nothing."""

    is_on: bool = True
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
