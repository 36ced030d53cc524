"""Brings the items that steps receive from the log into the worker's hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace import engine
from headrace.engine import RunStep
from headrace.executions.lease.claim import Claim
from headrace.executions.runner import restore
from headrace.executions.runner.items import Ledger, Sources
from headrace_sdk.errors import ContractError
from headrace_sdk.items import Inputs, Item


class Intake:
    """Reads items by reference; what lies beside the log is fetched on first use."""

    def __init__(self, ledger: Ledger, held: Claim, pool: Any) -> None:
        self._ledger = ledger
        self._held = held
        self._pool = pool

    async def inputs(self, command: RunStep, sources: Sources, *, first_only: bool) -> Inputs:
        """What a step receives, port by port."""
        await self._fetch(sources)
        inputs = self._ledger.inputs(sources)
        if command.execute_once or first_only:
            return Inputs({port: items[:1] for port, items in inputs.items()})
        return inputs

    async def items_of(self, sources: Sequence[engine.Source]) -> list[Item]:
        """The items of several outputs, one after the other."""
        named = (("main", tuple((one.node, one.run, one.port) for one in sources)),)
        await self._fetch(named)
        return [item for source in named[0][1] for item in self._ledger.items(source)]

    async def _fetch(self, sources: Sources) -> None:
        missing = self._ledger.missing_payloads(sources)
        if missing:
            async with self._pool.connection() as connection:
                payloads = await restore.read_payloads(connection, self._held, missing)
            if len(payloads) != len(set(missing)):
                message = "Items of an earlier step are missing in the database."
                raise ContractError(message)
            self._ledger.fetched(payloads)


def sources_of(command: RunStep) -> Sources:
    """Where a step's items come from, as the ledger wants it."""
    return tuple(
        (port, tuple((one.node, one.run, one.port) for one in given))
        for port, given in command.inputs
    )
