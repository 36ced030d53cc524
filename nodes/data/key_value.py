"""Keeps values between runs."""

from __future__ import annotations

from typing import Any, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.state import SCOPES, Scope
from headrace_sdk.summaries import shown

Operation = Literal["get", "set", "incr", "append", "compare_set", "delete"]
WRITING = ("set", "incr", "append", "compare_set")


class Form(Params):
    """Which value, and what becomes of it."""

    operation: Operation = fields.select(
        "Operation",
        "get",
        labels={
            "get": "Get",
            "set": "Set",
            "incr": "Add to a number",
            "append": "Add to a list",
            "compare_set": "Set if unchanged",
            "delete": "Delete",
        },
        expression=False,
    )
    key: str = fields.text("Key", placeholder="customer-17", help="1 to 200 characters.")
    value: Any = fields.json(
        "Value",
        None,
        help="Any JSON value, up to 64 KiB.",
        show_if=show_if("operation", "set", "append", "compare_set"),
    )
    expected: Any = fields.json(
        "Only if it is now",
        None,
        help="The value is set if this one is kept; null: if none is.",
        show_if=show_if("operation", "compare_set"),
    )
    by: float = fields.number("Add", 1, show_if=show_if("operation", "incr"))
    scope: Scope = fields.select("Shared by", "workflow", labels=SCOPES, expression=False)
    ttl_s: float = fields.duration(
        "Forget after",
        0,
        help="Counted from now. 0: never.",
        show_if=show_if("operation", *WRITING),
        advanced=True,
    )
    field: str = fields.text(
        "Put the result into the field",
        "value",
        help="The value, the new number or the new length; empty: nowhere.",
        show_if=show_if("operation", "get", "incr", "append"),
        advanced=True,
    )


class KeyValue(Node[Form]):
    """Keeps values between runs: get, set, count, collect, compare and set.

    Use it for counters, for what was seen last, for a flag that one run leaves to the next. It
    works once for each item, with the key of that item. Items whose key has no value leave by
    **Missing**, and so do those of *set if unchanged* where another value is kept.

    Adding and *set if unchanged* are exact between runs that go on at one moment, and happen once,
    also when the worker dies in between. What is set or deleted holds once the step has ended
    well. A value may have 64 KiB; keep larger things as files.
    """

    type = "data.key_value"
    title = "Key-Value"
    category = "data"
    icon = "key-round"
    synonyms = ("state", "static data", "counter", "variable", "store", "remember", "redis")
    outputs = (Port("main", "Out"), Port("missing", "Missing"))
    effect = "read"
    Params = Form
    examples = (
        Example(
            "Count",
            {"operation": "incr", "key": "orders", "field": "number"},
            [{"id": "a"}, {"id": "b"}],
            {"main": [{"id": "a", "number": 1}, {"id": "b", "number": 2}]},
        ),
        Example(
            "Nothing is kept yet",
            {"operation": "get", "key": "last-seen"},
            [{"id": 1}],
            {"missing": [{"id": 1}]},
        ),
        Example(
            "The first one wins",
            {"operation": "compare_set", "key": "winner", "value": "me"},
            [{"id": 1}, {"id": 2}],
            {"main": [{"id": 1}], "missing": [{"id": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation and the key."""
        operation = str(params.get("operation") or "get").replace("_", " ")
        return f"{operation} {shown(params.get('key'))}".strip()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One operation an item, in their order."""
        outputs: dict[str, list[Item]] = {"main": [], "missing": []}
        for index, item in enumerate(inputs.main):
            try:
                is_found, result = await _operate(ctx, params[index])
            except NodeError as error:
                error.item = index
                raise
            json = item.json | result
            port = "main" if is_found else "missing"
            outputs[port].append(Item(json, item.binary, (Pair(0, index),)))
        return outputs


async def _operate(ctx: Context, form: Form) -> tuple[bool, JsonObject]:
    """Is there a value, and what is to be added to the item?"""
    ttl_s, result = form.ttl_s or None, None
    match form.operation:
        case "get":
            result = await ctx.state.get(form.key, _MISSING, scope=form.scope)
            if result is _MISSING:
                return False, {}
        case "set":
            ctx.state.set(form.key, form.value, ttl_s=ttl_s, scope=form.scope)
            return True, {}
        case "incr":
            result = await ctx.state.incr(form.key, form.by, ttl_s=ttl_s, scope=form.scope)
        case "append":
            result = await ctx.state.append(form.key, form.value, ttl_s=ttl_s, scope=form.scope)
        case "compare_set":
            is_set = await ctx.state.compare_set(
                form.key, form.expected, form.value, ttl_s=ttl_s, scope=form.scope
            )
            return is_set, {}
        case "delete":
            ctx.state.delete(form.key, scope=form.scope)
            return True, {}
    return True, {form.field: result} if form.field else {}


_MISSING = object()
