"""Keeps the items that match."""

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
        "Keep an item when", help="The items for which these hold are kept."
    )


class Filter(Node[Form]):
    """Keeps the items for which conditions hold, and drops the others.

    Use it where only part of the data is of interest; to treat both parts take **If**. Kept items
    leave unchanged and in their order by **Kept**. **Dropped** is there for whoever wants to see
    the rest; it need not be connected. Comparisons are those of **If**.
    """

    type = "data.filter"
    title = "Filter"
    category = "data"
    icon = "filter"
    synonyms = ("where", "keep", "drop", "remove", "condition")
    outputs = (Port("kept", "Kept"), Port("dropped", "Dropped"))
    Params = Form
    examples = (
        Example(
            "Keep what contains a word",
            {"conditions": {"all": [{"left": "red wine", "op": "contains", "right": "wine"}]}},
            [{"name": "red wine"}],
            {"kept": [{"name": "red wine"}]},
        ),
        Example(
            "Drop by a pattern",
            {"conditions": {"all": [{"left": "x-1", "op": "matches", "right": "^y-[0-9]+$"}]}},
            [{"code": "x-1"}],
            {"dropped": [{"code": "x-1"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The first condition in words."""
        return describe_conditions(params.get("conditions"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Both ports, each in the order of arrival."""
        kept: list[Item] = []
        dropped: list[Item] = []
        for index, item in enumerate(inputs.main):
            (kept if holds(params[index].conditions, index) else dropped).append(item.at(index))
            if index % CHUNK == CHUNK - 1:
                await ctx.checkpoint()
        return {"kept": kept, "dropped": dropped}
