"""Sends items one of two ways."""

from __future__ import annotations

from typing import Final

from headrace_sdk import (
    Conditions,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    fields,
)
from headrace_sdk.conditions import holds
from headrace_sdk.summaries import describe_conditions

CHUNK: Final = 1_000


class Form(Params):
    """What decides."""

    conditions: Conditions = fields.conditions(
        "Conditions", help="Items for which they hold leave by True, the others by False."
    )


class If(Node[Form]):
    """Sends each item to **True** or **False**, by conditions that you build.

    Use it where a workflow has two ways to go on; for more than two take **Switch**, and to drop
    what you do not need take **Filter**. Items come out unchanged and in their order. A branch
    that gets no item does not run.

    Values are compared loosely unless *strict types* is on: the text `"5"` equals the number 5,
    ISO dates compare as moments, and what cannot be compared is neither greater nor less.
    """

    type = "flow.if"
    title = "If"
    category = "flow"
    icon = "git-branch"
    synonyms = ("condition", "branch", "true", "false", "else")
    outputs = (Port("true", "True"), Port("false", "False"))
    Params = Form
    examples = (
        Example(
            "Compare with a number",
            {"conditions": {"all": [{"left": 120, "op": "gt", "right": "100"}]}},
            [{"total": 120}],
            {"true": [{"total": 120}]},
        ),
        Example(
            "Any of two",
            {
                "conditions": {
                    "any": [
                        {"left": "", "op": "is_not_empty"},
                        {"left": "Anna", "op": "starts_with", "right": "B"},
                    ]
                }
            },
            [{"name": "Anna"}],
            {"false": [{"name": "Anna"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The first condition in words."""
        return describe_conditions(params.get("conditions"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Both ports, each in the order of arrival."""
        true: list[Item] = []
        false: list[Item] = []
        for index, item in enumerate(inputs.main):
            (true if holds(params[index].conditions, index) else false).append(item.at(index))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return {"true": true, "false": false}
