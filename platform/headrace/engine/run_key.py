"""How a run is named: a function of graph and data, never of timing.

A run is one execution of one node. Its key says where in the loops it stands (`tag`) and by which
way it was reached (`via`). A join's `via` is its round, a node with one incoming edge takes over
its sender's, any other node puts the number of the edge in front. Seen from one node these paths
form a prefix code, which is why they can be plain numbers, printed and sorted as they stand.
"""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple, TypeAlias

Via: TypeAlias = tuple[int, ...]

_LONGEST_TEXT: Final = 80


class Frame(NamedTuple):
    """One turn of one loop: `via` tells which entry into the loop at `head` it belongs to."""

    head: str
    via: Via
    iteration: int


Tag: TypeAlias = tuple[Frame, ...]
"""The loop turns that something belongs to, outermost first; empty outside of loops."""

ROOT: Final[Tag] = ()


class RunId(NamedTuple):
    """A run as the log, the API and idempotency keys name it."""

    node: str
    run: str


class RunKey(NamedTuple):
    """A run's full name. Keys of one node sort in canonical order."""

    node: str
    tag: Tag
    via: Via

    @property
    def text(self) -> str:
        """Iterations joined by dots, then `~` and the way (`0`, `3`, `2.3`, `0~1`).

        A way of zeros only is left out: of one node in one place there is at most one such.
        Above 80 characters a digest.
        """
        if not self.tag and not self.via:
            return "0"
        way = [step for frame in self.tag for step in frame.via]
        way += self.via
        text = ".".join([str(frame.iteration) for frame in self.tag]) or "0"
        if any(way):
            text += "~" + ".".join(map(str, way))
        if len(text) > _LONGEST_TEXT:
            return "h" + hashlib.sha256(text.encode()).hexdigest()[:40]
        return text

    @property
    def id(self) -> RunId:
        """The printed name, with its node."""
        return RunId(self.node, self.text)


def is_within(tag: Tag, outer: Tag) -> bool:
    """Whether it is that turn or in it."""
    return tag[: len(outer)] == outer


def order_key(edge: int, cut: Tag, via: Via) -> Via:
    """Where a delivery stands among those of its node: edge, loop turns left behind, sender."""
    if not cut:
        return (edge, *via)
    turns = (step for frame in cut for step in (*frame.via, frame.iteration))
    return (edge, *turns, *via)
