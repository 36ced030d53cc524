"""What kind of process this is. Entry points say so before the settings are read."""

from __future__ import annotations

import gc
from typing import Final, Literal

Role = Literal["web", "worker", "command"]

_role: Role = "command"
_USUAL: Final = gc.get_threshold()
_WHILE_LOADING: Final = 1_000_000
"""Next to nothing of what imports make is garbage; looking for it takes a tenth of the start. But
not never: a worker is only at ease once it has found the broker."""


def become(role: Role) -> None:
    """Name this process; too late once the settings have been read."""
    global _role  # noqa: PLW0603 - it is a fact about the process
    _role = role
    gc.set_threshold(_WHILE_LOADING)


def role() -> Role:
    """The kind of this process; a command unless an entry point said otherwise."""
    return _role


def settle_down() -> None:
    """Everything is loaded and stays: the garbage collector need not walk over it again.

    Each of its full rounds would look at several hundred thousand objects of the frameworks, as
    would one here, for less than a hundredth that it could free.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL)
    gc.enable()
