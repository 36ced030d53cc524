"""Calls of other workflows: what a node asks for, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from headrace_sdk.items import Item, JsonObject

CalledVersion: TypeAlias = Literal["published", "draft"] | int
"""`published`: the active version. `draft`: the draft in manual runs, else the active version.
A number: that version, whatever is published."""


@dataclass(frozen=True, slots=True)
class CallResult:
    """A called run that has ended. `items` are its result, `error` is `{"code", "message", …}`.

    `item` is the one that the call was made for. `number` is the run's, for people.
    """

    item: int
    execution: str
    number: int
    workflow_name: str
    status: Literal["completed", "failed", "cancelled", "crashed"]
    items: Sequence[Item] = ()
    error: JsonObject | None = None
