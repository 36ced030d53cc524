"""What the sandbox is told from outside, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Ports:
    """`folder` keeps what was compiled, and only we may write there; `None` keeps nothing."""

    is_on: bool = True
    folder: Path | None = None


ports = Ports()


def cache_folder() -> Path | None:
    """The folder, made and closed to others."""
    if ports.folder is None:
        return None
    ports.folder.mkdir(parents=True, exist_ok=True)
    ports.folder.chmod(0o700)
    return ports.folder.absolute()
