"""All expressions of one node over all of its items: what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from headrace.sandbox.crossing import given_item, read, unreadable, written
from headrace_sdk.items import Item, JsonObject, JsonValue


class Fault(NamedTuple):
    """One expression that failed for one item; `name` is JavaScript's, such as `TypeError`."""

    item: int
    expression: int
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """`rows[item][expression]`; null where it failed, which `faults` tells."""

    rows: Sequence[Sequence[JsonValue]]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Batch:
    """`sources` are expressions without braces; `variables` are names beside `$json` and such."""

    sources: Sequence[str]
    items: Sequence[Item]
    variables: JsonObject = field(default_factory=dict)

    def body(self) -> bytes:
        """The batch as `guest/expressions.js` reads it."""
        items = [given_item(item) for item in self.items]
        return written({"sources": self.sources, "items": items, "variables": self.variables})

    def evaluated(self, body: bytes) -> Evaluated:
        """Its answer.

        Raises:
            NodeError: it is none.
        """
        answer = read(body)
        rows, faults = answer.get("rows"), answer.get("errors")
        if not isinstance(rows, list) or len(rows) != len(self.items):
            raise unreadable()
        return Evaluated(rows, [Fault(*fault) for fault in faults or ()])
