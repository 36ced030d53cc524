"""What an expression may see: the current item and, by name, what ran before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from headrace.expressions.answers import Answers
from headrace.expressions.limits import DEFAULT_STEP_LIMIT
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.zones import zone
from headrace_sdk.items import Item, JsonObject

Lineage = Callable[[int], int | None]
"""From a current item's index to that of the item it came from; None if there is no single one."""


def same_index(item_index: int) -> int:
    """The lineage of a node's own input: each item comes from itself."""
    return item_index


class ItemsView:
    """The items of one port, as expressions see them: objects with `json` and `binary`.

    One view serves all items of a run; the objects are made on first use. `lineage` answers
    what `.item` means for each current item.
    """

    __slots__ = ("_items", "_lineage", "_objects")

    def __init__(self, items: Sequence[Item] = (), lineage: Lineage = same_index) -> None:
        self._items = items
        self._lineage = lineage
        self._objects: list[JsonObject] | None = None

    def all(self) -> list[JsonObject]:
        """Every item, in order: the same list each time."""
        if self._objects is None:
            self._objects = [item_object(item) for item in self._items]
        return self._objects

    def linked(self, item_index: int) -> JsonObject | None:
        """The item that the current one came from, or None where lineage does not tell."""
        index = self._lineage(item_index)
        if index is None or not 0 <= index < len(self._items):
            return None
        return item_object(self._items[index]) if self._objects is None else self._objects[index]


class NodeView(ItemsView):
    """What an earlier node gave to the current run; a node that has not run has no view."""

    __slots__ = ()


def item_object(item: Item) -> JsonObject:
    """An item as the object that expressions read."""
    binary = item.binary or {}
    return {"json": item.json, "binary": {name: ref.to_json() for name, ref in binary.items()}}


def no_node(_: str) -> None:
    """The `node` of a scope where nothing ran before."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """Everything that is not in the expression itself.

    One scope may serve many items one after the other: set `json`, `binary` and `item_index`.
    `now` is aware and fixed for the run; `timezone` is an IANA name; `node` gives None for a name
    of which the current run can see no run. `answers` are those of the sandbox, if it was asked
    ahead. No expression ever changes anything in it.
    """

    json: JsonObject
    now: datetime
    binary: JsonObject = field(default_factory=dict)
    item_index: int = 0
    run_index: int = 0
    input: ItemsView = field(default_factory=ItemsView)
    node: Callable[[str], NodeView | None] = no_node
    variables: JsonObject = field(default_factory=dict)
    execution: JsonObject = field(default_factory=dict)
    workflow: JsonObject = field(default_factory=dict)
    timezone: str = "UTC"
    step_limit: int = DEFAULT_STEP_LIMIT
    answers: Answers | None = None

    def current_moment(self) -> DateTime:
        """`$now`: the run's time on the workflow's clock."""
        return DateTime(self.now.astimezone(zone(self.timezone)))
