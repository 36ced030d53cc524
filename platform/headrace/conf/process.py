"""What kind of process this is. Entry points say so before the settings are read."""

from __future__ import annotations

import gc
from typing import Final, Literal

Role = Literal["web", "worker", "command"]

_role: Role = "command"
_USUAL: Final = gc.get_threshold()
_WHILE_LOADING: Final = (100_000, 50, 50)
"""Next to nothing of what imports make is garbage; looking for it takes a tenth of the start."""


def become(role: Role) -> None:
    """Name this process; too late once the settings have been read."""
    global _role  # noqa: PLW0603 - it is a fact about the process
    _role = role
    gc.set_threshold(*_WHILE_LOADING)


def role() -> Role:
    """The kind of this process; a command unless an entry point said otherwise."""
    return _role


def settle_down() -> None:
    """Everything is loaded and stays: the garbage collector need not walk over it again.

    Each of its full rounds would look at several hundred thousand objects of the frameworks.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_USUAL)
