"""References to items: the engine handles who made them and how many, never the items."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Source(NamedTuple):
    """Items by reference: what `run` of `node` put on `port`, and how many they are.

    Of a loop over items, `loop` is given out by the `batch`, and `done` means what came back in
    all its turns, in order.
    """

    node: str
    run: str
    port: str
    items: int
    batch: int | None = None


StepInputs: TypeAlias = tuple[tuple[str, tuple[Source, ...]], ...]
"""For each input port that got something, where its items come from, in order."""
