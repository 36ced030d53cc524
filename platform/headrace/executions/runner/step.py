"""One attempt of one run: evaluate the parameters, call the node within its time limit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headrace.executions.errors import CancelRequested, DatabaseLost, LeaseLost
from headrace.executions.outages import OF_THE_ORM
from headrace.executions.runner.apart import Apart, runs_apart
from headrace.executions.runner.context import RunContext
from headrace.executions.runner.masking import masked, masked_traceback
from headrace.executions.runner.outcome import (
    Done,
    Failed,
    Failure,
    Held,
    Outcome,
    Suspended,
    failure_of,
)
from headrace.executions.runner.parameters import Parameters, Results
from headrace.executions.runner.scope import leading
from headrace.expressions import Scope
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.attached import CallInterrupted
from headrace_sdk.errors import ContractError
from headrace_sdk.items import Inputs, Item, Pair, PassedOn
from headrace_sdk.node import Effect, ParamSet
from headrace_sdk.waits import Suspension, Wake

logger = logging.getLogger(__name__)

STRONGEST_FIRST: Final[tuple[Effect, ...]] = ("write", "read", "pure")
MISSING_TYPE = "node_type_missing"


@dataclass(slots=True)
class Attempt:
    """Everything for one attempt; `wake` is set when it goes on after a wait.

    `results` is what the expressions came to: in an earlier attempt, if that left them `frozen`.
    """

    node: CompiledNode
    parameters: Parameters
    scope: Scope
    inputs: Inputs
    context: RunContext
    timeout_s: float | None
    wake: Wake | None = None
    params: ParamSet[Any] | None = None
    frozen: Sequence[Results] | None = None
    results: Sequence[Results] = ()
    effect: Effect = "pure"
    is_keyed: bool = True
    apart: Apart | None = None
    is_off: bool = False

    async def prepare(self) -> Failed | None:
        """Evaluate the parameters and learn the effect, before anything is begun.

        Of items with different effects the strongest counts for all.

        Raises:
            NotAtHandError: items that an expression mentions have to be read first.
        """
        node_class = self.node.node_class
        if node_class is None:
            return Failed(_missing(self.node))
        if self.is_off:
            return Failed(_off(self.node))
        try:
            await self.parameters.ask_ahead(self.scope, leading(self.inputs), self.frozen)
            self.results = self._evaluated()
            self.params = self.parameters.checked(self.results)
            effects = {node_class.effect_of(params) for params in self.params}
            self.effect = next((one for one in STRONGEST_FIRST if one in effects), "pure")
            if self.effect == "write":
                self.is_keyed = all(node_class.is_keyed(params) for params in self.params)
        except Exception as error:  # noqa: BLE001 - an author's code; everything becomes a failure
            return Failed(self._logged(error, is_write=False))
        return None

    def _evaluated(self) -> Sequence[Results]:
        items = leading(self.inputs)
        if self.frozen is None or not self.parameters.fits(self.frozen):
            return self.parameters.results(self.scope, items)
        return self.parameters.kept(self.frozen, self.scope, items)

    async def run(self) -> Outcome:
        """Call the node. Never raises but for a lost lease or database, or a cancel."""
        return masked(await self._run(), self.context.mask)

    async def _run(self) -> Outcome:
        try:
            # A process of its own is waited for first: its time begins with it.
            async with asyncio.timeout(None if self._is_apart else self.timeout_s):
                returned = await self._call()
            if isinstance(returned, Suspension):
                return Suspended(returned)
            return Done(with_lineage(returned, self.inputs))
        except CallInterrupted as held:
            return Held(held)
        except (LeaseLost, CancelRequested, DatabaseLost):
            raise
        except OF_THE_ORM as error:
            raise DatabaseLost from error
        except Exception as error:  # noqa: BLE001 - an author's code; everything becomes a failure
            return Failed(self._logged(error, is_write=self.effect == "write"))

    def _logged(self, error: Exception, *, is_write: bool) -> Failure:
        failure = failure_of(error, is_write=is_write)
        if failure.code == "node_crashed":
            trace = masked_traceback(error, self.context.mask)
            logger.error("Node %s (%s) failed:\n%s", self.node.id, self.node.kind, trace)
        return failure

    @property
    def _is_apart(self) -> bool:
        return self.node.node_class is not None and runs_apart(self.node.node_class)

    async def _call(self) -> Mapping[str, Sequence[Item]] | Suspension:
        if self.node.node_class is None or self.params is None:
            message = "`prepare` comes before `run`."
            raise ContractError(message)
        if self._is_apart and self.apart is not None:
            return await self.apart.run(
                self.node.node_class,
                self.context,
                self.params,
                self.inputs,
                wake=self.wake,
                timeout_s=self.timeout_s,
            )
        node = self.node.node_class()
        # An agent begins anew and is given what its calls gave; the wake is for one of them.
        if self.wake is not None and self.context.lent is None:
            return await node.resume(self.context, self.params, self.inputs, self.wake)
        return await node.run(self.context, self.params, self.inputs)


def with_lineage(
    outputs: Mapping[str, Sequence[Item]], inputs: Inputs
) -> Mapping[str, Sequence[Item]]:
    """Fills in where items came from where the node did not say and it is plain (n8n's rules).

    One input item is the parent of everything; as many out as in on one port pair by index.
    """
    given = len(leading(inputs))
    return {port: _paired(items, given, len(outputs)) for port, items in outputs.items() if items}


def _paired(items: Sequence[Item], given: int, ports: int) -> Sequence[Item]:
    if given == 0 or isinstance(items, PassedOn) or all(item.paired for item in items):
        return items
    if given == 1:
        return [item if item.paired else item.at(0) for item in items]
    if len(items) == given and ports == 1:
        return [item if item.paired else item.at(index) for index, item in enumerate(items)]
    if len(items) == 1:
        return [Item(items[0].json, items[0].binary, (Pair(0, 0),))]
    return items


def _off(node: CompiledNode) -> Failure:
    message = (
        f'The plugin that brings the node type "{node.kind}" is switched off here. An owner can '
        "switch it on under Settings, Plugins."
    )
    return Failure("plugin_off", message)


def _missing(node: CompiledNode) -> Failure:
    message = (
        f'The node type "{node.kind}" is not installed. Install the plugin that brings it, '
        "or replace the node."
    )
    return Failure(MISSING_TYPE, message)
