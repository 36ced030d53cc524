"""Fails where something is not as it must be."""

from __future__ import annotations

from typing import Final, Literal

from headrace_sdk import (
    Conditions,
    Context,
    Example,
    Inputs,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Params,
    ParamSet,
    fields,
    to_main,
)
from headrace_sdk.conditions import holds
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import describe_conditions

TEST_MODES: Final = frozenset(("test", "test_run"))
NAMED: Final = 10


class Form(Params):
    """What must hold."""

    check: Literal["each", "count"] = fields.select(
        "Check",
        "each",
        labels={"each": "Conditions on every item", "count": "The number of items"},
        expression=False,
    )
    conditions: Conditions = fields.conditions(
        "Must hold", Conditions, show_if=show_if("check", "each")
    )
    at_least: int = fields.number(
        "At least", 1, minimum=0, show_if=show_if("check", "count"), half=True
    )
    at_most: int = fields.number(
        "At most", 1_000_000, minimum=0, show_if=show_if("check", "count"), half=True
    )
    message: str = fields.text(
        "Message", "", placeholder="Every order has a total", help="Said first when it fails."
    )
    otherwise: Literal["fail", "warn", "pass"] = fields.select(
        "Outside of tests",
        "fail",
        labels={"fail": "Fail as well", "warn": "Note it and go on", "pass": "Do not check"},
        help="In a test of the workflow it always fails.",
        expression=False,
    )


class Assert(Node[Form]):
    """Fails the run when what it is given is not as it must be; else passes the items on.

    Put it behind what is worth checking: it makes a workflow test fail with a sentence, and in
    everyday runs it stops wrong data before it travels on, notes it, or does nothing, as you say.
    The error names the items for which the conditions do not hold.
    """

    type = "test.assert"
    title = "Assert"
    category = "testing"
    icon = "flask-conical"
    synonyms = ("check", "expect", "validate", "test", "guard", "must")
    Params = Form
    examples = (
        Example(
            "Totals are positive",
            {"conditions": {"all": [{"left": 12, "op": "gt", "right": 0}]}},
            [{"total": 12}],
            {"main": [{"total": 12}]},
        ),
        Example(
            "One or two items",
            {"check": "count", "at_least": 1, "at_most": 2},
            [{"id": 1}, {"id": 2}],
            {"main": [{"id": 1}, {"id": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The first condition, or the numbers."""
        if params.get("check") == "count":
            return "Number of items"
        return describe_conditions(params.get("conditions"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items as they came."""
        form, items = params.first, inputs.main
        is_test = ctx.execution.mode in TEST_MODES
        if is_test or form.otherwise != "pass":
            failed = _failures(params, len(items))
            if failed and (is_test or form.otherwise == "fail"):
                message, first, facts = failed
                raise NodeError(message, code="assertion_failed", item=first, facts=facts)
            if failed:
                ctx.log(failed[0], "warning")
        return to_main([item.at(index) for index, item in enumerate(items)])


def _failures(params: ParamSet[Form], count: int) -> tuple[str, int | None, JsonObject] | None:
    """What is wrong, the first item at fault, and facts; nothing where all is well."""
    form = params.first
    said = f"{form.message.rstrip('.')}. " if form.message else ""
    if form.check == "count":
        if form.at_least <= count <= form.at_most:
            return None
        wanted = f"{form.at_least} to {form.at_most}"
        return f"{said}There are {count} items, not {wanted}.", None, {"count": count}
    wrong = [index for index in range(count) if not holds(params[index].conditions, index)]
    if not wrong:
        return None
    names: list[JsonValue] = [*wrong[:NAMED]]
    listed = ", ".join(map(str, names)) + (", …" if len(wrong) > NAMED else "")
    message = f"{said}The conditions do not hold for {len(wrong)} of {count} items: {listed}."
    return message, wrong[0], {"items": names, "count": len(wrong)}
