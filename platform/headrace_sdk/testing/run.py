"""`run_node`: parameters and items in, everything that came of it out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError

from headrace_sdk.apart import here
from headrace_sdk.attached import Provided
from headrace_sdk.context import Reply
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import UserError
from headrace_sdk.forms import Params
from headrace_sdk.items import Inputs, Item, JsonObject
from headrace_sdk.node import AnyNode, Arrival, Capability, ParamSet, Trigger
from headrace_sdk.testing.context import LogLine, MemoryContext
from headrace_sdk.testing.files import MemoryFiles
from headrace_sdk.testing.http import Answers, MemoryHttp, SentRequest
from headrace_sdk.testing.net import LocalNet
from headrace_sdk.waits import Suspension, Wake


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one run did. `outputs` is empty when the node suspended itself."""

    outputs: Mapping[str, list[Item]]
    suspension: Suspension | None
    context: MemoryContext
    provided: Provided | None = None
    """What a capability lends."""

    def json(self, port: str = "main") -> list[JsonObject]:
        """The JSON of one port's items."""
        return [item.json for item in self.outputs.get(port, ())]

    @property
    def requests(self) -> list[SentRequest]:
        """The requests it made, in order."""
        return self.context.http.requests

    @property
    def reply(self) -> Reply | None:
        """The answer it gave to the waiting webhook."""
        return self.context.replies[0] if self.context.replies else None

    @property
    def logs(self) -> list[LogLine]:
        """What it logged."""
        return self.context.logs

    @property
    def progress(self) -> list[tuple[float, str]]:
        """The progress it reported."""
        return self.context.progressed


GivenItems: TypeAlias = "Sequence[Item | JsonObject]"


def run_node(
    node_class: AnyNode,
    params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    items: GivenItems = ({},),
    **given: Any,
) -> RunResult:
    """`run_node_async`, for tests that are not coroutines themselves."""
    return asyncio.run(run_node_async(node_class, params, items, **given))


async def run_node_async(
    node_class: AnyNode,
    params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    items: GivenItems = ({},),
    *,
    inputs: Mapping[str, GivenItems] | None = None,
    credentials: Mapping[str, Credential] | None = None,
    http: Answers | None = None,
    files: MemoryFiles | None = None,
    net: LocalNet | None = None,
    wake: Wake | None = None,
    context: MemoryContext | None = None,
) -> RunResult:
    """Run a node once over all items, or `resume` it when `wake` is given.

    `params` are values, as expressions would leave them: one mapping for all items, or one for
    each. Items are JSON objects or whole `Item`s; `inputs` gives them by port instead. A trigger
    accepts each item as one arrival.

    Raises:
        UserError: the parameters do not fit the form.
        NodeError: the node said that it could not do it.
    """
    checked = _param_set(node_class, params or {})
    ctx = context or MemoryContext(
        http=MemoryHttp(http),
        net=net or LocalNet(),
        files=files or MemoryFiles(),
        credentials=credentials or {},
    )
    ports = {"main": items} if inputs is None else inputs
    arriving = Inputs({port: [_item(item) for item in given] for port, given in ports.items()})
    if issubclass(node_class, Trigger):
        arrivals = [Arrival(item.json, item.binary) for item in arriving.main]
        accepted = [item for it in arrivals for item in node_class.accept(checked.first, it)]
        return RunResult({"main": accepted}, None, ctx)
    node = node_class()
    if issubclass(node_class, Capability):
        return RunResult({}, None, ctx, await node.provide(ctx, checked.first))
    with here():
        if wake is None:
            result = await node.run(ctx, checked, arriving)
        else:
            result = await node.resume(ctx, checked, arriving, wake)
    if isinstance(result, Suspension):
        return RunResult({}, result, ctx)
    return RunResult({port: list(out) for port, out in result.items()}, None, ctx)


def _param_set(
    node_class: AnyNode, params: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> ParamSet[Params]:
    each = [params] if isinstance(params, Mapping) else params
    try:
        return ParamSet([node_class.Params.model_validate(values) for values in each])
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in fault["loc"])
        message = f"{field}: {fault['msg']}."
        raise UserError(message, field=field) from None


def _item(given: Item | JsonObject) -> Item:
    return given if isinstance(given, Item) else Item(given)
