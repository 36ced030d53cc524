"""Opened credentials: what a node holds for a moment, and how it is kept from being seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Secret:
    """A secret text that does not show itself: not in `repr`, not in `str`, not in JSON."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The plain text. Use it at the last moment and keep no copy."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        message = "A secret cannot be pickled."
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class Credential:
    """An opened credential: its type, its plain fields, and its secret ones.

    `hosts` limits where it may be sent; empty means anywhere.
    """

    id: str
    type: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    hosts: tuple[str, ...] = ()


@dataclass(slots=True)
class RequestAuth:
    """The parts of an outgoing request that a credential may add to."""

    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
