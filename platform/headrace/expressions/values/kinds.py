"""The values that Python has no word for."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, final

Value: TypeAlias = Any
"""A JavaScript value. What it may hold is known only when the expression runs."""


@final
class Undefined:
    """JavaScript's `undefined`: there is exactly one, `UNDEFINED`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "undefined"


@final
class Skipped:
    """What the rest of a chain sees after `?.` met nothing: every step of it leads back here."""

    __slots__ = ()


UNDEFINED: Final = Undefined()
SKIPPED: Final = Skipped()
