"""What can run a language, the quickest first; what of it this computer has is found out."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace.sandbox.guest.pyeryx import image
from headrace_sdk.code import Language


def _always(_folder: Path | None) -> bool:
    return True


def _has_image(folder: Path | None) -> bool:
    file = image_file(folder)
    return file is not None and file.is_file()


@functools.cache
def image_file(folder: Path | None) -> Path | None:
    """Where the image of pyeryx is, or will be; `None` where it is not installed."""
    if folder is None or importlib.util.find_spec("eryx") is None:
        return None
    return image.file_of(folder)


@dataclass(frozen=True, slots=True)
class Engine:
    """`name` is how `headrace.sandbox.guest` knows it, `words` how people do."""

    name: str
    words: str
    is_ready: Callable[[Path | None], bool] = _always


QUICKJS: Final = Engine("quickjs", "QuickJS")
PYERYX: Final = Engine("pyeryx", "pyeryx", _has_image)
CPYTHON: Final = Engine("cpython", "CPython")

ENGINES: Final[dict[Language, tuple[Engine, ...]]] = {
    "javascript": (QUICKJS,),
    "python": (PYERYX, CPYTHON),
}


def chosen(language: Language, name: str) -> tuple[Engine, ...]:
    """Those to try: all of a language, or only the one of this name if it is one of them."""
    found = ENGINES[language]
    return tuple(engine for engine in found if engine.name == name) or found
