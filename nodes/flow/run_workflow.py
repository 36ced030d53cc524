"""Calls another workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from headrace_sdk import (
    Assignment,
    CallResult,
    Choice,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Suspension,
    UpstreamError,
    Wake,
    fields,
    to_main,
)
from headrace_sdk.calls import CalledVersion
from headrace_sdk.conversion import convert
from headrace_sdk.fields import show_if
from headrace_sdk.paths import Edit, parse

MAX_CALLS: Final = 1_000


class Form(Params):
    """Which workflow, and with what."""

    workflow: str = fields.workflow(
        "Workflow",
        help="It needs a Workflow Input trigger.",
        options_from="list_workflows",
        expression=False,
    )
    version: Literal["published", "draft", "number"] = fields.select(
        "Version",
        "published",
        labels={
            "published": "The published one",
            "draft": "The draft in manual runs, else the published one",
            "number": "A certain one",
        },
        expression=False,
        half=True,
    )
    number: int = fields.number(
        "Number", 1, minimum=1, show_if=show_if("version", "number"), expression=False, half=True
    )
    each: Literal["each", "all"] = fields.select(
        "Call it",
        "each",
        labels={"each": "For each item", "all": "Once with all items"},
        expression=False,
        half=True,
    )
    wait: bool = fields.toggle(
        "Wait for its end",
        True,
        help="Off: the items go on at once, and its result is not used.",
        expression=False,
        half=True,
    )
    inputs: list[Assignment] = fields.assignments(
        "Inputs",
        help="What each item of the call holds; none: the items as they are.",
        options_from="list_inputs",
    )


class RunWorkflow(Node[Form]):
    """Calls another workflow and gives its result.

    The called workflow begins at its **Workflow Input**, which checks the items. Its run is one of
    its own, with a link from here and back. Nothing is held while it goes on. The items of its last
    node come out; if it fails, this step fails with its error. Workflows may call one another, and
    themselves, up to twenty deep.

    Without *Wait for its end* the items go on at once, with the started run in the field
    `execution`.
    """

    type = "flow.run_workflow"
    title = "Run Workflow"
    category = "flow"
    icon = "workflow"
    place = "async"
    effect = "write"
    # A call has one id in every attempt after a crash, so repeating it is harmless.
    sends_idempotency_key = True
    per_item = True
    synonyms = ("sub-workflow", "subworkflow", "execute workflow", "call", "function")
    attachable = True
    Params = Form
    examples = (
        Example(
            "Book each order",
            {
                "workflow": "0198c0de-0000-7000-8000-000000000001",
                "inputs": [{"name": "order_id", "type": "number", "value": 7}],
            },
            [{"order_id": 7}],
        ),
        Example(
            "Start it and go on",
            {"workflow": "0198c0de-0000-7000-8000-000000000001", "wait": False},
            [{"order_id": 7}],
            {"main": [{"order_id": 7, "execution": "call-1"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How it is called."""
        how = "once" if params.get("each") == "all" else "for each item"
        return how if params.get("wait", True) is not False else f"{how}, without waiting"

    @classmethod
    async def list_workflows(cls, lookup: Lookup) -> Sequence[Choice]:
        """The workflows that can be called."""
        return await lookup.workflows()

    @classmethod
    async def list_inputs(cls, lookup: Lookup) -> Sequence[Choice]:
        """The inputs that the chosen workflow declares."""
        workflow, version = lookup.params.get("workflow"), lookup.params.get("version")
        number = lookup.params.get("number", 1)
        if not isinstance(workflow, str) or not isinstance(number, int):
            return ()
        if version == "number":
            return await lookup.inputs(workflow, number)
        return await lookup.inputs(workflow, "draft" if version == "draft" else "published")

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Makes the calls.

        Raises:
            NodeError: too many items, or the workflow cannot be called with them.
        """
        if params.first.each == "all":
            return await _once(ctx, params, inputs, {})
        return await _for_each(ctx, params, inputs, {})

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs | Suspension:
        """The results; in a retry the calls that did not succeed are made again.

        Raises:
            UpstreamError: a called run did not succeed.
        """
        is_retry = wake.data != {"attempt": ctx.attempt}
        found = {} if is_retry else {one.item: one for one in await ctx.call_results()}
        if params.first.each == "all":
            return await _once(ctx, params, inputs, found)
        return await _for_each(ctx, params, inputs, found)


Results: TypeAlias = Mapping[int, CallResult]


async def _for_each(
    ctx: Context, params: ParamSet[Form], inputs: Inputs, results: Results
) -> Outputs | Suspension:
    """Every item has its call and its outcome; one that failed takes no other with it."""
    if len(inputs.main) > MAX_CALLS:
        raise _too_many(len(inputs.main))
    passed_on = [item.at(index) for index, item in enumerate(inputs.main)]
    for index, item in enumerate(inputs.main):
        if not ctx.outcomes.goes_on:
            return ctx.outcomes.collect()
        if ctx.outcomes.has(index) or index in results:
            continue
        try:
            run = await _call(ctx, params[index], [_mapped(params[index], item, index)], index)
        except NodeError as error:
            ctx.outcomes.failed(index, error)
            continue
        if not params.first.wait:
            ctx.outcomes.done(index, to_main([_with_run(passed_on[index], run)]))
    if ctx.has_open_calls:
        return Suspension("child")
    return await _collected(ctx, passed_on) if params.first.wait else ctx.outcomes.collect()


async def _collected(ctx: Context, given: Sequence[Item]) -> Outputs:
    for result in await ctx.call_results():
        if ctx.outcomes.has(result.item) or result.item >= len(given):
            continue
        try:
            items = [item.at(result.item) for item in _items_of(result, result.item)]
        except NodeError as error:
            ctx.outcomes.failed(result.item, error)
        else:
            ctx.outcomes.done(result.item, to_main(items))
    return ctx.outcomes.collect()


async def _once(
    ctx: Context, params: ParamSet[Form], inputs: Inputs, results: Results
) -> Outputs | Suspension:
    """One call with all items."""
    form = params.first
    if 0 not in results:
        given = [_mapped(params[index], item, index) for index, item in enumerate(inputs.main)]
        run = await _call(ctx, form, given, 0)
        if not form.wait:
            return to_main(
                [_with_run(item.at(index), run) for index, item in enumerate(inputs.main)]
            )
        if ctx.has_open_calls:
            return Suspension("child")
        results = {one.item: one for one in await ctx.call_results()}
    items = _items_of(results[0], None)
    is_same = len(items) == len(inputs.main)
    return to_main([item.at(index if is_same else 0) for index, item in enumerate(items)])


async def _call(ctx: Context, form: Form, items: Sequence[Item], index: int) -> str:
    version: CalledVersion = form.number if form.version == "number" else form.version
    return await ctx.call_workflow(
        form.workflow, items, version=version, item=index, wait=form.wait
    )


def _with_run(item: Item, run: str) -> Item:
    return Item({**item.json, "execution": run}, item.binary, item.paired)


def _mapped(form: Form, item: Item, index: int) -> Item:
    if not form.inputs:
        return item
    edit = Edit({})
    for given in form.inputs:
        edit.set(parse(given.name), convert(given.value, given.type))
    return Item(edit.root, item.binary, (Pair(0, index),))


def _items_of(result: CallResult, item: int | None) -> list[Item]:
    if result.status != "completed":
        raise _failed(result, item)
    return list(result.items)


def _failed(result: CallResult, item: int | None) -> UpstreamError:
    error = result.error or {}
    reason = error.get("message") or f"it was {result.status}"
    message = f"“{result.workflow_name}” (run {result.number}) failed: {reason}"
    if error.get("execution"):
        # It failed by a call of its own; the name that helps is that of the last one.
        message = str(reason)
    return UpstreamError(
        message,
        sent="no",
        code=str(error.get("code") or f"child_{result.status}"),
        item=item,
        facts={"execution": result.execution},
    )


def _too_many(count: int) -> NodeError:
    message = (
        f"{count} items are too many calls for one step; {MAX_CALLS} are allowed. "
        "Put it into a For Each loop, or call it once with all items."
    )
    return NodeError(message, code="too_many_calls")
