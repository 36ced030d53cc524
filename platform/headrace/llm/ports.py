"""What the llm app needs from higher ones, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Likeness(Protocol):
    """Knows which questions mean the same, within what was asked of one model in one way."""

    def find(self, way: str, question: str, similarity: float) -> bytes | None:
        """The name of the kept answer to the question most like this one, if it is so alike.

        `way` names model, instructions, tools and all that came before, and must be equal.
        """
        ...

    def keep(self, way: str, question: str, answer: bytes, for_s: float) -> None:
        """Note that the answer of this name was given to a question, for so many seconds."""
        ...

    def forget(self) -> None:
        """Forget every question of the tenant at work."""
        ...


class NothingAlike:
    """Stands in until it is wired: only what is equal is found."""

    def find(self, way: str, question: str, similarity: float) -> bytes | None:
        """None."""
        del way, question, similarity
        return None

    def keep(self, way: str, question: str, answer: bytes, for_s: float) -> None:
        """Nothing."""
        del way, question, answer, for_s

    def forget(self) -> None:
        """Nothing."""


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    likeness: Likeness = field(default_factory=NothingAlike)


ports = Ports()
