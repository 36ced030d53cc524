"""Brings the items that steps receive into the worker's hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace import engine
from headrace.engine import RunStep
from headrace.executions import log
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.blocks.reader import Reader
from headrace.executions.blocks.stores import PoolStore
from headrace.executions.lease.claim import Claim
from headrace.executions.runner.edited import EditedInputs
from headrace_sdk.items import Inputs, Item


class Intake:
    """Reads items by reference; what is not at hand comes from the log."""

    def __init__(self, ledger: Ledger, held: Claim, pool: Any) -> None:
        self._reader = Reader(ledger, PoolStore(pool, held.schema, held.execution_id))
        self._edited = EditedInputs()

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        self._edited.replay(event)

    async def inputs(self, command: RunStep, *, first_only: bool) -> Inputs:
        """What a step receives, port by port."""
        inputs = await self._reader.inputs(command.inputs)
        inputs = self._edited.instead_of((command.node, command.run), inputs)
        if command.execute_once or first_only:
            return Inputs({port: items[:1] for port, items in inputs.items()})
        return inputs

    async def load(self, source: engine.Source) -> None:
        """Have the items of an output at hand, for expressions."""
        await self._reader.load(source)

    async def beside(self, event: log.Ref) -> Sequence[Item]:
        """What an event keeps beside it."""
        return await self._reader.page([event])

    async def items_of(self, sources: Sequence[engine.Source]) -> Sequence[Item]:
        """The items of several outputs, one after the other."""
        return await self._reader.joined(sources)
