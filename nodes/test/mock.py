"""Stands in for what comes later, or for what must not be called."""

from __future__ import annotations

from typing import Any, Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UpstreamError,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.conversion import convert
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown
from headrace_sdk.texts import as_text

TEST_MODES: Final = frozenset(("test", "test_run"))
TRIAL_MODES: Final = TEST_MODES | {"manual"}


class Form(Params):
    """What it gives, and when."""

    gives: Literal["items", "each", "error"] = fields.select(
        "Give",
        "items",
        labels={
            "items": "Items of your own",
            "each": "For each item one of your own",
            "error": "An error",
        },
        expression=False,
    )
    data: Any = fields.json(
        "Items",
        dict,
        help="An object for one item, a list for several.",
        show_if=show_if("gives", "items", "each"),
    )
    message: str = fields.text(
        "Message", "The service does not answer.", show_if=show_if("gives", "error")
    )
    status: int = fields.number(
        "Status",
        503,
        minimum=100,
        maximum=599,
        help="As if a service had answered so.",
        show_if=show_if("gives", "error"),
        half=True,
    )
    retryable: bool = fields.toggle(
        "Worth another try", True, show_if=show_if("gives", "error"), half=True
    )
    attempts: int = fields.number(
        "Fail so many attempts",
        0,
        minimum=0,
        help="Then it passes the items on. 0: every attempt.",
        show_if=show_if("gives", "error"),
        advanced=True,
    )
    when: Literal["always", "trial", "test"] = fields.select(
        "When",
        "always",
        labels={
            "always": "Always",
            "trial": "In runs by hand and in tests",
            "test": "In tests of the workflow only",
        },
        help="Otherwise the items pass as they came.",
        expression=False,
    )


class Mock(Node[Form]):
    """Gives prepared items, or fails on purpose, in place of something that is not called.

    Put it where a node is still missing, or behind one that tests must not call. Give **items**
    to go on with fixed data, one **for each item** to keep the number, or an **error** to see
    what the rest of the workflow makes of it: retries, error ports, Try / Catch.

    To repeat what a node really gave, pin its output instead, or save the run as a test.
    """

    type = "test.mock"
    title = "Mock"
    category = "testing"
    icon = "puzzle"
    synonyms = ("fake", "stub", "sample", "dummy", "replace", "simulate", "chaos")
    Params = Form
    examples = (
        Example(
            "Two customers",
            {"data": [{"name": "Ada"}, {"name": "Bob"}]},
            [{}],
            {"main": [{"name": "Ada"}, {"name": "Bob"}]},
        ),
        Example(
            "Only in tests",
            {"data": {"name": "Ada"}, "gives": "each", "when": "trial"},
            [{"id": 1}, {"id": 2}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What it gives."""
        return "An error" if params.get("gives") == "error" else shown(params.get("data"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Prepared items, or those that came."""
        form, items, mode = params.first, inputs.main, ctx.execution.mode
        modes = {"trial": TRIAL_MODES, "test": TEST_MODES}.get(form.when)
        if modes is not None and mode not in modes:
            return to_main([item.at(index) for index, item in enumerate(items)])
        if form.gives == "error":
            if form.attempts and ctx.attempt > form.attempts:
                return to_main([item.at(index) for index, item in enumerate(items)])
            raise _error(form)
        if form.gives == "each":
            return to_main(
                [
                    Item(_object(params[index].data), item.binary, (Pair(0, index),))
                    for index, item in enumerate(items)
                ]
            )
        pairs = tuple(Pair(0, index) for index in range(len(items)))
        rows = form.data if isinstance(form.data, list) else [form.data]
        return to_main([Item(_object(row), None, pairs) for row in rows])


def _error(form: Form) -> NodeError:
    return UpstreamError(
        form.message,
        sent="no",
        retryable=form.retryable,
        status=form.status,
        code="http_status",
        facts={"status": form.status},
    )


def _object(value: JsonValue) -> JsonObject:
    try:
        found = convert(value, "object")
    except UserError:
        found = None
    if not isinstance(found, dict):
        message = f"{as_text(value)[:60]!r} is no item. Give an object, or a list of objects."
        raise UserError(message, field="data", code="no_object")
    return found
