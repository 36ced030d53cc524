"""The outcomes of items in memory: the first failure, by order of items, is raised."""

from __future__ import annotations

from dataclasses import dataclass, field

from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, Outputs


@dataclass(slots=True)
class MemoryOutcomes:
    """`done_before` are results of earlier attempts; with `keeps_going` errors stop nothing."""

    done_before: dict[int, Outputs] = field(default_factory=dict)
    keeps_going: bool = False
    begun: list[int] = field(default_factory=list)
    errors: dict[int, NodeError] = field(default_factory=dict)

    @property
    def goes_on(self) -> bool:
        """Not after a failure, unless told to keep going."""
        return self.keeps_going or not self.errors

    def has(self, item: int) -> bool:
        """Is it done?"""
        return item in self.done_before

    async def begin(self, item: int) -> None:
        """Kept in `begun`."""
        self.begun.append(item)

    def done(self, item: int, outputs: Outputs) -> None:
        """Kept in `done_before`."""
        self.done_before[item] = outputs

    def failed(self, item: int, error: NodeError) -> None:
        """Kept in `errors`."""
        if error.item is None:
            error.item = item
        self.errors[item] = error

    def collect(self) -> Outputs:
        """All outputs in the order of the items.

        Raises:
            NodeError: an item failed, and errors stop the node.
        """
        if self.errors and not self.keeps_going:
            raise self.errors[min(self.errors)]
        found: dict[str, list[Item]] = {}
        for _, outputs in sorted(self.done_before.items()):
            for port, items in outputs.items():
                found.setdefault(port, []).extend(items)
        return found
