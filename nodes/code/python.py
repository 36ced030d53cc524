"""Runs Python of the author's own in a sandbox."""

from __future__ import annotations

from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    fields,
    to_main,
)

START: Final = """for item in items:
    item.json["seen"] = True

return items
"""


class Form(Params):
    """What runs, and how often."""

    mode: Literal["all", "each"] = fields.select(
        "Run",
        "all",
        labels={"all": "Once for all items", "each": "Once for each item"},
        expression=False,
    )
    code: str = fields.code(
        "Code",
        START,
        language="python",
        help="Return a list of items, or one. print() writes to the log of the step.",
        expression=False,
    )


class Python(Node[Form]):
    """Runs Python that you write, over all items at once or item by item.

    Once for all items, the code sees them as the list `items`; once for each item it sees `item`
    and its number `index`. An item is a dict with `json` and, if there are files, `binary`, which
    are attributes, too: `item.json["name"]`. Both have `execution` and `workflow`. What it returns
    become the items: a list, one item, or plain dicts. For one item, `None` leaves it out.

    Items that you pass on, change or sort keep their connection to where they came from; a new
    one gets it by `{"json": …, "pairedItem": 0}`.

    The code runs in a sandbox of its own: CPython, 3.12 or later, with its standard library, but no
    files, no network, no processes, no threads and no packages, 30 seconds and 256 MB. `random`
    gives the same numbers when the step is repeated; `secrets` and `uuid` do not. `zoneinfo` knows
    the time zone of the workflow, and those that the code names: `ZoneInfo("Asia/Tokyo")`.
    """

    type = "code.python"
    title = "Python"
    category = "code"
    icon = "file-code"
    place = "async"
    synonyms = ("code", "script", "function", "py", "transform", "custom")
    Params = Form
    examples = (
        Example(
            "Add up and keep the large ones",
            {
                "code": "for item in items:\n"
                '    item.json["total"] = item.json["price"] * item.json["count"]\n'
                'return [item for item in items if item.json["total"] > 10]'
            },
            [{"price": 3, "count": 2}, {"price": 5, "count": 4}],
            {"main": [{"price": 5, "count": 4, "total": 20}]},
        ),
        Example(
            "One object from many items",
            {
                "code": "import statistics\n\n"
                'ages = [item.json["age"] for item in items]\n'
                "return {\n"
                '    "json": {"median": statistics.median(ages), "count": len(ages)},\n'
                '    "pairedItem": list(range(len(items))),\n'
                "}"
            },
            [{"age": 36}, {"age": 85}, {"age": 41}],
            {"main": [{"median": 41, "count": 3}]},
        ),
        Example(
            "Item by item",
            {"mode": "each", "code": 'return {**item.json, "position": index + 1}'},
            [{"name": "Ada"}, {"name": "Grace"}],
            {"main": [{"name": "Ada", "position": 1}, {"name": "Grace", "position": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How often it runs."""
        return "Once for each item" if params.get("mode") == "each" else "Once for all items"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """What the code returns."""
        form = params.first
        run = ctx.execution
        items = await ctx.code.run(
            "python",
            form.code,
            inputs.main,
            per_item=form.mode == "each",
            variables={
                "execution": {"id": run.id, "mode": run.mode, "number": run.number},
                "workflow": {"id": run.workflow_id, "name": run.workflow_name},
            },
        )
        return to_main(items)
