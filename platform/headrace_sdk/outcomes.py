"""What became of each item: a node that acts item by item records it, and repeats nothing.

Such a node says `per_item = True` and runs its calls through `each_item`. An attempt then handles
only the items without an outcome; one that failed takes no other with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, Outputs

Call = Callable[[int, Item], Awaitable[Outputs]]


class Outcomes(Protocol):
    """The record of one run, over all its attempts. Items are named by their index."""

    @property
    def goes_on(self) -> bool:
        """Is there still something to be done, though an item may have failed?"""
        ...

    def has(self, item: int) -> bool:
        """Has this item an outcome, from this attempt or an earlier one?"""
        ...

    async def begin(self, item: int) -> None:
        """Make it durable, where the node writes, that this item is about to be acted on."""
        ...

    def done(self, item: int, outputs: Outputs) -> None:
        """This item is done.

        Raises:
            NodeError: the outputs cannot be stored.
        """
        ...

    def failed(self, item: int, error: NodeError) -> None:
        """This item failed; whether it is tried again is decided when the attempt is over."""
        ...

    def collect(self) -> Outputs:
        """Everything that came of the items that are done, in their order."""
        ...


async def each_item(
    outcomes: Outcomes, items: Sequence[Item], call: Call, *, parallel: int = 1
) -> Outputs:
    """Call once for each item without an outcome, `parallel` at a time; everything that came of it.

    Where a failure stops the node, nothing new is begun after the first; what is under way ends.
    """
    waiting = iter(enumerate(items))

    async def work() -> None:
        for index, item in waiting:
            if not outcomes.goes_on:
                return
            if outcomes.has(index):
                continue
            await outcomes.begin(index)
            try:
                outcomes.done(index, await call(index, item))
            except NodeError as error:
                outcomes.failed(index, error)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(parallel, len(items))):
                group.create_task(work())
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return outcomes.collect()
