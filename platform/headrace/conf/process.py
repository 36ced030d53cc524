"""What kind of process this is. Entry points say so before the settings are read."""

from __future__ import annotations

from typing import Literal

Role = Literal["web", "worker", "command"]

_role: Role = "command"


def become(role: Role) -> None:
    """Name this process; too late once the settings have been read."""
    global _role  # noqa: PLW0603 - it is a fact about the process
    _role = role


def role() -> Role:
    """The kind of this process; a command unless an entry point said otherwise."""
    return _role
